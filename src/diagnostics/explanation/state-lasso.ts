import { columnValues, type Column, type Dataset } from '../../frames/index.js';
import { LogisticLasso, type LassoFit } from './logistic-lasso.js';

/** So many inputs, which they are, and how well they tell the state. */
export interface LassoStep {
  /** Places of the inputs, the one with the largest coefficient first. */
  inputs: number[];
  /** Of the inputs by their deviations; of periodic ones, which come in as sine and cosine, the length of both. */
  coefficients: number[];
  /** Mean of the parts of both sides' frames that are told rightly, on blocks of time that were not learned from. */
  accuracy: number;
  /** λ */
  penalty: number;
}

/** Which few inputs tell a state from the others. */
export interface StateLasso {
  /** Place of the state, and of the other where there are two. */
  state: number;
  against?: number;
  /** One for each number of inputs that the path has, the fewest first. */
  steps: LassoStep[];
  /** Which of them is enough: a further input is to tell another percent of the frames. */
  enough: number;
}

/** A path ends with more inputs than these, or where the penalty is this part of the largest. */
const mostInputs = 8;
const leastPenalty = 1e-3;
const penalties = 30;
const folds = 5;
/** Frames of a problem, by how many columns there are. */
const mostFrames = 2000;
const leastFrames = 400;
const mostNumbers = 2 ** 22;

/**
 * The inputs that tell each state from all others, along the path of an L1-penalised logistic regression, both sides weighing alike
 * (Novelli, Bonati, Pontil & Parrinello 2022, doi:10.1021/acs.jctc.2c00393; mlcolvar/explain/lasso.py, with a free intercept and
 * by numbers of inputs). Accuracies are of five folds, each a fifth of every state's frames that follow one another. Up to 2000 frames
 * are looked at, evenly spaced.
 * @param state of each frame, its place or −1
 * @param wanted places of the states
 */
export function stateLasso(inputs: Dataset, state: Int32Array, wanted: readonly number[]): StateLasso[] {
  const features = inputs.columns.reduce((sum, { period }) => sum + (period ? 2 : 1), 0);
  const pairs = wanted.length === 2 ? [wanted] : wanted.map((one) => [one]);
  const most = mostNumbers / (features * pairs.length);
  const half = Math.floor(Math.min(mostFrames, Math.max(leastFrames, most)) / 2);
  return pairs.flatMap(([one, against]) => {
    const others = wanted.filter((each) => each !== one);
    const sides = [
      others.flatMap((each) => framesOf(state, each, half / others.length)),
      framesOf(state, one, half),
    ];
    const path = pathOf(inputs, sides);
    const own = { state: one, ...(against !== undefined && { against }) };
    return path.length === 0 ? [] : [{ ...own, steps: path, enough: fewestThatTell(path) }];
  });
}

/** A frame of a problem: which of the dataset's, on which side, held out in which fold. */
interface SideFrame {
  frame: number;
  fold: number;
}

/** Up to so many frames of a state, evenly spaced, in folds that follow one another. */
function framesOf(state: Int32Array, wanted: number, most: number): SideFrame[] {
  const all: number[] = [];
  state.forEach((each, frame) => {
    if (each === wanted) all.push(frame);
  });
  const count = Math.min(all.length, Math.max(1, Math.floor(most)));
  return Array.from({ length: count }, (_, i) => ({
    frame: all[Math.floor((i * all.length) / count)],
    fold: Math.floor((i * folds) / count),
  }));
}

/** A column of the regression, and the input that it is of. */
interface Feature {
  input: number;
  values: Float64Array;
}

interface Problem {
  features: Feature[];
  inside: Float64Array;
  fold: Int32Array;
}

function pathOf(inputs: Dataset, sides: readonly SideFrame[][]): LassoStep[] {
  const frames = sides.flat();
  const inside = Float64Array.from(frames, (_, i) => (i < sides[0].length ? 0 : 1));
  const places = Int32Array.from(frames, ({ frame }) => frame);
  const features = inputs.columns.flatMap((column, input) =>
    partsOf(column, columnValues(inputs, column.label), places).flatMap((values) => {
      const scaled = standardised(values);
      return scaled ? [{ input, values: scaled }] : [];
    }),
  );
  if (features.length === 0) return [];
  return stepsOf({ features, inside, fold: Int32Array.from(frames, ({ fold }) => fold) });
}

/** A column as it is; of a periodic one sine and cosine. */
function partsOf({ period }: Column, values: Float64Array, places: Int32Array): Float64Array[] {
  const own = Float64Array.from(places, (place) => values[place]);
  if (!period) return [own];
  const turn = (2 * Math.PI) / (period[1] - period[0]);
  return [Math.sin, Math.cos].map((part) => own.map((value) => part(turn * value)));
}

/** With zero mean and unit deviation; undefined of what does not vary. */
function standardised(values: Float64Array): Float64Array | undefined {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
  if (!(deviation > 1e-9 * Math.max(Math.abs(mean), 1e-9))) return undefined;
  return values.map((value) => (value - mean) / deviation);
}

/** The regression on the frames that `takes` names, both sides weighing one half. */
function regressionOf({ features, inside, fold }: Problem, takes: (fold: number) => boolean): LogisticLasso {
  const rows = Int32Array.from([...fold.keys()].filter((i) => takes(fold[i])));
  const sides = Float64Array.from(rows, (row) => inside[row]);
  const within = sides.reduce((sum, side) => sum + side, 0);
  const weights = sides.map((side) => 0.5 / (side === 1 ? within : rows.length - within));
  const columns = features.map(({ values }) => Float64Array.from(rows, (row) => values[row]));
  return new LogisticLasso(columns, sides, weights);
}

function stepsOf(problem: Problem): LassoStep[] {
  const whole = regressionOf(problem, () => true);
  const largest = whole.largestPenalty();
  if (!(largest > 0)) return [];
  const path: { penalty: number; fit: LassoFit; inputs: number[] }[] = [];
  for (let i = 1; i <= penalties; i++) {
    const penalty = largest * leastPenalty ** (i / penalties);
    const fit = whole.fit(penalty);
    const inputs = inputsOf(problem, fit);
    if (inputs.length > mostInputs) break;
    path.push({ penalty, fit, inputs });
  }
  const right = path.map(() => [0, 0]);
  for (let held = 0; held < folds; held++) {
    const part = regressionOf(problem, (fold) => fold !== held);
    path.forEach(({ penalty }, at) => {
      rightlyTold(problem, part.fit(penalty), held).forEach((count, side) => (right[at][side] += count));
    });
  }
  const within = problem.inside.reduce((sum, side) => sum + side, 0);
  const sizes = [problem.inside.length - within, within];
  const steps = path.map(({ penalty, fit, inputs }, at) => ({
    inputs,
    coefficients: inputs.map((input) => coefficientOf(problem, fit, input)),
    accuracy: (right[at][0] / sizes[0] + right[at][1] / sizes[1]) / 2,
    penalty,
  }));
  return bestOfEachNumber(steps);
}

/** Frames of each side in a fold that a fit tells rightly. */
function rightlyTold({ features, inside, fold }: Problem, fit: LassoFit, held: number): [number, number] {
  const right: [number, number] = [0, 0];
  fold.forEach((own, i) => {
    if (own !== held) return;
    let predictor = fit.intercept;
    for (const [column, value] of fit.coefficients) predictor += value * features[column].values[i];
    if (predictor > 0 === (inside[i] === 1)) right[inside[i]]++;
  });
  return right;
}

function inputsOf(problem: Problem, fit: LassoFit): number[] {
  const inputs = new Set([...fit.coefficients.keys()].map((column) => problem.features[column].input));
  const size = (input: number): number => Math.abs(coefficientOf(problem, fit, input));
  return [...inputs].sort((a, b) => size(b) - size(a));
}

/** With its sign, or of sine and cosine the length. */
function coefficientOf({ features }: Problem, { coefficients }: LassoFit, input: number): number {
  const parts = features.flatMap((feature, column) =>
    feature.input === input ? [coefficients.get(column) ?? 0] : [],
  );
  return parts.length === 1 ? parts[0] : Math.hypot(...parts);
}

/** Of each number of inputs the penalty with the best accuracy. */
function bestOfEachNumber(steps: readonly LassoStep[]): LassoStep[] {
  const best = new Map<number, LassoStep>();
  for (const step of steps) {
    const known = best.get(step.inputs.length);
    if (step.inputs.length > 0 && !(known && known.accuracy >= step.accuracy))
      best.set(step.inputs.length, step);
  }
  return [...best.values()].sort((a, b) => a.inputs.length - b.inputs.length);
}

/** As mlcolvar's SparsityScoring: the largest 100 accuracy − number of inputs. */
function fewestThatTell(steps: readonly LassoStep[]): number {
  const score = ({ accuracy, inputs }: LassoStep): number => 100 * accuracy - inputs.length;
  return steps.reduce((best, step, i) => (score(step) > score(steps[best]) ? i : best), 0);
}
