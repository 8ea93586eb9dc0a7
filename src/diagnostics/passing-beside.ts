import { framesIn } from '../sampling/index.js';
import { coreOf } from './last-core.js';
import { alongSecond, type TwoCvs } from './split-basins.js';

/** Trajectories that pass a basin of one CV without being in it, as another CV tells. */
export interface PassingBeside {
  /** From 0, along the first CV. */
  basin: number;
  /** How often they went from one side of it to the other beside it. */
  beside: number;
  /** How often they came into it. */
  into: number;
}

/** Passing is told where it is not rarer than this part of the arrivals. */
const leastPart = 0.25;
/** Of the frames in a core, those on the way past it are less than this part. */
const onTheWay = 0.05;

/**
 * Basins in the middle of a CV that trajectories pass without visiting them: they cross the CV's stretch where another CV has
 * values that frames of that basin seldom have, or leap over it. Three states on a ring look so along one CV.
 */
export function passingBeside(cvs: TwoCvs, fewest: number): PassingBeside[] {
  const count = cvs.basins.basins.length;
  if (count < 3) return [];
  const steps = stepsBetween(cvs);
  return Array.from({ length: count - 2 }, (_, i) => i + 1).flatMap((basin) => {
    const beside = steps.filter(([a, b]) => Math.min(a, b) < basin && Math.max(a, b) > basin).length;
    const into = steps.filter(([, b]) => b === basin).length;
    return beside >= fewest && beside >= leastPart * into ? [{ basin, beside, into }] : [];
  });
}

/** From which core to which, each time another is reached. */
function stepsBetween(cvs: TwoCvs): [number, number][] {
  const { first, second, basins, segments } = cvs;
  const within = basins.basins.map((_, basin) => secondCores(cvs, basin));
  const steps: [number, number][] = [];
  for (const { start, end } of segments) {
    let last = -1;
    for (let frame = start; frame < end; frame++) {
      const seen = coreOf(first[frame], basins.basins);
      if (seen < 0 || seen === last) continue;
      if (!within[seen].some(([lower, upper]) => second[frame] >= lower && second[frame] <= upper)) continue;
      if (last >= 0) steps.push([last, seen]);
      last = seen;
    }
  }
  return steps;
}

/** Where the second CV is as a rule while the first is in a core: twice the width of its own cores, ± 2.4 σ of a Gaussian. */
function secondCores(cvs: TwoCvs, basin: number): (readonly [number, number])[] {
  const { first, basins, segments } = cvs;
  const [lower, upper] = basins.basins[basin].core;
  const frames: number[] = [];
  for (const { start, end } of segments)
    for (let frame = start; frame < end; frame++)
      if (first[frame] >= lower && first[frame] <= upper) frames.push(frame);
  const along = alongSecond(cvs, { frames, ranges: [] });
  if (!along || framesIn(segments) === 0) return [[-Infinity, Infinity]];
  const own = along.basins.filter((basin) => basin.frames >= onTheWay * frames.length);
  return own.map(({ core: [from, to] }) => [from - (to - from) / 2, to + (to - from) / 2] as const);
}
