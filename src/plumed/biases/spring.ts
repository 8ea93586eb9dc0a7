import { LatentcvError, digits } from '../../support/index.js';
import { rangesOf, type BiasCommon, type BiasContext } from './bias.js';
import { someKT, type Chosen } from './defaults.js';

/** How far a restrained CV fluctuates where nothing is said of the spring, as a part of its training range. */
const spread = 1 / 20;

/**
 * Spring constants κ, kJ/mol per unit of the CV squared, of ½ κ (s − s₀)²: as asked, else those by which √(kT/κ) is a
 * twentieth of the CV's training range.
 * @throws LatentcvError `bad-argument` where the model tells no range
 */
export function springsOf(
  kappa: number | readonly number[] | undefined,
  outputs: readonly number[],
  common: BiasCommon,
  context: BiasContext,
): Chosen<number | readonly number[]> {
  if (kappa !== undefined) return { value: kappa, notes: [] };
  const ranges = rangesOf(context.model, outputs);
  if (!ranges)
    throw new LatentcvError(
      'bad-argument',
      'expected ‘kappa’ for a model that does not tell its training range but found none',
    );
  const { kT, at } = someKT(common, context, 'kappa');
  const value = ranges.map(([low, high]) => Number(digits(kT / (spread * (high - low)) ** 2, 3)));
  return {
    value,
    notes: [
      `KAPPA: ${value.join(', ')}, so that the CV fluctuates by a twentieth of its training range at ${at}`,
    ],
  };
}
