import { LatentcvError, type H5Group } from '../../support/index.js';
import type { PreparedFrame } from '../foreign/index.js';
import { attributeText, groupAt, shapeOf } from './entities.js';
import { h5mdBox, type H5mdBox } from './h5md-box.js';
import { groupsWith, H5mdElement, MatchedElement } from './h5md-element.js';
import { particleOrder } from './h5md-order.js';
import { namelessAtoms, positionsIn, type Hdf5Frames, type Hdf5Reading } from './hdf5-frames.js';
import { perNanometreOf } from './units.js';

/** The one group of particles that has positions. */
function particlesOf(file: H5Group): H5Group {
  const particles = groupAt(file, 'particles');
  const found = particles ? groupsWith(particles, 'position') : [];
  if (found.length === 1) return found[0];
  if (found.length > 1)
    throw new LatentcvError(
      'file-format',
      `expected one group of particles with positions but there are ${found.length}: ${found.map(({ path }) => path).join(', ')}`,
      'a copy of the file without the others is read: h5copy, or del file[…] in h5py',
    );
  const there = particles?.keys() ?? [];
  throw new LatentcvError(
    'file-format',
    `expected positions in a group of /particles but ${there.length > 0 ? `${there.join(', ')} ${there.length > 1 ? 'have' : 'has'} none` : 'there are no particles'}`,
    'the program that wrote it must be told to write positions (GROMACS: nstxout)',
  );
}

/** The positions of particles, `[frames, atoms, 3]`. */
function positionsOf(particles: H5Group): H5mdElement {
  const element = H5mdElement.at(particles, 'position')!;
  const [atoms, axes, ...rest] = element.rowShape;
  if (axes === 3 && atoms > 0 && rest.length === 0) return element;
  throw new LatentcvError(
    'file-format',
    `expected frames of atoms in space in ${element.value.path} but received ${shapeOf(element.value)}`,
  );
}

/** Units where a file tells none. */
interface UsualUnits {
  length?: string;
  time?: string;
}

/** Those of the program that wrote a file, of one that knows no others. */
function usualUnits(file: H5Group): UsualUnits {
  const creator = groupAt(file, 'h5md/creator');
  const name = creator && attributeText(creator, 'name');
  return name?.toLowerCase() === 'gromacs' ? { length: 'nm', time: 'ps' } : {};
}

/** Steps and times of as many frames as all of the element's arrays have. */
function clockOf(element: H5mdElement, reading: Hdf5Reading, usual: UsualUnits, notes: string[]) {
  const steps = element.steps();
  const times = element.times(reading, usual.time);
  const lengths = { value: element.rows, step: steps.length, ...(times && { time: times.length }) };
  const frames = Math.min(...Object.values(lengths));
  if (Object.values(lengths).some((length) => length !== frames)) {
    const counts = Object.entries(lengths).map(([name, length]) => `${length} of ${name}`);
    notes.push(
      `${element.value.path}: expected rows for every frame but there are ${counts.join(', ')}: ${frames} are read`,
    );
  }
  return { frames, steps: steps.subarray(0, frames), times: times?.subarray(0, frames) };
}

/**
 * A trajectory in H5MD 1.1.
 * @throws LatentcvError `file-format`, `bad-data` where a unit is not known.
 */
export function openH5md(file: H5Group, reading: Hdf5Reading): Hdf5Frames {
  const notes: string[] = [];
  const particles = particlesOf(file);
  const element = positionsOf(particles);
  const [atoms] = element.rowShape;
  const usual = usualUnits(file);
  const positionUnit = attributeText(element.value, 'unit') ?? usual.length;
  const perNanometre =
    reading.perNanometre > 0 ? reading.perNanometre : perNanometreOf(positionUnit, element.value.path);
  const { frames, steps, times } = clockOf(element, reading, usual, notes);
  const box = h5mdBox(particles, steps, { perNanometre: reading.perNanometre, positionUnit }, notes);
  const orderOf = particleOrder(particles, atoms, steps, notes);
  const images = box && imagesOf(particles, atoms, steps);
  const frameOf = (index: number, values: Float64Array): PreparedFrame => {
    const vectors = box?.read(index);
    if (vectors && images) addImages(values, images.read(index), vectors);
    return {
      positions: inOrder(values, orderOf(index)),
      ...boxFields(box, vectors),
      time: times ? times[index] : NaN,
      step: Math.max(0, Math.round(steps[index] || 0)),
    };
  };
  return {
    format: 'H5MD',
    atoms: namelessAtoms(atoms),
    frames,
    notes,
    positions: element.value,
    read: (from, to) => {
      const values = element.read(from, to);
      return Array.from({ length: to - from }, (_, i) =>
        frameOf(from + i, positionsIn(values, i, atoms, perNanometre)),
      );
    },
  };
}

function boxFields(box: H5mdBox | undefined, vectors: Float64Array | undefined) {
  if (!box || !vectors?.some((value) => value !== 0)) return {};
  return { box: vectors, periodic: box.periodic };
}

/** How many boxes on a particle is from where its position stands. */
function imagesOf(particles: H5Group, atoms: number, steps: Float64Array): MatchedElement | undefined {
  const element = H5mdElement.at(particles, 'image');
  if (!element) return undefined;
  if (element.rowShape.join() !== `${atoms},3`)
    throw new LatentcvError(
      'file-format',
      `expected three numbers for each of ${atoms} atoms in ${element.value.path} but received ${shapeOf(element.value)}`,
    );
  return new MatchedElement(element, 'images', steps);
}

function addImages(positions: Float64Array, images: ArrayLike<number>, box: Float64Array): void {
  for (let i = 0; i < positions.length; i += 3)
    for (let axis = 0; axis < 3; axis++)
      positions[i + axis] +=
        images[i] * box[axis] + images[i + 1] * box[3 + axis] + images[i + 2] * box[6 + axis];
}

function inOrder(positions: Float64Array, order: Uint32Array | undefined): Float64Array {
  if (!order) return positions;
  const out = new Float64Array(positions.length);
  order.forEach((place, i) => out.set(positions.subarray(3 * i, 3 * i + 3), 3 * place));
  return out;
}
