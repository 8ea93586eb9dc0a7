import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A restart file of LAMMPS. */
export interface RestartFile {
  step: number;
  path: string;
}

/** What LAMMPS writes at both ends of a restart file. */
const magic = Buffer.from('LammpS RestartT\0', 'latin1');

export const restartName = /^latentcv\.(\d+)\.restart$/;

async function restartFiles(folder: string): Promise<RestartFile[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const step = restartName.exec(name)?.[1];
      return step === undefined ? [] : [{ step: Number(step), path: join(folder, name) }];
    })
    .sort((a, b) => b.step - a.step);
}

/** Whether a restart file was written to its end. */
async function isWhole(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size < 4 * magic.length) return false;
    const ends = await Promise.all(
      [0, size - magic.length].map(async (at) => {
        const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, at);
        return buffer.equals(magic);
      }),
    );
    return ends.every(Boolean);
  } finally {
    await file.close();
  }
}

/** The restart files in a folder, whole ones and others, the newest first. */
export async function restartFilesIn(
  folder: string,
): Promise<{ whole: RestartFile[]; damaged: RestartFile[] }> {
  const found: { whole: RestartFile[]; damaged: RestartFile[] } = { whole: [], damaged: [] };
  for (const file of await restartFiles(folder)) {
    // one that is gone was an old one
    const whole = await isWhole(file.path).catch(() => undefined);
    if (whole !== undefined) found[whole ? 'whole' : 'damaged'].push(file);
  }
  return found;
}

/** Removes all whole restart files but the newest two. */
export async function keepNewest(folder: string): Promise<void> {
  if ((await restartFiles(folder)).length <= 2) return;
  const { whole } = await restartFilesIn(folder);
  for (const { path } of whole.slice(2)) await rm(path, { force: true });
}

/** Removes restart files of steps that are not to be: all, or those beyond a step. */
export async function removeBeyond(folder: string, step = -1): Promise<void> {
  for (const file of await restartFiles(folder)) if (file.step > step) await rm(file.path, { force: true });
}
