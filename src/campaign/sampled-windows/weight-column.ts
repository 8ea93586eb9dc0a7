import { AddedColumn, type TimedValues } from '../../frames/index.js';
import type { WeighedWindows } from './weigh-windows.js';

/** What the weights are called as a column of the runs' tables. */
const label = 'mbar.weight';

/** Weights of windows' frames as a column of their tables; frames that were left out weigh 0. */
export function weightColumn({ run: { dataset, sample } }: Pick<WeighedWindows, 'run'>): AddedColumn {
  const files = new Map<string, { time: number[]; values: number[] }>();
  for (const { start, end, source } of dataset.segments) {
    const of = files.get(source) ?? { time: [], values: [] };
    files.set(source, of);
    for (let frame = start; frame < end; frame++) {
      of.time.push(dataset.time.at(frame)!);
      of.values.push(sample.weights[frame] * dataset.frames);
    }
  }
  const timed = [...files].map(([path, { time, values }]): [string, TimedValues] => [
    path,
    { time: Float64Array.from(time), values: Float64Array.from(values) },
  ]);
  return new AddedColumn(label, new Map(timed));
}
