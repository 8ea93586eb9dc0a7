// npm run test:faults: runs that are killed, stopped, started twice or left without room, and what their files hold at the end.
// usage: node scripts/faults.mjs [--long] [--seed 1] [--only WORDS] [--keep FOLDER] [--resume]
// --long: each victim by itself too, the disk full at twenty levels (an hour or two); --only: faults whose name has the words
// --keep: results.jsonl, and the folders of those that failed, go there; --resume: what stands in it already is not run again
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { cache, root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

process.env.ORT_DISABLE_TELEMETRY ??= '1';
const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    keep: { type: 'string', default: join(cache, 'faults') },
  },
});
await setUpOrExit('test:faults');
const { faultsOf } = await import(join(root, 'dist', 'test', 'faults', 'matrix.js'));
const { systemsHere } = await import(join(root, 'dist', 'test', 'faults', 'systems.js'));

const { long, resume, only, keep } = values;
const file = join(keep, 'results.jsonl');
if (!resume) rmSync(keep, { recursive: true, force: true });
mkdirSync(keep, { recursive: true });
const done = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];
// the seed of the first lines goes on, so that the rest are those of the same table
const seed = Number(values.seed ?? done[0]?.table ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed ${seed}, in ${keep}`);

const systems = await systemsHere(join(keep, 'systems'));
const faults = systems
  .flatMap((system) => faultsOf(system, { long, seed }))
  .filter(({ name }) => name.includes(only));
const counts = { passed: 0, failed: 0, skipped: 0 };

function tell({ name, seconds, skip, note, problems }) {
  const word = skip ? 'skipped' : problems.length > 0 ? 'failed' : 'passed';
  counts[word]++;
  console.log(
    `${word.padEnd(7)} ${name} (${seconds.toFixed(0)} s)${skip ? `: ${skip}` : note ? `: ${note}` : ''}`,
  );
  for (const problem of problems) console.log(`        ${problem}`);
}

for (const [number, fault] of faults.entries()) {
  const before = done.find(({ name }) => name === fault.name);
  if (before) {
    tell(before);
    continue;
  }
  const { name, skip } = fault;
  const began = performance.now();
  const folder = join(keep, `${number}`);
  rmSync(folder, { recursive: true, force: true });
  const result = skip
    ? { problems: [], note: '' }
    : await fault.run(folder).catch((error) => ({ problems: [error.stack], note: '' }));
  const line = {
    table: seed,
    name,
    seed: fault.seed,
    skip,
    seconds: (performance.now() - began) / 1000,
    ...result,
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  tell(line);
  if (result.problems.length === 0) rmSync(folder, { recursive: true, force: true });
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.passed > 0 && counts.failed === 0 ? 0 : 1;
