import { Option, type Command } from 'commander';
import type { PeriodicColumns, TableOptions, TimeRange } from '../../frames/index.js';
import { duration, labels, periodicColumns, positiveDuration, positiveInteger } from './values.js';

/** Options of what reads frames, times in ps. */
export interface TimeRangeOptions extends PartsOption {
  begin?: number;
  excludeFirst?: number;
  end?: number;
  stride?: number;
}

export interface PartsOption {
  parts?: boolean;
}

/** Options of what reads tables. */
export interface TableCommandOptions {
  columns?: string[];
  dataset?: string;
  periodic?: PeriodicColumns[];
  timestep?: number;
}

/** Adds which frames are taken. */
export function addTimeRangeOptions(command: Command): Command {
  return addPartsOption(command)
    .option('--begin <time>', 'first time taken, such as 2ns', duration)
    .addOption(new Option('--exclude-first <time>', 'as --begin').argParser(duration).hideHelp())
    .option('--end <time>', 'last time taken', duration)
    .option('--stride <frames>', 'take every so many frames', positiveInteger);
}

/** Adds whether files are parts of a run. */
export function addPartsOption(command: Command): Command {
  return command.option(
    '--parts',
    'files of one folder are parts of one run, in any order (default: each is a run of its own, except GROMACS’ .part0002)',
  );
}

export function timeRange({
  begin,
  excludeFirst,
  end,
  stride,
  parts,
}: TimeRangeOptions): TimeRange & PartsOption {
  const first = begin ?? excludeFirst;
  return {
    begin: first,
    end,
    stride,
    parts: parts ? parts : undefined,
  };
}

/** Adds what tables from elsewhere do not tell themselves. */
export function addTableOptions(command: Command): Command {
  return command
    .option('--columns <names>', 'names of all columns of a table that tells none, time too', labels)
    .option('--periodic <columns>', "periodic columns, in rad, or such as 'a*=-180..180'", periodicColumns)
    .option('--dataset <name>', 'which array, or group of arrays, of an HDF5 file');
}

/** For commands that read no trajectories. */
export function addTimestepOption(command: Command): Command {
  return command.option(
    '--timestep <time>',
    'time between frames of tables that do not tell it',
    positiveDuration,
  );
}

export function tableReading({ columns, dataset, periodic, timestep }: TableCommandOptions): TableOptions {
  return {
    names: columns,
    dataset,
    periodic,
    timestep,
  };
}
