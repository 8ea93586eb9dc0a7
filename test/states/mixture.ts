import { Random } from '../../src/support/random.js';

/** A Gaussian in two dimensions: where, how wide along each axis, and how much of the weight it has. */
export interface Component {
  at: readonly [number, number];
  width: readonly [number, number];
  population: number;
}

export interface MixtureRun {
  x: Float64Array;
  y: Float64Array;
  /** The component of each frame, from 0. */
  component: Uint8Array;
}

/**
 * A run that jumps between components: at each frame with probability `leave` to one drawn by the populations, which are the
 * exact ones then; within a component positions forget half of where they were from frame to frame.
 */
export function mixtureRun(
  components: readonly Component[],
  {
    seed,
    frames,
    leave = 0.02,
    memory = 0.5,
  }: { seed: number; frames: number; leave?: number; memory?: number },
): MixtureRun {
  const random = new Random(seed);
  const draw = (): number => {
    let left = random.uniform();
    return components.findIndex(
      ({ population }, i) => (left -= population) < 0 || i === components.length - 1,
    );
  };
  const [x, y] = [new Float64Array(frames), new Float64Array(frames)];
  const component = new Uint8Array(frames);
  let state = draw();
  let [u, v] = [random.normal(), random.normal()];
  const fresh = Math.sqrt(1 - memory * memory);
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < leave) state = draw();
    u = memory * u + fresh * random.normal();
    v = memory * v + fresh * random.normal();
    const { at, width } = components[state];
    [x[frame], y[frame], component[frame]] = [at[0] + width[0] * u, at[1] + width[1] * v, state];
  }
  return { x, y, component };
}

/** Three that no frame lies between. */
export const three: readonly Component[] = [
  { at: [0, 0], width: [0.3, 0.3], population: 0.6 },
  { at: [2.5, 0], width: [0.25, 0.4], population: 0.3 },
  { at: [1, 2.5], width: [0.3, 0.2], population: 0.1 },
];
