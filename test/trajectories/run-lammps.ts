import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/programs/run-program.js';
import { findLammps } from '../../src/programs/index.js';

const lammps = await findLammps().catch(() => undefined);

/** Why tests with LAMMPS are left out, or false. */
export const skipLammps = lammps ? false : 'no LAMMPS on this machine';

/** Runs the real LAMMPS in a folder; its input and logs are called `name`. */
export async function runLammps(folder: string, name: string, input: readonly string[]): Promise<void> {
  writeFileSync(join(folder, `${name}.in`), `${input.join('\n')}\n`);
  await runProgram({
    command: lammps!.executable,
    args: ['-in', `${name}.in`, '-screen', 'none', '-log', `${name}.log`],
    cwd: folder,
    logPath: join(folder, `${name}.out`),
  });
}
