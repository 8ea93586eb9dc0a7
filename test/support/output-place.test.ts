import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/support/folders.js';
import { outputPlace } from '../../src/support/output-place.js';
import { foreignFixtures } from '../fixtures/foreign.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const folder = temporaryFolder('output-place');
const at = (...names: string[]) => join(folder, ...names);
mkdirSync(at('links'));
writeFileSync(at('file'), 'as it was');
linkSync(at('file'), at('same'));
symlinkSync(join('..', 'new'), at('links', 'to-new'));
symlinkSync('round', at('links', 'round'));
const model = foreignFixtures().find(({ name }) => name === 'torch-sine')!.path;
writeFileSync(at('COLVAR'), '#! FIELDS time x0\n0 0.5\n1 -1.25\n2 2.0\n3 1.5\n');

test('a file to write lies where its links lead', async () => {
  assert.equal(await outputPlace(at('none-yet')), at('none-yet'));
  assert.equal(await outputPlace(at('file')), at('file'));
  assert.equal(await outputPlace(at('links', 'to-new')), at('new'));
});

const refusals: [string, RegExp][] = [
  [at('missing', 'model.onnx'), /expected a folder for model.onnx but there is no \S+missing/],
  [at('file', 'model.onnx'), /expected a folder for model.onnx but \S+file is a file/],
  [folder, /expected a file to write but \S+ is a folder/],
  [`${at('none')}/`, /expected a file to write but received "\S+none\/"/],
  ['', /expected a file to write but received ""/],
  ['/dev/full', /expected a file to write but \/dev\/full is a device or a pipe/],
  [at('links', 'round'), /lead round in a circle/],
  [at('same'), /expected another file to write than \S+file, which is read, but received \S+same/],
];

test('a place that cannot be written to, or is an input, is refused', async () => {
  for (const [path, message] of refusals)
    await assert.rejects(outputPlace(path, [at('file')]), { code: 'bad-argument', message });
  assert.equal(readFileSync(at('same'), 'utf8'), 'as it was');
});

test('models and tables are written through links, which stay', () => {
  symlinkSync(at('model.onnx'), at('links', 'model.onnx'));
  symlinkSync(at('CV'), at('links', 'CV'));
  const commands = [
    ['differentiate', model, '--frames', at('COLVAR'), '-o', at('links', 'model.onnx')],
    ['predict', at('links', 'model.onnx'), at('COLVAR'), '-o', at('links', 'CV')],
  ];
  for (const command of commands) {
    const { code, stderr } = runCli(command);
    assert.equal(code, 0, stderr);
  }
  for (const name of ['model.onnx', 'CV']) {
    assert.ok(lstatSync(at('links', name)).isSymbolicLink());
    assert.ok(existsSync(at(name)));
  }
});

test('weights that a model has in a file of their own, pipes and devices are not written over', () => {
  const script = (more: string): string =>
    `'${process.execPath}' '${main}' fes COLVAR --cv x0 --temperature 300 --bias none -o ${more}`;
  for (const more of ['/dev/stdout | cat', '/dev/null']) {
    const { stderr } = spawnSync('bash', ['-c', script(more)], { cwd: folder, encoding: 'utf8' });
    assert.match(stderr, /expected a file to write but \/dev\/(stdout|null) is a device or a pipe/);
  }
  const outside = join(packageRoot(), 'test', 'fixtures', 'hostile-models', 'tda.default.onnx');
  for (const file of [outside, `${outside}.data`]) copyFileSync(file, at(basename(file)));
  const kept = readFileSync(at('tda.default.onnx.data'));
  const args = ['tda.default.onnx', '--external-data', '-o', 'tda.default.onnx.data'];
  const { stderr } = runCli(['differentiate', ...args], { cwd: folder });
  assert.match(stderr, /expected another file to write than \S*tda.default.onnx.data, which is read/);
  assert.deepEqual(readFileSync(at('tda.default.onnx.data')), kept);
});
