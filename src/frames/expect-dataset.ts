import {
  expectFloats,
  expectList,
  expectObject,
  expectText,
  expectWhole,
  invalidArgument,
} from '../support/index.js';
import type { Dataset, Segment } from './dataset.js';

/**
 * Refuses what is no dataset, or whose parts are not of the same frames; looks at columns and segments, at no frame.
 * @throws LatentcvError `bad-argument`
 */
export function expectDataset(dataset: Dataset, name = 'dataset'): void {
  expectObject(dataset, name, 'frames with columns, as readTables gives them,');
  const { columns, frames, data, time, segments } = dataset;
  expectList(columns, `${name}.columns`);
  for (const [i, column] of columns.entries()) expectText(column?.label, `${name}.columns[${i}].label`);
  expectWhole(frames, `${name}.frames`, 0);
  expectFloats(data, `${name}.data`, frames * columns.length);
  expectFloats(time, `${name}.time`, frames);
  expectSegments(segments, frames, `${name}.segments`);
}

/**
 * Refuses segments that do not lie within the frames.
 * @throws LatentcvError `bad-argument`
 */
export function expectSegments(segments: readonly Segment[], frames: number, name = 'segments'): void {
  expectList(segments, name);
  for (const segment of segments) {
    expectObject(segment, name, 'segments with start and end');
    const { start, end } = segment;
    const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
    if (!whole || start < 0 || end < start || end > frames)
      throw invalidArgument(`segments within ${frames} frames`, name, `${start} to ${end}`);
  }
}
