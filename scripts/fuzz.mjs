// Fuzzes the model loader with native/fuzz. Inputs that stop it go to native/fuzz/corpus as `crash-…`: mend the fault,
// give the file a name that tells it, and commit both. With --keep, small inputs that reach new code go there too.
// usage: node scripts/fuzz.mjs [--minutes N] [--seed N] [--keep]    (1 minute, another seed every time)
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cache, isMain, root } from './parts/paths.mjs';
import { buildWithAddressSanitizer, sanitizedFolder } from './parts/sanitizers.mjs';
import { setUpOrExit } from './setup.mjs';

const corpus = join(root, 'native', 'fuzz', 'corpus');
const findings = join(cache, 'fuzz');
const smallFile = 1024;

/** Runs the fuzzer, which must be built; whether nothing stopped it. The seed is printed: with it, a run can be had again. */
export async function fuzz({ seconds, seed = Date.now() % 1_000_000 }) {
  rmSync(findings, { recursive: true, force: true });
  mkdirSync(findings, { recursive: true });
  console.log(`fuzz: ${seconds} s, seed ${seed}, findings in ${findings}`);
  const program = join(sanitizedFolder('address'), 'native', 'fuzz', 'fuzz_loader');
  const child = spawn(program, [corpus, String(seconds), String(seed), findings], { stdio: 'inherit' });
  const good = await new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
  keep('crash-', Infinity);
  return good;
}

/** Copies findings into the corpus, named by their content. */
function keep(kind, largest) {
  for (const name of readdirSync(findings).filter((file) => file.startsWith(kind))) {
    const path = join(findings, name);
    if (statSync(path).size > largest) continue;
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
    copyFileSync(path, join(corpus, `${kind}${hash}`));
  }
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' } },
  });
  await setUpOrExit('test');
  await buildWithAddressSanitizer('fuzz_loader');
  const good = await fuzz({ seconds: Math.round(60 * Number(values.minutes ?? 1)), seed: values.seed });
  if (values.keep) keep('edge-', smallFile);
  process.exitCode = good ? 0 : 1;
}
