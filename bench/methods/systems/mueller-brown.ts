import {
  basinBoundary,
  muellerBrownDeltaF,
  muellerBrownFeatures,
  muellerBrownPlumed,
  progressCores,
} from '../../../src/quickstart/systems/index.js';
import type { MethodSystem } from '../system.js';
import { pesmdRuns, preparePesmd, stride, type PesmdBudget } from './pesmd.js';

const budget = (quick: boolean): PesmdBudget =>
  quick ? { hot: 5000, pilot: 50, production: 250 } : { hot: 5000, pilot: 300, production: 2500 };

/** 0 in A's core, 1 in B's. */
export const muellerBrownKnown = 'known: CUSTOM ARG=progress FUNC=step(-x)-step(x)*step(1.7-x) PERIODIC=NO';

/** A particle on the Müller–Brown surface, seen through ten mixed coordinates. */
export const muellerBrown: MethodSystem = {
  name: 'mueller-brown',
  unit: 'kT',
  told(quick) {
    const { hot, pilot, production } = budget(quick);
    return (
      `A particle on the Müller–Brown surface in pesmd, seen through ten mixed coordinates. Learned from ${hot} time units at kT = 3, labels by the ` +
      `cores of y − x; one CV, biased at kT = 1 (OPES, BARRIER=17): pilots of 2 × ${pilot}, a run of ${production}. ΔF(B − A) in kT by quadrature.`
    );
  },
  prepare({ folder, quick }) {
    const plan = budget(quick);
    const surface = `${muellerBrownPlumed().replace(/^PRINT.*\n/m, '')}${muellerBrownKnown}\n`;
    const printed = [...muellerBrownFeatures, 'progress', 'known'];
    const frames = preparePesmd({ folder, surface, printed, budget: plan, hot: 3 });
    return Promise.resolve({
      frames: [frames],
      learning: ['--columns', 'f*', '--lag', '5', '--layers', '32,16'],
      latent: 1,
      labels: { two: 'known', all: 'known' },
      known: 'known',
      input: 'surface.dat',
      also: ['progress'],
      bias: ['--kt', '1', '--barrier', '17', '--adaptive-sigma', '--stride', String(stride)],
      firstAlone: false,
      ...pesmdRuns(plan),
      questions: [
        {
          column: 'progress',
          basin: `progress=-10..${basinBoundary}`,
          cores: { a: [...progressCores.a], b: [...progressCores.b] },
          deep: { a: [1.95, 3], b: [-2, -0.55] },
          reference: muellerBrownDeltaF(1),
          referenceError: 0,
        },
      ],
    });
  },
};
