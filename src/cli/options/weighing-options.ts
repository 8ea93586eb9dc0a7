import { Option, type Command } from 'commander';
import type { TableOptions } from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';
import { collected, labels, positiveNumber, temperature, unit, type TemperatureOption } from './values.js';

/** What is said of how frames were made: units, temperatures, biases. Of `train`, `search`, `fes` and `report`. */
export interface WeighingOptions extends UnitOptions {
  temperature?: TemperatureOption[];
  kt?: number;
  bias?: string[];
  unbiased?: string[];
  replicas?: 'independent' | 'shared';
  plumed?: string;
}

/** What is said of the units of tables; factors to ps, kJ/mol, nm. */
export interface UnitOptions {
  energyUnit?: number;
  timeUnit?: number;
  lengthUnit?: number;
}

/** Adds what frames weigh by. */
export function addWeighingOptions(command: Command): Command {
  const replicas = new Option(
    '--replicas <kind>',
    'several files: each with its own bias (default), or one bias for all',
  ).choices(['independent', 'shared']);
  return addEnergyUnit(
    command
      .option('--temperature <kelvin>', "of the run; of some of the files 'hot/*=600', repeated", temperature)
      .option('--kt <energy>', 'instead of it, for natural units: kT', positiveNumber)
      .option('--bias <columns>', 'columns whose sum is the bias, all, or none (see below)', labels)
      .option('--unbiased <files>', 'files, patterns or folders run without a bias; repeated', collected)
      .addOption(replicas),
  );
}

/** Adds the PLUMED input, for commands that have no other use of it. */
export function addPlumedOption(command: Command): Command {
  return command.option('--plumed <file>', 'the PLUMED input that wrote the tables: tells units and biases');
}

function addEnergyUnit(command: Command): Command {
  return addTimeUnit(command).option(
    '--energy-unit <unit>',
    'of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol (default: as PLUMED’s input says)',
    unit('energy'),
  );
}

/** Adds the unit of the times in tables. */
export function addTimeUnit(command: Command): Command {
  return command.option(
    '--time-unit <unit>',
    'of the times in tables: ps, ns, fs, atomic or a number of ps (default: as PLUMED’s input says)',
    unit('time'),
  );
}

/** Adds the unit of the lengths in tables, for models whose inputs are in nm. */
export function addLengthUnit(command: Command): Command {
  return command.option(
    '--length-unit <unit>',
    "of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm",
    unit('length'),
  );
}

/**
 * How tables in these units are read for a model: its inputs in nm are converted from the unit of length.
 * @param columns of the inputs, where they are not called as the model does
 * @throws LatentcvError `bad-argument` where the model has no input whose unit is of length
 */
export function unitsReading(
  { timeUnit, lengthUnit }: UnitOptions,
  inputs: readonly { label: string; unit: string }[],
  columns?: readonly string[],
): Pick<TableOptions, 'timeUnit' | 'factors'> {
  const factors = lengthUnit === undefined ? undefined : lengthFactors(lengthUnit, inputs, columns);
  return { timeUnit, factors };
}

function lengthFactors(
  unit: number,
  inputs: readonly { label: string; unit: string }[],
  columns?: readonly string[],
): Record<string, number> {
  const powers: Record<string, number> = { nm: unit, '1/nm': 1 / unit };
  const factors = inputs.flatMap((input, i) =>
    Object.hasOwn(powers, input.unit) ? [[columns?.[i] ?? input.label, powers[input.unit]] as const] : [],
  );
  if (factors.length > 0) return Object.fromEntries(factors);
  throw new LatentcvError(
    'bad-argument',
    'expected a model with inputs in nm for --length-unit but its file gives no input that unit',
    'a model that was trained on columns alone takes them in the unit they had then',
  );
}

/** Ends the help of a command that weighs frames. */
export const weighingHelp = `
Which columns weigh is known from the PLUMED input (--plumed, or a run's folder in place of a file), else by name, and told. Walls
and funnels bound the ensemble and are left in it. --bias opes.bias,res.bias names the columns, --bias all takes walls as well,
--bias none is of runs without one.
`;
