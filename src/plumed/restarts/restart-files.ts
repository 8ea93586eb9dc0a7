import { join } from 'node:path';
import type { Statement } from '../statement.js';

const implicitFiles: Record<string, string> = {
  OPES_METAD: 'KERNELS',
  OPES_METAD_EXPLORE: 'KERNELS',
  OPES_EXPANDED: 'DELTAFS',
  METAD: 'HILLS',
};

/** The files that a bias adds to as it learns, and goes on from where it restarts; none of what keeps none. */
export function restartFiles({ action, keywords }: Statement): string[] {
  const given = keywords.get('FILE');
  if (action === 'PBMETAD') return ofPbmetad(keywords).map((file) => ofWalker(file, keywords));
  const implicit = implicitFiles[action];
  return implicit === undefined ? [] : [ofWalker(given ?? implicit, keywords)];
}

/** PBMETAD has a file for each argument, or for each family of arguments. */
function ofPbmetad(keywords: Statement['keywords']): string[] {
  const given = keywords.get('FILE');
  if (given !== undefined) return given.split(',');
  const families = [...keywords.keys()].filter((key) => /^PF\d+$/.test(key)).length;
  if (families > 0) return Array.from({ length: families }, (_, i) => `HILLS.PF${i}`);
  return (keywords.get('ARG') ?? '').split(',').map((argument) => `HILLS.${argument}`);
}

/** That of this walker among several, each of which has its own file in a folder that all of them read. */
function ofWalker(file: string, keywords: Statement['keywords']): string {
  const folder = keywords.get('WALKERS_DIR');
  if (Number(keywords.get('WALKERS_N') ?? 1) <= 1) return file;
  return join(folder ?? '', `${file}.${keywords.get('WALKERS_ID') ?? 0}`);
}

/** The folder in which several walkers of METAD or PBMETAD, each a run of its own, read each other's hills. */
export function walkersFolder({ action, keywords }: Statement): string | undefined {
  if (action !== 'METAD' && action !== 'PBMETAD') return undefined;
  return Number(keywords.get('WALKERS_N') ?? 1) > 1 ? (keywords.get('WALKERS_DIR') ?? '.') : undefined;
}

/** The file that a bias reads at a restart, the first of several; undefined for what keeps none. */
export function restartFile(statement: Statement): string | undefined {
  return statement.keywords.get('STATE_RFILE') ?? restartFiles(statement).at(0);
}

/** The RESTART of an input that holds for all statements. */
export function restartOfAll(all: readonly Statement[]): Statement | undefined {
  return all.find(({ action, flags }) => action === 'RESTART' && !flags.has('NO'));
}

/** The statements that are told to restart: by themselves, else by RESTART in the input. */
export function restarted(all: readonly Statement[]): Statement[] {
  const whole = restartOfAll(all) !== undefined;
  return all.filter(({ keywords }) => {
    const own = keywords.get('RESTART')?.toUpperCase();
    return own === 'YES' || (whole && own !== 'NO');
  });
}
