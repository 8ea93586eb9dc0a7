import type { Segment } from '../../frames/index.js';
import type { SampledRun } from '../../free-energy/index.js';
import type { JudgeFrames } from './judges.js';

/** The frames of several runs one behind the other; those of each run weigh as much as they are many. */
export function pooledFrames(runs: readonly SampledRun[]): JudgeFrames {
  const frames = runs.reduce((sum, { dataset }) => sum + dataset.frames, 0);
  const joined = (part: (run: SampledRun) => ArrayLike<number>): Float64Array => {
    const all = new Float64Array(frames);
    let at = 0;
    for (const run of runs) {
      all.set(part(run), at);
      at += run.dataset.frames;
    }
    return all;
  };
  const segments: Segment[] = [];
  let at = 0;
  for (const { dataset } of runs) {
    for (const segment of dataset.segments)
      segments.push({ ...segment, start: segment.start + at, end: segment.end + at });
    at += dataset.frames;
  }
  return {
    ...{ frames, segments },
    time: joined(timesOf),
    values: (column) => joined(({ values }) => values(column)),
    period: (column) => runs[0].period(column),
    weights: joined(meanOne),
  };
}

const timesOf = ({ dataset: { frames, time } }: SampledRun): Float64Array =>
  Float64Array.from({ length: frames }, (_, frame) => time.at(frame)!);

function meanOne({ dataset: { frames }, sample: { weights } }: SampledRun): Float64Array {
  // they sum to 1
  return Float64Array.from(weights, (weight) => weight * frames);
}
