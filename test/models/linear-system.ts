import { Random } from '../../src/support/random.js';

/** Two independent AR(1) processes x' = a·x + √(1−a²)·ξ, mixed by a fixed matrix. */
export function linearSystem(frames: number, factors: [number, number]): Float64Array {
  const random = new Random(5);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const state = [normal(), normal()];
  const out = new Float64Array(2 * frames);
  for (let frame = 0; frame < frames; frame++) {
    factors.forEach((a, i) => (state[i] = a * state[i] + Math.sqrt(1 - a * a) * normal()));
    out.set([state[0] + 0.5 * state[1], 0.3 * state[0] - state[1]], 2 * frame);
  }
  return out;
}
