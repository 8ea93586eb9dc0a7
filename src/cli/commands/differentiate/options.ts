import type { ColumnInterval } from '../../../free-energy/index.js';
import type { LengthUnit } from '../../../onnx/foreign/index.js';
import { LatentcvError } from '../../../support/index.js';

/** The options of `latentcv differentiate`. */
export interface DifferentiateOptions {
  positions?: LengthUnit;
  atoms?: string;
  structure?: string;
  trajectory?: string[];
  salvage?: boolean;
  output?: string;
  cv?: string;
  inputs?: string[];
  inputsFile?: string;
  units?: string[];
  period?: ColumnInterval[];
  range?: ColumnInterval[];
  names?: string[];
  colvar?: string[];
  plumed?: string;
  externalData?: boolean;
}

/** Options of networks of positions say nothing of others, and the reverse. */
export function expectTogether(options: DifferentiateOptions): void {
  const refused = options.positions
    ? (['inputs', 'inputsFile', 'units', 'range', 'colvar', 'plumed'] as const)
    : (['atoms', 'structure', 'trajectory', 'salvage'] as const);
  const found = refused.find((name) => options[name] !== undefined);
  if (found === undefined) return;
  const flag = found === 'inputsFile' ? 'inputs-file' : found;
  throw new LatentcvError(
    'bad-argument',
    `expected ${options.positions ? 'no' : '--positions beside'} --${flag}${options.positions ? ' beside --positions' : ''}`,
    options.positions
      ? 'the inputs of a network of positions are its atoms: --atoms, --structure and --trajectory name them'
      : '--positions nm or --positions A says that the network takes positions of atoms',
  );
}
