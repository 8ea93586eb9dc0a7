import { z } from 'zod';
import { setting } from '../../support/index.js';
import type { Given } from './setting-option.js';

const group = 'Structures';

/** Structures of any size and composition as rows. */
export const structureRowSettings = {
  propertiesFrom: setting(z.string().optional(), {
    flag: 'properties-from',
    value: 'table',
    group,
    description: 'of structures: a CSV with their names (--id says in which column) and properties',
  }),
  skipUnreadable: setting(z.boolean().optional(), {
    flag: 'skip-unreadable',
    group,
    description: 'of structures: leave out files that cannot be read, and tell which',
  }),
};

/** What is computed of their elements. */
export const compositionSettings = {
  composition: setting(z.boolean().optional(), {
    flag: 'composition',
    group,
    description:
      'of structures: statistics of the properties of their elements too, as of latentcv composition',
  }),
};

export type StructureRowOptions = Partial<Given<typeof structureRowSettings & typeof compositionSettings>>;
