import { fingerprint, type Dataset } from '../frames/index.js';

/** Which frames a model is judged on: those of its training, or others. */
export type JudgedOn = 'training' | 'others';

/** What a model file says of the frames of its training. */
export interface TrainedOn {
  frames?: number;
  fingerprint?: string;
  /** Ranges of the inputs, NaN where not known. */
  min: readonly number[];
  max: readonly number[];
}

/** Part of a range within which two ends are the same number, printed twice. */
const alike = 1e-4;

/**
 * Whether frames are those of the training: the same fingerprint, or as many frames whose inputs have the same ranges (a
 * table of printed numbers has another fingerprint than the trajectory that it was made from). Undefined where the model
 * file does not say.
 */
export function judgedOn(inputs: Dataset, trained: TrainedOn): JudgedOn | undefined {
  if (trained.frames === undefined) return undefined;
  if (trained.fingerprint === fingerprint(inputs)) return 'training';
  return trained.frames === inputs.frames && sameRanges(inputs, trained) ? 'training' : 'others';
}

function sameRanges({ data, columns: { length } }: Dataset, { min, max }: TrainedOn): boolean {
  const lower = new Array<number>(length).fill(Infinity);
  const upper = new Array<number>(length).fill(-Infinity);
  data.forEach((value, i) => {
    lower[i % length] = Math.min(lower[i % length], value);
    upper[i % length] = Math.max(upper[i % length], value);
  });
  return lower.every((low, i) => {
    const close = alike * (max[i] - min[i]);
    return Math.abs(low - min[i]) <= close && Math.abs(upper[i] - max[i]) <= close;
  });
}
