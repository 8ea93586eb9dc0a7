import { z } from 'zod';
import type { TableOptions } from '../../../frames/index.js';
import { replicasSetting } from '../../../sampling/index.js';
import { LatentcvError, setting } from '../../../support/index.js';
import type { Given } from '../setting-option.js';
import { reads, temperature, unit } from '../values.js';

const group = 'Weights';
const asPlumedSays = 'as PLUMED’s input says';

/** The unit of the times in tables. */
export const timeUnitSettings = {
  timeUnit: setting(reads(unit('time')).optional(), {
    flag: 'time-unit',
    value: 'unit',
    group,
    description: 'of the times in tables: ps, ns, fs, atomic or a number of ps',
    otherwise: asPlumedSays,
  }),
};

/** The unit of the lengths in tables, for models whose inputs are in nm. */
export const lengthUnitSettings = {
  lengthUnit: setting(reads(unit('length')).optional(), {
    flag: 'length-unit',
    value: 'unit',
    group,
    description: "of the lengths in tables, where the model's are in nm: nm, A, um, Bohr or a number of nm",
  }),
};

/** kT, in place of a temperature. */
export const kTSettings = {
  kT: setting(z.number().positive().optional(), {
    flag: 'kt',
    value: 'energy',
    group,
    description: 'in place of --temperature, for natural units: kT',
  }),
};

/** What is said of how frames were made: units, temperatures, biases. Of `train`, `search`, `fes` and `report`. */
export const weighingSettings = {
  temperature: setting(z.array(reads(temperature)).optional(), {
    flag: 'temperature',
    value: 'kelvin',
    each: true,
    group,
    description: "of the run, in K; of some of the files 'hot/*=600', repeated",
  }),
  ...kTSettings,
  bias: setting(z.array(z.string()).optional(), {
    flag: 'bias',
    value: 'columns',
    group,
    example: 'opes.bias,res.bias',
    description: 'columns whose sum is the bias, all, or none',
    otherwise: 'as the PLUMED input says, or by their names',
  }),
  unbiased: setting(z.array(z.string()).optional(), {
    flag: 'unbiased',
    value: 'files',
    each: true,
    group,
    description: 'files, patterns or folders run without a bias; may be repeated',
  }),
  replicas: replicasSetting,
  ...timeUnitSettings,
  energyUnit: setting(reads(unit('energy')).optional(), {
    flag: 'energy-unit',
    value: 'unit',
    group,
    description: 'of the biases in tables: kj/mol, kcal/mol, eV, Ha or a number of kJ/mol',
    otherwise: asPlumedSays,
  }),
};

/** Tables that were written beside trajectories, of what weighs frames of these. */
export const joinedTableSettings = {
  weightsFrom: setting(z.array(z.string()).optional(), {
    flag: 'weights-from',
    value: 'files',
    several: true,
    group,
    description:
      'the COLVAR of each trajectory, or patterns: rows and frames are joined by their times; of a run that latentcv run made it is found',
  }),
};

/** Where runs of several temperatures have their energies from. */
export const energySettings = {
  energy: setting(z.array(z.string()).optional(), {
    flag: 'energy',
    value: 'files',
    several: true,
    group: 'Windows',
    description:
      'of runs at several temperatures: their energies, .edr, .xvg, log of LAMMPS or table with ENERGY, each in the folder of its run',
    otherwise: "the .edr or log.lammps in a run's folder",
  }),
  pressure: setting(z.number().optional(), {
    flag: 'pressure',
    value: 'bar',
    group: 'Windows',
    description: 'of the barostat, for such runs at constant pressure',
  }),
};

/** The PLUMED input, for commands that have no other use of it. */
export const plumedSettings = {
  plumed: setting(z.string().optional(), {
    flag: 'plumed',
    value: 'file',
    group,
    description: 'the PLUMED input that wrote the tables: tells units and biases',
  }),
};

export type EnergyOptions = Given<typeof energySettings>;
export type WeighingOptions = Given<typeof weighingSettings> & { plumed?: string; lengthUnit?: number };
/** What is said of the units of tables; factors to ps, nm. */
export type UnitOptions = Given<typeof timeUnitSettings & typeof lengthUnitSettings>;

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
Which columns weigh the frames is taken from the PLUMED input (--plumed, or a run's folder in place
of a file), else from their names, and printed. Walls and funnels bound the ensemble and are left in
it. --bias opes.bias,res.bias names the columns, --bias all takes walls as well, --bias none is of
runs without one.
`;
