// Builds core, tests, addon, fuzzer and plugin with sanitizers and runs them: AddressSanitizer and UBSan over all of it
// (the plugin inside PLUMED, over its regression tests; the addon inside Node), ThreadSanitizer over models and readers of
// trajectories in several threads.
// usage: node scripts/sanitize.mjs [--fuzz SECONDS]    (60 seconds of fuzzing by default, a sixth of it for each target but the model)
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fuzz, targetNames } from './fuzz.mjs';
import { findPlumed, isKnown } from './parts/library.mjs';
import { isMain, root } from './parts/paths.mjs';
import {
  buildWithAddressSanitizer,
  buildWithThreadSanitizer,
  sanitizedEnv,
  sanitizedFolder,
} from './parts/sanitizers.mjs';
import { setUpOrExit } from './setup.mjs';

const regtests = join(root, 'plumed-plugin', 'regtest');

function ctest(name, ...only) {
  const args = ['--test-dir', sanitizedFolder(name), '--output-on-failure', '--no-tests=error', ...only];
  const suppressions = (kind) =>
    `suppressions=${join(root, 'native', 'test', 'suppressions', `${kind}.txt`)}`;
  const env = { ...process.env, LSAN_OPTIONS: suppressions('leak'), TSAN_OPTIONS: suppressions('thread') };
  return spawnSync('ctest', args, { cwd: root, env, stdio: 'inherit' }).status === 0;
}

/** One regression test of the plugin under `plumed driver`, in a process that has the sanitizer from its start. */
function runRegtest(plumed, name) {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-sanitize-'));
  cpSync(join(regtests, name), folder, { recursive: true });
  const plugin = join(sanitizedFolder('address'), 'plumed-plugin', 'libLatentcvPlumed.so');
  symlinkSync(plugin, join(folder, 'libLatentcvPlumed.so'));
  const words = /arg="([^"]*)"/.exec(readFileSync(join(folder, 'config'), 'utf8'))[1].split(' ');
  const { status, stdout, stderr } = spawnSync(plumed.executable, ['--no-mpi', 'driver', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...plumed.env, ...sanitizedEnv() },
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) console.error(`${stdout.slice(-2000)}\n${stderr.slice(-6000)}`);
  return status === 0;
}

async function runRegtests() {
  const plumed = await findPlumed();
  const names = readdirSync(regtests).filter((name) => name.startsWith('rt-'));
  return names.map((name) => [`plugin, ${name}`, runRegtest(plumed, name)]);
}

/** Tests of rooms that call the addon, in Node with the sanitizer; they say themselves what went wrong. */
function runAddonTests() {
  return ['native/misuse', 'trajectories/structure/structure', 'trajectories/definitions/definition'].map(
    (name) => {
      const file = join(root, 'dist', 'test', `${name}.test.js`);
      const env = { ...process.env, ...sanitizedEnv() };
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
        cwd: root,
        env,
        encoding: 'utf8',
      });
      if (status !== 0) console.error(`${stdout.slice(-2000)}\n${stderr.slice(-6000)}`);
      return [`addon, ${name}`, status === 0];
    },
  );
}

async function runAll(seconds) {
  await buildWithAddressSanitizer();
  // it needs one core, so the rest goes on beside it
  const fuzzing = fuzzAll(seconds);
  const results = [
    ['core, address and undefined', ctest('address')],
    ...(await runRegtests()),
    ...runAddonTests(),
  ];
  await buildWithThreadSanitizer();
  results.push(['core, thread', ctest('thread', '-R', 'core-threads|trajectories-reading')]);
  results.push(...(await fuzzing));
  return results;
}

/** One target after the other. */
async function fuzzAll(seconds) {
  const results = [];
  for (const target of targetNames) {
    const its = target === 'model' ? seconds : Math.ceil(seconds / 6);
    results.push([`fuzzer of ${target}, ${its} s`, await fuzz(target, { seconds: its })]);
  }
  return results;
}

/** Builds and runs everything. Returns how many checks passed and failed; a build that fails is one. */
export async function sanitize(seconds) {
  const results = await runAll(seconds).catch((error) => {
    if (!isKnown(error)) throw error;
    return [[error.message, false]];
  });
  for (const [name, good] of results) console.log(`sanitize: ${name} ${good ? 'passed' : 'FAILED'}`);
  const passed = results.filter(([, good]) => good).length;
  return { passed, failed: results.length - passed };
}

if (isMain(import.meta.url)) {
  await setUpOrExit('test');
  const at = argv.indexOf('--fuzz');
  const { failed } = await sanitize(at < 0 ? 60 : Number(argv[at + 1]));
  process.exitCode = failed === 0 ? 0 : 1;
}
