import { invalidArgument } from '../../support/index.js';
import type { FramePositions } from './format-gro.js';
import type { Structure } from './structure.js';

/**
 * Frames as a PDB file (format 3.3), in Å: one, or several as models.
 * @param atoms which are written; all where left out
 * @throws LatentcvError `bad-argument` for another number of positions than atoms
 */
export function formatPdb(
  structure: Structure,
  frames: readonly FramePositions[],
  title: string,
  atoms: Uint32Array = structure.indices(() => true),
): string {
  const several = frames.length > 1;
  const lines = [`TITLE     ${title.replace(/[\r\n]+/g, ' ')}`.slice(0, 80), ...cellLines(frames.at(0)?.box)];
  frames.forEach(({ positions }, i) => {
    if (positions.length !== 3 * structure.size)
      throw invalidArgument(`${3 * structure.size} coordinates`, 'positions', positions.length);
    if (several) lines.push(`MODEL     ${String(i + 1).padStart(4)}`);
    atoms.forEach((atom, place) => lines.push(atomLine(structure, atom, place, positions)));
    if (several) lines.push('ENDMDL');
  });
  return [...lines, 'END', ''].join('\n');
}

function atomLine(structure: Structure, atom: number, place: number, positions: Float64Array): string {
  const { names, residueNames, residueIds, chains, insertionCodes, elements } = structure;
  const kind = structure.kindOf(atom);
  const record = kind === 'protein' || kind === 'nucleic' ? 'ATOM  ' : 'HETATM';
  const element = elements[atom];
  // a name of an element with one letter begins in the second column
  const name = names[atom].slice(0, 4);
  const named = name.length < 4 && element.length < 2 ? ` ${name.padEnd(3)}` : name.padEnd(4);
  const residue = Number.isNaN(residueIds[atom]) ? 1 : residueIds[atom];
  const where = [0, 1, 2].map((axis) => (10 * positions[3 * atom + axis]).toFixed(3).padStart(8)).join('');
  return (
    `${record}${String((place + 1) % 100_000).padStart(5)} ${named} ` +
    `${residueNames[atom].slice(0, 3).padStart(3)} ${(chains[atom] ?? '').slice(0, 1).padEnd(1)}` +
    `${String(residue % 10_000).padStart(4)}${(insertionCodes[atom] ?? '').slice(0, 1).padEnd(1)}   ` +
    `${where}  1.00  0.00          ${element.toUpperCase().slice(0, 2).padStart(2)}`
  );
}

/** Lengths in Å and angles in degrees. */
function cellLines(box: Float64Array | undefined): string[] {
  if (!box) return [];
  const [a, b, c] = [0, 3, 6].map((at) => box.subarray(at, at + 3));
  const length = (v: Float64Array): number => Math.hypot(...v);
  if (![a, b, c].every((v) => length(v) > 0)) return [];
  const angle = (u: Float64Array, v: Float64Array): number =>
    (Math.acos(u.reduce((sum, each, i) => sum + each * v[i], 0) / (length(u) * length(v))) * 180) / Math.PI;
  const lengths = [a, b, c].map((v) => (10 * length(v)).toFixed(3).padStart(9)).join('');
  const angles = [angle(b, c), angle(a, c), angle(a, b)].map((v) => v.toFixed(2).padStart(7)).join('');
  return [`CRYST1${lengths}${angles} P 1           1`];
}
