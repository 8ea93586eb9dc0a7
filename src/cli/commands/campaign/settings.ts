import { z } from 'zod';
import { setting } from '../../../support/index.js';
import { jsonSettings, type Given } from '../../options/index.js';

/** What `latentcv campaign` takes; all that changes a number is in its file. */
export const settings = {
  folder: setting(z.string().optional(), {
    flag: 'folder',
    value: 'folder',
    description: 'where it works; made if missing',
    otherwise: "the file's name without its ending, in the current folder",
  }),
  scheduler: setting(z.enum(['local', 'slurm']).default('local'), {
    flag: 'scheduler',
    value: 'name',
    description: 'this machine, or jobs of Slurm',
  }),
  dryRun: setting(z.boolean().optional(), {
    flag: 'dry-run',
    description: 'check the file and what it names, tell what would be done, and do nothing',
  }),
  status: setting(z.boolean().optional(), {
    flag: 'status',
    description: 'tell how far it is, and do nothing',
  }),
  task: setting(z.string().optional(), {
    flag: 'task',
    value: 'name',
    description: 'do this one command of the campaign alone, as its jobs do',
  }),
  schema: setting(z.boolean().optional(), {
    flag: 'schema',
    description: 'print the JSON schema of its file',
  }),
  ...jsonSettings('where it stands, for scripts'),
};
export type CampaignSettings = Given<typeof settings>;
