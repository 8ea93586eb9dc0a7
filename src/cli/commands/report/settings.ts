import { z } from 'zod';
import { setting } from '../../../support/index.js';
import {
  fileSetting,
  jsonSettings,
  outputSettings,
  samplingSettings,
  type Given,
} from '../../options/index.js';
import { modelTrajectorySettings } from '../../options/trajectories/index.js';

/** What `latentcv report` takes. */
export const settings = {
  cv: setting(z.array(z.string()).default([]), {
    flag: 'cv',
    value: 'column',
    example: 'cv.node-0',
    description: 'column of the learned CV',
    otherwise: 'needed, but with --states, their first, and with --campaign, the one that was kept',
  }),
  ...outputSettings('the page to write'),
  against: setting(z.array(z.string()).optional(), {
    flag: 'against',
    value: 'columns',
    example: 'phi,psi',
    description: 'one or two columns a chemist knows, such as phi,psi',
  }),
  model: fileSetting(
    'model',
    'the model that was biased; by itself, a model of rows, whose properties are shown',
  ),
  training: setting(z.array(z.string()).optional(), {
    flag: 'training',
    value: 'file',
    several: true,
    description:
      "the model's training frames, tables or trajectories (these with the options below): adds diagnostics of its CVs",
  }),
  states: setting(z.string().optional(), {
    flag: 'states',
    value: 'folder',
    description:
      'what latentcv states -o wrote, the folder or states.json: adds the states and their structures',
  }),
  campaign: setting(z.string().optional(), {
    flag: 'campaign',
    value: 'folder',
    description:
      'of latentcv campaign: adds its chapter; without other runs the page is of its last production too',
  }),
  title: setting(z.string().optional(), {
    flag: 'title',
    value: 'title',
    description: 'heading of the page',
    otherwise: 'A run biased along a learned CV, or the campaign’s folder',
  }),
  reference: setting(z.number().min(0).optional(), {
    flag: 'reference',
    value: 'energy',
    unit: 'kJ/mol',
    description: 'ΔF known from elsewhere, kJ/mol (with --kt in its units)',
  }),
  ...jsonSettings('what the page shows, for scripts'),
  ...samplingSettings,
  ...modelTrajectorySettings,
};
/** What `latentcv report` finds of its options. */
export type ReportCommandOptions = Given<typeof settings>;
