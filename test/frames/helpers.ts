import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

export const fixtures = join(packageRoot(), 'test', 'frames', 'fixtures');

/** A file with this content in a folder of its own. */
export async function fileWith(content: string | Uint8Array, name = 'COLVAR'): Promise<string> {
  const path = join(temporaryFolder('frames'), name);
  await writeFile(path, content);
  return path;
}

/** Files of one folder, by their names. */
export async function filesWith(contents: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const folder = temporaryFolder('frames');
  const paths = Object.keys(contents).map((name) => join(folder, name));
  await Promise.all(Object.values(contents).map((content, i) => writeFile(paths[i], content)));
  return paths;
}

/** A table with one column `d1` whose value at time t is 10 t, for the given times. */
export function table(times: readonly number[], offset = 0): string {
  return '#! FIELDS time d1\n' + times.map((time) => ` ${time.toFixed(6)} ${10 * time + offset}\n`).join('');
}
