// What this machine already has.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StepError } from './run.mjs';

const output = (command, args) => {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout + stderr : undefined;
};

const howToInstall = {
  cmake: 'apt-get install cmake',
  'c++': 'apt-get install g++ make',
  make: 'apt-get install make',
  python3: 'apt-get install python3 python3-pip python3-venv',
};

/** Throws where a command is missing, saying how to get it. */
export function need(command, forWhat) {
  if (output(command, ['--version']) !== undefined) return;
  throw new StepError(
    `${command} is missing, which ${forWhat} needs: install it (on Debian: ${howToInstall[command]}), then run this again`,
  );
}

export function needPython(module, forWhat) {
  need('python3', forWhat);
  if (output('python3', ['-m', module, '--help']) !== undefined) return;
  throw new StepError(
    `python3 has no module ${module}, which ${forWhat} needs: install it (on Debian: ${howToInstall.python3}), then run this again`,
  );
}

/** A PLUMED that can be used, as words, or undefined: PLUMED_KERNEL, or `plumed` on PATH, 2.9 or a later 2. */
export function plumedOnMachine() {
  const kernel = process.env.PLUMED_KERNEL;
  if (kernel && existsSync(kernel)) return `PLUMED_KERNEL=${kernel}`;
  const version = output('plumed', ['--no-mpi', 'info', '--version'])?.trim();
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (Number(major) !== 2 || Number(minor) < 9) return undefined;
  return `PLUMED ${version} on PATH`;
}

/** A GROMACS with the PLUMED interface, GMX or on PATH, as words, or undefined. */
export function gromacsOnMachine() {
  const gmx = process.env.GMX || 'gmx';
  if (!output(gmx, ['-quiet', 'mdrun', '-h'])?.includes('-plumed')) return undefined;
  return process.env.GMX ? `GMX=${gmx}` : 'gmx on PATH';
}
