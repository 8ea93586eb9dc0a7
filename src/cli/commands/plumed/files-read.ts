import { dirname, resolve } from 'node:path';
import { besideInput } from '../../beside-input.js';
import type { PlumedOptions } from './options.js';

/** What the output must not be written over. */
export async function filesRead(path: string | undefined, options: PlumedOptions): Promise<string[]> {
  const { model, renumber, plugin, frames = [], structure, pose } = options;
  const { filesOfInput } = await import('../../../plumed/index.js');
  const { expandFiles } = await import('../../frames/index.js');
  const folder = dirname(resolve(options.output ?? ''));
  const copies = options.relative
    ? [model ?? [], plugin ?? 'libLatentcvPlumed.so'].flat().map((file) => besideInput(file, folder).to)
    : [];
  const named = [model, renumber, plugin, structure, pose, ...(await expandFiles(frames)), ...copies].filter(
    (file) => file !== undefined,
  );
  return [...named, ...(path === undefined ? [] : filesOfInput(path))];
}
