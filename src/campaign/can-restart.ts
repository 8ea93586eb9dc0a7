import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  parsePlumedInput,
  placeOf,
  readPlumedText,
  type PlumedInput,
  type Statement,
} from '../plumed/index.js';
import { LatentcvError } from '../support/errors.js';

const restartFiles: Record<string, string> = {
  OPES_METAD: 'KERNELS',
  OPES_METAD_EXPLORE: 'KERNELS',
  METAD: 'HILLS',
};

async function hasNumbers(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\s*[-\d.]/m.test(text);
}

/** The file that a bias goes on from; undefined for what keeps none. */
function fileOf({ action, keywords }: Statement): string | undefined {
  const implicit = restartFiles[action];
  return implicit && (keywords.get('STATE_RFILE') ?? keywords.get('FILE') ?? implicit);
}

/** The first bias of an input that has nothing in the folder to go on from. */
async function firstWithout(
  statements: readonly Statement[],
  folder: string,
): Promise<Statement | undefined> {
  for (const statement of statements) {
    const file = fileOf(statement);
    if (file !== undefined && !(await hasNumbers(resolve(folder, file)))) return statement;
  }
  return undefined;
}

/**
 * Whether PLUMED can go on from what the biases of an input left in a folder: it refuses to where a bias is still
 * without a kernel or hill.
 */
export async function canRestart(plumedFile: string, folder: string): Promise<boolean> {
  const { all } = parsePlumedInput(readPlumedText(plumedFile), plumedFile, { workingFolder: folder });
  return (await firstWithout(all, folder)) === undefined;
}

/** Whether a statement is told to restart: by itself, else by RESTART in the input. */
function restarts({ keywords }: Statement, whole: boolean): boolean {
  const own = keywords.get('RESTART')?.toUpperCase();
  return own === 'YES' || (whole && own !== 'NO');
}

/**
 * Holds an input's RESTART against what is in the folder of the run. Throws `plumed-input` where a bias would have to go on
 * from a file that is not there, or is empty, which PLUMED refuses at its start.
 */
export async function expectRestartable(input: PlumedInput, folder: string): Promise<void> {
  const restart = input.all.find(({ action, flags }) => action === 'RESTART' && !flags.has('NO'));
  const asked = input.all.filter((statement) => restarts(statement, restart !== undefined));
  const lacking = await firstWithout(asked, folder);
  if (!lacking) return;
  const by = restart ? ` by RESTART (${placeOf(restart)})` : '';
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(lacking)}: ${lacking.action} is to go on from ${fileOf(lacking)}${by}, which is not in ${folder} or is empty`,
    `for a run from the start remove RESTART, or write RESTART=NO into this ${lacking.action}; latentcv run restarts PLUMED by itself where it goes on`,
  );
}
