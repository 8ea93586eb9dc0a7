import type { AlignmentReference } from '../../descriptors/index.js';
import { invalidArgument, expectList, expectNumbers, expectObject } from '../../support/index.js';
import { readPdbAtoms } from './pdb-atoms.js';

/** A number in so many columns with so many decimals, or a refusal where it does not fit to the last digit. */
function column(value: number, width: number, decimals: number): string {
  const text = value.toFixed(decimals).padStart(width);
  if (text.length > width || Math.abs(Number(text) - value) > 1e-9)
    throw invalidArgument(`numbers with ${decimals} decimals in ${width} columns`, 'a PDB file', value);
  return text;
}

function atomLine(serial: number, position: readonly number[], weight: number): string {
  const xyz = position.map((x) => column(10 * x, 8, 3)).join('');
  const weights = column(weight, 6, 2).repeat(2);
  return `ATOM  ${column(serial, 5, 0)}  X   REF A   1    ${xyz}${weights}`;
}

/**
 * A reference, atoms by serial, as the PDB file that PLUMED's `FIT_TO_TEMPLATE` reads: positions in Å, weights as
 * occupancies.
 * @throws LatentcvError `bad-argument` for numbers that its columns (three and two decimals) do not hold exactly
 */
export function formatReferencePdb(reference: AlignmentReference): string {
  expectObject(reference, 'reference', 'atoms, weights and positions');
  const { atoms, weights, positions } = reference;
  expectList(atoms, 'atoms');
  expectNumbers(weights, 'weights', atoms.length);
  expectList(positions, 'positions', atoms.length);
  for (const position of positions) expectNumbers(position, 'positions', 3);
  const lines = atoms.map((serial, i) => atomLine(serial, positions[i], weights[i]));
  return [...lines, 'END', ''].join('\n');
}

/** Å → nm without the division's last bit: 1.234 Å are 0.1234 nm. */
const nanometres = (angstrom: number): number => Number((angstrom / 10).toFixed(9));

/** What the first structure of a PDB file says to an RMSD beyond the reference: weights of its atoms' deviations. */
export function deviationWeights(text: string): number[] {
  return readPdbAtoms(text).map(({ deviationWeight }) => deviationWeight);
}

/**
 * The first structure of a PDB file as PLUMED reads it; undefined where a column is no number.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function parseReferencePdb(text: string): AlignmentReference | undefined {
  if (typeof text !== 'string') throw invalidArgument('the text of a PDB file', 'text', text);
  const atoms = readPdbAtoms(text);
  const numbers = atoms.flatMap(({ serial, weight, position }) => [serial, weight, ...position]);
  if (!numbers.every(Number.isFinite)) return undefined;
  return {
    atoms: atoms.map(({ serial }) => serial),
    weights: atoms.map(({ weight }) => weight),
    positions: atoms.map(({ position }) => position.map(nanometres) as [number, number, number]),
  };
}
