import { expectList, expectObject, invalidArgument, type LatentcvError } from '../../support/index.js';
import {
  descriptorLabel,
  descriptorLabels,
  descriptorsBySerial,
  formatDescriptor,
  pairsOf,
  partnersOf,
  pointLabels,
  pointsBySerial,
  referencesBySerial,
  type AlignmentReference,
  type Descriptor,
  type DescriptorSet,
  type Point,
  type SwitchingFunction,
} from '../../descriptors/index.js';
import { wordForPath } from '../words.js';
import { switchWords } from './switching-words.js';
import {
  beforeOf,
  composedStatements,
  leastOfParts,
  listOf,
  partsOf,
  type Before,
} from './composed-statements.js';

const functions = { 'inverse-distance': '1/x', 'torsion-sin': 'sin(x)', 'torsion-cos': 'cos(x)' };

/** What the descriptor is computed from, where PLUMED needs more than one statement. */
function argumentsOf(descriptor: Descriptor): Descriptor[] {
  const { kind, atoms } = descriptor;
  if (kind === 'inverse-distance') return [{ kind: 'distance', atoms }];
  if (kind === 'torsion-sin' || kind === 'torsion-cos') return [{ kind: 'torsion', atoms }];
  if (kind !== 'sorted-distance') return [];
  return pairsOf(descriptor).map((pair): Descriptor => ({ kind: 'distance', atoms: pair }));
}

/** Kinds that no one statement gives. */
const withoutStatement =
  /^(direction-|depth$|radius$|volume$|cell-|bragg$|(averaged-)?steinhardt$|coordination-number$|rdf$|pair-entropy$|debye$|piv$|similarity$|soap$|acsf$)/;

/** Whether PLUMED's own actions give what a kind is. */
export const hasStatement = ({ kind }: Descriptor): boolean => !withoutStatement.test(kind);

/** Those that several give, which the line of a model file names. */
const isComposed = (descriptor: Descriptor): boolean =>
  /^(ring-|hydrogen-bonds$|least-rmsd$)/.test(descriptor.kind) || 'frame' in descriptor;

const noStatement = (what: string): LatentcvError =>
  invalidArgument('descriptors that PLUMED computes of atoms', 'set', what);

function coordination(
  descriptor: Descriptor & { switching: SwitchingFunction },
  points: readonly string[],
): string {
  const { kind, atoms, switching } = descriptor;
  const first = listOf(kind === 'contact' ? [atoms[0]] : atoms, points);
  const second = kind === 'contact' ? [atoms[1]] : partnersOf(descriptor);
  const groups = `GROUPA=${first}${second ? ` GROUPB=${listOf(second, points)}` : ''}`;
  return `COORDINATION ${groups} SWITCH=${switchWords(switching)}`;
}

const defaultFile = (reference: number): string => `reference-${reference}.pdb`;

/** What is named in the statements of a set. */
interface Names {
  /** Labels of the points. */
  points?: readonly string[];
  /** Of each reference, its file. */
  referenceFile?: StatementOptions['referenceFile'];
}

/** The PLUMED action that gives the descriptor, named by serials; what is in `argumentsOf` goes by label. */
export function descriptorAction(
  descriptor: Descriptor,
  pbc: boolean,
  { points = [], referenceFile = defaultFile }: Names = {},
): string {
  const { kind } = descriptor;
  const nopbc = pbc ? '' : ' NOPBC';
  if (isComposed(descriptor)) return formatDescriptor(descriptor);
  if ('switching' in descriptor && !withoutStatement.test(kind))
    return coordination(descriptor, points) + nopbc;
  const labels = argumentsOf(descriptor)
    .map((argument) => descriptorLabel(argument, points))
    .join(',');
  if (kind === 'sorted-distance') return `SORT ARG=${labels}`;
  if (kind === 'inverse-distance' || kind === 'torsion-sin' || kind === 'torsion-cos')
    return `CUSTOM ARG=${labels} FUNC=${functions[kind]} PERIODIC=NO`;
  if (withoutStatement.test(kind)) return formatDescriptor(descriptor);
  const list = listOf(descriptor.atoms, points);
  const atoms = `ATOMS=${list}`;
  if (descriptor.kind === 'rmsd')
    return `RMSD REFERENCE=${wordForPath(referenceFile(descriptor.reference), 'referenceFile')} TYPE=OPTIMAL${nopbc}`;
  if (kind.startsWith('aligned-') || kind.startsWith('position-')) return `POSITION ATOM=${list} NOPBC`;
  if (kind.startsWith('box-')) return 'CELL';
  if (kind.startsWith('distance-')) return `DISTANCE ${atoms} COMPONENTS${nopbc}`;
  return `${kind.toUpperCase()} ${atoms}${nopbc}`;
}

/** The PLUMED action that gives a point; `points` are the labels of those before it. */
export function pointAction(point: Point, pbc: boolean, points: readonly string[]): string {
  if (point.kind === 'site') throw noStatement('a site');
  const { atoms, weights } = point;
  const share = weights ? ` WEIGHTS=${weights.join(',')}` : '';
  return `CENTER ATOMS=${listOf(atoms, points)}${share}${pbc ? '' : ' NOPBC'}`;
}

/** What aligns the system to a reference, here in PLUMED's own file, for the statements below it. */
function alignment({ atoms }: AlignmentReference, file: string, pbc: boolean): string[] {
  const fit = `FIT_TO_TEMPLATE REFERENCE=${wordForPath(file, 'referenceFile')} TYPE=OPTIMAL`;
  return pbc ? [`WHOLEMOLECULES ENTITY0=${atoms.join(',')}`, fit] : [`${fit} NOPBC`];
}

export interface StatementOptions {
  /** Where `formatReferencePdb` of each reference will stand; `reference-0.pdb`, … by default. */
  referenceFile?: (reference: number) => string;
}

/**
 * PLUMED statements that compute the descriptors, one a line, for a training COLVAR. `descriptorLabels` tells what
 * to print: `d_5_7`, or `dc_5_7.x` where one statement (here `dc_5_7`) has several components. Centres come first. What others, such
 * as sines and sorted distances, are computed from stands before them. Positions come behind the statement that makes their
 * atoms whole; aligned ones last, behind the statement that turns the whole system onto their reference, whose file is
 * for the caller to write, and then what is made of several of them.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length, and for what has no statement:
 *   sites, depth, radius, directions in the frame of a reference, and places in it of atoms that are none of it
 */
export function descriptorStatements(set: DescriptorSet, options: StatementOptions = {}): string[] {
  expectObject(set, 'set', 'a set, as descriptorSet gives it,');
  expectList(set.items, 'set.items');
  const { referenceFile = defaultFile } = options;
  const lines = (before?: Before): string[] => statementsOf(set, before, referenceFile);
  const aligned = referencesBySerial(set).flatMap((reference, number) => {
    const inFrame = lines(number);
    return inFrame.length > 0 ? [...alignment(reference, referenceFile(number), set.pbc), ...inFrame] : [];
  });
  const positions = lines('whole');
  const whole =
    positions.length > 0 && set.pbc ? [`WHOLEMOLECULES ENTITY0=${positionAtoms(set).join(',')}`] : [];
  const labels = descriptorLabels(set);
  const least = descriptorsBySerial(set).flatMap((item, i) => leastOfParts(item, labels[i]));
  return [
    ...pointStatements(set),
    ...lines(),
    ...lines('group'),
    ...whole,
    ...positions,
    ...aligned,
    ...new Set(least),
  ];
}

function pointStatements(set: DescriptorSet): string[] {
  const points = pointsBySerial(set);
  const labels = pointLabels(points);
  return points.map((point, i) => `${labels[i]}: ${pointAction(point, set.pbc, labels)}`);
}

/** In the order in which they are made whole. */
function positionAtoms(set: DescriptorSet): number[] {
  const positions = descriptorsBySerial(set).filter(({ kind }) => kind.startsWith('position-'));
  return [...new Set(positions.flatMap(({ atoms }) => atoms))];
}

/** Whether it is the place of what is none of the atoms that are aligned: PLUMED would not take the image that we do. */
function isBeside(item: Descriptor, references: readonly AlignmentReference[]): boolean {
  return (
    item.kind.startsWith('aligned-') &&
    'reference' in item &&
    !references[item.reference].atoms.includes(item.atoms[0])
  );
}

/** Those of the descriptors that need this done before. */
function statementsOf(
  set: DescriptorSet,
  before: Before,
  referenceFile: StatementOptions['referenceFile'],
): string[] {
  const labels = descriptorLabels(set);
  const points = pointLabels(pointsBySerial(set));
  const references = referencesBySerial(set);
  const parts = descriptorsBySerial(set).flatMap((item, i) => partsOf(item, labels[i]));
  const lines = parts.flatMap(([item, label]) => {
    if (beforeOf(item, references) !== before) return [];
    if (withoutStatement.test(item.kind) && !isComposed(item)) throw noStatement(item.kind);
    if (isBeside(item, references)) throw noStatement(`${item.kind} of what is none of its reference`);
    const composed = composedStatements(item, label, { pbc: set.pbc, references, points });
    if (composed) return composed;
    return [
      ...argumentsOf(item).map(
        (argument) =>
          `${descriptorLabel(argument, points)}: ${descriptorAction(argument, set.pbc, { points })}`,
      ),
      `${label.split('.')[0]}: ${descriptorAction(item, set.pbc, { points, referenceFile })}`,
    ];
  });
  return [...new Set(lines)];
}
