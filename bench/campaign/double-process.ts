import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignSystem } from './campaign-system.js';
import { doubleProcessDeltaF, doubleProcessPlumed, type Axis } from './double-process-surface.js';
import { fromExample } from './example-plan.js';

/** Of every other seed the process that is slow is the other one. */
const slowOf = (seed: number): Axis => (seed % 2 === 1 ? 'x' : 'y');

/** Two processes, either of which may be the slow one, along two CVs that are both biased. */
export const doubleProcess: CampaignSystem = {
  name: 'double-process',
  unit: 'kT',
  time: 'thousand time units',
  seeds: 10,
  prepare({ folder, seed, quick }) {
    fromExample('campaign-double-process', folder, {
      seed,
      ...(quick && { production: { length: 1000 }, pilots: { length: 125 }, budget: { rounds: 2 } }),
    });
    writeFileSync(join(folder, 'surface.dat'), doubleProcessPlumed(slowOf(seed)));
    return Promise.resolve();
  },
  wanted(seed) {
    return (['x', 'y'] as const).map((axis) => ({
      question: axis,
      reference: doubleProcessDeltaF(slowOf(seed), axis),
      referenceError: 0,
    }));
  },
};
