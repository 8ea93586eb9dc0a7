import { mapAtoms, mapReferences, referencesOf, type Descriptor } from './descriptor.js';
import {
  descriptorsBySerial,
  descriptorSet,
  pointsBySerial,
  referencesBySerial,
  type DescriptorSet,
} from './descriptor-set.js';
import { mapPoint, pointNumber, pointSerial, type Point } from './points.js';

/** The set's descriptors at these places; atoms, references and points that no other needs are gone. */
export function selectDescriptors(set: DescriptorSet, places: readonly number[]): DescriptorSet {
  const all = descriptorsBySerial(set);
  const chosen = places.map((place) => all[place]);
  const references = referencesBySerial(set);
  const points = pointsBySerial(set);
  const needed = new Needed(set);
  chosen.forEach(needed.descriptor);
  const [referenceNumbers, pointNumbers] = [needed.references, needed.points].map((numbers) =>
    [...numbers].sort((a, b) => a - b),
  );
  const atom = (serial: number): number => {
    const number = pointNumber(serial);
    return number === undefined ? serial : pointSerial(pointNumbers.indexOf(number));
  };
  const renumbered = (item: Descriptor): Descriptor =>
    mapReferences(item, (number) => referenceNumbers.indexOf(number));
  const renumberedPoint = (point: Point): Point =>
    'reference' in point ? { ...point, reference: referenceNumbers.indexOf(point.reference) } : point;
  const left = descriptorSet(
    chosen.map((item) => renumbered(mapAtoms(item, atom))),
    {
      pbc: set.pbc,
      references: referenceNumbers
        .map((number) => references[number])
        .map((reference) => ({ ...reference, atoms: reference.atoms.map(atom) })),
      points: pointNumbers.map((number) => renumberedPoint(mapPoint(points[number], atom))),
    },
  );
  const nameOf = new Map(set.atoms.map((serial, i) => [serial, set.names?.[i]]));
  return set.names ? { ...left, names: left.atoms.map((serial) => nameOf.get(serial)!) } : left;
}

/** The atoms that each of the set's descriptors is a function of, by serials: through its points and references, too. */
export function atomsOfDescriptors(set: DescriptorSet): ReadonlySet<number>[] {
  return set.items.map((_, place) => new Set(selectDescriptors(set, [place]).atoms));
}

/** The references and points, by number, that descriptors are made of, whatever stands between. */
class Needed {
  readonly references = new Set<number>();
  readonly points = new Set<number>();
  private readonly all: {
    references: ReturnType<typeof referencesBySerial>;
    points: ReturnType<typeof pointsBySerial>;
  };

  constructor(set: DescriptorSet) {
    this.all = { references: referencesBySerial(set), points: pointsBySerial(set) };
  }

  descriptor = (item: Descriptor): void => {
    mapAtoms(item, this.atom);
    for (const number of referencesOf(item)) this.reference(number);
  };

  private readonly atom = (serial: number): number => {
    const number = pointNumber(serial);
    if (number === undefined || this.points.has(number)) return serial;
    this.points.add(number);
    const point = this.all.points[number];
    if ('reference' in point) this.reference(point.reference);
    else mapPoint(point, this.atom);
    return serial;
  };

  private reference(number: number): void {
    if (this.references.has(number)) return;
    this.references.add(number);
    this.all.references[number].atoms.forEach(this.atom);
  }
}
