import { z } from 'zod';
import { setting } from '../../../support/index.js';
import { fileSetting, jsonSettings, stateSettings, type Given } from '../../options/index.js';
import { plumedSettings } from '../plumed/index.js';
import { runSettings } from '../run/index.js';

const { basin, basinA, cores, every } = stateSettings;
const { tpr, lammps, variables, pesmd, seeds, replicas, command, restartCommand, restartTime, timestep } =
  runSettings;
const {
  engine,
  length,
  fromZero,
  checkpointMinutes,
  maxHours,
  threads,
  gpu,
  launcher,
  parallel,
  trustEnergy,
} = runSettings;
const { mode, renumber, plugin, barrier, height, sigma, adaptiveSigma, biasFactor, pace, wall } =
  plumedSettings;
const { framesTemperature, components, temperature, kT, stride, also } = plumedSettings;

/** What `latentcv pilot` takes: what is said of a run, of a bias, and of states. */
export const settings = {
  plumed: fileSetting('plumed', 'the PLUMED input to start from, without a CV and a bias'),
  folder: setting(z.string(), {
    flag: 'folder',
    value: 'folder',
    description: 'where the pilots run, each in a folder of its own; made if missing',
  }),
  only: setting(z.string().optional(), {
    flag: 'only',
    value: 'name',
    description: "run this model's pilot alone, and judge none: the others are jobs of their own",
  }),
  ...jsonSettings('what came out, for scripts'),
  bias: setting(z.enum(['opes', 'opes-explore', 'metad']).default('opes'), {
    flag: 'bias',
    value: 'kind',
    group: 'Bias',
    description: 'bias along the CVs of each model',
  }),
  ...{ barrier, height, sigma, adaptiveSigma, biasFactor, pace, wall, framesTemperature, components },
  ...{ temperature, kT, mode, renumber, plugin, stride, also },
  ...{ basin, basinA, cores, every },
  ...{ engine, tpr, lammps, variables, pesmd, seeds, replicas, command, restartCommand },
  ...{ restartTime, timestep },
  ...{ threads, gpu, launcher, parallel, trustEnergy },
  ...{ length, fromZero, checkpointMinutes, maxHours },
};
export type PilotOptions = Given<typeof settings>;
