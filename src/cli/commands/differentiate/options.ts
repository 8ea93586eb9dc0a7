import { z } from 'zod';
import type { ColumnInterval } from '../../../free-energy/index.js';
import { LatentcvError, setting } from '../../../support/index.js';
import {
  columnIntervals,
  externalDataSettings,
  jsonSettings,
  optionalOutputSettings,
  periodicColumns,
  readsEach,
  type Given,
} from '../../options/index.js';

const inputs = 'Inputs that are columns';
const positions = 'Inputs that are positions';

/** The settings of `latentcv differentiate`. */
export const settings = {
  ...optionalOutputSettings('the model file to write', 'beside it, as <name>.latentcv.onnx'),
  graphOutput: setting(z.string().optional(), {
    flag: 'graph-output',
    value: 'name',
    description: 'the output of the graph that holds the CVs',
    otherwise: 'cv, or the only one',
  }),
  cvNames: setting(z.array(z.string()).optional(), {
    flag: 'cv-names',
    value: 'names',
    example: 'node-0,node-1',
    description: 'names of the CVs in PLUMED',
    otherwise: 'node-0,node-1,…',
  }),
  periodic: setting(readsEach(domains).optional(), {
    flag: 'periodic',
    value: 'columns',
    each: true,
    description:
      'periodic inputs and CVs, in rad, or with their domain such as phi=-180..180; with --positions CVs alone',
  }),
  frames: setting(z.array(z.string()).optional(), {
    flag: 'frames',
    value: 'files',
    several: true,
    description: 'frames like those of the training: tables, with --positions trajectories',
  }),
  ...externalDataSettings,
  ...jsonSettings('a summary for scripts'),
  columns: setting(z.array(z.string()).optional(), {
    flag: 'columns',
    value: 'columns',
    group: inputs,
    example: 'phi,psi',
    description: 'what the inputs are, in order',
    otherwise: "the file's, those of --frames, or x0,x1,…",
  }),
  inputsFile: setting(z.string().optional(), {
    flag: 'inputs-file',
    value: 'file',
    group: inputs,
    description: 'the same from a file, one per line, with units, periods and ranges',
  }),
  units: setting(z.array(z.string()).optional(), {
    flag: 'units',
    value: 'units',
    group: inputs,
    example: 'nm,rad',
    description: 'unit of each input, or one for all: nm, rad',
  }),
  range: setting(readsEach(columnIntervals).optional(), {
    flag: 'range',
    value: 'input=lower..upper',
    several: true,
    group: inputs,
    description: 'range of an input in the training data',
  }),
  plumed: setting(z.string().optional(), {
    flag: 'plumed',
    value: 'file',
    group: inputs,
    description: 'the PLUMED input that computes the inputs, so that ATOMS= works',
  }),
  positions: setting(z.enum(['nm', 'A']).optional(), {
    flag: 'positions',
    value: 'unit',
    group: positions,
    description:
      'the network takes positions of atoms in this unit, [n, 3·atoms] or [n, atoms, 3], and perhaps the box, [n, 3, 3]',
  }),
  atoms: setting(z.string().optional(), {
    flag: 'atoms',
    value: 'serials',
    group: positions,
    description: 'which atoms, 1-12,15 or a selection',
    otherwise: 'from 1 on',
  }),
  structure: setting(z.string().optional(), {
    flag: 'structure',
    value: 'file',
    group: positions,
    description: 'names of the atoms, GRO or PDB',
  }),
  salvage: setting(z.boolean().optional(), {
    flag: 'salvage',
    group: positions,
    description: 'take the good frames of damaged trajectories',
  }),
};
/** The options of `latentcv differentiate`. */
export type DifferentiateOptions = Given<typeof settings>;

function domains(text: string): ColumnInterval[] {
  return periodicColumns(text).flatMap(({ columns, period: [lower, upper] }) =>
    columns.map((column): ColumnInterval => ({ column: String(column), interval: [lower, upper] })),
  );
}

/** Options of networks of positions say nothing of others, and the reverse. */
export function expectTogether(options: DifferentiateOptions): void {
  const refused = options.positions
    ? (['columns', 'inputsFile', 'units', 'range', 'plumed'] as const)
    : (['atoms', 'structure', 'salvage'] as const);
  const found = refused.find((name) => options[name] !== undefined);
  if (found === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    options.positions
      ? `expected no ‘${found}’ beside --positions`
      : `expected --positions beside ‘${found}’`,
    options.positions
      ? 'the inputs of a network of positions are its atoms: --atoms, --structure and --frames name them'
      : '--positions nm or --positions A says that the network takes positions of atoms',
  );
}
