import { LatentcvError, type H5Group } from '../../support/index.js';
import { attributeNumber, attributeText, attributeTexts, groupAt, shapeOf } from './entities.js';
import { H5mdElement, MatchedElement } from './h5md-element.js';
import { perNanometreOf } from './units.js';

/** The boxes of a group's frames. */
export interface H5mdBox {
  /** Along each box vector. */
  periodic: readonly boolean[];
  /**
   * Box vectors of frame `index` as rows, nm.
   * @throws LatentcvError `bad-data` where it has none.
   */
  read(index: number): Float64Array;
}

function refuse(what: string): LatentcvError {
  return new LatentcvError('file-format', what);
}

/** `boundary` of a box, of `periodic` and `none`; undefined where it is not there. */
function boundaryOf(box: H5Group): boolean[] | undefined {
  const words = attributeTexts(box, 'boundary');
  if (words.length === 0) return undefined;
  const three = words.length === 1 ? [words[0], words[0], words[0]] : words;
  const odd = three.find((word) => word !== 'periodic' && word !== 'none');
  if (odd !== undefined || three.length !== 3)
    throw refuse(
      `expected periodic or none for three axes in the attribute boundary of ${box.path} but received ${words.join(', ')}`,
    );
  return three.map((word) => word === 'periodic');
}

/**
 * The box of a group of particles; undefined where it has none.
 * @throws LatentcvError `file-format`, `bad-data` where the unit of its edges is not known.
 */
export function h5mdBox(
  particles: H5Group,
  steps: Float64Array,
  { perNanometre, positionUnit }: { perNanometre: number; positionUnit: string | undefined },
  notes: string[],
): H5mdBox | undefined {
  const box = groupAt(particles, 'box');
  if (!box) return undefined;
  const dimension = attributeNumber(box, 'dimension') ?? 3;
  if (dimension !== 3) throw refuse(`expected a box of 3 dimensions in ${box.path} but it has ${dimension}`);
  const periodic = boundaryOf(box);
  const edges = H5mdElement.at(box, 'edges');
  if (!edges) {
    if (!periodic?.includes(true)) return undefined;
    throw refuse(`expected the edges of a periodic box in ${box.path} but there are none`);
  }
  if (!periodic)
    notes.push(`${box.path} tells no boundary: its box is taken as periodic along all three vectors`);
  const shape = edges.rowShape.join();
  if (shape !== '3' && shape !== '3,3')
    throw refuse(
      `expected three edges, or three box vectors, of each frame in ${edges.value.path} but received ${shapeOf(edges.value)}`,
    );
  const unit = attributeText(edges.value, 'unit') ?? positionUnit;
  const inOneNanometre = perNanometre > 0 ? perNanometre : perNanometreOf(unit, edges.value.path);
  const matched = new MatchedElement(edges, 'a box', steps);
  return {
    periodic: periodic ?? [true, true, true],
    read: (index) => boxOf(matched.read(index), inOneNanometre),
  };
}

/** Box vectors as rows, of edges or of these vectors. */
function boxOf(edges: ArrayLike<number>, perNanometre: number): Float64Array {
  if (edges.length === 9) return Float64Array.from(edges, (value) => value / perNanometre);
  const box = new Float64Array(9);
  for (let i = 0; i < 3; i++) box[4 * i] = edges[i] / perNanometre;
  return box;
}
