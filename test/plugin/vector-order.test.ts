import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, it } from 'node:test';
import { affine, constant, input } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { drive, runFolder, skipVectors } from './driver.js';

let folder: string;
before(async () => {
  folder = await runFolder();
  await save('free.onnx', []);
  await save('named.onnx', ['p.x.1', 'p.x.2', 'p.y.1', 'p.y.2']);
});

/** The sum of four inputs, with these labels or none. */
async function save(name: string, labels: string[]): Promise<void> {
  const x = input('x', ['n', 4]);
  const cv = affine(x, constant([1, 2, 3, 4], [4, 1], 'weight'), constant([0], [1], 'bias'));
  const path = join(folder, name);
  await saveModel(path, {
    x,
    cv,
    metadata: {
      method: 'linear',
      network: '4-1',
      inputs: [0, 1, 2, 3].map((i) => ({ label: labels[i] ?? `none${i}`, unit: '', min: 0, max: 1 })),
      outputs: [{ name: 'node-0', min: 0, max: 1 }],
      check: { inputs: [[0.1, 0.2, 0.3, 0.4]] },
      training: {},
    },
  });
  if (labels.length > 0) return;
  // as a file made elsewhere: the key of the labels is another one of the same length
  const bytes = await readFile(path, 'latin1');
  await writeFile(path, bytes.replace('latentcv.inputs\x12', 'somebody.inputs\x12'), 'latin1');
}

it(
  'vectors whose elements could be meant in turns are told, where the file has no labels',
  { skip: skipVectors },
  async () => {
    const run = (model: string, args: string, actions = ''): Promise<string> =>
      drive(
        folder,
        `p: POSITION ATOMS=1,2 NOPBC\n${actions}cv: ONNX_MODEL FILE=${model} ARG=${args}\nPRINT ARG=cv.node-0 FILE=C`,
      );
    assert.match(
      await run('free.onnx', 'p.x,p.y'),
      /WARNING.*: the elements of each vector follow one another \(p\.x\.1,p\.x\.2,\.\.\. before p\.y\.1\), and the file has no labels/,
    );
    assert.doesNotMatch(await run('named.onnx', 'p.x,p.y'), /follow one another/);
    // one vector, or scalars, are in one order
    const scalars = 'a: POSITION ATOM=1 NOPBC\nb: POSITION ATOM=2 NOPBC\n';
    assert.doesNotMatch(await run('free.onnx', 'a.x,a.y,b.x,b.y', scalars), /follow one another/);
  },
);
