import assert from 'node:assert/strict';
import { descriptorSet, type DescriptorSet } from '../../src/descriptors/index.js';

// In a symplectic run at constant energy H(t) = const − dt² · h(t) + O(dt⁴), with h of the phase-space point
// alone (Hairer, Lubich & Wanner, Acta Numerica 12 (2003) 399, doi:10.1017/S0962492902000144), as long as forces are
// the gradient of the energy. So over the same stretch of one trajectory, half the step gives a quarter of the
// deviation. Forces that are not the gradient of the bias that is counted do work that no time step makes smaller.

/** Torsions, an angle, distances and contacts of five atoms of a chain, by PLUMED serials. */
export function chainDescriptors([a, b, c, d, e]: readonly number[]): DescriptorSet {
  return descriptorSet([
    { kind: 'torsion-sin', atoms: [a, b, c, d] },
    { kind: 'torsion-cos', atoms: [b, c, d, e] },
    { kind: 'distance', atoms: [a, d] },
    { kind: 'angle', atoms: [a, c, e] },
    { kind: 'inverse-distance', atoms: [b, e] },
    {
      kind: 'coordination',
      atoms: [a, b],
      partners: [d, e],
      switching: { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 },
    },
  ]);
}

/** A restraint on the model's CV: `counted.bias` is its energy, and `excess` the part of its force that comes on top. */
export interface Restraint {
  plugin: string;
  model: string;
  atoms: readonly number[];
  kappa: number;
  excess: number;
  stride: number;
}

export function restrained({ plugin, model, atoms, kappa, excess, stride }: Restraint): string {
  return [
    `LOAD FILE={${plugin}}`,
    `cv: ONNX_MODEL FILE=${model} ATOMS=${atoms.join(',')}`,
    `counted: RESTRAINT ARG=cv.node-0 AT=3 KAPPA=${kappa}`,
    `excess: RESTRAINT ARG=cv.node-0 AT=3 KAPPA=${excess * kappa}`,
    `PRINT ARG=cv.*,counted.bias STRIDE=${stride} FILE=COLVAR FMT=%.12f`,
    '',
  ].join('\n');
}

/** Root mean square about the mean: about the first energy alone it would hang on where in its swing the run begins. */
export function deviation(energies: readonly number[]): number {
  assert.ok(energies.length > 20, `${energies.length} energies`);
  const mean = energies.reduce((a, b) => a + b, 0) / energies.length;
  const squares = energies.map((energy) => (energy - mean) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
}
