// Runs compiled tests with Node's own runner, and counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logs, parts, root } from './paths.mjs';
import { skipProblems } from './skips.mjs';

export const tests = join(root, 'dist', 'test');

/** The compiled tests below these rooms or files (`graph`, `onnx/write`), all of them where none is named. */
export function testFiles(rooms) {
  const all = readdirSync(tests, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .sort();
  if (rooms.length === 0) return all;
  const wanted = (name, room) => name.startsWith(`${room}/`) || name.startsWith(`${room}.`);
  return all.filter((name) => rooms.some((room) => wanted(name, room)));
}

/** A test is known by its source or by what was made of it: `plugin/forces` in both cases. */
const nameOf = (file) =>
  file
    .split(/[\\/]test[\\/]/)
    .at(-1)
    .replaceAll('\\', '/')
    .replace(/\.test\.[jt]s$/, '');

/**
 * Its report on the screen, and counts in files beside the logs. Returns `{ passed, failed, skipped, files }`; files is
 * a map from `plugin/forces` to milliseconds and counts. A test that is skipped without standing in the list of those that
 * may be counts as failed.
 */
export function runNodeTests(files, { name = 'tests', env = {}, node = process.execPath } = {}) {
  mkdirSync(logs, { recursive: true });
  const [tap, counts] = [join(logs, `${name}.tap`), join(logs, `${name}.json`)];
  const { status } = spawnSync(
    node,
    [
      '--enable-source-maps',
      '--test',
      '--test-concurrency=2',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tap}`,
      `--test-reporter=${join(parts, 'test-counts.mjs')}`,
      `--test-reporter-destination=${counts}`,
      ...files.map((file) => join(tests, file)),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  const report = readFileSync(tap, 'utf8');
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  const byFile = new Map(
    Object.entries(JSON.parse(readFileSync(counts, 'utf8'))).map(([file, its]) => [nameOf(file), its]),
  );
  const unlisted = skipProblems(byFile);
  for (const problem of unlisted) console.error(`error: ${problem}`);
  const failed = count('fail') + count('cancelled') + unlisted.length;
  // a runner that died counts as a failure even where no test says so
  return {
    passed: count('pass'),
    failed: status === 0 ? failed : Math.max(failed, 1),
    skipped: count('skipped'),
    files: byFile,
  };
}
