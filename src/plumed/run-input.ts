import { spawn } from 'node:child_process';
import { LatentcvError } from '../support/errors.js';
import type { GromacsInstall } from './gromacs-install.js';

/** How long a GROMACS run input means to run. */
export interface RunInputLength {
  /** MD steps; -1 where it has no end. */
  steps: number;
  /** ps. */
  timestep: number;
}

function parse(text: string): RunInputLength | undefined {
  const steps = /^\s*nsteps\s*=\s*(-?\d+)\s/m.exec(text);
  const timestep = /^\s*(?:dt|delta-t)\s*=\s*([\d.e+-]+)\s/m.exec(text);
  return steps && timestep ? { steps: Number(steps[1]), timestep: Number(timestep[1]) } : undefined;
}

/** Reads steps and time step from a `.tpr` with `gmx dump`. Throws `file-format`, `missing-tool`. */
export function runInputLength(gromacs: GromacsInstall, tpr: string): Promise<RunInputLength> {
  return new Promise((resolve, reject) => {
    const child = spawn(gromacs.executable, ['-quiet', 'dump', '-s', tpr], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const found = parse(text);
      if (!found) return;
      resolve(found);
      // What follows is every atom of the system.
      child.kill();
    });
    child.on('error', (error) => {
      reject(new LatentcvError('missing-tool', `cannot run ${gromacs.executable}: ${error.message}`));
    });
    child.on('close', () => {
      reject(
        new LatentcvError(
          'file-format',
          `expected a GROMACS run input at ${tpr} but gmx dump cannot read it`,
        ),
      );
    });
  });
}
