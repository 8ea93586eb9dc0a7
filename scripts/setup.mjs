// Sets up a checkout: packages, builds, PLUMED, GROMACS. Every step is skipped where its result is current, so
// running it again is cheap, and a run that was interrupted goes on where it stopped.
// usage: node scripts/setup.mjs
//        [--for quickstart|pesmd|test|lint|tfjs|mpi|test:node|test:plumed|bench:step|bench:whole-run|bench:train|bench:descriptors|
//        compare:mdanalysis|pack|arm64]
import { performance } from 'node:perf_hooks';
import { argv } from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { cache, isMain } from './parts/paths.mjs';
import { make, whyNothing } from './parts/do-step.mjs';
import { StepError, stopChildren } from './parts/run.mjs';
import { stepsFor } from './parts/steps.mjs';

const seconds = (since) => (performance.now() - since) / 1000;
// with --json standard output is for a script to read
const say = (line) => (argv.includes('--json') ? console.error : console.log)(`set-up: ${line}`);

/**
 * Does what a purpose needs, independent steps beside each other.
 * Returns `{ seconds, missing }`: how long it took, and the optional parts that this machine cannot have.
 */
export async function setUp(purpose) {
  const began = performance.now();
  const state = { running: new Map(), missing: [], made: 0 };
  const ticker = setInterval(() => showRunning(state.running), 15_000);
  try {
    const done = new Map();
    for (const [key, step] of stepsFor(purpose)) {
      const before = (step.after ?? []).map((other) => done.get(other));
      done.set(
        key,
        Promise.all(before).then(() => doStep(key, step, state)),
      );
    }
    await Promise.all(done.values());
  } catch (error) {
    stopChildren();
    throw error;
  } finally {
    clearInterval(ticker);
  }
  if (state.made > 0) say(`ready after ${seconds(began).toFixed(0)} s (kept in ${cache})`);
  return { seconds: seconds(began), missing: state.missing };
}

async function doStep(key, step, state) {
  const nothing = await whyNothing(key, step);
  if (nothing === 'done') return;
  if (nothing !== undefined) return say(`${step.name}: ${nothing}`);
  const began = performance.now();
  say(`${step.name} …`);
  state.running.set(step.name, began);
  try {
    await make(key, step);
    state.made++;
    say(`${step.name} done, ${seconds(began).toFixed(1)} s`);
  } catch (error) {
    if (!(error.unavailable && step.optional)) throw new StepError(`${step.name}: ${error.message}`);
    say(`${step.name}: not available here (${error.message}); ${step.optional}`);
    state.missing.push(step.name);
  } finally {
    state.running.delete(step.name);
  }
}

function showRunning(running) {
  if (running.size === 0) return;
  say(
    `still at ${[...running].map(([name, began]) => `${name} (${seconds(began).toFixed(0)} s)`).join(', ')}`,
  );
}

/** Runs set-up for a script, ending the process with a clear message where it fails. */
export async function setUpOrExit(purpose) {
  const interrupt = () => {
    stopChildren();
    say('interrupted; finished parts are kept');
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const result = await setUp(purpose);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    return result;
  } catch (error) {
    console.error(`error: set-up stopped at ${error instanceof StepError ? error.message : error.stack}`);
    process.exit(error instanceof StepError ? 3 : 1);
  }
}

if (isMain(import.meta.url)) {
  const at = argv.indexOf('--for');
  await setUpOrExit(at < 0 ? 'quickstart' : argv[at + 1]);
}
