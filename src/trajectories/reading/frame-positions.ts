import { descriptorSet, type Descriptor } from '../../descriptors/index.js';
import { LatentcvError } from '../../support/index.js';
import type { FramePositions } from '../structure/index.js';
import { readTrajectory } from './read-trajectory.js';
import type { TrajectoryReading } from './trajectory-reading.js';

/** Which frame: of the run that begins with this file, at this time, ps. */
export interface FramePlace {
  source: string;
  time: number;
}

const axes = ['x', 'y', 'z'] as const;
const vectors = ['a', 'b', 'c'] as const;
/** ps; frames are at least a hundred times further apart. */
const sameTime = 1e-6;

/**
 * Positions of all atoms of one frame, as the file has them, in nm.
 * @param atoms of every frame of the files
 * @throws LatentcvError `bad-data` where there is no such frame
 */
export async function framePositions(
  files: readonly string[],
  atoms: number,
  { source, time }: FramePlace,
  reading: TrajectoryReading = {},
): Promise<FramePositions> {
  const serials = Array.from({ length: atoms }, (_, i) => i + 1);
  const positions = serials.flatMap((serial) =>
    axes.map((axis): Descriptor => ({ kind: `position-${axis}`, atoms: [serial] })),
  );
  const box = vectors.flatMap((vector) =>
    axes.map((axis): Descriptor => ({ kind: `box-${vector}${axis}`, atoms: [] })),
  );
  const around = { ...reading, stride: 1, begin: time - sameTime, end: time + sameTime };
  const read = async (items: readonly Descriptor[], pbc: boolean): Promise<Float64Array> => {
    const system = { set: descriptorSet(items, { pbc }), atoms };
    const { segments, data } = await readTrajectory(files, system, around);
    const own = segments.find((segment) => segment.source === source);
    if (!own)
      throw new LatentcvError('bad-data', `expected a frame at ${time} ps in ${source} but found none`);
    return data.slice(own.start * items.length, (own.start + 1) * items.length);
  };
  const found = await read(positions, false);
  // the frame has just been read: what it may lack is a box
  const vectorsFound = await read(box, true).catch((error: unknown) => {
    if (error instanceof LatentcvError && error.code === 'bad-data') return undefined;
    throw error;
  });
  return { positions: found, box: vectorsFound };
}
