import { counted, expectList, fixed } from '../../support/index.js';
import { expectSegments, type Segment } from '../../frames/index.js';
import { framesIn } from '../segments.js';
import { statisticalInefficiency } from './inefficiency.js';
import { countedRanges, expectMbarInput, rangesByState, type MbarInput } from './input.js';
import { expectSolution, type MbarSolution } from './solution.js';

/** What one state's own frames are worth. */
export interface MbarWindow {
  /** Its number among the states, and its name. */
  state: number;
  name: string;
  /** Its frames, run by run. */
  ranges: readonly Segment[];
  frames: number;
  /** So many frames are worth one independent frame. */
  inefficiency: number;
  /** frames / inefficiency */
  effectiveFrames: number;
}

/** Fewer independent frames than this make no five blocks that say how far an average of a window may be off. */
export const fewestEffectiveFrames = 5;

/**
 * Statistical inefficiency and effective size of each state with frames. The slowest of the energies that the free energies rest
 * on decides: those of its neighbours less its own, which for harmonic windows is the CV itself; of a state without
 * neighbours its own energy.
 * @param ranges the frames run by run, across whose ends nothing is correlated; default: all that count
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function mbarWindows(
  input: MbarInput,
  solution: MbarSolution,
  ranges: readonly Segment[] = countedRanges(input.origin),
): MbarWindow[] {
  expectMbarInput(input);
  expectSolution(solution);
  expectSegments(ranges, input.origin.length, 'ranges');
  expectList(solution.neighbours, 'solution.neighbours');
  return rangesByState(input, ranges).flatMap((own, state) => {
    if (own.length === 0) return [];
    const frames = framesIn(own);
    const inefficiency = Math.min(frames, slowest(input, solution, state, own));
    const effectiveFrames = frames / inefficiency;
    return [{ state, name: input.states[state], ranges: own, frames, inefficiency, effectiveFrames }];
  });
}

function slowest(
  { energies }: MbarInput,
  { neighbours }: MbarSolution,
  state: number,
  ranges: readonly Segment[],
): number {
  const beside = neighbours.filter(({ states }) => states.includes(state));
  const others = beside.map(({ states: [a, b] }) => energies[a === state ? b : a]);
  const of = (other?: Float64Array): number => {
    const series = new Float64Array(framesIn(ranges));
    let at = 0;
    for (const { start, end } of ranges)
      for (let frame = start; frame < end; frame++)
        series[at++] = (other?.[frame] ?? 0) - energies[state][frame];
    let from = 0;
    const parts = ranges.map(({ start, end }) => ({ start: from, end: (from += end - start) }));
    return statisticalInefficiency(series, parts);
  };
  return others.length > 0 ? Math.max(...others.map(of)) : of();
}

/**
 * One sentence for each window with too few independent frames for an error.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function shortWindows(windows: readonly MbarWindow[]): string[] {
  expectList(windows, 'windows');
  return windows
    .filter(({ effectiveFrames }) => effectiveFrames < fewestEffectiveFrames)
    .map(
      ({ name, frames, effectiveFrames }) =>
        `the ${counted(frames, 'frame')} of window ${name} are worth ${fixed(effectiveFrames, 1)} independent ones: too few for its part of the error`,
    );
}
