// npm run test:node: short tests of what a Node can change, on a release of each line that the package is for: the addon and
// ONNX Runtime load, HDF5's WebAssembly runs, files are packed, read, locked and written.
// usage: node scripts/test-node.mjs
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { runNodeTests, testFiles } from './parts/node-tests.mjs';
import { cache, isMain } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

/** Fast, and in need of no program or package of set-up beyond the addon. */
const tests = [
  'frames/tables/colvar-table',
  'frames/writing/write-table',
  'graph/composites',
  'native/error-codes',
  'packing/unpack',
  'runtimes/onnxruntime',
  'runtimes/onnxruntime-library',
  'runtimes/stepper',
  'support/files',
  'support/lock',
  'trajectories/definitions/definition',
  'trajectories/many-frames',
  'trajectories/structure/structure',
];

/** Runs them on what set-up fetched, but for the line of `except`; counts, and what to print of each. */
export function testOnNodes(except = '') {
  const files = testFiles(tests);
  if (files.length !== tests.length)
    throw new Error(`expected ${tests.length} files of tests but there are ${files.length}`);
  const folder = join(cache, 'nodes');
  const lines = existsSync(folder) ? readdirSync(folder).sort() : [];
  const results = lines
    .filter((line) => line !== except)
    .map((line) => {
      const began = performance.now();
      const result = runNodeTests(files, { name: `node-${line}`, node: join(folder, line) });
      const seconds = (performance.now() - began) / 1000;
      const { passed, failed } = result;
      return { ...result, line: `Node ${line}: ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s` };
    });
  return { results, lines: results.map(({ line }) => line) };
}

if (isMain(import.meta.url)) {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  await setUpOrExit('test:node');
  const { results, lines } = testOnNodes();
  for (const line of lines) console.log(line);
  if (results.length === 0) console.error('error: npm has no Node to test on for this machine');
  process.exitCode = results.length > 0 && results.every(({ failed }) => failed === 0) ? 0 : 1;
}
