import { descriptorLabels, selectDescriptors, type DescriptorSet } from '../descriptors/index.js';
import { collectFrames, tableLabels, type FrameStream, type JoinedTables } from '../frames/index.js';
import { expectNoStop, significant, expectObject, LatentcvError } from '../support/index.js';
import { openStore, labelColumns, type FrameSource, type TrainSettings } from '../training/index.js';
import {
  type ExpandedDefinition,
  type TrajectoryReading,
  type TrajectorySystem,
} from '../trajectories/index.js';
import { describeSystem, withRules, type DescribedSystem } from './describe-system.js';
import { joinedStream } from './joined-stream.js';
import {
  expectOneStride,
  framesInMemory,
  framesOnDisk,
  streamFrom,
  unevenIn,
  type OpenFrames,
} from './open-frames.js';
import type { Describe } from './ready-frames.js';
import type { TrainedModel, TrainingJob } from './train-model.js';
import { metricFor } from './metric-for.js';
import { trainFrom, type FrameOpening, type TrainingSource } from './training-source.js';

/** Tables with the columns that settings name (bias, weights, states, properties) of the trajectories' frames. */
export type TablesOfRuns = Pick<JoinedTables, 'tables' | 'reading' | 'onNote'>;

/** Trajectories that are learned from. */
export interface TrajectoriesToLearn extends DescribedSystem {
  /**
   * Tables that were written beside the trajectories, by the first file of each run: frames and rows are joined by their
   * times. The frames of a run without one have no bias.
   */
  joined?: TablesOfRuns;
  /** Bytes of descriptors in memory beyond which they are too many; 1 GiB where left out. */
  streamBeyond?: number;
  /** Told what the definition means, before anything is read. */
  onDefinition?: (expanded: ExpandedDefinition, reason: string) => void;
}

export interface TrainFromTrajectory extends TrainingJob, TrajectoriesToLearn {
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, if they are too many. */
  stream?: boolean;
}

/**
 * From trajectories to a model file that PLUMED evaluates from atoms: structure, descriptors, frames, training.
 * @throws LatentcvError before the first epoch where files, definition and settings do not fit.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function trainFromTrajectory(job: TrainFromTrajectory): Promise<TrainedModel> {
  expectObject(job, 'job');
  const tables = Object.values(job.joined?.tables ?? {}).flat();
  return trainFrom({ ...job, files: [...job.files, ...tables] }, (settings) =>
    trajectorySource(job, settings),
  );
}

/** The descriptors of trajectories' frames, with columns of tables that were written beside them. */
export async function trajectorySource(
  trajectories: TrajectoriesToLearn,
  settings: TrainSettings,
): Promise<TrainingSource> {
  const { expanded, reason, atoms, masses } = await describeSystem(trajectories);
  trajectories.onDefinition?.(expanded, reason);
  const joined = trajectories.joined && (await joinedBy(trajectories.joined, settings));
  const { set, aside } = withRules(expanded.set, settings, { atoms, tables: joined?.labels });
  return {
    open: async (opening) => {
      const metric = metricFor(settings, { set, aside, masses, onWarning: opening.onWarning });
      const system = { set, atoms, ...(metric && { metric }) };
      const frames = await opened(trajectories, system, settings, { ...opening, joined });
      return aside.length === 0 ? frames : frames.without(new Set(aside));
    },
    describe: describing(set),
  };
}

/** Tables, and which of their columns the settings name. */
type NamedTables = JoinedTables & { labels: ReadonlySet<string> };

/** What settings name of tables: all but states that descriptors of the atoms may tell, it has to be there. */
async function joinedBy(
  { tables, ...joined }: TablesOfRuns,
  { weights, bias, labels, properties }: TrainSettings,
): Promise<NamedTables> {
  const there = await commonLabels(Object.values(tables).flat(), joined.reading);
  const states = labelColumns(labels).filter((label) => there.has(label));
  const columns = [...bias, ...properties, ...(weights === undefined ? [] : [weights]), ...states];
  return { ...joined, tables, columns, absent: bias, labels: new Set(states) };
}

async function commonLabels(
  files: readonly string[],
  reading: JoinedTables['reading'],
): Promise<Set<string>> {
  const all: Set<string>[] = [];
  for (const file of new Set(files)) all.push(new Set(await tableLabels(file, reading)));
  const [first = new Set<string>(), ...more] = all;
  return new Set([...first].filter((label) => more.every((labels) => labels.has(label))));
}

/** The frames in memory; on disk where asked for, or where there are too many of them. */
async function opened(
  { files, streamBeyond = streamFrom, reading: given }: TrajectoriesToLearn,
  system: TrajectorySystem,
  settings: TrainSettings,
  { stream, onWarning, signal, joined }: FrameOpening & { joined?: NamedTables },
): Promise<OpenFrames> {
  const tell = toldOnce(onWarning);
  const reading: TrajectoryReading = {
    ...given,
    onFrames: (done, all) => {
      expectNoStop(signal, 'the reading of frames');
      given?.onFrames?.(done, all);
    },
  };
  const streamOf = (warn: (message: string) => void): Promise<FrameStream> =>
    joinedStream(files, system, { reading: { ...reading, onWarning: warn }, joined, signal });
  const inMemory = stream ? undefined : await streamOf(tell);
  if (inMemory && (stream === false || !tooMany(inMemory, streamBeyond, tell))) {
    const dataset = await collectFrames(inMemory);
    if (dataset.frames === 0) throw noFrames(files);
    if (joined?.reading?.added) expectOneStride(unevenIn(dataset));
    return framesInMemory(dataset, settings, tell);
  }
  const { tables = {}, columns, reading: ofTables } = joined ?? {};
  const { begin, end, stride, timestep, salvage, format, perNanometre, parts } = reading;
  const source: FrameSource = {
    files: [...files, ...new Set(columns?.length ? Object.values(tables).flat() : [])],
    reading: [
      ...[system, begin, end, stride, timestep, salvage, format, perNanometre, parts],
      ...(columns?.length ? [tables, columns, ofTables?.timeUnit, ofTables?.factors] : []),
      ...(ofTables?.added ? [ofTables.added.key] : []),
    ],
    batches: async function* (warn) {
      yield* (await streamOf(warn)).batches();
    },
    onWarning: tell,
    signal,
  };
  const store = await openStore(source);
  if (ofTables?.added) expectOneStride(store.uneven);
  return framesOnDisk(store, settings);
}

/** Whether frames are more than memory is to hold, which is told. */
function tooMany(
  { columns, mostFrames }: FrameStream,
  streamBeyond: number,
  tell: (message: string) => void,
): boolean {
  const bytes = 8 * mostFrames * columns.length;
  if (bytes <= streamBeyond) return false;
  const size = significant(bytes / 2 ** 30, 2);
  tell(
    `${mostFrames} frames of ${columns.length} descriptors (${size} GiB) stay on disk and are learned from piece by piece`,
  );
  return true;
}

function noFrames(files: readonly string[]): LatentcvError {
  return new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but none is left`);
}

/** Frames are begun to be read twice where they turn out to be too many: what is unusual about them is told once. */
function toldOnce(onWarning: FrameOpening['onWarning']): (message: string) => void {
  const warned = new Set<string>();
  return (message) => {
    if (!warned.has(message)) onWarning?.(message);
    warned.add(message);
  };
}

/** The descriptors of a set by their labels. */
function describing(set: DescriptorSet): Describe {
  const places = new Map(descriptorLabels(set).map((label, i) => [label, i] as const));
  return (inputs) =>
    selectDescriptors(
      set,
      inputs.map(({ label }) => places.get(label)!),
    );
}
