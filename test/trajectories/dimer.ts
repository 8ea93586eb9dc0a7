import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';

/** An atom of a structure file; position in Å. */
export interface PdbLine {
  residue: string;
  number: string;
  code: string;
  name: string;
  chain: string;
  position: number[];
}

/** Two chains of six residues, which are numbered 1, 2, 2A, 2B, 3 and 4, as 1OSM has 163H and 163I; 60 atoms. */
export function dimer(): PdbLine[] {
  const path = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'insertion-codes.pdb');
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('ATOM'));
  return ['A', 'B'].flatMap((chain, c) =>
    lines.map((line) => ({
      residue: line.slice(17, 20),
      number: line.slice(22, 26).trim(),
      code: line.slice(26, 27).trim(),
      name: line.slice(12, 16).trim(),
      chain,
      // the second is further away at one end, so that no distance is there twice
      position: [0, 1, 2].map(
        (axis) => Number(line.slice(30 + 8 * axis, 38 + 8 * axis)) * (1 + 0.1 * c) + 8 * c * axis,
      ),
    })),
  );
}

export const waters = (count: number): PdbLine[] =>
  Array.from({ length: count }, (_, i) => ({
    residue: 'HOH',
    number: String(i + 1),
    code: '',
    name: 'O',
    chain: 'W',
    position: [3 * i, -9, 0],
  }));

/** A PDB file of a model, without END. */
export const pdbLines = (atoms: readonly PdbLine[]): string[] =>
  atoms.map(
    ({ residue, number, code, name, chain, position }, i) =>
      `ATOM  ${String(i + 1).padStart(5)}  ${name.padEnd(3)} ${residue} ${chain.padEnd(1)}${number.padStart(4)}${code.padEnd(1)}   ` +
      `${position.map((x) => x.toFixed(3).padStart(8)).join('')}  1.00  0.00`,
  );

/** A GRO file, which tells neither chains nor insertion codes. */
export const groText = (atoms: readonly PdbLine[]): string =>
  [
    'dimer',
    String(atoms.length),
    ...atoms.map(
      ({ residue, number, name, position }, i) =>
        number.padStart(5) +
        residue.padEnd(5) +
        name.padStart(5) +
        String(i + 1).padStart(5) +
        position.map((x) => (x / 10).toFixed(4).padStart(9)).join(''),
    ),
    '20 20 20',
    '',
  ].join('\n');

/** The atoms of each residue in the opposite order. */
export function turnedWithin(atoms: readonly PdbLine[]): PdbLine[] {
  const residues = new Map<string, PdbLine[]>();
  for (const atom of atoms) {
    const key = atom.chain + atom.number + atom.code;
    residues.set(key, [atom, ...(residues.get(key) ?? [])]);
  }
  return [...residues.values()].flat();
}
