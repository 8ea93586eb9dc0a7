import { z } from 'zod';
import type { TableOptions, TimeRange } from '../../frames/index.js';
import { setting } from '../../support/index.js';
import type { Given } from './setting-option.js';
import { periodicColumns, readsEach } from './values.js';

const group = 'Frames';

/** Whether files are parts of a run. */
export const partsSettings = {
  parts: setting(z.boolean().optional(), {
    flag: 'parts',
    group,
    description: 'files of one folder are parts of one run, in any order',
    otherwise: 'each is a run of its own, except GROMACS’ .part0002',
  }),
};

/** Which frames are taken, by time. */
export const timeSettings = {
  begin: setting(z.number().min(0).optional(), {
    flag: 'begin',
    value: 'time',
    unit: 'ps',
    group,
    example: '2ns',
    description: 'first time taken, such as 2ns',
  }),
  end: setting(z.number().min(0).optional(), {
    flag: 'end',
    value: 'time',
    unit: 'ps',
    group,
    example: '5ns',
    description: 'last time taken',
  }),
};

/** Which frames of files are taken, of tables and trajectories alike. */
export const frameSettings = {
  ...timeSettings,
  stride: setting(z.number().int().min(1).optional(), {
    flag: 'stride',
    value: 'frames',
    group,
    description: 'take every so many frames',
  }),
  ...partsSettings,
};
export type FrameOptions = Given<typeof frameSettings>;

/** What tables from elsewhere do not tell themselves. */
export const tableSettings = {
  names: setting(z.array(z.string()).optional(), {
    flag: 'names',
    value: 'names',
    group,
    example: 'time,phi,psi',
    description: 'names of all columns of a table that tells none, time too, such as time,phi,psi',
  }),
  periodic: setting(readsEach(periodicColumns).optional(), {
    flag: 'periodic',
    value: 'columns',
    each: true,
    group,
    description: "periodic columns, in rad, or with their domain such as 'a*=-180..180'",
  }),
  dataset: setting(z.string().optional(), {
    flag: 'dataset',
    value: 'name',
    group,
    description: 'which array, or group of arrays, of an HDF5 file',
  }),
};
export type TableReadingOptions = Given<typeof tableSettings>;

export function timeRange({
  begin,
  end,
  stride,
  parts,
}: Partial<FrameOptions>): TimeRange & { parts?: boolean } {
  return { begin, end, stride, parts };
}

export function tableReading({
  names,
  dataset,
  periodic,
  timestep,
}: TableReadingOptions & { timestep?: number }): TableOptions {
  return { names, dataset, periodic, timestep };
}
