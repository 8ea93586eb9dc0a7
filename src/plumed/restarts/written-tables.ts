import { restartFiles } from './restart-files.js';
import { stepsIn } from './steps.js';
import type { PlumedInput } from '../parse-input.js';
import type { Statement } from '../statement.js';

/** A table that a statement writes row by row, the time first. */
export interface WrittenTable {
  statement: Statement;
  /** As the statement names it, relative to where PLUMED runs. */
  file: string;
  /** The bias goes on from it: hills or kernels. Else it is what PRINT and its like write. */
  ofBias: boolean;
  /** MD steps between its rows; undefined where they do not come regularly. */
  stride: number | undefined;
}

/** Actions whose FILE is a table of what they see at each of their steps. */
const printing = new Set(['PRINT', 'DUMPDERIVATIVES', 'DUMPFORCES', 'DUMPPROJECTIONS', 'COMMITTOR']);

/** Files of other kinds, which a restart leaves as they are. */
const dumping = new Set(['DUMPATOMS', 'DUMPPDB', 'DUMPGRID', 'DUMPCUBE', 'DUMPVECTOR', 'PRINT_NDX']);

/** What makes the rows of a bias come at other steps than every PACE-th. */
const irregular = [
  'EXCLUDED_REGION',
  'UPDATE_FROM',
  'UPDATE_UNTIL',
  'FREQUENCY_ADAPTIVE',
  'FA_UPDATE_FREQUENCY',
];

/** The tables that an input writes. */
export function writtenTables({ all }: PlumedInput): WrittenTable[] {
  const atTimes = all.some(({ action }) => action === 'UPDATE_IF');
  return all.flatMap((statement): WrittenTable[] => {
    const { action, keywords } = statement;
    const file = keywords.get('FILE');
    const regular = !atTimes && !isIrregular(statement);
    if (printing.has(action) && file !== undefined) {
      const stride = regular && action !== 'COMMITTOR' ? stepsIn(keywords.get('STRIDE') ?? '1') : undefined;
      return [{ statement, file, ofBias: false, stride }];
    }
    const stride = regular ? paceOf(statement) : undefined;
    return restartFiles(statement).map((name) => ({ statement, file: name, ofBias: true, stride }));
  });
}

/** MD steps between what a bias lays; undefined where they do not come regularly. */
export function paceOf(statement: Statement): number | undefined {
  return isIrregular(statement) ? undefined : stepsIn(statement.keywords.get('PACE'));
}

const isIrregular = ({ keywords, flags }: Statement): boolean =>
  irregular.some((word) => keywords.has(word) || flags.has(word));

/** Names of files that an input writes and that are not cut back: a restart adds to what the dead run left in them. */
export function uncutFiles({ all }: PlumedInput): string[] {
  return all.flatMap(({ action, keywords }) => (dumping.has(action) ? (keywords.get('FILE') ?? []) : []));
}
