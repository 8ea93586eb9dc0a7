import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../src/support/folders.js';

/** Appends a run of a bench to bench/RESULTS.md, with its date and machine. */
export async function record(bench: string, machine: string, body: string): Promise<string> {
  const path = join(packageRoot(), 'bench', 'RESULTS.md');
  const date = new Date().toISOString().slice(0, 10);
  await appendFile(path, `\n## ${bench}, ${date}\n\n${machine}.\n\n${body}\n`);
  return path;
}
