import { fixed, expectText } from '../support/index.js';
import { biasDrift, type BiasDrift } from './bias-course.js';
import { deltaFCourse, deltaFHalves, type DeltaFPoint, type Halves } from './course.js';
import { deltaFOfSums, type DeltaF } from './delta-f.js';
import { runTransitions, statesOf, sumsOf, type SampledRun } from './sampled-run.js';
import type { RunQuestion, RunStates } from './states.js';

/** ΔF of one state against another. */
export interface NamedDeltaF extends DeltaF {
  from: string;
  to: string;
}

/** What a run says of the states that a question names. */
export interface RunAnswer {
  /** Which state each frame is in, and which core. */
  states: RunStates;
  /** What is to be told of the states: how their cores were found, which nothing visits. */
  notes: readonly string[];
  /** F(to) − F(from) of every two of them, each pair once; the first is of the first two states. */
  deltaFs: NamedDeltaF[];
  /** Transitions between the first two states, in the analysed frames and in all. */
  transitions: { analysed: number; all: number };
  /** ΔF of the first two in the two halves of every run. */
  halves: Halves;
  /** How the bias changed at fixed CV between the halves; absent without a bias. */
  drift?: BiasDrift;
  /** How ΔF of the first two came about, in so many points. */
  course(points?: number): DeltaFPoint[];
}

/** A bias that changes by more than this at fixed CV between the halves of a run, in kT, is not quasi-static. */
export const mostDrift = 0.5;
/** Halves that differ by more than this many standard errors are told, in ΔF or in the number of transitions. */
export const mostSigmas = 3;

/**
 * Everything that a run says of its states; undefined where the question names none.
 * @param cv the column that the bias is looked at along, or several
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function answerOf(
  run: SampledRun,
  question: RunQuestion,
  cv: string | readonly string[],
): RunAnswer | undefined {
  const cvs = typeof cv === 'string' ? [cv] : cv;
  cvs.forEach((each) => expectText(each, 'cv'));
  const states = statesOf(run, question);
  if (!states) return undefined;
  const windows = run.sample.mbar !== undefined;
  const drift =
    run.bias.weigh.length > 0 && !windows
      ? biasDrift(
          cvs.map((each) => run.values(each)),
          run.sample,
        )
      : undefined;
  const answers = pairs(states.names.length).map((pair) => {
    const sums = sumsOf(run, states, question, pair);
    const halves = deltaFHalves(sums);
    const [from, to] = sums.names;
    const deltaF = { from, to, ...deltaFOfSums(sums, question.blocks) };
    return {
      sums,
      halves,
      deltaF: doubted(deltaF, sums.kT, {
        ...{ halves, drift, windows },
        // what the cores are matters to transitions, which do not judge windows
        doubts: [...(run.doubts ?? []), ...(windows ? [] : states.doubts)],
      }),
    };
  });
  const [first] = answers;
  return {
    states,
    notes: states.notes,
    deltaFs: answers.map(({ deltaF }) => deltaF),
    transitions: {
      analysed: first.deltaF.transitions,
      all: runTransitions(run, states, question),
    },
    halves: first.halves,
    drift,
    course: (points) => deltaFCourse(first.sums, points),
  };
}

/** Every two of so many labels, which count from 1. */
function pairs(count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count - i - 1 }, (_, j): [number, number] => [i + 1, i + j + 2]),
  ).flat();
}

/** What a course says against ΔF. */
interface Doubts {
  halves: Halves;
  drift: BiasDrift | undefined;
  /** Whether the frames are of windows, which MBAR weighed. */
  windows: boolean;
  /** Of the run, and of its states. */
  doubts: readonly string[];
}

/** ΔF with what its course speaks against it. */
function doubted(deltaF: NamedDeltaF, kT: number, { halves, drift, windows, doubts }: Doubts): NamedDeltaF {
  if (deltaF.error === null) return deltaF;
  const warnings = [...deltaF.warnings, ...doubts];
  const [early, late] = [halves.first.transitions, halves.second.transitions];
  // visits come in clusters, so that many transitions scatter by more than their square root: half as many is told
  const uneven = Math.abs(early - late) > mostSigmas * Math.sqrt(early + late);
  if (!windows && uneven && Math.max(early, late) > 2 * Math.min(early, late))
    warnings.push(
      `transitions are uneven in time, ${early} in the first half and ${late} in the second: the run was trapped, or the bias still grew`,
    );
  if (drift && drift.rms > mostDrift * kT)
    warnings.push(
      `the bias is not quasi-static: at fixed CV it changed by ${fixed(drift.rms / kT, 1)} kT (root mean square) from first to second half`,
    );
  if (halves.sigmas !== null && halves.sigmas > mostSigmas)
    warnings.push(
      `ΔF of the first half (${fixed(halves.first.value!, 2)}) and of the second (${fixed(halves.second.value!, 2)}) differ by ${fixed(halves.sigmas, 1)} standard errors`,
    );
  return { ...deltaF, warnings, reliable: warnings.length === 0 };
}
