import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/support/folders.js';
import {
  findCircles,
  findCrowdedFolders,
  findDeepImports,
  findForbiddenImports,
  findPrinting,
  findSilentFolders,
  readRooms,
  type Sources,
} from './architecture-rules.js';

const root = packageRoot();
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

function read(folder: string, ending: RegExp): Sources {
  if (!existsSync(join(root, folder))) return new Map();
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = names
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const sources = read('src', /\.ts$/);

test('the table in docs/architecture.md names every room of src, and no room that is not there', () => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  assert.deepEqual([...readRooms(page).keys()].sort(), rooms.map((entry) => entry.name).sort());
});

test('rooms import only what the table allows', () => {
  assert.ok(sources.size > 20);
  assert.deepEqual(findForbiddenImports(sources, readRooms(page)), []);
});

test('only the command line prints or exits', () => {
  assert.deepEqual(findPrinting(sources), []);
});

test('no files import one another in a circle, types and benches included', () => {
  assert.deepEqual(findCircles(new Map([...sources, ...read('bench', /\.ts$/)])), []);
});

test('another folder is entered by its index', () => {
  assert.deepEqual(findDeepImports(sources), []);
});

test('every folder has an index that says in two sentences what it knows', () => {
  // the command line is entered by main.ts and names its commands one by one; what is public, by each of its files
  const entered = ['src/cli', 'src/cli/commands', 'src/public'];
  assert.deepEqual(
    findSilentFolders(sources).filter((folder) => !entered.includes(folder)),
    [],
  );
});

test('no folder holds more than 25 files, but for the methods, one a file', () => {
  const crowded = findCrowdedFolders(sources, 25).filter((found) => !found.startsWith('src/models:'));
  assert.deepEqual(crowded, []);
});

// the checkers themselves must be able to fail

const rooms = readRooms(`
| room | knows | may import |
|---|---|---|
| \`src/support\` | errors | nothing |
| \`src/graph\` | tensors | support |
| \`src/frames\` | tables | support |
| \`src/training\` | the loop | all above |
| \`src/cli\` | commands | all |
`);

test('the table is read row by row', () => {
  assert.deepEqual(rooms.get('support'), []);
  assert.deepEqual(rooms.get('graph'), ['support']);
  assert.deepEqual(rooms.get('training'), ['support', 'graph', 'frames']);
  assert.throws(() => readRooms('| `src/graph` | x | onnx |\n| `src/onnx` | x | graph |'), /onnx/);
});

const cases: [string, string, string][] = [
  ['a later room', 'src/graph/ops.ts', "import { x } from '../training/loop.js';"],
  ['an earlier room that is not named', 'src/frames/table.ts', "import type { x } from '../graph/ops.js';"],
  ['a re-export', 'src/graph/ops.ts', "export * from '../cli/main.js';"],
  ['a dynamic import', 'src/graph/ops.ts', "const x = await import('../frames/table.js');"],
  ['an import type', 'src/graph/ops.ts', "type X = import('../frames/table.js').X;"],
  ['the package as a whole', 'src/graph/ops.ts', "import { x } from '../index.js';"],
  ['a room without a row', 'src/extra/thing.ts', ''],
];
test('the checker sees a circle, of types and through an index too', () => {
  const circle = new Map([
    ['src/graph/a.ts', "import { b } from './inner/index.js';"],
    ['src/graph/inner/index.ts', "export { b } from './b.js';"],
    ['src/graph/inner/b.ts', "import type { A } from '../a.js';"],
    ['src/graph/c.ts', "import { b } from './inner/index.js';"],
  ]);
  assert.deepEqual(findCircles(circle), [
    ['src/graph/a.ts', 'src/graph/inner/b.ts', 'src/graph/inner/index.ts'],
  ]);
  circle.set('src/graph/inner/b.ts', '');
  assert.deepEqual(findCircles(circle), []);
});

test('the checker sees what reaches past an index', () => {
  const files = new Map([
    ['src/graph/index.ts', "export { a } from './a.js'; export { d } from './inner/deep.js';"],
    ['src/graph/a.ts', ''],
    ['src/graph/inner/index.ts', ''],
    ['src/graph/inner/deep.ts', "import { a } from '../a.js';"],
    ['src/onnx/x.ts', "import { a } from '../graph/a.js'; import '../graph/inner/deep.js';"],
    [
      'src/onnx/y.ts',
      "import { a } from '../graph/index.js'; const d = await import('../graph/inner/deep.js');",
    ],
  ]);
  assert.deepEqual(findDeepImports(files), [
    'src/graph/index.ts: reaches past the index to src/graph/inner/deep.ts',
    'src/onnx/x.ts: reaches past the index to src/graph/a.ts',
    'src/onnx/y.ts: reaches past the index to src/graph/inner/deep.ts',
  ]);
});

test('the checker sees a folder that does not say what it knows, and one with too many files', () => {
  const files = new Map([
    ['src/graph/index.ts', '/** Tensors. Their gradients. */'],
    ['src/onnx/index.ts', '/** Graphs as bytes, i.e. files */'],
    ['src/frames/table.ts', ''],
  ]);
  assert.deepEqual(findSilentFolders(files), ['src/onnx', 'src/frames']);
  assert.deepEqual(findCrowdedFolders(new Map([...files, ['src/onnx/a.ts', '']]), 1), ['src/onnx: 2 files']);
});

for (const [name, path, text] of cases) {
  test(`the checker sees ${name}`, () => {
    assert.equal(findForbiddenImports(new Map([[path, text]]), rooms).length, 1);
  });
}

test('the checker lets through what the table allows, and words in comments', () => {
  const text =
    "// see ../cli/main.js\nimport { x } from '../support/errors.js';\nimport { y } from './y.js';";
  assert.deepEqual(findForbiddenImports(new Map([['src/graph/ops.ts', text]]), rooms), []);
});

test('the checker sees printing and exiting, but not in the command line or in comments', () => {
  const text = '// console.log\nconsole.log(1); process.exit(1); process.stdout.write("x");';
  assert.equal(findPrinting(new Map([['src/graph/ops.ts', text]])).length, 3);
  assert.deepEqual(findPrinting(new Map([['src/cli/main.ts', text]])), []);
});
