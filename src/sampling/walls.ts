import { LatentcvError } from '../support/index.js';
import type { Numbers } from './numbers.js';

/**
 * Frames in which walls or funnels push: those whose summed potential is above kT. Columns `[frames]` and kT in one
 * unit; throws `bad-data` where a value is not finite.
 */
export function framesBeyondWalls(columns: readonly Numbers[], kT: number): number {
  let beyond = 0;
  for (let frame = 0; frame < (columns[0]?.length ?? 0); frame++) {
    let sum = 0;
    for (const column of columns) sum += column[frame];
    if (!Number.isFinite(sum))
      throw new LatentcvError('bad-data', `expected a finite wall but frame ${frame} has ${sum}`);
    if (sum > kT) beyond++;
  }
  return beyond;
}

/** What is told of walls that stay in the ensemble. */
export function wallsInWords(names: readonly string[], beyond: number, frames: number): string {
  const [it, bounds] = names.length === 1 ? ['it', 'bounds'] : ['they', 'bound'];
  return (
    `${names.join(', ')} ${bounds} the ensemble, which is taken as ${it} made it: ` +
    `${beyond} of ${frames} frames have V_wall > kT (‘bias: all’ takes ${it === 'it' ? 'it' : 'them'} off)`
  );
}
