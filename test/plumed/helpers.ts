import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.js';

/** An empty folder for a run. */
export function runFolder(): string {
  return temporaryFolder('run');
}

/** Frames of three atoms (in nm, box of 30 nm): atom 2 moves along x, 0.1 nm + 0.01 nm a frame; atom 3 sits at y = 0.2 nm. */
export async function writeTrajectory(folder: string, frames: number, first = 0): Promise<string> {
  const path = join(folder, 'trajectory.xyz');
  const frame = (i: number): string =>
    `3\n30 30 30\nC 0 0 0\nC ${(0.1 + 0.01 * (first + i)).toFixed(5)} 0 0\nC 0 0.2 0\n`;
  await writeFile(path, Array.from({ length: frames }, (_, i) => frame(i)).join(''));
  return path;
}
