import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alaninePdb,
  buildAlanineDipeptide,
  chiralVolume,
  heavyAtomNames,
} from '../../../src/quickstart/systems/alanine-structure.js';
import {
  type Point,
  dot,
  subtract,
  torsionOf,
} from '../../../src/quickstart/systems/internal-coordinates.js';

const near = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test('the molecule has the backbone torsions asked for, and both peptide bonds trans', () => {
  for (const [phi, psi] of [
    [-80, 75],
    [60, -70],
    [170, 5],
  ] as const) {
    const points = buildAlanineDipeptide(phi, psi);
    const torsion = (...names: string[]): number =>
      torsionOf(...(names.map((name) => points.get(name)!) as [Point, Point, Point, Point]));
    near(torsion('ACE-C', 'ALA-N', 'ALA-CA', 'ALA-C'), phi, 1e-9);
    near(torsion('ALA-N', 'ALA-CA', 'ALA-C', 'NME-N'), psi, 1e-9);
    near(Math.abs(torsion('ACE-CH3', 'ACE-C', 'ALA-N', 'ALA-CA')), 180, 1e-6);
    near(Math.abs(torsion('ALA-CA', 'ALA-C', 'NME-N', 'NME-CH3')), 180, 1e-6);
  }
});

test('a torsion is positive clockwise: looking along +z, from +x to +y is +90°', () => {
  near(torsionOf([1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 1, 1]), 90, 1e-12);
});

test('the alpha carbon is L', () => {
  // 2.5 to 2.6 Å³ for ideal L amino acids: the volume spanned by the three bonds from CA
  near(chiralVolume(buildAlanineDipeptide()), 2.6, 0.1);
});

test('no two atoms clash', () => {
  const points = [...buildAlanineDipeptide().values()];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(0, i)) {
      const gap = subtract(a, b);
      assert.ok(Math.sqrt(dot(gap, gap)) > 1.2);
    }
  }
});

test('the PDB text has its fields in the fixed columns', () => {
  const atoms = alaninePdb()
    .split('\n')
    .filter((line) => line.startsWith('ATOM'));
  assert.deepEqual(
    atoms.map((line) => `${line.slice(17, 20)}-${line.slice(12, 16).trim()}`),
    heavyAtomNames,
  );
  const expected = buildAlanineDipeptide().get('NME-CH3')!;
  for (const axis of [0, 1, 2] as const) {
    near(Number(atoms.at(-1)!.slice(30 + 8 * axis, 38 + 8 * axis)), expected[axis], 5e-4);
  }
});
