import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';
import type { FrameStore } from '../../src/training/data/frame-store.js';

export interface Shape {
  frames: number;
  width: number;
}

const hiddenCoordinates = 4;
const noise = 0.3;

/** Columns that are smooth functions of a few hidden coordinates, and noise; all of them float32 numbers. */
export function datasetOf({ frames, width }: Shape, seed: number): Dataset {
  const random = new Random(seed);
  const draw = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.uniform(-2, 2));
  const [directions, offsets] = [draw(hiddenCoordinates * width), draw(width)];
  const data = new Float64Array(frames * width);
  // noise from one long table: a draw for each of 75 million values would take longer than the training
  const table = Float64Array.from({ length: 65537 }, () => noise * random.normal());
  for (let frame = 0; frame < frames; frame++) {
    const hidden = draw(hiddenCoordinates);
    for (let i = 0; i < width; i++) {
      let sum = offsets[i];
      for (let j = 0; j < hiddenCoordinates; j++) sum += hidden[j] * directions[i * hiddenCoordinates + j];
      const at = frame * width + i;
      data[at] = Math.fround(Math.sin(sum) + table[at % table.length]);
    }
  }
  return withColumns(data, { frames, width });
}

/** The dataset of values in a file `[frames, width]` in single precision. */
export function readDataset(file: string, shape: Shape): Dataset {
  const bytes = readFileSync(file);
  return withColumns(
    Float64Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)),
    shape,
  );
}

/** Beyond this many deviations of the first column on either side are the two states. */
const stateBeyond = 1;

/** With a column `state`: 0 and 1 where the first column is low and high, −1 between. */
export function withStates(dataset: Dataset): Dataset {
  const { frames, columns, data } = dataset;
  const first = Float64Array.from({ length: frames }, (_, frame) => data[frame * columns.length]);
  const mean = first.reduce((sum, value) => sum + value / frames, 0);
  const deviation = Math.sqrt(first.reduce((sum, value) => sum + (value - mean) ** 2 / frames, 0));
  const stateOf = (value: number): number => {
    const z = (value - mean) / deviation;
    return z < -stateBeyond ? 0 : z > stateBeyond ? 1 : -1;
  };
  const width = columns.length + 1;
  const wider = new Float64Array(frames * width);
  for (let frame = 0; frame < frames; frame++) {
    wider.set(data.subarray(frame * columns.length, (frame + 1) * columns.length), frame * width);
    wider[frame * width + width - 1] = stateOf(first[frame]);
  }
  return { ...dataset, data: wider, columns: [...columns, { label: 'state' }] };
}

/** The store of the frames in a problem's folder, as `openFrames` would make it of COLVAR files. */
export function storeOf(folder: string, { frames, width }: Shape): FrameStore {
  const { columns, time, segments } = withColumns(new Float64Array(0), { frames, width });
  writeFileSync(join(folder, 'times.f64'), time);
  const { mtimeMs } = statSync(join(folder, 'values.f32'));
  const name = `bench ${frames} ${width} ${mtimeMs}`;
  const range = (value: number): number[] => new Array<number>(width).fill(value);
  return {
    ...{ folder, source: name, fingerprint: name, columns, frames, segments, spacing: 1, warnings: [] },
    ...{ values: name, times: name, min: range(-1), max: range(1) },
  };
}

function withColumns(data: Float64Array, { frames, width }: Shape): Dataset {
  return {
    frames,
    data,
    columns: Array.from({ length: width }, (_, i) => ({ label: `d${i}` })),
    time: Float64Array.from({ length: frames }, (_, i) => i),
    segments: [{ source: 'bench', start: 0, end: frames }],
  };
}
