import type { RunQuestion, SampledRun } from '../free-energy/index.js';
import { basinStates } from '../kinetics/index.js';
import { digits } from '../support/index.js';

/** More basins than this are too many to be told; the lightest are in no state then. */
const mostStates = 4;

/** Fewer frames show basins that are none: of a single Gaussian, correlated over 50 frames, 15 % of runs with 1000, 4 % with 2000. */
const fewestFrames = 2000;

/**
 * The basins that the values of a CV show, as a question: those of the unbiased ensemble where weights are known. No question
 * where there are fewer than two.
 */
export function foundQuestion(
  run: SampledRun,
  cv: string,
  { question, weighed }: { question: RunQuestion; weighed: boolean },
): { question?: RunQuestion; found: string } {
  const { dataset, sample, values, period } = run;
  if (dataset.frames < fewestFrames)
    return { found: `fewer than ${fewestFrames} frames do not show basins yet: ‘basin’ names states` };
  const mean = 1 / dataset.frames;
  const weights = weighed ? Float64Array.from(sample.weights, (weight) => weight / mean) : undefined;
  const all = basinStates(values(cv), dataset.time, dataset.segments, { weights, period: period(cv) });
  if (all.length < 2) return { found: `the values of ${cv} show fewer than two basins so far` };
  const least = all.map(({ fraction }) => fraction).sort((a, b) => b - a)[mostStates - 1] ?? 0;
  const basins = all.filter(({ fraction }) => fraction >= least).slice(0, mostStates);
  const end = (value: number): string => (Number.isFinite(value) ? digits(value, 3) : '');
  const words = basins.map(
    ({ interval: [lower, upper] }, i) => `${stateName(i)} ${end(lower)}..${end(upper)}`,
  );
  return {
    question: {
      ...question,
      basins: basins.map(({ interval }, i) => ({ name: stateName(i), column: cv, interval })),
      cores: { column: cv, sets: basins.map(({ core }) => core) },
    },
    found: `states, the basins that ${cv} shows so far (‘basin’ names others): ${words.join(', ')}`,
  };
}

const stateName = (place: number): string => String.fromCharCode('A'.charCodeAt(0) + place);
