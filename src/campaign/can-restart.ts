import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePlumedInput, type Statement } from '../plumed/index.js';

const restartFiles: Record<string, string> = {
  OPES_METAD: 'KERNELS',
  OPES_METAD_EXPLORE: 'KERNELS',
  METAD: 'HILLS',
};

async function hasNumbers(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\s*[-\d.]/m.test(text);
}

/**
 * Whether PLUMED can go on from what the biases of an input left in a folder: it refuses to where a bias is still
 * without a kernel or hill.
 */
export async function canRestart(plumedFile: string, folder: string): Promise<boolean> {
  const { all } = parsePlumedInput(await readFile(plumedFile, 'utf8'), plumedFile, { workingFolder: folder });
  const fileOf = ({ action, keywords }: Statement): string | undefined => {
    const implicit = restartFiles[action];
    return implicit && (keywords.get('STATE_RFILE') ?? keywords.get('FILE') ?? implicit);
  };
  const files = all.map(fileOf).filter((file) => file !== undefined);
  const there = await Promise.all(files.map((file) => hasNumbers(join(folder, file))));
  return there.every(Boolean);
}
