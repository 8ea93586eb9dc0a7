import { invalidArgument } from '../../support/index.js';
import type { Structure } from './structure.js';

/** Positions of a frame in nm, and its box. */
export interface FramePositions {
  /** `[atoms, 3]` */
  positions: Float64Array;
  /** Vectors a, b, c, row-major `[3, 3]`; undefined where the frame has none. */
  box: Float64Array | undefined;
}

/**
 * A frame as a GRO file, without velocities. Positions have five decimals, two more than usual: GROMACS tells by the distance
 * between the points.
 * @param atoms which are written; all where left out
 * @throws LatentcvError `bad-argument` for another number of positions than atoms
 */
export function formatGro(
  structure: Structure,
  { positions, box }: FramePositions,
  title: string,
  atoms: Uint32Array = structure.indices(() => true),
): string {
  const { size, names, residueNames, residueIds } = structure;
  if (positions.length !== 3 * size)
    throw invalidArgument(`${3 * size} coordinates`, 'positions', positions.length);
  const lines = Array.from(atoms, (i, at) => {
    const residue = Number.isNaN(residueIds[i]) ? 1 : residueIds[i];
    const place = [0, 1, 2].map((axis) => positions[3 * i + axis].toFixed(5).padStart(10)).join('');
    // numbers of five digits start again at 0, as GROMACS writes them
    const number = (value: number): string => String(value % 100_000).padStart(5);
    const [name, residueName] = [names[i], residueNames[i]].map((word) => word.slice(0, 5));
    return `${number(residue)}${residueName.padEnd(5)}${name.padStart(5)}${number(at + 1)}${place}`;
  });
  return [title.replace(/[\r\n]+/g, ' '), String(atoms.length), ...lines, boxLine(box), ''].join('\n');
}

/** ax by cz, and of a skewed box ay az bx bz cx cy. */
function boxLine(box: Float64Array | undefined): string {
  if (!box) return '   0.00000   0.00000   0.00000';
  const order = [0, 4, 8, 1, 2, 3, 5, 6, 7];
  const skewed = order.slice(3).some((i) => box[i] !== 0);
  return order
    .slice(0, skewed ? 9 : 3)
    .map((i) => box[i].toFixed(5).padStart(10))
    .join('');
}
