import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PlumedInput } from '../parse-input.js';
import { restarted, restartFile, restartOfAll } from './restart-files.js';
import { placeOf, type Statement } from '../statement.js';
import { LatentcvError } from '../../support/index.js';

async function hasNumbers(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\s*[-\d.]/m.test(text);
}

/** The first bias of an input that has nothing in the folder to go on from. */
async function firstWithout(
  statements: readonly Statement[],
  folder: string,
): Promise<Statement | undefined> {
  for (const statement of statements) {
    const file = restartFile(statement);
    if (file !== undefined && !(await hasNumbers(resolve(folder, file)))) return statement;
  }
  return undefined;
}

/**
 * Holds an input's RESTART against what is in the folder of the run.
 * @param inputFolder where else the file may lie, for the hint
 * @throws LatentcvError `plumed-input` where a bias would have to go on from a file that is not there, or is empty,
 *   which PLUMED refuses at its start
 */
export async function expectRestartable(
  input: PlumedInput,
  folder: string,
  inputFolder = folder,
): Promise<void> {
  const restart = restartOfAll(input.all);
  const lacking = await firstWithout(restarted(input.all), folder);
  if (!lacking) return;
  const by = restart ? ` by RESTART (${placeOf(restart)})` : '';
  const file = restartFile(lacking)!;
  const beside = resolve(inputFolder, file);
  const lies = beside !== resolve(folder, file) && (await hasNumbers(beside));
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(lacking)}: ${lacking.action} is to go on from ${file}${by}, which is not in ${folder} or is empty`,
    lies
      ? `it lies in ${inputFolder}: mkdir -p ${folder} && cp ${beside} ${resolve(folder, file)}`
      : `for a run from the start remove RESTART, or write RESTART=NO into this ${lacking.action}; latentcv run restarts PLUMED by itself where it goes on`,
  );
}
