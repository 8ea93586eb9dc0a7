import { freeEnergyProfile, freeEnergySurface, type SampledRun } from '../free-energy/index.js';
import type { StatesFile } from '../states/index.js';
import type { Quantity, StateMark, StatesLandscape } from './report-data.js';

type State = StatesFile['states'][number];

/** Of CVs in more dimensions so many pairs are shown. */
const mostPairs = 3;
/** Times are printed rounded: ps, and relative to the time. */
const sameTime = 1e-3;
const sameTimeRelative = 2e-7;

/**
 * Free energies over the CVs that states were looked for along, two at a time, and over two other columns, with each state where
 * its density is highest, or where the frame that stands for it lies.
 */
export function statesLandscapes(
  run: SampledRun,
  { cv, states }: StatesFile,
  against: readonly string[],
  quantity: (label: string) => Quantity,
): StatesLandscape[] {
  if (cv.length === 0) return [];
  const pairs = cv
    .flatMap((x, i) => cv.slice(i + 1).map((y): [string, string] => [x, y]))
    .slice(0, mostPairs);
  const [x, y] = against;
  const known = pairs.some((pair) => pair.includes(x) && pair.includes(y));
  if (y !== undefined && !known) pairs.push([x, y]);
  const place = placeIn(run);
  const ownSurfaces = pairs.map(([a, b]) => surface(run, [a, b], states, { place, quantity }));
  return cv.length === 1 ? [profile(run, cv[0], states, { place, quantity }), ...ownSurfaces] : ownSurfaces;
}

type Place = (state: State, column: string) => number | undefined;

/** Where states lie, and how columns are shown. */
interface Shown {
  place: Place;
  quantity: (label: string) => Quantity;
}

/** Where a state lies along a column. */
function placeIn({ dataset, values }: SampledRun): Place {
  const frameOf = (state: State): number | undefined => {
    const own = state.representative;
    if (!own) return undefined;
    for (const { start, end, source } of dataset.segments) {
      if (source !== own.source) continue;
      for (let frame = start; frame < end; frame++)
        if (Math.abs(dataset.time.at(frame)! - own.time) <= sameTime + sameTimeRelative * Math.abs(own.time))
          return frame;
    }
    return undefined;
  };
  return (state, column) => {
    const own = state.peak?.[column] ?? state.representative?.values[column];
    if (own !== undefined) return own;
    const frame = frameOf(state);
    return frame === undefined ? undefined : values(column)[frame];
  };
}

const axis = ({ period }: SampledRun, label: string): { period?: readonly [number, number] } => {
  const domain = period(label);
  return domain ? { period: domain } : {};
};

function surface(
  run: SampledRun,
  [x, y]: readonly [string, string],
  states: readonly State[],
  { place, quantity }: Shown,
): StatesLandscape {
  return {
    x: quantity(x),
    y: quantity(y),
    surface: freeEnergySurface(run.values(x), run.values(y), run.sample, {
      x: axis(run, x),
      y: axis(run, y),
    }),
    marks: states.flatMap((state): StateMark[] => {
      const [a, b] = [place(state, x), place(state, y)];
      return a === undefined || b === undefined ? [] : [{ name: state.name, x: a, y: b }];
    }),
  };
}

function profile(
  run: SampledRun,
  x: string,
  states: readonly State[],
  { place, quantity }: Shown,
): StatesLandscape {
  const own = freeEnergyProfile(run.values(x), run.sample, axis(run, x));
  const { coordinate, energy } = own;
  return {
    x: quantity(x),
    profile: own,
    marks: states.flatMap((state): StateMark[] => {
      const at = place(state, x);
      if (at === undefined) return [];
      const nearest = coordinate.reduce(
        (best, value, i) => (Math.abs(value - at) < Math.abs(coordinate[best] - at) ? i : best),
        0,
      );
      return Number.isFinite(energy[nearest]) ? [{ name: state.name, x: at, y: energy[nearest] }] : [];
    }),
  };
}
