import type { PlumedInput } from '../parse-input.js';
import { insertLines } from '../insert-lines.js';
import { placeOf, type Statement } from '../statement.js';
import type { NameTable } from '../names.js';
import { stepsIn } from './steps.js';
import type { WordEdit } from './statement-words.js';
import { paceOf, writtenTables } from './written-tables.js';
import { wordForPath } from '../words.js';

/** A bias that can write its whole state, OPES in its forms, and where the run has it do so. */
export interface StateWriter {
  statement: Statement;
  /** Relative to where PLUMED runs. */
  file: string;
  /** MD steps between what the bias lays, and between its states. */
  pace: number;
}

/** What a run adds to its input so that it can be gone on with. */
export interface Preparation {
  edits: WordEdit[];
  /** Lines at the end. */
  lines: string[];
  states: StateWriter[];
  /** What was added, a line each. */
  notes: string[];
}

const writesStates = new Set(['OPES_METAD', 'OPES_METAD_EXPLORE', 'OPES_EXPANDED']);

/**
 * States of OPES at every PACE, of which one then fits whatever step the engine's checkpoint is of (GROMACS 2025 calls for
 * states at another step: plumed2 #1428); and a FLUSH with each row of a table: what is in memory dies with the process.
 */
export function prepareInput(
  input: PlumedInput,
  names: NameTable,
  isCopied: (statement: Statement) => boolean,
): Preparation {
  const prepared: Preparation = { edits: [], lines: [], states: [], notes: [] };
  for (const statement of input.all)
    if (writesStates.has(statement.action) && isCopied(statement)) addState(statement, names, prepared);
  const strides = flushStrides(input);
  if (strides.length === 0) return prepared;
  prepared.lines.push(...strides.map((stride) => `FLUSH STRIDE=${stride}`));
  return prepared;
}

function addState(statement: Statement, names: NameTable, { edits, states, notes }: Preparation): void {
  const { keywords, flags, action, label } = statement;
  const pace = paceOf(statement);
  if (pace === undefined) return;
  const given = keywords.get('STATE_WFILE');
  const file = given ?? names.file(undefined, 'STATE', label ?? action.toLowerCase());
  states.push({ statement, file, pace });
  const stride = stepsIn(keywords.get('STATE_WSTRIDE'));
  // with STORE_STATES a file would grow by a state at each of them
  if (flags.has('STORE_STATES') || (given !== undefined && stride === pace)) return;
  if (given === undefined) edits.push({ statement, keyword: 'STATE_WFILE', value: file });
  edits.push({ statement, keyword: 'STATE_WSTRIDE', value: String(pace) });
  const before =
    given === undefined ? '' : ` (${stride === undefined ? 'no stride' : `every ${stride}`} is given)`;
  notes.push(
    `${placeOf(statement)}: in the run ${action} writes its state to ${file} every ${pace} steps${before}, so that one fits the engine's checkpoint`,
  );
}

/** Strides of which none is a multiple of another; none where the input flushes by itself at every row. */
function flushStrides(input: PlumedInput): number[] {
  const own = input.all.flatMap(({ action, keywords }) =>
    action === 'FLUSH' ? (stepsIn(keywords.get('STRIDE')) ?? []) : [],
  );
  const wanted = writtenTables(input).flatMap(({ stride, statement }) => stride ?? paceOf(statement) ?? []);
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  const covered = (stride: number, by: readonly number[]): boolean =>
    by.some((other) => stride % other === 0);
  const chosen: number[] = [];
  for (const stride of sorted) if (!covered(stride, own) && !covered(stride, chosen)) chosen.push(stride);
  return chosen;
}

/** The edits and lines by which a bias, and PLUMED as a whole, go on from what is there. */
export interface Restart {
  /** The state that a statement goes on from. */
  states: { statement: Statement; path: string }[];
  /** Those that start anew, since they had laid nothing before the checkpoint. */
  anew: Statement[];
}

/** Edits of the statements of a restarted input. */
export function restartEdits({ states, anew }: Restart): WordEdit[] {
  return [
    ...states.map(({ statement, path }) => ({
      statement,
      keyword: 'STATE_RFILE',
      value: wordForPath(path, 'STATE_RFILE'),
    })),
    ...anew.map((statement) => ({ statement, keyword: 'RESTART', value: 'NO' })),
  ];
}

/** The text with lines at its end, where PLUMED still reads them, and RESTART above all others where it goes on. */
export function withRunLines(
  { end, statements }: PlumedInput,
  text: string,
  lines: readonly string[],
  restarts: boolean,
): string {
  const added =
    lines.length === 0 ? [] : ['# latentcv run: rows are on disk once they are written', ...lines];
  const first = { before: (statements[0] ?? end)?.firstLine, lines: ['RESTART'] };
  return insertLines(text, [...(restarts ? [first] : []), { before: end?.firstLine, lines: added }]);
}
