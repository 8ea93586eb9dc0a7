// npm test: set-up, then every test.
// usage: node scripts/test.mjs [--lint] [ROOM or ROOM/FILE …]     e.g. npm test -- graph onnx/write
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { lint } from './lint.mjs';
import { logs, root } from './parts/paths.mjs';
import { sanitize } from './sanitize.mjs';
import { setUpOrExit } from './setup.mjs';

const tests = join(root, 'dist', 'test');
const testTimes = join(logs, 'test-times.json');

function testFiles(rooms) {
  const all = readdirSync(tests, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .sort();
  if (rooms.length === 0) return all;
  const wanted = (name, room) => name.startsWith(`${room}/`) || name.startsWith(`${room}.`);
  return all.filter((name) => rooms.some((room) => wanted(name, room)));
}

/** Runs checks with a temporary folder of their own, which they must leave as empty as they found it. */
async function inTemporaryFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-tests-'));
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

/** Node's own runner: its report on the screen, and a second one in a file to count from. */
function runNode(files) {
  mkdirSync(logs, { recursive: true });
  const tap = join(logs, 'tests.tap');
  const { status } = spawnSync(
    process.execPath,
    [
      '--enable-source-maps',
      '--test',
      '--test-concurrency=2',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tap}`,
      `--test-reporter=${join(root, 'scripts', 'parts', 'test-times.mjs')}`,
      `--test-reporter-destination=${testTimes}`,
      ...files.map((name) => join(tests, name)),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const report = readFileSync(tap, 'utf8');
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  // a runner that died counts as a failure even where no test says so
  return {
    passed: count('pass'),
    failed: status === 0 ? failed : Math.max(failed, 1),
    skipped: count('skipped'),
  };
}

/** Minutes of a part, by the clock; parts of parts in brackets. */
const minutes = [];

const inMinutes = (milliseconds) => (milliseconds / 60_000).toFixed(1);

/** Runs a part of the checks and remembers how long it took. */
async function timed(name, run, within = () => '') {
  const start = performance.now();
  const result = await run();
  minutes.push(`${name} ${inMinutes(performance.now() - start)}${within()}`);
  return result;
}

/** How long the tests of each room took; two run at a time, so that they are more than the clock. */
function minutesOfRooms() {
  const rooms = new Map();
  for (const [file, time] of Object.entries(JSON.parse(readFileSync(testTimes, 'utf8')))) {
    // a test is known by its source or by what was made of it
    const [room] = file
      .split(/[\\/]test[\\/]/)
      .at(-1)
      .split(/[\\/.]/);
    rooms.set(room, (rooms.get(room) ?? 0) + time);
  }
  const longest = [...rooms].filter(([, time]) => time > 3000).sort(([, a], [, b]) => b - a);
  const shown = longest.map(([room, time]) => `${room} ${inMinutes(time)}`);
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
}

/** The C++ tests, through CMake's own runner. */
function runCtest() {
  const { status, stdout } = spawnSync(
    'ctest',
    ['--test-dir', join(root, 'build'), '--output-on-failure', '--no-tests=error'],
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

const rooms = process.argv.slice(2).filter((word) => word !== '--lint');
await timed('set-up', () => setUpOrExit('test'));
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
const results = [
  ...(process.argv.includes('--lint') ? [await timed('lint', () => lint())] : []),
  ...(await inTemporaryFolder(async () => [
    ...(withNative ? [await timed('C++ tests', runCtest)] : []),
    ...(files.length > 0 ? [await timed('Node tests', () => runNode(files), minutesOfRooms)] : []),
  ])),
  ...(withSanitizers ? [await timed('sanitizers and fuzzing', () => sanitize(60))] : []),
];
const total = (what) => results.reduce((sum, result) => sum + (result[what] ?? 0), 0);
console.log(`minutes: ${minutes.join(', ')}`);
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = total('failed') === 0 ? 0 : 1;
