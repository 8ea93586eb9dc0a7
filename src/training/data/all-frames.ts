import { createHash } from 'node:crypto';
import { fingerprint, type Dataset } from '../../frames/index.js';
import type { AllFrames } from '../learnable.js';

/** What a training knows a dataset in memory by. */
export function allFrames(dataset: Dataset): AllFrames {
  const { columns, frames, segments, time } = dataset;
  const { buffer, byteOffset, byteLength } = time;
  const times = createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
  return { columns, frames, segments, times, fingerprint: fingerprint(dataset), streamed: false };
}
