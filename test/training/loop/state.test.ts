import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../src/graph/index.js';
import {
  initialValues,
  packedInput,
  packParameters,
  packTensors,
  unpackArrays,
  unpackTensors,
  valueFeeds,
} from '../../../src/training/loop/state.js';
import { Random } from '../../../src/support/random.js';

const small = [
  { name: 'w', shape: [2, 3], bound: 0.5 },
  { name: 'b', shape: [3], bound: 0 },
];
const large = [{ name: 'w', shape: [400, 400], bound: 1 }, ...small.slice(1)];

test('small networks are one vector, large ones one each', () => {
  assert.deepEqual(
    packParameters(small).map(({ name, size }) => [name, size]),
    [['parameters', 9]],
  );
  assert.deepEqual(
    packParameters(large).map(({ name, size }) => [name, size]),
    [
      ['w', 160_000],
      ['b', 3],
    ],
  );
});

for (const [what, parameters] of [
  ['small', small],
  ['large', large],
] as const)
  test(`what is unpacked and packed again is the same, of a ${what} network`, () => {
    const packings = packParameters([...parameters]);
    const values = initialValues(packings, new Random(1));
    const packed = packings.map((packing) => packedInput(packing, ''));
    const tensors = unpackTensors(packings, packed);
    assert.deepEqual(
      [...tensors].map(([name, { shape }]) => [name, shape]),
      parameters.map(({ name, shape }) => [name, shape]),
    );
    const again = packTensors(packings, tensors);
    again.forEach((tensor, i) =>
      assert.deepEqual(evaluate({ tensor }, valueFeeds(packings, values)).tensor.data, values[i]),
    );
    const arrays = unpackArrays(packings, values);
    const { w } = evaluate({ w: tensors.get('w')! }, valueFeeds(packings, values));
    assert.deepEqual(arrays.get('w'), w.data);
    assert.ok(arrays.get('w')!.every((value) => Math.abs(value) <= parameters[0].bound));
  });
