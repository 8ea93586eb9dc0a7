import { LatentcvError, type H5Group } from '../../support/index.js';
import { H5mdElement, MatchedElement } from './h5md-element.js';

/** Places of particles in the order of their ids; undefined where that is the order of the file. */
export type ParticleOrder = (frame: number) => Uint32Array | undefined;

/**
 * The order of the particles, which the element `id` tells where a program writes them as they come: that of their ids.
 * @throws LatentcvError `file-format`, `bad-data` where ids are there twice.
 */
export function particleOrder(
  particles: H5Group,
  atoms: number,
  steps: Float64Array,
  notes: string[],
): ParticleOrder {
  const element = H5mdElement.at(particles, 'id');
  if (!element || steps.length === 0) return () => undefined;
  if (element.rowShape.join() !== String(atoms))
    throw new LatentcvError(
      'file-format',
      `expected one id for each of ${atoms} particles in ${element.value.path}`,
    );
  const matched = new MatchedElement(element, 'ids', steps);
  const first = matched.read(0);
  const ids = Float64Array.from(first).sort();
  if (ids.some((id, i) => id === ids[i - 1]))
    throw new LatentcvError(
      'bad-data',
      `expected each id once in ${element.value.path}`,
      'a file must have the same particles in every frame',
    );
  const places = new Map(Array.from(ids, (id, i) => [id, i]));
  const order = placesOf(first, places);
  if (order) notes.push(`${element.value.path}: particles are put in the order of their ids`);
  return element.fixed ? () => order : (frame) => placesOf(matched.read(frame), places);
}

/** Where each particle of a frame goes. */
function placesOf(ids: ArrayLike<number>, places: ReadonlyMap<number, number>): Uint32Array | undefined {
  const seen = new Uint8Array(ids.length);
  const found = Uint32Array.from(ids, (id) => {
    const place = places.get(id);
    if (place === undefined || seen[place])
      throw new LatentcvError(
        'bad-data',
        `expected the ids of the first frame, each once, but received ${id}`,
      );
    seen[place] = 1;
    return place;
  });
  return found.every((place, i) => place === i) ? undefined : found;
}
