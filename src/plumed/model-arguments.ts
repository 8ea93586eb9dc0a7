import { descriptorsBySerial, type DescriptorSet } from '../descriptors/index.js';
import { closestName, shortList } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import type { NameTable } from './names.js';
import type { PlumedInput } from './parse-input.js';
import { plainDistance } from './plain-distance.js';
import { placeOf, type Statement } from './statement.js';
import { inputUnits } from './units.js';

/** What a PLUMED input needs to know of a model: part of its metadata. */
export interface PlumedModel {
  /** Labels, in the order of the network's input. */
  inputs: readonly string[];
  /** One per input: `nm`, `rad`, or empty where not told. */
  inputUnits?: readonly string[];
  /** Component names: `node-0`, … */
  outputs: readonly string[];
  /** Training range of each output. */
  outputMin?: readonly number[];
  outputMax?: readonly number[];
  outputPeriods?: readonly (readonly [number, number] | undefined)[];
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

/** Refuses a label whose distance is another than the one the model was trained on. */
function checkDefinition(statement: Statement, index: number, model: PlumedModel): void {
  if (!model.descriptors) return;
  const { kind, atoms } = descriptorsBySerial(model.descriptors)[index];
  const pbc = model.descriptors.pbc;
  const expected = `${kind.toUpperCase()} ATOMS=${atoms.join(',')}${pbc ? '' : ' NOPBC'}`;
  const actual = plainDistance(statement);
  const sorted = (pair: readonly number[]): string => pair.toSorted((a, b) => a - b).join();
  if (!('reason' in actual) && sorted(actual.descriptor.atoms) === sorted(atoms) && actual.pbc === pbc)
    return;
  const received =
    'reason' in actual
      ? statement.action +
        (statement.keywords.has('ATOMS') ? ` ATOMS=${statement.keywords.get('ATOMS')}` : '')
      : `DISTANCE ATOMS=${actual.descriptor.atoms.join(',')}${actual.pbc ? '' : ' NOPBC'}`;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: the model was trained with ${statement.label} as ${expected} but here it is ${received}`,
    fromAtoms(model),
  );
}

function checkUnits(input: PlumedInput, model: PlumedModel): string[] {
  const { length, statement } = inputUnits(input);
  if (length === 1 || !statement) return [];
  const units = model.inputs.map((_, i) => model.inputUnits?.[i] ?? '');
  const inNanometres = units.findIndex((unit) => unit === 'nm');
  if (inNanometres >= 0) {
    throw new LatentcvError(
      'plumed-input',
      `${placeOf(statement)}: the model takes ${model.inputs[inNanometres]} in nm but here lengths are in units of ${length} nm`,
      fromAtoms(model) ?? 'leave LENGTH out of UNITS, or train on a COLVAR in these units',
    );
  }
  const unknown = units.findIndex((unit) => unit === '');
  if (unknown < 0) return [];
  const unit = `${placeOf(statement)}: lengths are in units of ${length} nm`;
  return [`${unit}; make sure that ${model.inputs[unknown]} was in the same unit in the training COLVAR`];
}

/**
 * Checks that the input defines every argument of the model as the model knows it; returns notes for the user.
 * Throws `plumed-input` with the line.
 */
export function checkArguments(input: PlumedInput, names: NameTable, model: PlumedModel): string[] {
  model.inputs.forEach((label, index) => {
    const statement = names.definition(label);
    if (!statement) throw missing(label, input, names, model);
    checkDefinition(statement, index, model);
  });
  return checkUnits(input, model);
}
