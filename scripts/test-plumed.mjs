// npm run test:plumed: the plugin in every PLUMED that people have: its tests, its regression tests and --debug-forces
// on the stable releases and on the development version of the set-up.
// LATENTCV_PLUMED_RELEASES names a folder with the releases, built or as sources; without it they are downloaded.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findPlumed, isKnown, run } from './parts/library.mjs';
import { runNodeTests, testFiles } from './parts/node-tests.mjs';
import { cache, isMain, root } from './parts/paths.mjs';
import { plumedReleases, releaseFolder, releasesFolder } from './parts/releases.mjs';
import { setUp, setUpOrExit } from './setup.mjs';

/** What depends on PLUMED: the plugin in it, what we ask of it, and runs with it in its own engines, GROMACS and LAMMPS. */
export const rooms = [
  'plugin',
  'plumed/patched-biases',
  'plumed/patched-input',
  'plumed/confinement/confined-in-plumed',
  'programs/plumed',
  'programs/plugin',
  'campaign/biased-run',
  'campaign/gromacs-run',
  'slow/energy-gromacs',
  'slow/energy-lammps',
];

const inMinutes = (began) => ((performance.now() - began) / 60_000).toFixed(1);

/** `plumed-2.10.1: 12 passed, 0 failed, 3 skipped` */
function line(version, { passed, failed, skipped }) {
  return `plumed-${version}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Builds the plugin for a kernel, where that was not done before; says what is wrong where it does not build. */
async function buildPlugin(version, env) {
  const words = [join(root, 'dist', 'src', 'cli', 'main.js'), 'plugin'];
  try {
    await run(`plugin-${version}`, process.execPath, words, env);
    return undefined;
  } catch (error) {
    if (isKnown(error)) return error.message;
    throw error;
  }
}

/**
 * Unpacks or compiles the releases of the folder that LATENTCV_PLUMED_RELEASES names; says what is wrong where there is none or
 * that fails, so that the other tests still count.
 */
export async function fetchReleases() {
  if (releasesFolder() === undefined) return 'left out, LATENTCV_PLUMED_RELEASES names no folder';
  try {
    await setUp('test:plumed');
    return undefined;
  } catch (error) {
    if (isKnown(error)) return error.message;
    throw error;
  }
}

const kernelOf = (version) => join(releaseFolder(version), 'lib', 'libplumedKernel.so');

/** Of the newest release. */
export const optimisedKernel = () => kernelOf(plumedReleases.at(-1));

/** All tests on one PLUMED, the plugin built for it first. */
async function testOn(version, kernel) {
  const began = performance.now();
  const env = { PLUMED_KERNEL: kernel };
  const problem = await buildPlugin(version, env);
  const built = performance.now();
  if (problem !== undefined) console.error(`error: the plugin for PLUMED ${version}: ${problem}`);
  const result =
    problem === undefined
      ? runNodeTests(testFiles(rooms), { name: `plumed-${version}`, env })
      : { passed: 0, failed: 1, skipped: 0 };
  const plugin = ((built - began) / 60_000).toFixed(1);
  return { version, ...result, minutes: `plumed-${version} ${inMinutes(began)} (plugin ${plugin})` };
}

/** The stable releases, from what set-up made of them. */
export async function testReleases() {
  const results = [];
  for (const version of plumedReleases) {
    results.push(await testOn(version, kernelOf(version)));
  }
  return results;
}

/** What the tests of a whole `npm test` said of the PLUMED they ran on; a few of them, so they are not run again. */
async function onSetUpsOwn({ files }) {
  const its = [...files].filter(([name]) =>
    rooms.some((room) => name === room || name.startsWith(`${room}/`)),
  );
  const sum = (what) => its.reduce((all, [, counts]) => all + counts[what], 0);
  const { longVersion } = await findPlumed();
  return { version: longVersion, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * For `npm test -- --releases`, after its own tests: the releases of the folder that LATENTCV_PLUMED_RELEASES names.
 * Returns counts, with the minutes of each; one skipped where there is no such folder.
 */
export async function testReleasesOfFolder(nodeTests) {
  if (releasesFolder() === undefined) {
    return {
      lines: ['plumed releases: left out, LATENTCV_PLUMED_RELEASES names no folder'],
      results: [{ passed: 0, failed: 0, skipped: 1 }],
    };
  }
  const problem = await fetchReleases();
  if (problem !== undefined) {
    return { lines: [`plumed releases: ${problem}`], results: [{ passed: 0, failed: 1, skipped: 0 }] };
  }
  const results = await testReleases();
  const lines = [...results, await onSetUpsOwn(nodeTests)].map((result) => line(result.version, result));
  return { lines, results };
}

if (isMain(import.meta.url)) {
  await setUpOrExit('test');
  await setUpOrExit('test:plumed');
  const ours = join(cache, 'plumed', 'plumed', '_lib', 'lib', 'libplumedKernel.so');
  const results = [...(await testReleases()), ...(existsSync(ours) ? [await testOn('2.11-dev', ours)] : [])];
  console.log(`minutes: ${results.map(({ minutes }) => minutes).join(', ')}`);
  for (const result of results) console.log(line(result.version, result));
  process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
}
