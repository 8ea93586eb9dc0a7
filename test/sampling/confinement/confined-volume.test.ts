import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  confinedVolume,
  radiusAt,
  wallEnergy,
  type AxialConfinement,
  type Confinement,
  type VolumeBounds,
} from '../../../src/sampling/index.js';

const kT = 2.494;
const common = { kappa: 3000, distance: 'd', depth: 'z', radial: 'r' };
const sphere: Confinement = { kind: 'sphere', radius: 1.2, kappa: 3000, distance: 'd' };
const cylinder: AxialConfinement = { kind: 'cylinder', ...common, from: -0.4, to: 1.5, radius: 0.3 };
const funnel: AxialConfinement = { ...cylinder, kind: 'funnel', radius: 0.2, neck: 0.5, angle: 0.6 };

/** √(π kT/κ)/2: how much a soft wall adds to a length. */
const soft = Math.sqrt((Math.PI * kT) / 3000) / 2;
const half = kT / (2 * 3000);

test('volumes in closed form, soft walls included', () => {
  const shell =
    (4 / 3) * Math.PI * (1.2 ** 3 - 0.7 ** 3) +
    4 * Math.PI * (1.2 ** 2 * soft + 2 * 1.2 * half + (soft * kT) / (2 * 3000));
  assert.ok(Math.abs(confinedVolume(sphere, kT, { distance: [0.7, Infinity] }) / shell - 1) < 1e-10);
  const area = Math.PI * 0.3 ** 2 + 2 * Math.PI * (0.3 * soft + half);
  assert.ok(Math.abs(confinedVolume(cylinder, kT) / (area * (1.9 + 2 * soft)) - 1) < 1e-9);
  assert.ok(
    Math.abs(confinedVolume(cylinder, kT, { depth: [0.9, Infinity] }) / (area * (0.6 + soft)) - 1) < 1e-9,
  );
  // beyond its neck a funnel is a cylinder
  const neck = Math.PI * 0.2 ** 2 + 2 * Math.PI * (0.2 * soft + half);
  assert.ok(Math.abs(confinedVolume(funnel, kT, { depth: [0.6, 1.2] }) / (neck * 0.6) - 1) < 1e-9);
});

test('a hard funnel is a cone and a cylinder', () => {
  const hard = { ...funnel, kappa: 1e12 };
  const [wide, narrow] = [radiusAt(hard, -0.4), 0.2];
  const cone = (Math.PI * 0.9 * (wide ** 2 + wide * narrow + narrow ** 2)) / 3;
  const exact = cone + Math.PI * narrow ** 2 * 1;
  assert.ok(Math.abs(confinedVolume(hard, kT) / exact - 1) < 1e-5);
});

test('any ranges: the sum over a fine grid of exp(−U/kT)', () => {
  const gridVolume = (confinement: Confinement, bounds: VolumeBounds): number => {
    const h = 0.005;
    let sum = 0;
    for (let z = -1 + h / 2; z < 2; z += h)
      for (let rho = h / 2; rho < 1; rho += h) {
        const at = { depth: z, radial: rho, distance: Math.hypot(z, rho) };
        const inside = Object.entries(bounds).every(
          ([key, [low, high]]) => at[key as keyof typeof at] >= low && at[key as keyof typeof at] < high,
        );
        if (inside) sum += 2 * Math.PI * rho * h * h * Math.exp(-wallEnergy(confinement, at) / kT);
      }
    return sum;
  };
  for (const bounds of [
    { distance: [0.8, Infinity] },
    { distance: [0.3, 0.9], depth: [0, Infinity] },
    { radial: [0.1, 0.25], depth: [-0.1, 1] },
    { distance: [0.2, 0.5] },
  ] as VolumeBounds[])
    for (const confinement of [cylinder, funnel]) {
      const exact = gridVolume(confinement, bounds);
      const found = confinedVolume(confinement, kT, bounds);
      assert.ok(
        Math.abs(found / exact - 1) < 8e-3,
        `${confinement.kind} ${JSON.stringify(bounds)} ${found} ${exact}`,
      );
    }
});
