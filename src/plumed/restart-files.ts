import { join } from 'node:path';
import type { Statement } from './statement.js';

const restartFiles: Record<string, string> = {
  OPES_METAD: 'KERNELS',
  OPES_METAD_EXPLORE: 'KERNELS',
  METAD: 'HILLS',
};

/** The file that a bias goes on from where it restarts; undefined for what keeps none. */
export function restartFile({ action, keywords }: Statement): string | undefined {
  const implicit = restartFiles[action];
  if (implicit === undefined) return undefined;
  const file = keywords.get('STATE_RFILE') ?? keywords.get('FILE') ?? implicit;
  return Number(keywords.get('WALKERS_N') ?? 1) > 1 ? walkersFile(file, keywords) : file;
}

/** That of this walker among several, each of which has its own file in a folder that all of them read. */
function walkersFile(file: string, keywords: Statement['keywords']): string {
  return join(keywords.get('WALKERS_DIR') ?? '', `${file}.${keywords.get('WALKERS_ID') ?? 0}`);
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
