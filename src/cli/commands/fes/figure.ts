import type { FreeEnergyProfile, FreeEnergySurface, RunStates } from '../../../free-energy/index.js';
import {
  defaultUnits,
  freeEnergyProfileFigure,
  freeEnergySurfaceFigure,
  quantityOf,
  type Figure,
  type Quantity,
  type StateMark,
} from '../../../report/index.js';
import { unitsIn, type LoadedRun } from '../../frames/index.js';

/** The profile or surface as `latentcv report` draws it, the states of ΔF marked where each is lowest. */
export function freeEnergyFigure(
  loaded: LoadedRun,
  cv: readonly string[],
  energies: FreeEnergyProfile | FreeEnergySurface,
  states?: RunStates,
): Figure {
  const unitOf = unitsIn(loaded);
  const [x, y] = cv.map((label): Quantity => quantityOf(loaded.run, label, unitOf?.(label)));
  const units = { ...defaultUnits, energy: loaded.natural ? 'natural units' : defaultUnits.energy };
  const marks = states ? stateMarks(loaded, cv, energies, states) : [];
  if ('x' in energies) return freeEnergySurfaceFigure(energies, x, y, units, { marks });
  const own = marks.map((mark) => ({ label: mark.name, coordinate: mark.x, energy: mark.y }));
  const profile = { profile: energies, ...(own.length > 0 && { marks: own, markedAre: 'the states' }) };
  return freeEnergyProfileFigure('free-energy', profile, x, units);
}

/** Where, of the grid's points that its analysed frames are nearest to, a state's free energy is least. */
function stateMarks(
  { run }: LoadedRun,
  cv: readonly string[],
  energies: FreeEnergyProfile | FreeEnergySurface,
  states: RunStates,
): StateMark[] {
  const grids = 'x' in energies ? [energies.x, energies.y] : [energies.coordinate];
  const columns = cv.map((label) => run.values(label));
  const lowest = new Map<number, { at: number[]; energy: number }>();
  for (const { start, end } of run.sample.ranges)
    for (let frame = start; frame < end; frame++) {
      const state = states.states[frame];
      const at = grids.map((grid, axis) => nearest(grid, columns[axis][frame]));
      const energy = energies.energy[at[0] + (at.length > 1 ? at[1] * grids[0].length : 0)];
      if (state > 0 && energy < (lowest.get(state)?.energy ?? Infinity)) lowest.set(state, { at, energy });
    }
  return states.names.flatMap((name, i): StateMark[] => {
    const found = lowest.get(i + 1);
    if (!found) return [];
    const [a, b] = found.at.map((place, axis) => grids[axis][place]);
    return [{ name, x: a, y: b ?? found.energy }];
  });
}

/** The place in an even grid; around a period's end that of the other side. */
function nearest(grid: Float64Array, value: number): number {
  const place = Math.round((value - grid[0]) / (grid[1] - grid[0]));
  return Math.max(0, place >= grid.length ? grid.length - 1 : place);
}
