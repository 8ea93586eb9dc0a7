import { availableParallelism } from 'node:os';
import { formatDescriptors, formatPoint, formatReferences } from '../../descriptors/index.js';
import type { BatchRoom, FrameBatch, FrameStream } from '../../frames/index.js';
import { DescriptorReader } from '../../native/index.js';
import {
  LatentcvError,
  expectDistinctFiles,
  invalidArgument,
  expectObject,
  expectPaths,
} from '../../support/index.js';
import { oneAhead } from './one-ahead.js';
import { FrameSegments } from './frame-segments.js';
import { planTrajectory, type TrajectoryPlan } from './plan-trajectory.js';
import { TrajectoryFiles } from './trajectory-files.js';
import {
  checkReading,
  systemColumns,
  type TrajectoryReading,
  type TrajectorySystem,
} from './trajectory-reading.js';

/** Numbers held at once: what the batches of any length of trajectory have room in. */
const numbersAtOnce = 1 << 20;
const mostFramesAtOnce = 4096;

function readerOf({ set, atoms, metric }: TrajectorySystem, threads: number): DescriptorReader {
  return new DescriptorReader({
    descriptors: formatDescriptors(set.items),
    references: formatReferences(set.references ?? []),
    points: (set.points ?? []).map(formatPoint),
    atoms: Uint32Array.from(set.atoms, (serial) => serial - 1),
    total: atoms,
    minimumImage: set.pbc,
    threads,
    ...(metric && {
      metric: {
        pairs: Uint32Array.from(metric.pairs.flat()),
        inverseMasses: Float64Array.from(metric.masses, (mass) => 1 / mass),
      },
    }),
  });
}

/**
 * First look at the files: which of their frames are read, what is told of it (to `onWarning`), and an upper bound of how
 * many come.
 */
export async function planFrames(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading,
): Promise<TrajectoryPlan & { mostFrames: number }> {
  checkReading(reading);
  if (files.length === 0) throw invalidArgument('at least one trajectory', 'files', 'none');
  const { stride = 1, format = '', perNanometre = 0, salvage = false, timestep, onWarning } = reading;
  const looked = new TrajectoryFiles(system.atoms, reading);
  await expectDistinctFiles(files);
  const found = [];
  for (const path of files) found.push(await looked.open({ path, format, perNanometre, salvage, timestep }));
  for (const { problems } of found) for (const problem of problems) onWarning?.(problem);
  if (looked.untold.size > 0 && reading.timestep === undefined && reading.toldTimes)
    throw new LatentcvError(
      'bad-data',
      `expected frames whose times are told, to join them with tables, but ${[...looked.untold].join(', ')} has none`,
      '‘timestep’ says how much time a step is',
    );
  if (looked.untold.size > 0 && reading.timestep === undefined)
    onWarning?.(`${[...looked.untold].join(', ')} has no times: a step (or frame) is taken as 1 ps`);
  const plan = planTrajectory(found, reading);
  for (const note of plan.notes) onWarning?.(note);
  const mostFrames = plan.pieces.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / stride), 0);
  reading.onFrames?.(0, mostFrames);
  return { ...plan, mostFrames };
}

/** Two rooms in turn, since the next frames are read while one looks at these. */
function roomsInTurn(most: number, width: number): BatchRoom {
  const rooms = [0, 1].map(() => new Float64Array(most * width));
  let turn = 0;
  return () => rooms[turn++ % 2];
}

/** Reads the frames of a plan; a batch's numbers lie in its room, unless frames were left out. */
async function* readPlannedFrames(
  { pieces, mostFrames }: TrajectoryPlan & { mostFrames: number },
  system: TrajectorySystem,
  reading: TrajectoryReading,
  room?: BatchRoom,
): AsyncGenerator<FrameBatch> {
  const { stride = 1, threads = availableParallelism() } = reading;
  const reader = readerOf(system, threads);
  const columns = systemColumns(system);
  const frames = new FrameSegments(columns, system.set.pbc, reading);
  const atOnce = Math.max(16, Math.min(mostFramesAtOnce, Math.floor(numbersAtOnce / (columns.length || 1))));
  const roomOf = room ?? roomsInTurn(Math.min(atOnce, mostFrames), columns.length);
  let [row, done] = [0, 0];
  for (const piece of pieces) {
    const { from, to, file } = piece;
    if (from === to) continue;
    const first = from + frames.enter(piece);
    const count = Math.max(0, Math.ceil((to - first) / stride));
    const jobs = Array.from({ length: Math.ceil(count / atOnce) }, (_, i) => async () => {
      const atMost = Math.min(atOnce, count - i * atOnce);
      const begin = first + i * atOnce * stride;
      const values = roomOf(row, atMost);
      row += atMost;
      return { first: begin, batch: await reader.read(file.source, begin, atMost, stride, values) };
    });
    for await (const { first: begin, batch } of oneAhead(jobs)) {
      yield* frames.batches(batch, piece, { first: begin, stride });
      done += batch.states.length;
      reading.onFrames?.(done, mostFrames);
    }
    frames.leave(piece);
  }
}

/**
 * The frames of trajectories as descriptors, once it is known which of them count; see `readTrajectoryBatches`.
 * @throws LatentcvError as `readTrajectoryBatches`
 */
export async function trajectoryStream(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): Promise<FrameStream> {
  expectPaths(files, 'files');
  expectObject(system, 'system', 'the atoms and descriptors that are read');
  expectObject(reading, 'reading');
  const plan = await planFrames(files, system, reading);
  return {
    columns: systemColumns(system),
    mostFrames: plan.mostFrames,
    batches: (room) => readPlannedFrames(plan, system, reading, room),
  };
}

/**
 * Streams descriptors of the frames of trajectories in batches, in flat memory: read and computed on all cores by the
 * code that the PLUMED plugin runs, in nm and rad. A batch's numbers hold until the next one is asked for. Each file
 * is a run of its own, and begins a new segment, or a part of one (see `timelineOf`).
 * @throws LatentcvError `file-not-found`, `bad-data` (naming file and frame), `missing-tool`, `bad-argument`
 */
export async function* readTrajectoryBatches(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading = {},
): AsyncGenerator<FrameBatch> {
  yield* (await trajectoryStream(files, system, reading)).batches();
}
