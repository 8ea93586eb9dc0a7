import { existsSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import type { PlumedInput } from './parse-input.js';

/** Keywords that name a file which PLUMED reads, whatever the action. */
const readByAny = ['STRUCTURE', 'REFERENCE', 'TEMPLATE', 'NDX_FILE'];

/** Actions whose `FILE` is read; most others write theirs. */
const readFile = new Set(['LOAD', 'INCLUDE', 'ONNX_MODEL', 'PYTORCH_MODEL', 'EXTERNAL']);

/**
 * Files that an input reads and names relative to `folder`, where they are: what a run elsewhere needs beside it. Names
 * that lead out of the folder are left alone.
 */
export function filesRead({ all }: PlumedInput, folder: string): string[] {
  const names = all.flatMap(({ action, keywords }) => [
    ...readByAny.map((keyword) => keywords.get(keyword)),
    readFile.has(action) ? keywords.get('FILE') : undefined,
  ]);
  const inside = (name: string): boolean => !isAbsolute(name) && !normalize(name).startsWith('..');
  return [...new Set(names)].filter(
    (name) => name !== undefined && inside(name) && existsSync(join(folder, name)),
  ) as string[];
}
