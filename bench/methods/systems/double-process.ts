import { doubleProcessDeltaF, doubleProcessPlumed } from '../../campaign/double-process-surface.js';
import { muellerBrownFeatures } from '../../../src/quickstart/systems/index.js';
import type { MethodSystem, Question } from '../system.js';
import { pesmdRuns, preparePesmd, stride, type PesmdBudget } from './pesmd.js';

const budget = (quick: boolean): PesmdBudget =>
  quick ? { hot: 2500, pilot: 50, production: 250 } : { hot: 2500, pilot: 450, production: 2500 };

/** Which wells a frame is in, 0 to 3, and which along x and y, 0 or 1: −1 between them. */
export const doubleProcessStates = [
  'sx: CUSTOM ARG=p.x FUNC=step(x-0.7)-step(0.7-x)*step(x+0.7) PERIODIC=NO',
  'sy: CUSTOM ARG=p.y FUNC=step(x-0.7)-step(0.7-x)*step(x+0.7) PERIODIC=NO',
  'corner: CUSTOM ARG=sx,sy FUNC=step(x+0.5)*step(y+0.5)*(1+x+2*y)-1 PERIODIC=NO',
].join('\n');

const question = (axis: 'x' | 'y'): Question => ({
  name: axis,
  column: `p.${axis}`,
  basin: `p.${axis}=0..5`,
  cores: { a: [-3, -0.7], b: [0.7, 3] },
  deep: { a: [-3, -0.95], b: [0.95, 3] },
  reference: doubleProcessDeltaF('x', axis),
  referenceError: 0,
});

/** Two slow processes at once, along two CVs that are both biased; that along x is the slower one. */
export const doubleProcess: MethodSystem = {
  name: 'double-process',
  unit: 'kT',
  told(quick) {
    const { hot, pilot, production } = budget(quick);
    return (
      'Two wells along x and two along y, barriers of 11 and 8 kT, in pesmd, seen through ten mixed coordinates. Learned from ' +
      `${hot} time units at kT = 3, labels by the four wells (by those along x where a method takes two); two CVs, all biased at ` +
      `kT = 1 (OPES, BARRIER=14): pilots of 2 × ${pilot}, judged along x, a run of ${production}. ΔF(above 0 − below) along x and y in kT by quadrature.`
    );
  },
  prepare({ folder, quick }) {
    const plan = budget(quick);
    const surface = `${doubleProcessPlumed('x')}${doubleProcessStates}\n`;
    const printed = ['p.x', 'p.y', ...muellerBrownFeatures, 'sx', 'corner'];
    const frames = preparePesmd({ folder, surface, printed, budget: plan, hot: 3 });
    return Promise.resolve({
      frames: [frames],
      learning: ['--columns', 'f*', '--lag', '5'],
      latent: 2,
      labels: { two: 'sx', all: 'corner' },
      known: 'sx',
      input: 'surface.dat',
      also: ['p.x', 'p.y'],
      bias: ['--kt', '1', '--barrier', '14', '--adaptive-sigma', '--stride', String(stride)],
      firstAlone: false,
      ...pesmdRuns(plan),
      questions: [question('x'), question('y')],
    });
  },
};
