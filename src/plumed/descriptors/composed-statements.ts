import {
  pointNumber,
  sameReference,
  type AlignedPositionDescriptor,
  type AlignmentReference,
  type Descriptor,
  type DirectionDescriptor,
  type FrameCentres,
  type GyrationDescriptor,
  type HydrogenBondsDescriptor,
  type RingDescriptor,
  type RmsdDescriptor,
} from '../../descriptors/index.js';
import { switchWords } from './switching-words.js';

/** √(Σ share · d²) of distances that these statements define, under this label. */
function rootOfMeanSquare(label: string, distances: readonly string[], shares: readonly number[]): string[] {
  const names = distances.map((_, i) => `${label}_d${i + 1}`);
  const powers = names.map(() => 2).join(',');
  return [
    ...distances.map((distance, i) => `${names[i]}: ${distance}`),
    `${label}_ms: COMBINE ARG=${names.join(',')} POWERS=${powers} COEFFICIENTS=${shares.join(',')} PERIODIC=NO`,
    `${label}: CUSTOM ARG=${label}_ms FUNC=sqrt(x) PERIODIC=NO`,
  ];
}

/** Weights of sum 1. */
function sharesOf({ atoms, weights }: { atoms: readonly number[]; weights?: readonly number[] }): number[] {
  const total = weights?.reduce((sum, w) => sum + w, 0) ?? atoms.length;
  return atoms.map((_, i) => (weights?.[i] ?? 1) / total);
}

/** PLUMED's GYRATION knows no weights but the masses of the run. */
function weighedGyration(label: string, descriptor: GyrationDescriptor, pbc: boolean): string[] {
  const list = descriptor.atoms.join(',');
  return [
    ...(pbc ? [`WHOLEMOLECULES ENTITY0=${list}`] : []),
    `${label}_c: CENTER ATOMS=${list} WEIGHTS=${descriptor.weights!.join(',')} NOPBC`,
    ...rootOfMeanSquare(
      label,
      descriptor.atoms.map((atom) => `DISTANCE ATOMS=${label}_c,${atom} NOPBC`),
      sharesOf(descriptor),
    ),
  ];
}

/** After FIT_TO_TEMPLATE, how far atoms are from their places in the reference. */
function rmsdInFrame(
  label: string,
  descriptor: RmsdDescriptor,
  { atoms, positions }: AlignmentReference,
): string[] {
  const places = descriptor.atoms.map((atom) => positions[atoms.indexOf(atom)].join(','));
  return [
    ...places.map((at, i) => `${label}_p${i + 1}: FIXEDATOM AT=${at}`),
    ...rootOfMeanSquare(
      label,
      descriptor.atoms.map((atom, i) => `DISTANCE ATOMS=${label}_p${i + 1},${atom} NOPBC`),
      sharesOf(descriptor),
    ),
  ];
}

function hydrogenBonds(label: string, descriptor: HydrogenBondsDescriptor, nopbc: string): string[] {
  const { atoms, hydrogens, acceptors, switching } = descriptor;
  const triples = hydrogens.flatMap((hydrogen, i) =>
    acceptors
      .filter((acceptor) => acceptor !== hydrogen && acceptor !== atoms[i])
      .map((acceptor) => [atoms[i], hydrogen, acceptor]),
  );
  const names = triples.map((_, i) => `${label}_b${i + 1}`);
  return [
    ...triples.flatMap(([donor, hydrogen, acceptor], i) => [
      `${names[i]}r: COORDINATION GROUPA=${hydrogen} GROUPB=${acceptor} SWITCH=${switchWords(switching)}${nopbc}`,
      `${names[i]}a: ANGLE ATOMS=${donor},${hydrogen},${acceptor}${nopbc}`,
      `${names[i]}: CUSTOM ARG=${names[i]}r,${names[i]}a FUNC=x*step(-cos(y))*cos(y)^4 PERIODIC=NO`,
    ]),
    `${label}: COMBINE ARG=${names.join(',')} PERIODIC=NO`,
  ];
}

const axes = ['x', 'y', 'z'] as const;

/** Centre and normal of a ring, by centres that weigh its atoms 1 + sin and 1 + cos: from the plain one to those go P/n and Q/n. */
function ringPlane(name: string, atoms: readonly number[], nopbc: string): string[] {
  const list = atoms.join(',');
  const angles = atoms.map((_, i) => (2 * Math.PI * i) / atoms.length);
  const weights = (of: (angle: number) => number): string => angles.map((angle) => 1 + of(angle)).join(',');
  const cross = axes.map((_, i) => {
    const [a, b] = [axes[(i + 1) % 3], axes[(i + 2) % 3]];
    return `(p${a}*q${b}-p${b}*q${a})`;
  });
  const length = `sqrt(${cross.map((part) => `${part}^2`).join('+')})`;
  const given = ['p', 'q'].flatMap((vector) => axes.map((axis) => `${name}${vector}.${axis}`));
  const variables = ['p', 'q'].flatMap((vector) => axes.map((axis) => `${vector}${axis}`));
  return [
    `${name}: CENTER ATOMS=${list}${nopbc}`,
    `${name}s: CENTER ATOMS=${list} WEIGHTS=${weights(Math.sin)}${nopbc}`,
    `${name}c: CENTER ATOMS=${list} WEIGHTS=${weights(Math.cos)}${nopbc}`,
    `${name}p: DISTANCE ATOMS=${name},${name}s COMPONENTS${nopbc}`,
    `${name}q: DISTANCE ATOMS=${name},${name}c COMPONENTS${nopbc}`,
    ...axes.map(
      (axis, i) =>
        `${name}n${axis}: CUSTOM ARG=${given.join(',')} VAR=${variables.join(',')} FUNC=${cross[i]}/${length} PERIODIC=NO`,
    ),
  ];
}

const cosine = 'nx*mx+ny*my+nz*mz';
const height = 'nx*dx+ny*dy+nz*dz';
const ringFunctions: Record<RingDescriptor['kind'], [vectors: string, func: string]> = {
  'ring-distance': ['d', 'sqrt(dx^2+dy^2+dz^2)'],
  'ring-cosine': ['nm', cosine],
  'ring-cosine-squared': ['nm', `(${cosine})^2`],
  'ring-height': ['nd', height],
  'ring-offset': ['nd', `sqrt(${axes.map((axis) => `(d${axis}-(${height})*n${axis})^2`).join('+')})`],
};

function rings(label: string, { kind, atoms, partners }: RingDescriptor, nopbc: string): string[] {
  const [vectors, func] = ringFunctions[kind];
  const given: Record<string, string> = { n: `${label}_an`, m: `${label}_bn`, d: `${label}_d.` };
  const names = [...vectors].flatMap((vector) => axes.map((axis) => `${given[vector]}${axis}`));
  const variables = [...vectors].flatMap((vector) => axes.map((axis) => `${vector}${axis}`));
  return [
    ...ringPlane(`${label}_a`, atoms, nopbc),
    ...ringPlane(`${label}_b`, partners, nopbc),
    `${label}_d: DISTANCE ATOMS=${label}_a,${label}_b COMPONENTS${nopbc}`,
    `${label}: CUSTOM ARG=${names.join(',')} VAR=${variables.join(',')} FUNC=${func} PERIODIC=NO`,
  ];
}

/** A list of atoms, points by their labels. */
export const listOf = (atoms: readonly number[], points: readonly string[]): string =>
  atoms.map((atom) => points[pointNumber(atom) ?? -1] ?? atom).join(',');

const dot = (a: string, b: string): string => axes.map((axis) => `${a}${axis}*${b}${axis}`).join('+');

/** Along the axes of three places, of a = A − O, b = B − O and d: y is along a × b, x along what of b is across a. */
function alongAxis(axis: string): string {
  const cross = axes.map((_, i) => {
    const [p, q] = [axes[(i + 1) % 3], axes[(i + 2) % 3]];
    return `(a${p}*b${q}-a${q}*b${p})`;
  });
  const normal = `sqrt(${cross.map((part) => `${part}^2`).join('+')})`;
  if (axis === 'y') return `(${cross.map((part, i) => `${part}*d${axes[i]}`).join('+')})/${normal}`;
  const length = `sqrt(${dot('a', 'a')})`;
  if (axis === 'z') return `(${dot('a', 'd')})/${length}`;
  return `((${dot('b', 'd')})*(${dot('a', 'a')})-(${dot('a', 'b')})*(${dot('a', 'd')}))/(${length}*${normal})`;
}

/** A coordinate, or the cosine of an axis, in the frame of three places. */
function inCentres(
  label: string,
  { kind, atoms, frame }: (AlignedPositionDescriptor | DirectionDescriptor) & { frame: FrameCentres },
  { nopbc, points }: { nopbc: string; points: readonly string[] },
): string[] {
  const [origin, ...others] = frame;
  const pairs = {
    a: [origin, others[0]],
    b: [origin, others[1]],
    d: atoms.length === 1 ? [origin, ...atoms] : atoms,
  };
  const names = Object.keys(pairs);
  const given = names.flatMap((name) => axes.map((axis) => `${label}_${name}.${axis}`));
  const variables = names.flatMap((name) => axes.map((axis) => `${name}${axis}`));
  const along = alongAxis(kind.slice(-1));
  const func = kind.startsWith('aligned-') ? along : `${along}/sqrt(${dot('d', 'd')})`;
  return [
    ...Object.entries(pairs).map(
      ([name, pair]) => `${label}_${name}: DISTANCE ATOMS=${listOf(pair, points)} COMPONENTS${nopbc}`,
    ),
    `${label}: CUSTOM ARG=${given.join(',')} VAR=${variables.join(',')} FUNC=${func} PERIODIC=NO`,
  ];
}

/** A descriptor of several references as one of each, under labels of their own; any other as it is. */
export function partsOf(item: Descriptor, label: string): [item: Descriptor, label: string][] {
  if (item.kind !== 'least-rmsd') return [[item, label]];
  const { atoms, references } = item;
  return references.map((reference, i) => [{ kind: 'rmsd', atoms, reference }, `${label}_p${i + 1}`]);
}

/** The smooth minimum of its parts, as seen from the least of them, so that no exponential is too large. */
export function leastOfParts(item: Descriptor, label: string): string[] {
  if (item.kind !== 'least-rmsd') return [];
  const names = partsOf(item, label).map(([, part]) => part);
  const variables = names.map((_, i) => `d${i + 1}`);
  const least = variables.reduce((sum, variable) => `min(${sum},${variable})`);
  const terms = variables.map((variable) => `exp(-${item.beta}*(${variable}-${least}))`).join('+');
  return [
    `${label}: CUSTOM ARG=${names.join(',')} VAR=${variables.join(',')} FUNC=${least}-log(${terms})/${item.beta} PERIODIC=NO`,
  ];
}

/** Whether a descriptor compares just the atoms that are aligned, by the weights they are aligned by, as PLUMED's RMSD does. */
export function isPlainRmsd(descriptor: Descriptor, references: readonly AlignmentReference[]): boolean {
  if (descriptor.kind !== 'rmsd') return false;
  const { atoms, weights, reference } = descriptor;
  const aligned = references[reference];
  const compared = aligned.atoms.map((atom) => {
    const place = atoms.indexOf(atom);
    return place < 0 ? 0 : (weights?.[place] ?? 1);
  });
  return sameReference(aligned, { ...aligned, weights: compared });
}

/** What must be done to the system before the descriptor's statements. */
export type Before = number | 'whole' | 'group' | undefined;

/** It is aligned to a reference, or made whole, or a group of it is, by the statements themselves; or nothing. */
export function beforeOf(item: Descriptor, references: readonly AlignmentReference[]): Before {
  if (isPlainRmsd(item, references)) return undefined;
  if ('reference' in item) return item.reference;
  if (item.kind === 'gyration' && item.weights) return 'group';
  return item.kind.startsWith('position-') ? 'whole' : undefined;
}

/** Statements of a descriptor that PLUMED has no action for, the last under this label; undefined where it has one. */
export function composedStatements(
  item: Descriptor,
  label: string,
  {
    pbc,
    references,
    points,
  }: { pbc: boolean; references: readonly AlignmentReference[]; points: readonly string[] },
): string[] | undefined {
  if (item.kind === 'gyration' && item.weights) return weighedGyration(label, item, pbc);
  if (item.kind === 'rmsd' && !isPlainRmsd(item, references))
    return rmsdInFrame(label, item, references[item.reference]);
  const nopbc = pbc ? '' : ' NOPBC';
  if ('frame' in item) return inCentres(label, item, { nopbc, points });
  if (item.kind === 'hydrogen-bonds') return hydrogenBonds(label, item, nopbc);
  if (item.kind.startsWith('ring-')) return rings(label, item as RingDescriptor, nopbc);
  return undefined;
}
