import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers from a seed: the same seed gives the same sequence on every machine. */
export class Random {
  private readonly generator;

  /** From a seed, or from the `state` of another, which it goes on from. */
  constructor(from: number | readonly number[]) {
    this.generator = typeof from === 'number' ? xoroshiro128plus(from | 0) : xoroshiro128plusFromState(from);
  }

  get state(): readonly number[] {
    return this.generator.getState();
  }

  /** Uniform in `[low, high)`. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.generator);
  }

  /** Standard normal (Box & Muller 1958, doi:10.1214/aoms/1177706645). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fisher–Yates shuffle in place. */
  shuffle(items: Int32Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = uniformInt(this.generator, 0, i);
      const swap = items[i];
      items[i] = items[j];
      items[j] = swap;
    }
  }
}
