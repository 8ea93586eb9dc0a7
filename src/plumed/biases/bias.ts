import { gasConstant } from '../../sampling/index.js';
import { invalidArgument, LatentcvError, closestName, digits } from '../../support/index.js';
import type { PlumedModel } from '../model-arguments.js';
import type { NameTable } from '../names.js';
import type { PlumedInput } from '../parse-input.js';
import { placeOf } from '../statement.js';
import type { InputUnits } from '../units.js';
import { argumentList } from '../words.js';

/** What every bias may be told. */
export interface BiasCommon {
  /** Model outputs to bias; all where left out. */
  components?: readonly string[];
  /** K; left to the MD engine where left out (GROMACS tells PLUMED; LAMMPS and `driver` do not). */
  temperature?: number;
  /** Instead of it, for inputs with `UNITS NATURAL`. */
  kT?: number;
}

/** What every bias that grows may be told. */
export interface GrowingBias extends BiasCommon {
  /** MD steps between kernels or hills; 500 by default. */
  pace?: number;
}

/** The statements of a bias, what of it is worth printing, and the files it writes. */
export interface BiasLines {
  label: string;
  lines: string[];
  printed: string[];
  files: string[];
  notes: string[];
}

/** What a bias statement is built from. */
export interface BiasContext {
  input: PlumedInput;
  model: PlumedModel;
  /** Label of the ONNX_MODEL statement. */
  modelLabel: string;
  names: NameTable;
  units: InputUnits;
  /** Label asked for, if any. */
  label: string | undefined;
  /** Biases of the walls that stand above, as PLUMED names them. */
  walls: readonly string[];
}

/** @throws LatentcvError `bad-argument` */
export function positive(name: string, value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) throw invalidArgument('a positive number', name, value);
  return value;
}

/** @throws LatentcvError `bad-argument` */
export function wholeSteps(name: string, value: number): number {
  if (!Number.isInteger(value)) throw invalidArgument('a whole number of steps', name, value);
  return positive(name, value);
}

/** As it stands in an input, where π has a name. */
export const numberText = (value: number): string =>
  Math.abs(value) === Math.PI ? (value < 0 ? '-pi' : 'pi') : digits(value, 12);

export const listText = (values: readonly number[]): string => values.map(numberText).join(',');

/**
 * Indices of the outputs to bias.
 * @throws LatentcvError `bad-argument` for others than the model's, or none
 */
export function chosenOutputs({ outputs }: PlumedModel, components: readonly string[] = outputs): number[] {
  const chosen = components.map((component) => {
    const index = outputs.indexOf(component);
    if (index >= 0) return index;
    const closest = closestName(component, outputs);
    throw new LatentcvError(
      'bad-argument',
      `expected components of the model (${outputs.join(', ')}) but received ${component}`,
      closest === undefined ? undefined : `did you mean ${closest}?`,
    );
  });
  if (chosen.length === 0) throw invalidArgument('at least one component', 'components', 'none');
  return [...new Set(chosen)];
}

/** Outputs of the model as an action's ARG. */
export const argumentsOf = ({ model, modelLabel }: BiasContext, outputs: readonly number[]): string =>
  argumentList(outputs.map((i) => `${modelLabel}.${model.outputs[i]}`));

/**
 * `TEMP=…` with a blank before it, empty where it is left to the engine. In natural units Boltzmann's constant is 1, so that
 * TEMP is kT.
 * @throws LatentcvError `bad-argument`; `plumed-input` for kT without natural units and the other way round
 */
export function temperatureWord(
  { temperature, kT }: BiasCommon,
  { units }: Pick<BiasContext, 'units'>,
): string {
  if (temperature !== undefined && kT !== undefined)
    throw invalidArgument('temperature or kT, not both', 'kT', kT);
  if (kT === undefined)
    return temperature === undefined ? '' : ` TEMP=${numberText(inKelvin(temperature, units))}`;
  if (units.natural) return ` TEMP=${numberText(positive('kT', kT))}`;
  throw new LatentcvError(
    'plumed-input',
    `expected UNITS NATURAL in the input for kT=${kT} but found ` +
      (units.statement ? `other units at ${placeOf(units.statement)}` : 'no UNITS'),
    'add UNITS NATURAL where the engine works in reduced units (LAMMPS: units lj), or give the temperature in K',
  );
}

/** What is a temperature in K elsewhere would be kT. */
function inKelvin(temperature: number, { natural, statement }: InputUnits): number {
  if (!natural) return positive('temperature', temperature);
  throw new LatentcvError(
    'plumed-input',
    `expected kT for an input in natural units (${statement ? placeOf(statement) : 'UNITS NATURAL'}) but received a temperature of ${temperature}`,
    `Boltzmann's constant is 1 there: say ‘kT’, in the unit of its energies`,
  );
}

/** kT of the run in kJ/mol, or in natural units; undefined where only the engine knows it. */
export function thermalOf({ temperature, kT }: BiasCommon): number | undefined {
  return kT ?? (temperature === undefined ? undefined : gasConstant * temperature);
}

/** An energy of ours (kJ/mol) in the unit of the input. */
export function energyText(name: string, value: number, { units }: BiasContext): string {
  return numberText(positive(name, value) / units.energy);
}

/**
 * A number for every output, or one for all of them.
 * @throws LatentcvError `bad-argument`
 */
export function oneEach(
  name: string,
  value: number | readonly number[],
  count: number,
  what = 'numbers',
): number[] {
  const list = typeof value === 'number' ? Array.from({ length: count }, () => value) : [...value];
  if (list.length !== count) throw invalidArgument(`${count} ${what}`, name, list.join(', '));
  const bad = list.find((each) => !Number.isFinite(each));
  if (bad !== undefined) throw invalidArgument('finite numbers', name, bad);
  return list;
}

/** Spring constants of ours (kJ/mol per unit of the CV squared) in the unit of the input. */
export function springText(
  name: string,
  values: readonly number[],
  { units }: Pick<BiasContext, 'units'>,
): string {
  return listText(values.map((value) => positive(name, value) / units.energy));
}

/** Ranges of outputs in training; undefined where the model does not tell. */
export function rangesOf(
  { outputMin, outputMax }: PlumedModel,
  outputs: readonly number[],
): [number, number][] | undefined {
  if (!outputMin || !outputMax) return undefined;
  const found = outputs.map((i): [number, number] => [outputMin[i], outputMax[i]]);
  return found.every(([low, high]) => high > low) ? found : undefined;
}
