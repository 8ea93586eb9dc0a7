import type { Dataset } from '../../frames/index.js';
import type { ModelGraph } from '../../onnx/index.js';
import { stateLasso, type StateLasso } from './state-lasso.js';
import { stateSensitivity, type StateSensitivity } from './state-sensitivity.js';

/** States of frames, and what tells them. */
export interface KnownStates {
  names: readonly string[];
  /** Of each frame its place among the names, −1 where it is in none. */
  state: Int32Array;
  /** In words: `the column bound`, `the labels of the training`, `the cores of node-0’s basins`. */
  from: string;
}

/** What the CVs are made of in each state, and what tells the states apart. */
export interface Explanation {
  states: { name: string; frames: number }[];
  /** What tells them, in words. */
  from: string;
  /** States with too few frames for more than their number. */
  tooFew: string[];
  /** By group, then by CV: on all frames, then in each of `states`. */
  sensitivity: StateSensitivity[][];
  /** Of each of `states`; one alone where there are two. Empty where no input varies. */
  told: StateLasso[];
}

/** A state of fewer frames is not looked at. */
const fewestFrames = 25;

/**
 * Which inputs move the CVs in each state, and which few tell it from the others; undefined where fewer than two states have 25 frames.
 * Frames count alike.
 * @param inputs with the model's input columns, in its order
 */
export async function explain(
  graph: ModelGraph,
  inputs: Dataset,
  { names, state, from }: KnownStates,
): Promise<Explanation | undefined> {
  const counts = names.map(() => 0);
  for (const own of state) if (own >= 0) counts[own]++;
  const wanted = [...names.keys()].filter((i) => counts[i] >= fewestFrames);
  if (wanted.length < 2) return undefined;
  const renumbered = state.map((own) => wanted.indexOf(own));
  const places = [...wanted.keys()];
  return {
    states: wanted.map((i) => ({ name: names[i], frames: counts[i] })),
    from,
    tooFew: names.filter((_, i) => counts[i] < fewestFrames),
    sensitivity: await stateSensitivity(graph, inputs, renumbered, places),
    told: stateLasso(inputs, renumbered, places),
  };
}
