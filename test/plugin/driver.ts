import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPlugin } from '../../src/programs/index.js';
import { findPlumed } from '../../src/programs/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runDriver } from '../../src/programs/index.js';

export const plumed = await findPlumed();
export const plugin = await buildPlugin(plumed);

/** For tests of vectors as arguments. */
export const skipVectors = plumed.version[1] < 10 ? 'vectors came with PLUMED 2.10' : false;

/** The same for a regression test by its name. */
export function skipRegtest(name: string): string | false {
  return ['rt-arg-vector', 'rt-arg-mixed'].includes(name) && skipVectors;
}

/** A folder with the plugin in it, as `./libLatentcvPlumed.so`, and the files of another folder. */
export async function runFolder(from?: string): Promise<string> {
  const folder = temporaryFolder('plugin');
  if (from !== undefined) await cp(from, folder, { recursive: true });
  await symlink(plugin.path, join(folder, 'libLatentcvPlumed.so'));
  return folder;
}

/** Three frames of six atoms, no two in one place and ever further apart, in a box of 3 nm. */
const positions = (frame: number): number[][] =>
  Array.from({ length: 6 }, (_, i) => [
    0.3 * i * (1 + 0.1 * frame),
    0.2 * (i % 3) ** 2,
    0.1 * (i % 2) + 0.05 * i,
  ]);

export async function writeTrajectory(folder: string, change?: (lines: string[]) => void): Promise<string> {
  const lines = [0, 1, 2].flatMap((frame) => [
    '6',
    '3 3 3',
    ...positions(frame).map((r) => `X ${r.map((c) => c.toFixed(4)).join(' ')}`),
  ]);
  change?.(lines);
  const path = join(folder, 'traj.xyz');
  await writeFile(path, lines.join('\n') + '\n');
  return path;
}

export interface Run {
  trajectory?: string;
  extra?: string[];
}

/** Runs the driver on this input, with LOAD in front; returns PLUMED's log. */
export async function drive(
  cwd: string,
  input: string,
  { trajectory, extra = [] }: Run = {},
): Promise<string> {
  const plumedFile = join(cwd, 'plumed.dat');
  await writeFile(plumedFile, `LOAD FILE=./libLatentcvPlumed.so\n${input}\n`);
  const frames = trajectory ?? (await writeTrajectory(cwd));
  await runDriver({ plumed, cwd, plumedFile, trajectory: frames, extra });
  return readFile(join(cwd, 'driver.log'), 'utf8');
}

/** The numbers of a table, row by row; comments and atom names are left out. */
export async function readNumbers(path: string): Promise<number[][]> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .filter((word) => word !== 'X')
        .map(Number),
    );
}
