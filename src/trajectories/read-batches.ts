import { availableParallelism } from 'node:os';
import { formatDescriptor, formatReferences } from '../descriptors/index.js';
import type { FrameBatch } from '../frames/index.js';
import { DescriptorReader } from '../native/index.js';
import { expectDistinctFiles } from '../support/distinct-files.js';
import { invalidArgument } from '../support/errors.js';
import { oneAhead } from './one-ahead.js';
import { FrameSegments } from './frame-segments.js';
import { FrameTimes } from './frame-times.js';
import { planTrajectory } from './plan-trajectory.js';
import {
  checkReading,
  columnsOf,
  type TrajectoryReading,
  type TrajectorySystem,
} from './trajectory-reading.js';

/** Numbers held at once: what the batches of any length of trajectory have room in. */
const numbersAtOnce = 1 << 20;
const mostFramesAtOnce = 4096;

function readerOf({ set, atoms }: TrajectorySystem, threads: number): DescriptorReader {
  return new DescriptorReader({
    descriptors: set.items.map(formatDescriptor),
    references: formatReferences(set.references ?? []),
    atoms: Uint32Array.from(set.atoms, (serial) => serial - 1),
    total: atoms,
    minimumImage: set.pbc,
    threads,
  });
}

/**
 * Streams descriptors of the frames of trajectories in batches, in flat memory: read and computed on all cores by the
 * code that the PLUMED plugin runs, in nm and rad. A batch's numbers hold until the next one is asked for. A file whose time starts over begins a new segment; one that goes
 * on (a restart) continues the one before it, whose frames from there on it replaces.
 * Throws LatentcvError `file-not-found`, `bad-data` (naming file and frame), `missing-tool`, `bad-argument`.
 */
export async function* readTrajectoryBatches(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): AsyncGenerator<FrameBatch> {
  checkReading(reading);
  if (files.length === 0) throw invalidArgument('at least one trajectory', 'files', 'none');
  const {
    stride = 1,
    threads = availableParallelism(),
    format = '',
    perNanometre = 0,
    salvage = false,
  } = reading;
  const times = new FrameTimes(system.atoms, reading);
  await expectDistinctFiles(files);
  const found = [];
  for (const path of files) found.push(await times.file({ path, format, perNanometre, salvage }));
  for (const { problems } of found) for (const problem of problems) reading.onWarning?.(problem);
  if (times.untold.size > 0 && reading.timestep === undefined)
    reading.onWarning?.(`${[...times.untold].join(', ')} tells no times: a step (or frame) is taken as 1 ps`);
  const plan = await planTrajectory(found, reading, times);
  const reader = readerOf(system, threads);
  const columns = columnsOf(system.set);
  const frames = new FrameSegments(columns, system.set.pbc, reading);
  const all = plan.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / stride), 0);
  const atOnce = Math.max(16, Math.min(mostFramesAtOnce, Math.floor(numbersAtOnce / (columns.length || 1))));
  const room = (): Float64Array => new Float64Array(Math.min(atOnce, all) * columns.length);
  const rooms = [room(), room()];
  let done = 0;
  for (const part of plan) {
    const { from, to, file } = part;
    if (from === to) continue;
    const first = from + frames.enter(part);
    const count = Math.max(0, Math.ceil((to - first) / stride));
    const jobs = Array.from({ length: Math.ceil(count / atOnce) }, (_, i) => () => {
      const most = Math.min(atOnce, count - i * atOnce);
      return reader.read(file.source, first + i * atOnce * stride, most, stride, rooms[i % rooms.length]);
    });
    for await (const batch of oneAhead(jobs)) {
      yield* frames.batches(batch, part);
      done += batch.states.length;
      reading.onFrames?.(done, all);
    }
    frames.leave(to - from);
  }
}
