import {
  descriptorKinds,
  descriptorsBySerial,
  inOtherPoints,
  pointLabels,
  pointsBySerial,
  referencesBySerial,
  sameDescriptor,
  sameReference,
  type Descriptor,
  type DescriptorSet,
} from '../descriptors/index.js';
import { LatentcvError, closestName, shortList, digits } from '../support/index.js';
import {
  Alignments,
  AtomLists,
  descriptorAction,
  plainDescriptor,
  type InputContext,
} from './descriptors/index.js';
import { componentProblem } from './components.js';
import type { NameTable } from './names.js';
import type { PlumedInput } from './parse-input.js';
import { placeOf, type Statement } from './statement.js';
import { inputUnits } from './units.js';

/** How wide the narrowest basin of each CV is, and in which frames. */
export interface BasinWidths {
  /** Standard deviations, one for each output of the model, in its units. */
  values: readonly number[];
  /** K, of the frames; undefined where nobody told. */
  temperature?: number | undefined;
  /** Which frames, for notes: `the training frames`. */
  of: string;
}

/** What a PLUMED input needs to know of a model: part of its metadata. */
export interface PlumedModel {
  /** Labels, in the order of the network's input. */
  inputs: readonly string[];
  /** One per input: `nm`, `rad`, or empty where not told. */
  inputUnits?: readonly string[];
  /** Domains of those that are periodic, and the ranges of the training. */
  inputPeriods?: readonly (readonly [number, number] | undefined)[];
  inputMin?: readonly number[];
  inputMax?: readonly number[];
  /** Component names: `node-0`, … */
  outputs: readonly string[];
  /** Training range of each output. */
  outputMin?: readonly number[];
  outputMax?: readonly number[];
  outputPeriods?: readonly (readonly [number, number] | undefined)[];
  basinWidths?: BasinWidths | undefined;
  /** Whether the file holds an ensemble: the statement then asks for, and PRINT prints, its uncertainty. */
  uncertainty?: boolean;
  /** Whether it gives its committor q beside its CV: asked for and printed, too. */
  committor?: boolean;
  /** Of a committor that has the bias from its gradient: at which temperature, K. */
  kolmogorov?: { temperature: number } | undefined;
  /** How the inputs come from atoms, where known. */
  descriptors?: DescriptorSet | undefined;
}

const fromAtoms = (model: PlumedModel): string | undefined =>
  model.descriptors && 'this model can also be evaluated from atoms (mode atoms), whatever the input defines';

function missing(label: string, input: PlumedInput, names: NameTable, model: PlumedModel): LatentcvError {
  const where = input.path ?? 'the input';
  const ignored = input.ignored.find((statement) => statement.label === label);
  if (ignored && input.end) {
    return new LatentcvError(
      'plumed-input',
      `${placeOf(ignored)}: the model needs ${label}, which is defined behind ENDPLUMED (line ${input.end.firstLine})`,
      `move ENDPLUMED below line ${ignored.lastLine}`,
    );
  }
  const absent = model.inputs.filter((name) => !names.definition(name));
  const closest = closestName(label, names.allLabels);
  const near = closest === undefined ? undefined : names.definition(closest);
  return new LatentcvError(
    'plumed-input',
    `expected the label${absent.length > 1 ? 's' : ''} ${shortList(absent)}, which the model needs, in ${where} ` +
      `but found none of that name` +
      (near ? `; the closest to ${label} is ${closest} at ${placeOf(near)}` : ''),
    fromAtoms(model) ?? 'define them as in the input that wrote the training COLVAR',
  );
}

/** What is said of a label that no statement has. */
export const leftToPlumed = (label: string, { action, ...statement }: Statement): string =>
  `${placeOf(statement)}: ${label} is left to PLUMED, which makes it where ${action} is a shortcut for it`;

/** Whether two aligned positions are of different references. */
function alignedElsewhere(
  actual: Descriptor,
  expected: Descriptor,
  { model, alignments }: { model: PlumedModel; alignments: Alignments },
): boolean {
  if (!('reference' in actual && 'reference' in expected)) return false;
  const ours = referencesBySerial(model.descriptors!)[expected.reference];
  return !sameReference(alignments.references[actual.reference], ours);
}

/** Refuses a label that stands for another descriptor than the one the model was trained on. */
function checkDefinition(
  statement: Statement,
  index: number,
  { model, context }: { model: PlumedModel; context: InputContext },
): void {
  if (!model.descriptors) return;
  const label = model.inputs[index];
  const expected = descriptorsBySerial(model.descriptors)[index];
  const { pbc } = model.descriptors;
  const actual = plainDescriptor(label, context);
  const plain = !('reason' in actual);
  const turned =
    plain && alignedElsewhere(actual.descriptor, expected, { model, alignments: context.alignments });
  const [points, ours] = [context.atomLists.points, pointsBySerial(model.descriptors)];
  const named = plain ? inOtherPoints(actual.descriptor, points, ours) : undefined;
  if (plain && !turned && named && sameDescriptor(named, expected) && actual.pbc === pbc) return;
  const atoms = statement.keywords.get('ATOMS');
  const asWritten = statement.action + (atoms === undefined ? '' : ` ATOMS=${atoms}`);
  const names = { points: pointLabels(ours) };
  const elsewhere = turned ? ' aligned to another reference' : '';
  // another centre has no label among the model's
  const received = plain && named ? descriptorAction(named, actual.pbc, names) + elsewhere : asWritten;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: the model was trained with ${label} as ${descriptorAction(expected, pbc, names)} ` +
      `but here it is ${received}`,
    fromAtoms(model),
  );
}

/** Whether an input is in nm, or made of lengths in nm; undefined where the model does not tell. */
function inNanometres(model: PlumedModel, index: number): boolean | undefined {
  if (model.descriptors) return descriptorKinds[model.descriptors.items[index].kind].ofLength;
  const unit = model.inputUnits?.[index] ?? '';
  return unit === '' ? undefined : /\bnm\b/.test(unit);
}

/** Refuses an angle or torsion, which PLUMED gives in radians, for a model that was trained on degrees. */
function checkRadians(statement: Statement, index: number, model: PlumedModel): void {
  if (statement.action !== 'TORSION' && statement.action !== 'ANGLE') return;
  const period = model.inputPeriods?.[index];
  const largest = Math.max(Math.abs(model.inputMin?.[index] ?? 0), Math.abs(model.inputMax?.[index] ?? 0));
  const turn = 2 * Math.PI + 0.01;
  if (!(period ? period[1] - period[0] > turn : largest > turn)) return;
  const label = model.inputs[index];
  const domain = period ? `${period.join(' to ')}` : `up to ${digits(largest, 4)}`;
  const back = statement.action === 'TORSION' ? 'PERIODIC=-180,180' : 'PERIODIC=NO';
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: the model was trained on ${label} in degrees (${domain}) but ${statement.action} gives radians`,
    `train on radians, or let the model's label stand for degrees: CUSTOM ARG=… FUNC=x*180/pi ${back}`,
  );
}

function checkUnits(input: PlumedInput, model: PlumedModel): string[] {
  const { length, statement } = inputUnits(input);
  if (length === 1 || !statement) return [];
  const ofLength = model.inputs.map((_, i) => inNanometres(model, i));
  const first = ofLength.indexOf(true);
  if (first >= 0) {
    throw new LatentcvError(
      'plumed-input',
      `${placeOf(statement)}: the model takes ${model.inputs[first]} in nm but here lengths are in units of ${length} nm`,
      fromAtoms(model) ?? 'leave LENGTH out of UNITS, or train on a COLVAR in these units',
    );
  }
  const unknown = ofLength.indexOf(undefined);
  if (unknown < 0) return [];
  const unit = `${placeOf(statement)}: lengths are in units of ${length} nm`;
  return [`${unit}; make sure that ${model.inputs[unknown]} was in the same unit in the training COLVAR`];
}

/**
 * Checks that the input defines every argument of the model as the model knows it; returns notes for the user.
 * @throws LatentcvError `plumed-input` with the line
 */
export function checkArguments(input: PlumedInput, names: NameTable, model: PlumedModel): string[] {
  const definitions = (base: string): Statement | undefined => names.definition(base);
  const context = { definitions, alignments: new Alignments(input), atomLists: new AtomLists(input) };
  const notes: string[] = [];
  model.inputs.forEach((label, index) => {
    const statement = names.definition(label);
    const shortcut = model.descriptors ? undefined : names.shortcut(label);
    if (shortcut) notes.push(leftToPlumed(label, shortcut));
    if (!statement && !shortcut) throw missing(label, input, names, model);
    if (!statement) return;
    checkDefinition(statement, index, { model, context });
    checkRadians(statement, index, model);
    const problem = componentProblem(statement, label);
    if (problem !== undefined)
      throw new LatentcvError('plumed-input', `${problem}, but the model needs ${label}`, fromAtoms(model));
  });
  return [...notes, ...checkUnits(input, model)];
}

/**
 * Refuses a model of distance components behind a statement that turns the system: from atoms it would see them
 * turned.
 * @throws LatentcvError `plumed-input` with the line
 */
export function checkTurning(input: PlumedInput, { descriptors }: PlumedModel): void {
  const turn = input.all.find(({ action }) => action === 'FIT_TO_TEMPLATE');
  const component = descriptors?.items.find(({ kind }) => kind.startsWith('distance-'));
  if (!turn || !component) return;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(turn)}: FIT_TO_TEMPLATE turns the system, and with it the ${component.kind} that the model takes from atoms`,
    'use mode arg, or write ONNX_MODEL by hand above that line',
  );
}
