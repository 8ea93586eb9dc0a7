// npm test: set-up, then every test.
// usage: node scripts/test.mjs [--lint] [--releases] [ROOM or ROOM/FILE …]     e.g. npm test -- graph onnx/write
// --releases: the plugin's tests again on the stable PLUMEDs of the folder that LATENTCV_PLUMED_RELEASES names
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { lint } from './lint.mjs';
import { runNodeTests, testFiles, tests } from './parts/node-tests.mjs';
import { nativeTestsFolder, root } from './parts/paths.mjs';
import { sanitize } from './sanitize.mjs';
import { setUpOrExit } from './setup.mjs';
import { testOnNodes } from './test-node.mjs';
import { fetchReleases, optimisedKernel, testReleasesOfFolder } from './test-plumed.mjs';

// tests load ONNX Runtime by themselves too, in Node and in Python; that ours switches it off has a test of its own
process.env.ORT_DISABLE_TELEMETRY ??= '1';

/** Runs checks with a temporary folder of their own, which they must leave as empty as they found it. */
async function inTemporaryFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-tests-'));
  // a test that plays another user must come through to what it may read
  chmodSync(folder, 0o711);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const results = await run();
    const left = readdirSync(folder);
    if (left.length > 0) console.error(`error: tests left ${left.join(', ')} in the temporary folder`);
    return [...results, { passed: left.length > 0 ? 0 : 1, failed: left.length > 0 ? 1 : 0 }];
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Minutes of a part, by the clock; parts of parts in brackets. */
const minutes = [];

const inMinutes = (milliseconds) => (milliseconds / 60_000).toFixed(1);

/** Runs a part of the checks and remembers how long it took. */
async function timed(name, run, within = () => '') {
  const start = performance.now();
  const result = await run();
  minutes.push(`${name} ${inMinutes(performance.now() - start)}${within(result)}`);
  return result;
}

/** How long the tests of each room took; two run at a time, so that they are more than the clock. */
function minutesOfRooms({ files }) {
  const rooms = new Map();
  for (const [file, { milliseconds }] of files) {
    const [room] = file.split('/');
    rooms.set(room, (rooms.get(room) ?? 0) + milliseconds);
  }
  const longest = [...rooms].filter(([, time]) => time > 3000).sort(([, a], [, b]) => b - a);
  const shown = longest.map(([room, time]) => `${room} ${inMinutes(time)}`);
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
}

const ofEach = ({ results }) => {
  const each = results.flatMap(({ minutes }) => minutes ?? []);
  return each.length > 0 ? ` (${each.join(', ')})` : '';
};

/** The C++ tests, through CMake's own runner. */
function runCtest() {
  const { status, stdout } = spawnSync(
    'ctest',
    ['--test-dir', nativeTestsFolder, '--output-on-failure', '--no-tests=error'],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  process.stdout.write(stdout ?? '');
  const [, failed, total] = /(\d+) tests failed out of (\d+)/.exec(stdout ?? '') ?? [];
  if (total === undefined) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: total - failed, failed: status === 0 ? 0 : Math.max(Number(failed), 1), skipped: 0 };
}

const options = ['--lint', '--releases'];
const rooms = process.argv.slice(2).filter((word) => !options.includes(word));
const withReleases = process.argv.includes('--releases');
await timed('set-up', async () => {
  await setUpOrExit('test');
  // long simulations run in one of them (test/optimised-plumed.ts)
  if (withReleases && (await fetchReleases()) === undefined)
    process.env.LATENTCV_OPTIMISED_PLUMED ??= optimisedKernel();
});
const withNative = rooms.length === 0 || rooms.includes('native');
const withSanitizers = rooms.length === 0 || rooms.includes('sanitizers');
const files = testFiles(rooms);
if (files.length === 0 && !withNative && !withSanitizers) {
  const names = readdirSync(tests)
    .map((name) => name.replace(/\.test\.js$/, ''))
    .filter((name) => !name.includes('.'));
  console.error(`error: no tests for ${rooms.join(' ')}\nhint: there are ${names.join(', ')}, sanitizers`);
  process.exit(2);
}
let nodeTests;
let nodes;
let releases;
const results = [
  ...(process.argv.includes('--lint') ? [await timed('lint', () => lint())] : []),
  ...(await inTemporaryFolder(async () => [
    ...(withNative ? [await timed('C++ tests', runCtest)] : []),
    ...(files.length > 0
      ? [(nodeTests = await timed('Node tests', () => runNodeTests(files), minutesOfRooms))]
      : []),
    // of the line of this Node all tests were run
    ...(rooms.length === 0
      ? (nodes = await timed('other Nodes', () => testOnNodes(process.versions.node.split('.')[0]))).results
      : []),
    ...(withReleases && nodeTests
      ? (releases = await timed('PLUMED releases', () => testReleasesOfFolder(nodeTests), ofEach)).results
      : []),
  ])),
  ...(withSanitizers ? [await timed('sanitizers and fuzzing', () => sanitize(60))] : []),
];
const total = (what) => results.reduce((sum, result) => sum + (result[what] ?? 0), 0);
console.log(`minutes: ${minutes.join(', ')}`);
for (const line of [...(nodes?.lines ?? []), ...(releases?.lines ?? [])]) console.log(line);
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = total('failed') === 0 ? 0 : 1;
