import type { StaticBias } from '../../plumed/index.js';
import type { WindowRun } from './window-runs.js';

/** A run with its biases as functions of its columns. */
export interface BiasedWindow {
  run: WindowRun;
  biases: readonly StaticBias[];
}

/** What runs of equal biases and temperature were sampled in. */
export interface WindowState {
  name: string;
  /** K */
  temperature: number;
  /** What makes it differ from the target. */
  biases: readonly StaticBias[];
  /** By their numbers. */
  runs: number[];
}

/** The states of runs, and what bounds all of them alike, which stays in the ensemble. */
export interface WindowStates {
  states: WindowState[];
  common: StaticBias[];
}

/** Walls, and surfaces, that all runs have stay in the ensemble; all else is weighed by. */
export function statesOfRuns(windows: readonly BiasedWindow[]): WindowStates {
  const [first] = windows;
  const everywhere = first.biases.filter(
    ({ kind, key }) =>
      kind !== 'weigh' && windows.every(({ biases }) => biases.some((other) => other.key === key)),
  );
  const common = new Set(everywhere.map(({ key }) => key));
  const states = new Map<string, WindowState>();
  windows.forEach(({ run, biases }, i) => {
    const own = biases.filter(({ key }) => !common.has(key));
    const temperature = run.temperature!;
    const key = `${temperature} ${own
      .map((bias) => bias.key)
      .sort()
      .join('; ')}`;
    const state = states.get(key);
    if (state) state.runs.push(i);
    else states.set(key, { name: run.name, temperature, biases: own, runs: [i] });
  });
  return { states: [...states.values()], common: everywhere };
}
