import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectAgreement } from '../../bench/step/agreement.js';
import { distancesFor, networkCase, randomLayers, transposed } from '../../bench/step/network-case.js';
import { stepRows } from '../../bench/step/report.js';
import type { Timing } from '../../bench/step/timing.js';
import { least, plumedInput, variants, type Variant } from '../../bench/step/variants.js';

const timing = (label: Timing['label'], min: number, forces = [1, -2, 0.5]): Timing => ({
  label,
  bias: 3,
  forces,
  virial: [1],
  microseconds: { min, median: 2 * min },
});
const own = { model: 2, evaluator: 1.5, noise: 0 };
const all = [...variants.map((variant, i) => timing(variant, i + 1)), timing(least, 9, [7])];

describe('bench:step', () => {
  it('takes the fewest atoms that have so many distances, and gives each its pair', () => {
    const set = distancesFor(networkCase('1000-256-64-2'));
    assert.equal(set.atoms.length, 46); // 45 atoms have 990 pairs
    assert.equal(set.items.length, 1000);
    const files = { onnx: 'm.onnx', torchScript: 'm.ptc', ann: [] };
    const plugins = {
      latentcv: 'a.so',
      pytorch: 'b.so',
      doNothing: 'c.so',
      requestAtoms: 'e.so',
      evaluatorOnly: 'd.so',
    };
    const three = networkCase('3-2');
    const input = plumedInput('distance', three, distancesFor(three, [4, 7, 9, 11]), files, plugins);
    assert.match(input, /^d1: DISTANCE ATOMS=4,7\nd2: DISTANCE ATOMS=4,9\nd3: DISTANCE ATOMS=7,9$/m);
    assert.match(
      input,
      /COMPONENTS=2 ARG=d1,d2,d3\nRESTRAINT ARG=cv.node-0,cv.node-1 AT=-2,-2 KAPPA=10,10\n$/,
    );
  });

  it('gives every engine the same weights, transposed', () => {
    const [{ weights, bias }] = randomLayers(networkCase('3-2'));
    assert.deepEqual([weights.length, bias.length], [6, 2]);
    assert.deepEqual(randomLayers(networkCase('3-2'))[0].weights, weights);
    assert.deepEqual([...transposed(Float32Array.of(1, 2, 3, 4, 5, 6), 3)], [1, 3, 5, 2, 4, 6]);
  });

  it('stops where a variant gives other forces', () => {
    expectAgreement('3-2', all);
    const wrong = (variant: Variant, force: number) =>
      all.map((each) => (each.label === variant ? timing(variant, 1, [1, -2, force]) : each));
    expectAgreement('3-2', wrong('pytorch-model', 0.50001)); // 5e-6 of the largest force: float32
    expectAgreement('3-2', wrong('distance', 7)); // has no network
    assert.throws(() => expectAgreement('3-2', wrong('ann', 0.50001)), /expected ann to give .* 5.0e-6/);
    assert.throws(() => expectAgreement('3-2', wrong('pytorch-model', 0.5001)), /pytorch-model/);
    assert.throws(() => expectAgreement('3-2', wrong('onnxruntime', NaN)), /Infinity/);
  });

  it('prints times and ratios to PYTORCH_MODEL', () => {
    const rows = stepRows({ network: '3-2', timings: all, own, native: [] });
    assert.deepEqual(
      rows.map(({ variant }) => variant),
      variants,
    );
    assert.deepEqual(rows[3], {
      network: '3-2',
      variant: 'onnx-model-arg',
      microseconds: { min: 4, median: 8 },
      ratioToPytorchModel: 0.5,
    });
  });
});
