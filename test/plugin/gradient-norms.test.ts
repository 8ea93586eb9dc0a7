import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { drive, readNumbers, runFolder } from './driver.js';
import { saveIdentity } from './identity-model.js';

let folder: string;
before(async () => {
  folder = await runFolder();
  // two distances that share atom 2: their gradients' product is the cosine of the angle between them
  const pairs = [
    [1, 2],
    [2, 5],
  ] as const;
  await saveIdentity(
    join(folder, 'model.onnx'),
    descriptorSet(pairs.map((atoms) => ({ kind: 'distance', atoms: [...atoms] }))),
  );
});

const angle = 'a: ANGLE ATOMS=1,2,5\n';
const labels = 'cv.node-0,cv.node-1,cv.node-0-gradient,cv.node-1-gradient,cv.gradient';

for (const [unit, lengths] of [
  ['nm', 1],
  ['A', 10],
] as const)
  test(`GRADIENT gives lengths of gradients by the atoms, per ${unit}, and the area that two of them span`, async () => {
    const input = `UNITS LENGTH=${unit}\n${angle}cv: ONNX_MODEL FILE=model.onnx ATOMS=1,2,5 GRADIENT\nPRINT ARG=a,${labels} FILE=norms-${unit}\n`;
    await drive(folder, input);
    const rows = await readNumbers(join(folder, `norms-${unit}`));
    assert.ok(rows.length > 0);
    for (const [, a, , , first, second, both] of rows) {
      const length = Math.SQRT2 / lengths;
      assert.ok(Math.abs(first - length) < 1e-5 && Math.abs(second - length) < 1e-5, `${first}, ${second}`);
      const area = Math.sqrt(4 - Math.cos(a) ** 2) / lengths ** 2;
      assert.ok(Math.abs(both - area) < 1e-5, `${both}, ${area}`);
    }
  });

test('GRADIENT changes no force, and a bias on what it gives does nothing', async () => {
  const forces = async (name: string, flag: string, bias: string): Promise<number[][]> => {
    await drive(folder, `cv: ONNX_MODEL FILE=model.onnx ATOMS=1,2,5${flag}\n${bias}\n`, {
      extra: ['--dump-forces', name, '--dump-forces-fmt', '%.10f'],
    });
    return readNumbers(join(folder, name));
  };
  const pull = 'RESTRAINT ARG=cv.node-0,cv.node-1 AT=0,0 KAPPA=3,5';
  const plain = await forces('plain', '', pull);
  assert.ok(plain.flat().some((value) => Math.abs(value) > 0.1));
  assert.deepEqual(await forces('watched', ' GRADIENT', pull), plain);
  const none = await forces('none', ' GRADIENT', 'RESTRAINT ARG=cv.gradient AT=0 KAPPA=100');
  const moved = none.flat().filter((value, i) => i > 0 && Math.abs(value) > 1e-9);
  assert.deepEqual(
    moved.filter((value) => !Number.isInteger(value)),
    [],
  );
});

test('GRADIENT with ARG is refused', async () => {
  await assert.rejects(
    drive(
      folder,
      'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=2,5\ncv: ONNX_MODEL FILE=model.onnx ARG=d1,d2 LABELS=ignore GRADIENT\nPRINT ARG=cv.node-0 FILE=x\n',
    ),
    /expected GRADIENT only with ATOMS/,
  );
});
