import { invalidArgument, LatentcvError, closestName, digits } from '../support/index.js';
import type { PlumedModel } from './model-arguments.js';
import type { NameTable } from './names.js';
import { placeOf } from './statement.js';
import type { InputUnits } from './units.js';
import { argumentList } from './words.js';

interface BiasCommon {
  /** Model outputs to bias; all where left out. */
  components?: readonly string[];
  /** MD steps between kernels or hills; 500 by default. */
  pace?: number;
  /** K; left to the MD engine where left out (GROMACS tells PLUMED; LAMMPS and `driver` do not). */
  temperature?: number;
  /** Instead of it, for inputs with `UNITS NATURAL`. */
  kT?: number;
}

/** OPES (Invernizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00497). */
export interface OpesBias extends BiasCommon {
  kind: 'opes';
  /** Highest barrier to cross, kJ/mol. */
  barrier: number;
}

/** Well-tempered metadynamics (Barducci, Bussi & Parrinello 2008, doi:10.1103/PhysRevLett.100.020603). */
export interface MetadBias extends BiasCommon {
  kind: 'metad';
  /** kJ/mol. */
  height: number;
  /** One width for all components or one each, in units of the CV. */
  sigma: number | readonly number[];
  biasFactor: number;
}

export type BiasRequest = OpesBias | MetadBias | { kind: 'none' };

/** The statement of a bias, what of it is worth printing, and the files it writes. */
export interface BiasLines {
  label: string;
  line: string;
  printed: string[];
  files: string[];
  notes: string[];
}

/** What a bias statement is built from. */
export interface BiasContext {
  model: PlumedModel;
  /** Label of the ONNX_MODEL statement. */
  modelLabel: string;
  names: NameTable;
  units: InputUnits;
  /** Label asked for, if any. */
  label: string | undefined;
}

function positive(name: string, value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) throw invalidArgument('a positive number', name, value);
  return value;
}

function pace({ pace = 500 }: BiasCommon): number {
  if (!Number.isInteger(pace)) throw invalidArgument('a whole number of steps', 'pace', pace);
  return positive('pace', pace);
}

const numberText = (value: number): string => digits(value, 12);

/** Indices of the outputs to bias. */
function chosenOutputs({ outputs }: PlumedModel, components: readonly string[] = outputs): number[] {
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

/** In natural units Boltzmann's constant is 1, so that TEMP is kT. */
function temperature({ temperature, kT }: BiasCommon, { units }: BiasContext): string {
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

function energy(name: string, value: number, { units }: BiasContext): string {
  return numberText(positive(name, value) / units.energy);
}

function opes(bias: OpesBias, context: BiasContext, args: string): BiasLines {
  const label = context.names.label(context.label, 'opes');
  const [kernels, state] = ['KERNELS', 'STATE'].map((name) => context.names.file(undefined, name, label));
  const steps = pace(bias);
  const line =
    `${label}: OPES_METAD ARG=${args} PACE=${steps} BARRIER=${energy('barrier', bias.barrier, context)}` +
    `${temperature(bias, context)} FILE=${kernels} STATE_WFILE=${state} STATE_WSTRIDE=${100 * steps}`;
  return { label, line, printed: [`${label}.bias`], files: [kernels, state], notes: [] };
}

/** A grid three training ranges wide, or the period. */
function gridBounds(
  { outputMin, outputMax, outputPeriods }: PlumedModel,
  outputs: number[],
): [number, number][] | undefined {
  const bounds = outputs.map((i): [number, number] => {
    const [low, high] = outputPeriods?.[i] ?? [];
    if (low !== undefined && high !== undefined) return [low, high];
    const [min, max] = [outputMin?.[i] ?? NaN, outputMax?.[i] ?? NaN];
    return [min - (max - min), max + (max - min)];
  });
  return bounds.every(([low, high]) => high > low) ? bounds : undefined;
}

function sigmas({ sigma }: MetadBias, count: number): string {
  const list = typeof sigma === 'number' ? Array.from({ length: count }, () => sigma) : sigma;
  if (list.length !== count) throw invalidArgument(`${count} widths`, 'sigma', list.join(', '));
  return list.map((width) => numberText(positive('sigma', width))).join(',');
}

const boundText = (value: number): string =>
  Math.abs(value) === Math.PI ? (value < 0 ? '-pi' : 'pi') : numberText(value);

function metad(bias: MetadBias, context: BiasContext, args: string, outputs: number[]): BiasLines {
  const label = context.names.label(context.label, 'metad');
  const hills = context.names.file(undefined, 'HILLS', label);
  const bounds = gridBounds(context.model, outputs);
  const grid = bounds
    ? ` GRID_MIN=${bounds.map(([low]) => boundText(low)).join(',')} GRID_MAX=${bounds.map(([, high]) => boundText(high)).join(',')} CALC_RCT`
    : '';
  if (!(bias.biasFactor > 1)) throw invalidArgument('a number above 1', 'biasFactor', bias.biasFactor);
  const line =
    `${label}: METAD ARG=${args} PACE=${pace(bias)} HEIGHT=${energy('height', bias.height, context)} ` +
    `SIGMA=${sigmas(bias, outputs.length)} BIASFACTOR=${numberText(bias.biasFactor)}${temperature(bias, context)} FILE=${hills}${grid}`;
  const notes = bounds
    ? [`METAD stops with an error where a CV leaves its grid, which is three training ranges wide`]
    : [
        'the model does not tell its training ranges, so METAD gets no grid: long runs slow down, and no rbias is printed',
      ];
  return {
    label,
    line,
    printed: [`${label}.bias`, ...(bounds ? [`${label}.rbias`] : [])],
    files: [hills],
    notes,
  };
}

const naturalNote = 'the input works in natural units: energies are taken as given, without conversion';

/**
 * The statement for the bias asked for; undefined for none.
 * @throws LatentcvError `bad-argument`, `plumed-input` (names taken)
 */
export function biasLines(bias: BiasRequest, context: BiasContext): BiasLines | undefined {
  if (bias.kind === 'none') return undefined;
  const outputs = chosenOutputs(context.model, bias.components);
  const args = argumentList(outputs.map((i) => `${context.modelLabel}.${context.model.outputs[i]}`));
  const lines = bias.kind === 'opes' ? opes(bias, context, args) : metad(bias, context, args, outputs);
  return context.units.natural ? { ...lines, notes: [...lines.notes, naturalNote] } : lines;
}
