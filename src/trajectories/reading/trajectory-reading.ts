import { descriptorKinds, descriptorLabels, type DescriptorSet } from '../../descriptors/index.js';
import type { Column, TimeRange } from '../../frames/index.js';
import { invalidArgument } from '../../support/index.js';
import type { FileReading } from '../structure/index.js';

/** How trajectories are read. */
export interface TrajectoryReading extends FileReading, TimeRange {
  /** Files of one folder are parts of one run, which count by their times; each is a run of its own where left out. */
  parts?: boolean;
  /** ps per step (or per frame, where the format has no steps) in files that tell no times; 1 where left out. */
  timestep?: number;
  /** Refuse files that tell no times, unless `timestep` tells them: where frames are found by their times. */
  toldTimes?: boolean;
  /** Leave out what cannot be read instead of stopping there. */
  salvage?: boolean;
  /** Threads that read and compute; as many as the machine has cores where left out. */
  threads?: number;
  onWarning?: (message: string) => void;
  /** Told of frames read so far, and of all that there are. */
  onFrames?: (done: number, all: number) => void;
}

/** What frames become: descriptors of the atoms of a system. */
export interface TrajectorySystem {
  set: DescriptorSet;
  /** Atoms of the system; every frame must have as many. */
  atoms: number;
  /** Products of the descriptors' gradients that are computed as well: see `massMetric`. */
  metric?: MassMetric | undefined;
}

/** Which descriptors' gradients by mass-weighted coordinates are multiplied with each other. */
export interface MassMetric {
  /** Places in the set's items. */
  pairs: readonly (readonly [number, number])[];
  /** amu, of each of the set's atoms. */
  masses: readonly number[];
}

/** What a frame of the system becomes: its descriptors, and the products of their gradients. */
export function systemColumns({ set, metric }: TrajectorySystem): Column[] {
  const columns = columnsOf(set);
  const products = (metric?.pairs ?? []).map(([i, j]): Column => {
    const metric = [columns[i].label, columns[j].label] as const;
    return { label: `metric ${metric.join(' ')}`, aside: true, metric };
  });
  return [...columns, ...products];
}

/** The set's descriptors as columns. */
export function columnsOf(set: DescriptorSet): Column[] {
  const labels = descriptorLabels(set);
  return set.items.map(({ kind }, i) => {
    const { period } = descriptorKinds[kind];
    return { label: labels[i], period };
  });
}

/**
 * @throws LatentcvError `bad-argument` for numbers that mean nothing
 */
export function checkReading({ stride = 1, threads = 1, timestep = 1 }: TrajectoryReading): void {
  if (!Number.isInteger(stride) || stride < 1)
    throw invalidArgument('a positive whole number', 'stride', stride);
  if (!Number.isInteger(threads) || threads < 1)
    throw invalidArgument('a positive whole number', 'threads', threads);
  if (!(timestep > 0)) throw invalidArgument('a positive time', 'timestep', timestep);
}
