import { LatentcvError } from '../support/index.js';
import {
  isBiasAction,
  type BiasNote,
  type Confinement,
  type RunFacts,
  type TableNote,
} from '../sampling/index.js';
import { confinementOf, isNarrowed } from './confinement/index.js';
import { expectInput, type PlumedInput } from './parse-input.js';
import type { Statement } from './statement.js';
import { inputUnits } from './units.js';

/** Keywords of a bias that say what it does to the frames, in the input's units. */
const statedKeywords = [
  ...['ARG', 'AT', 'KAPPA', 'SLOPE', 'OFFSET', 'EPS', 'EXP', 'EXPONENT', 'TO'],
  ...['PACE', 'BARRIER', 'BIASFACTOR', 'SIGMA', 'HEIGHT', 'TEMP', 'TAU', 'FILE', 'SCALE'],
  ...['GRID_MIN', 'GRID_MAX', 'GRID_BIN', 'WALKERS_N', 'WALKERS_DIR', 'ADAPTIVE', 'KERNEL_CUTOFF'],
];

/** Flags that say so. */
const flagged = ['CALC_RCT', 'WALKERS_MPI', 'CALC_WORK', 'NOZERO'];

/** What an input tells of the frames that a run with it makes: units, what biases them, and which tables have them. */
export function runFacts(input: PlumedInput): RunFacts {
  expectInput(input);
  const { length, energy, time, natural } = inputUnits(input);
  const confinement = confinementIn(input);
  return {
    units: { length, energy, time, natural },
    biases: biasesOf(input),
    tables: tablesOf(input),
    ...(confinement && { confinement }),
  };
}

/** One whose statements were changed, or that other walls make smaller, is none that the notes can tell. */
function confinementIn(input: PlumedInput): Confinement | undefined {
  try {
    const found = confinementOf(input);
    return found && isNarrowed(found, input) ? undefined : found;
  } catch (error) {
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}

function biasesOf({ all }: PlumedInput): BiasNote[] {
  return all.flatMap((statement, place) =>
    isBiasAction(statement.action) ? [biasNote(statement, place)] : [],
  );
}

/** An action without a label is called by its number. */
function biasNote({ label, action, keywords, flags }: Statement, place: number): BiasNote {
  const stages = [...keywords.keys()].filter((key) => /^(STEP|AT|KAPPA)\d+$/.test(key));
  const given = [...statedKeywords, ...stages].flatMap((key) => {
    const value = keywords.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const set = flagged.filter((flag) => flags.has(flag)).map((flag) => [flag, 'yes'] as const);
  return { label: label ?? `@${place}`, action, parameters: Object.fromEntries([...given, ...set]) };
}

/** PRINTs without a file write to PLUMED's log. */
function tablesOf({ all }: PlumedInput): TableNote[] {
  return all.flatMap(({ action, keywords }) => {
    const [file, args] = [keywords.get('FILE'), keywords.get('ARG')];
    if (action !== 'PRINT' || file === undefined) return [];
    return [{ file, columns: args === undefined ? [] : words(args) }];
  });
}

/** Commas within parentheses belong to a regular expression. */
function words(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((word) => word.trim());
}
