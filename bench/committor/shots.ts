import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/programs/index.js';
import { dynamicsMdp } from '../../src/quickstart/systems/alanine-mdp.js';
import { discs, distancesToStates } from './states.js';

/** Most time that a shot has to reach a state, ns. */
const nanoseconds = 0.02;

/** Where shots start, and what they need. */
export interface Shooting {
  gromacs: string;
  kernel: string;
  /** Of the shots of one frame. */
  folder: string;
  /** The frame (.gro) and the topology. */
  frame: string;
  topology: string;
  seed: number;
}

/** How many shots from a frame reached A, B, and neither. */
export interface Landed {
  A: number;
  B: number;
  neither: number;
}

/** PLUMED ends a run that has reached a state: COMMITTOR's basins are boxes of the distances to both. */
export const stopAtStates = `${distancesToStates}COMMITTOR ARG=dA,dB STRIDE=5 FILE=reached BASIN_LL1=0,0 BASIN_UL1=${discs.radius},10 BASIN_LL2=0,0 BASIN_UL2=10,${discs.radius}\n`;

/** Runs of fresh Maxwell–Boltzmann velocities from one frame, until each is in a state. */
export async function shoot(shooting: Shooting, shots: number): Promise<Landed> {
  const landed: Landed = { A: 0, B: 0, neither: 0 };
  for (let shot = 0; shot < shots; shot++) landed[await landing(shooting, shot)]++;
  return landed;
}

async function landing(shooting: Shooting, shot: number): Promise<keyof Landed> {
  const { gromacs, kernel, folder, frame, topology, seed } = shooting;
  const cwd = join(folder, `shot-${shot}`);
  const reached = join(cwd, 'reached');
  if (!existsSync(join(cwd, 'done'))) {
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, 'run.mdp'), dynamicsMdp({ temperature: 300, nanoseconds, seed: seed + shot }));
    writeFileSync(join(cwd, 'plumed.dat'), stopAtStates);
    const gmx = (words: string, log: string): Promise<unknown> =>
      runProgram({
        command: gromacs,
        args: ['-quiet', '-nobackup', ...words.split(' ')],
        env: { PLUMED_KERNEL: kernel, PLUMED_MAXBACKUP: '0' },
        ...{ cwd, logPath: join(cwd, log) },
      });
    await gmx(`grompp -f run.mdp -c ${frame} -p ${topology} -o run.tpr -po out.mdp`, 'grompp.log');
    await gmx('mdrun -s run.tpr -deffnm run -nt 1 -plumed plumed.dat', 'mdrun.log');
    writeFileSync(join(cwd, 'done'), '');
  }
  const basin = existsSync(reached)
    ? /^#! SET COMMITTED TO BASIN (\d)/m.exec(readFileSync(reached, 'utf8'))?.[1]
    : undefined;
  return basin === '1' ? 'A' : basin === '2' ? 'B' : 'neither';
}
