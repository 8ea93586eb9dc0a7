import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../src/support/random.js';
import { superpose } from '../../../src/trajectories/index.js';

const random = new Random(3);
const count = 12;
const all = Uint32Array.from({ length: count }, (_, i) => i);
const reference = Float64Array.from({ length: 3 * count }, () => random.normal());

/** Turned about an axis through the origin by Rodrigues' formula, then moved. */
function turned(
  positions: Float64Array,
  axis: readonly number[],
  angle: number,
  shift: readonly number[],
): Float64Array {
  const size = Math.hypot(...axis);
  const k = axis.map((each) => each / size);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return positions.map((_, at) => {
    const i = at % 3;
    const v = positions.subarray(at - i, at - i + 3);
    const along = k.reduce((sum, each, j) => sum + each * v[j], 0);
    const [a, b] = [(i + 1) % 3, (i + 2) % 3];
    return v[i] * cos + (k[a] * v[b] - k[b] * v[a]) * sin + k[i] * along * (1 - cos) + shift[i];
  });
}

test('what was turned and moved lies on the reference again', () => {
  for (const angle of [0, 0.3, 2, Math.PI]) {
    const away = turned(reference, [1, -2, 0.5], angle, [3, -4, 5]);
    superpose(away, reference, all).forEach((value, i) => assert.ok(Math.abs(value - reference[i]) < 1e-12));
  }
});

test('some atoms lead, the others follow', () => {
  const few = Uint32Array.from([0, 3, 5, 7]);
  const away = turned(reference, [0, 1, 1], 1, [1, 0, 0]);
  away[3 * 11] += 0.5;
  const moved = superpose(away, reference, few);
  for (let atom = 0; atom < 11; atom++)
    for (let axis = 0; axis < 3; axis++)
      assert.ok(Math.abs(moved[3 * atom + axis] - reference[3 * atom + axis]) < 1e-12);
  const off = [0, 1, 2].map((axis) => moved[33 + axis] - reference[33 + axis]);
  assert.ok(Math.abs(Math.hypot(...off) - 0.5) < 1e-12);
});

test('a mirror image stays one, and no turn by a little makes it better', () => {
  const mirrored = reference.map((value, at) => (at % 3 === 0 ? -value : value));
  const squared = (positions: Float64Array): number =>
    positions.reduce((sum, value, i) => sum + (value - reference[i]) ** 2, 0);
  const moved = superpose(mirrored, reference, all);
  assert.ok(squared(moved) > 1);
  const centre = [0, 1, 2].map((axis) =>
    all.reduce((sum, atom) => sum + reference[3 * atom + axis] / count, 0),
  );
  const about = moved.map((value, at) => value - centre[at % 3]);
  for (const axis of [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
    for (const angle of [-0.01, 0.01])
      assert.ok(squared(turned(about, axis, angle, centre)) > squared(moved));
});

test('another number of atoms is refused', () => {
  assert.throws(() => superpose(reference, reference.slice(3), all), { code: 'bad-argument' });
});
