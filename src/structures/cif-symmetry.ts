import { LatentcvError } from '../support/index.js';
import type { CifBlock } from './cif.js';
import type { ReadStructure } from './extended-xyz.js';
import { nearestImage, type Vector } from './supercell.js';

/** A symmetry operation: rows of a matrix and a shift, of fractional coordinates. */
type Operation = { factors: Vector; shift: number }[];

const axes = 'xyz';
const term = /([+-]?)\s*(?:(\d*\.?\d+)(?:\/(\d+))?)?\s*\*?\s*([xyz])?/gi;

/** `x-y`, `-x+1/2`, `0.5+z` */
function readRow(text: string): Operation[number] | undefined {
  const factors: Vector = [0, 0, 0];
  let [shift, rest] = [0, text.trim()];
  for (const [whole, sign, number, below, axis] of text.matchAll(term)) {
    if (number === undefined && axis === undefined) continue;
    rest = rest.replace(whole.trim(), '');
    const size = (sign === '-' ? -1 : 1) * (number === undefined ? 1 : Number(number) / Number(below ?? 1));
    if (axis === undefined) shift += size;
    else factors[axes.indexOf(axis.toLowerCase())] += size;
  }
  return rest.trim() === '' ? { factors, shift } : undefined;
}

function readOperation(text: string): Operation | undefined {
  const rows = text.split(',').map(readRow);
  return rows.length === 3 && rows.every((row) => row !== undefined) ? rows : undefined;
}

/** Fractional coordinates are told to a few digits: images of a special position that are so near are one. */
const oneWithin = 0.002;

const apart = (a: Vector, b: Vector): boolean =>
  a.some((x, i) => Math.abs(x - b[i] - Math.round(x - b[i])) > oneWithin);

/** All places that operations take sites to, each once. */
function expanded(sites: readonly Vector[], operations: readonly Operation[]): Vector[] {
  return sites.flatMap((site) => {
    const found: Vector[] = [];
    for (const operation of operations) {
      const place = operation.map(({ factors, shift }) =>
        factors.reduce((sum, factor, i) => sum + factor * site[i], shift),
      ) as Vector;
      if (found.every((other) => apart(place, other))) found.push(place);
    }
    return found;
  });
}

/** So far from each other, nm, places may be that are one, by the digits of files. */
const sameWithin = 0.01;

/** Of more atoms their number alone is compared. */
const mostCompared = 1000;

/**
 * Refuses a CIF whose symmetry is not what was read of it: chemfiles goes by the name of the space group (Hermann and Mauguin's)
 * and its usual setting, whatever operations, number or Hall's symbol stand in the file.
 * @throws LatentcvError `bad-data`
 */
export function expectSymmetry(block: CifBlock, read: ReadStructure, path: string): void {
  const { operations: texts, name, number, hall } = block.symmetry;
  const operations = texts.map(readOperation);
  if (operations.length > 0 && operations.every((each) => each !== undefined))
    return expectPlaces(expanded(block.sites, operations), read, path, name);
  if (name !== undefined) return;
  const other =
    number !== undefined && number !== '1'
      ? `number ${number}`
      : hall && !/^p ?1$/i.test(hall)
        ? hall
        : undefined;
  if (other !== undefined)
    throw otherSymmetry(`${path}: expected the name of the space group ${other} but it has none`);
}

function expectPlaces(places: readonly Vector[], read: ReadStructure, path: string, name = 'none'): void {
  const { cell, positions } = read;
  const count = positions.length / 3;
  const good = places.length === count && (!cell || count > mostCompared || all(places, cell, positions));
  if (good) return;
  throw otherSymmetry(
    `${path}: expected the ${places.length} atoms that its symmetry operations give but found ${count === places.length ? 'others' : count} by the name of its space group, ${name}`,
  );
}

/** Whether there is an atom at each place. */
function all(places: readonly Vector[], cell: Float64Array, positions: Float64Array): boolean {
  const nearest = nearestImage(cell);
  return places.every((place) => {
    const at = [0, 1, 2].map((x) => place[0] * cell[x] + place[1] * cell[3 + x] + place[2] * cell[6 + x]);
    for (let i = 0; i < positions.length; i += 3) {
      const between = nearest([at[0] - positions[i], at[1] - positions[i + 1], at[2] - positions[i + 2]]);
      if (Math.hypot(...between) < sameWithin) return true;
    }
    return false;
  });
}

const otherSymmetry = (message: string): LatentcvError =>
  new LatentcvError(
    'bad-data',
    message,
    'write it with all of its atoms, in P 1, or as a POSCAR: by ASE, pymatgen or VESTA, for example',
  );
