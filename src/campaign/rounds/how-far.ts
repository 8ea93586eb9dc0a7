import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSystemError } from '../../support/index.js';
import type { Task } from './task.js';

/**
 * From where a task that did not end would go on, as a word that changes when it gets further: the step at which its run was started
 * last, or the time of its training's checkpoint.
 */
export async function howFar(folder: string, { words }: Task): Promise<string> {
  const valueOf = (option: string): string | undefined =>
    words.includes(option) ? words[words.indexOf(option) + 1] : undefined;
  const [command] = words;
  if (command === 'train') return await changed(join(folder, `${valueOf('--output')}.checkpoint`));
  const place = valueOf('--folder');
  if (place === undefined) return '';
  return await lastSteps(join(folder, place, valueOf('--only') ?? ''));
}

async function changed(path: string): Promise<string> {
  try {
    return String((await stat(path)).mtimeMs);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Of each run in a folder. */
async function lastSteps(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const steps: number[] = [];
  for (const name of names.filter((each) => basename(each) === 'run.json').toSorted()) {
    const text = await readFile(join(folder, name), 'utf8');
    const { starts = [] } = JSON.parse(text) as { starts?: { step: number }[] };
    steps.push(starts.at(-1)?.step ?? 0);
  }
  return steps.some((step) => step > 0) ? steps.join(' ') : '';
}
