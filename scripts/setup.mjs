// Sets up a checkout: packages, builds, PLUMED, GROMACS. Every step is skipped where its result is current, so
// running it again is cheap, and a run that was interrupted goes on where it stopped. npm's packages and TypeScript come
// first; the library's room `setup`, which `latentcv setup` uses too, does the rest.
// usage: node scripts/setup.mjs
//        [--for quickstart|pesmd|test|lint|tfjs|mpi|test:node|test:plumed|test:slurm|bench:step|bench:whole-run|bench:train|bench:descriptors|bench:methods|bench:perovskites|
//        compare:mdanalysis|example:host-guest|pack|wheel|arm64]
import { performance } from 'node:perf_hooks';
import { argv } from 'node:process';
import { isKnown } from './parts/library.mjs';
import { preparePackages } from './parts/packages.mjs';
import { cache, isMain } from './parts/paths.mjs';

// with --json standard output is for a script to read
const say = (line) => (argv.includes('--json') ? console.error : console.log)(`set-up: ${line}`);

/**
 * Does what a purpose needs, independent steps beside each other.
 * Returns `{ seconds, missing }`: how long it took, and the optional parts that this machine cannot have.
 */
export async function setUp(purpose, signal = new globalThis.AbortController().signal) {
  const began = performance.now();
  await preparePackages(say, signal);
  const [{ setUp: doSteps }, { stepsFor }] = await Promise.all([
    import('../dist/src/setup/index.js'),
    import('./parts/steps.mjs'),
  ]);
  const { made, missing } = await doSteps(stepsFor(purpose), { say, signal });
  const seconds = (performance.now() - began) / 1000;
  if (made.length > 0) say(`ready after ${seconds.toFixed(0)} s (kept in ${cache})`);
  return { seconds, missing };
}

/** Runs set-up for a script, ending the process with a clear message where it fails. */
export async function setUpOrExit(purpose) {
  const stop = new globalThis.AbortController();
  const interrupt = () => stop.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await setUp(purpose, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) {
      say('interrupted; finished parts are kept');
      process.exit(130);
    }
    console.error(`error: set-up stopped at ${isKnown(error) ? error.message : error.stack}`);
    if (error.hint) console.error(`hint: ${error.hint}`);
    process.exit(isKnown(error) ? 3 : 1);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

if (isMain(import.meta.url)) {
  const at = argv.indexOf('--for');
  await setUpOrExit(at < 0 ? 'quickstart' : argv[at + 1]);
}
