import type { AlignmentReference } from '../../descriptors/index.js';
import { invalidArgument } from '../../support/index.js';

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
 * occupancies. Throws `bad-argument` for numbers that its columns (three and two decimals) do not hold exactly.
 */
export function formatReferencePdb({ atoms, weights, positions }: AlignmentReference): string {
  const lines = atoms.map((serial, i) => atomLine(serial, positions[i], weights[i]));
  return [...lines, 'END', ''].join('\n');
}

const numberIn = (line: string, from: number, to: number): number => {
  const text = line.slice(from - 1, to).trim();
  return text === '' ? NaN : Number(text);
};

/** Å → nm without the division's last bit: 1.234 Å are 0.1234 nm. */
const nanometres = (angstrom: number): number => Number((angstrom / 10).toFixed(9));

/** The first structure of a PDB file as PLUMED reads it; undefined where a column is no number. */
export function parseReferencePdb(text: string): AlignmentReference | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => /^END/.test(line));
  const atoms = lines.slice(0, end < 0 ? undefined : end).filter((line) => /^(ATOM {2}|HETATM)/.test(line));
  const reference: AlignmentReference = {
    atoms: atoms.map((line) => numberIn(line, 7, 11)),
    weights: atoms.map((line) => numberIn(line, 55, 60)),
    positions: atoms.map((line) => [
      nanometres(numberIn(line, 31, 38)),
      nanometres(numberIn(line, 39, 46)),
      nanometres(numberIn(line, 47, 54)),
    ]),
  };
  const all = [...reference.atoms, ...reference.weights, ...reference.positions.flat()];
  return all.every(Number.isFinite) ? reference : undefined;
}
