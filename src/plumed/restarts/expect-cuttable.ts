import { LatentcvError } from '../../support/index.js';
import type { PlumedInput } from '../parse-input.js';
import { placeOf, type Statement } from '../statement.js';
import { restartFiles } from './restart-files.js';
import { writtenTables } from './written-tables.js';

/**
 * Refuses what a run could not go on with after a kill: packed tables, which cannot be cut; hills whose columns run into each
 * other; a bias in a file that is not the run's own, where a restart could not change its words.
 * @param isCopied whether a statement stands in a file of the run's own
 * @throws LatentcvError `plumed-input` with the line
 */
export function expectCuttable(input: PlumedInput, isCopied: (statement: Statement) => boolean): void {
  for (const { statement, file } of writtenTables(input))
    if (file.endsWith('.gz'))
      throw refused(
        statement,
        `expected a table that can be cut back to a checkpoint but ${file} is packed`,
        'leave .gz out of its name',
      );
  for (const statement of input.all) {
    if (joinsColumns(statement))
      throw refused(
        statement,
        `expected a FMT that keeps the columns of hills apart but received ${statement.keywords.get('FMT')}: ${statement.action} puts no blank between them, and cannot read them back`,
        'write a blank or a width into it: FMT={ %.14g}',
      );
    if (restartFiles(statement).length > 0 && !isCopied(statement))
      throw refused(
        statement,
        `expected ${statement.action} in the input, or in a file that it includes by a relative name, but it is in one of an absolute name, which a restart cannot change`,
        'include it by a relative name: the run then has a copy of its own',
      );
  }
}

function joinsColumns({ action, keywords }: Statement): boolean {
  const format = keywords.get('FMT');
  if (format === undefined || (action !== 'METAD' && action !== 'PBMETAD') || /^\s/.test(format))
    return false;
  const [, width, precision] = /^%[-+#0]*(\d*)(?:\.(\d+))?/.exec(format) ?? [];
  // sign, point and exponent beside the digits
  return Number(width ?? 0) < Number(precision ?? 6) + 8;
}

function refused(statement: Statement, problem: string, hint: string): LatentcvError {
  return new LatentcvError('plumed-input', `${placeOf(statement)}: ${problem}`, hint);
}
