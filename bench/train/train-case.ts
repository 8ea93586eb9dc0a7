import { invalidArgument } from '../../src/support/errors.js';

/** What the project's plan expects at least: times faster than mlcolvar (epoch) and than PyTorch eager (step). */
export interface Bars {
  epoch: number;
  step: number;
}

/** A tanh autoencoder: `sizes` are the encoder's widths, which the decoder mirrors. */
export interface TrainCase {
  name: 'S' | 'M' | 'L' | 'XL';
  sizes: number[];
  bars?: Bars;
  /** Steps of a timed block, and epochs of a timed training. */
  steps: number;
  epochs: number;
  /** Also trained on a million frames. */
  million: boolean;
  /** Layers wide enough for more than one thread. */
  wide: boolean;
}

export const trainCases: readonly TrainCase[] = [
  small('S', [10, 32, 32, 1], { epoch: 10, step: 5 }),
  small('M', [45, 64, 32, 2], { epoch: 8, step: 4 }),
  wide('L', [1000, 256, 64, 2], 39, { epoch: 2, step: 1 }),
  wide('XL', [3000, 512, 128, 2], 8),
];

function small(name: TrainCase['name'], sizes: number[], bars: Bars): TrainCase {
  return { name, sizes, bars, steps: 234, epochs: 6, million: true, wide: false };
}

function wide(name: TrainCase['name'], sizes: number[], steps: number, bars?: Bars): TrainCase {
  return { name, sizes, steps, epochs: 1, million: false, wide: true, bars };
}

export function namedCase(name: string): TrainCase {
  const found = trainCases.find((one) => one.name === name);
  if (found) return found;
  throw invalidArgument(`one of ${trainCases.map((one) => one.name).join(', ')}`, '--network', name);
}

export const networkOf = ({ sizes }: TrainCase): string => sizes.join('-');
