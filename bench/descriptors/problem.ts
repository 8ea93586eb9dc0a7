import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../src/programs/run-program.js';
import { systemAtoms, type DescriptorCase } from './descriptor-case.js';
import { files } from './protocol.js';
import { benchFile, pythonEnvironment } from './readers.js';

/** Frames of a problem's files. */
export interface Lengths {
  frames: number;
  long: number;
  /** PLUMED's driver is timed by how much longer it takes for `few` than for `fewest`. */
  few: number;
  fewest: number;
}

/** Writes trajectories by MDTraj, and what all readers compute of them (`problem.json`, which problem.py reads). */
export async function writeProblem(
  cases: readonly DescriptorCase[],
  lengths: Lengths,
  python: string,
  folder: string,
): Promise<void> {
  await writeFile(join(folder, 'problem.json'), JSON.stringify({ cases }));
  const names = Object.keys(files) as (keyof typeof files)[];
  const wanted = names.flatMap((name) => [files[name], String(lengths[name])]);
  await runProgram({
    command: python,
    args: [benchFile('write_frames.py'), folder, String(systemAtoms), ...wanted],
    cwd: folder,
    logPath: join(folder, 'frames.log'),
    env: pythonEnvironment(),
  });
}
