import { Random } from '../../support/index.js';
import { startLinear } from './linear-start.js';
import type { FitProgress } from './progress.js';
import { initialValues, type ParameterPack } from './state.js';
import type { Prepared } from '../prepared.js';

/**
 * Where a restart begins.
 * @param first values that a first part of the training ended at
 */
export function beginning(
  prepared: Prepared,
  packings: ParameterPack[],
  restart: number,
  first?: readonly Float64Array[],
): FitProgress {
  const { settings } = prepared;
  const random = new Random(settings.seed + 7919 * restart);
  const drawn = initialValues(packings, random);
  if (settings.start === 'linear') startLinear(prepared, packings, drawn);
  const values = first ? first.map((each) => Float64Array.from(each)) : drawn;
  const state = Object.fromEntries(
    packings.flatMap(({ name, size }, i) => [
      [name, values[i]],
      [`${name}.m1`, new Float64Array(size)],
      [`${name}.m2`, new Float64Array(size)],
    ]),
  ) as FitProgress['state'];
  const best = { loss: Infinity, epoch: -1, values };
  return {
    epoch: 0,
    steps: 0,
    random: random.state,
    state,
    best,
    curves: { train: [], validation: [], parts: {} },
  };
}
