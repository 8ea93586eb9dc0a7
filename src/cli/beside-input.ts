import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { LatentcvError, readBytes, writeWhole } from '../support/index.js';

/** A file that an input names from its own folder. */
export interface FileBeside {
  /** From the input's folder: `model.onnx`. */
  name: string;
  /** Where it is, and where it is to lie; the same where it lies in the folder already. */
  from: string;
  to: string;
}

/** How an input in a folder names a file: where it lies in or below it as it is, else as a copy beside the input. */
export function besideInput(file: string, folder: string): FileBeside {
  const from = resolve(file);
  const below = relative(folder, from);
  const inside = !isAbsolute(below) && below.split('/')[0] !== '..';
  const name = inside ? below : basename(from);
  return { name, from, to: join(folder, name) };
}

const isCopied = ({ from, to }: FileBeside): boolean => from !== to;

async function isThere({ from, to }: FileBeside): Promise<boolean> {
  return existsSync(to) && (await readBytes(from)).equals(await readBytes(to));
}

/**
 * Refuses to put another model in the place of one that other inputs may name.
 * @throws LatentcvError `bad-argument`
 */
export async function expectFreeOrSame(model: FileBeside): Promise<void> {
  if (!isCopied(model) || !existsSync(model.to) || (await isThere(model))) return;
  throw new LatentcvError(
    'bad-argument',
    `expected no other ${basename(model.to)} in ${dirname(model.to)} but there is one, which is not ${model.from}`,
    'write the input into another folder, or give the model another name',
  );
}

/** Copies those that do not lie in the folder yet. Returns their names. */
export async function copyBeside(files: readonly FileBeside[]): Promise<string[]> {
  const copied: string[] = [];
  for (const file of files) {
    if (!isCopied(file) || (await isThere(file))) continue;
    await writeWhole(file.to, await readBytes(file.from));
    copied.push(basename(file.to));
  }
  return copied;
}
