// Fuzzes what reads files and text that others wrote, each target with its own corpus in native/fuzz/corpus:
//   model         the loader of model files, metadata and descriptor lines (native/fuzz/load_model.cpp)
//   trajectories  our readers of frames (native/fuzz/read_trajectory.cpp)
//   structures    structure files, ours and through chemfiles, which itself has no sanitizers (test/fuzz/structures.ts)
//   definitions   descriptor definitions and selections of atoms (test/fuzz/definitions.ts)
// Inputs that stop a target go to its corpus as `crash-…`: mend the fault, give the file a name that tells it, and commit
// both. With --keep, small inputs that reach new code go there too.
// usage: node scripts/fuzz.mjs [--target NAME] [--minutes N] [--seed N] [--keep]
// (all targets, 1 minute each, another seed every time)
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cache, isMain, root } from './parts/paths.mjs';
import { buildWithAddressSanitizer, sanitizedEnv, sanitizedFolder } from './parts/sanitizers.mjs';
import { setUpOrExit } from './setup.mjs';

const smallFile = 1024;

const native = (name) => [join(sanitizedFolder('address'), 'native', 'fuzz', `fuzz_${name}`)];
const script = (name) => [process.execPath, join(root, 'dist', 'test', 'fuzz', `${name}.js`)];

/** What runs each target; it takes CORPUS SECONDS SEED FINDINGS. */
const targets = {
  model: native('model'),
  trajectories: native('trajectories'),
  structures: script('structures'),
  definitions: script('definitions'),
};
const isScript = (target) => targets[target][0] === process.execPath;
export const targetNames = Object.keys(targets);

const corpusOf = (target) => join(root, 'native', 'fuzz', 'corpus', target);
const findingsOf = (target) => join(cache, 'fuzz', target);

/**
 * Runs a target, which must be built; whether nothing stopped it. The seed is printed: with it, a run can be had again.
 */
export async function fuzz(target, { seconds, seed = Date.now() % 1_000_000 }) {
  const findings = findingsOf(target);
  rmSync(findings, { recursive: true, force: true });
  mkdirSync(findings, { recursive: true });
  console.log(`fuzz ${target}: ${seconds} s, seed ${seed}, findings in ${findings}`);
  const [program, ...words] = [...targets[target], corpusOf(target), String(seconds), String(seed), findings];
  const env = { ...process.env, ...(isScript(target) && sanitizedEnv()) };
  const child = spawn(program, words, { stdio: 'inherit', env });
  const good = await new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
  keep(target, 'crash-', Infinity);
  return good;
}

/** Copies findings into the corpus, named by their content. */
function keep(target, kind, largest) {
  for (const name of readdirSync(findingsOf(target)).filter((file) => file.startsWith(kind))) {
    const path = join(findingsOf(target), name);
    if (statSync(path).size > largest) continue;
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
    copyFileSync(path, join(corpusOf(target), `${kind}${hash}`));
  }
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      target: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const chosen = values.target === undefined ? targetNames : [values.target];
  if (!chosen.every((target) => targetNames.includes(target))) {
    console.error(`error: no target ${values.target}\nhint: there are ${targetNames.join(', ')}`);
    process.exit(2);
  }
  await setUpOrExit('test');
  await buildWithAddressSanitizer('fuzzers latentcv_addon');
  for (const target of chosen) {
    const seconds = Math.round(60 * Number(values.minutes ?? 1));
    if (!(await fuzz(target, { seconds, seed: values.seed }))) process.exitCode = 1;
    if (values.keep) keep(target, 'edge-', smallFile);
  }
}
