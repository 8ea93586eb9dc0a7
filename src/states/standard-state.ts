import {
  deltaFCourse,
  deltaFOfSums,
  runStates,
  stateSums,
  type DeltaF,
  type RunQuestion,
  type RunStates,
  type SampledRun,
  type StateSums,
} from '../free-energy/index.js';
import {
  coordinatesOf,
  thermalEnergy,
  wallEnergy,
  type Confinement,
  type Numbers,
  type StateLabels,
  type StateRule,
} from '../sampling/index.js';
import { digits, expectList, expectNumber, expectObject, fixed } from '../support/index.js';
import { unboundRegion, type UnboundRegion } from './unbound-region.js';

/** One molecule in this volume, nm³, is 1 mol/l. */
export const standardVolume = 1e24 / 6.02214076e23;

/** What ΔG° is to be found of. */
export interface StandardStateRequest {
  confinement: Confinement;
  /** Where the guest counts as unbound, by columns of the confinement. */
  unbound: StateRule;
  /** nm per unit of lengths in the tables; default 1. */
  lengthUnit?: number;
  question?: RunQuestion;
  /** Modes, or states by rules, whose frames are bound where they are not unbound. */
  states: RunStates;
}

/** ΔG° of one mode, or of all. */
export interface BindingFreeEnergy {
  name: string;
  /** kJ/mol at 1 mol/l; null where nothing was seen bound, or unbound. */
  deltaG: number | null;
  /** Standard error, with the plateau's; null where it is not known, and then `reason` says why. */
  error: number | null;
  reason: string | null;
  /** Part of the error that frames explain. */
  statisticalError: number | null;
  /** Between it and the unbound guest, both ways. */
  transitions: number;
  /** Part of its weight at which walls cost more than kT, and by how much ΔG° would be lower without them. */
  atWalls: number;
  wallShift: number;
  warnings: string[];
}

/** How flat the free energy of the unbound guest is, its volume taken off. */
export interface Plateau {
  /** Shells of equal volume, from the boundary outwards: F against the whole of them, kJ/mol; column in the tables' unit. */
  shells: { from: number; to: number; value: number | null; error: number | null }[];
  /** F of the outer half of the volume less that of the inner one. */
  tilt: number | null;
  tiltError: number | null;
  /** Whether the tilt is below two of its errors; null where that is not known. */
  flat: boolean | null;
  /** What of it is in the error of ΔG°, kJ/mol. */
  error: number;
}

/** Binding at the standard concentration. */
export interface StandardState {
  confinement: Confinement;
  unbound: string;
  /** nm³ of the unbound guest, walls included, and of one at 1 mol/l. */
  volume: number;
  standardVolume: number;
  temperature: number;
  total: BindingFreeEnergy;
  modes: BindingFreeEnergy[];
  /** States whose frames are unbound. */
  unboundStates: string[];
  plateau: Plateau | null;
  /** ΔG° of all from the first part of every run. */
  course: { fraction: number; value: number | null; error: number | null }[];
  /** ΔG° of all with the boundary elsewhere, column in the tables' unit; the one that was given among them. */
  boundaries: { at: number; volume: number; value: number | null; error: number | null }[];
  formula: string;
  assumptions: string[];
  warnings: string[];
}

const alongAxis =
  'ΔG° = −kT ln(P(bound)/P(unbound) · V/V°), V = ∫∫ 2πρ exp(−U/kT) dρ dz of the unbound guest: for hard walls K = πR² ∫ exp(−(W(z) − W(unbound))/kT) dz (Limongelli, Bonomi & Parrinello 2013, doi:10.1073/pnas.1303186110)';
const formulas: Record<Confinement['kind'], string> = {
  sphere:
    'ΔG° = −kT ln(P(bound)/P(unbound) · V/V°), V the shell of the sphere in which the guest is unbound, ∫ 4πr² exp(−U/kT) dr (Gilson, Given, Bush & McCammon 1997, doi:10.1016/S0006-3495(97)78756-3)',
  cylinder: alongAxis,
  funnel: alongAxis,
};

/** A mode whose weight is unbound to this part is the unbound guest itself. */
const mostly = 0.9;
const unboundLabel = 1;
const boundLabel = 2;
const shellCount = 5;
const coursePoints = 10;

/**
 * ΔG° of binding at 1 mol/l, of all bound states together and of each, from a run in which walls keep the guest near its host: with
 * P of states and V the volume that walls leave to the unbound guest, ΔG° = −kT ln(P(bound)/P(unbound) · V/V°). Errors are those of
 * ΔF between the bound and the unbound guest (blocks by the core last visited, ten transitions at least); where the unbound free
 * energy is not flat, half of its tilt is added to them. Of a run whose guest was never bound, or never unbound, it is not determined.
 * @throws LatentcvError `bad-argument` where the volume of the unbound guest is not known
 */
export function standardState(run: SampledRun, request: StandardStateRequest): StandardState {
  expectObject(run, 'run', 'a run, as readSampledRun gives it,');
  expectObject(request, 'request');
  expectObject(request.confinement, 'request.confinement');
  expectObject(request.unbound, 'request.unbound');
  expectObject(request.states, 'request.states');
  expectList(request.states.names, 'request.states.names');
  const { confinement, unbound, states, question = {} } = request;
  const { kT, sides, bound, region, offset, plateau, answer, unmet } = boundAndUnbound(run, request);
  const all = answer('total', bound);
  const unboundStates = states.names.filter((_, i) => unboundPart(run, states, sides, i + 1) > mostly);
  const modes = states.names.flatMap((name, i) =>
    unboundStates.includes(name) ? [] : [answer(name, stateFrames(bound, states, i + 1)).found],
  );
  return {
    confinement,
    unbound: unbound.text,
    volume: region.volume,
    standardVolume,
    temperature: run.sample.temperature,
    total: all.found,
    modes,
    unboundStates,
    plateau,
    course: deltaFCourse(all.sums, coursePoints).map(({ fraction, prefix }) => ({
      fraction,
      value: prefix.value === null ? null : prefix.value + offset(region.volume),
      error: prefix.error,
    })),
    boundaries: region.beyond ? boundariesOf(run, { sides, bound, states }, region, question, offset) : [],
    formula: formulas[confinement.kind],
    assumptions: assumptionsOf(confinement),
    warnings: [...unmet, ...warningsOf(all.found, plateau, kT)],
  };
}

/** ΔG° of all bound states alone, as `standardState` tells it. */
export function totalBinding(run: SampledRun, request: StandardStateRequest): BindingFreeEnergy {
  const { answer, bound } = boundAndUnbound(run, request);
  return answer('total', bound).found;
}

/** What is common to all ΔG° of a run. */
interface BoundAndUnbound {
  kT: number;
  sides: Labels;
  bound: Labels;
  region: UnboundRegion;
  /** −kT ln(V/V°) */
  offset: (volume: number) => number;
  plateau: Plateau | null;
  answer: (name: string, labels: Labels) => { found: BindingFreeEnergy; sums: StateSums };
  /** That no frame of all is unbound, where that is so, and what its columns are in place of it. */
  unmet: string[];
}

function boundAndUnbound(
  run: SampledRun,
  { confinement, unbound, states, lengthUnit = 1, question = {} }: StandardStateRequest,
): BoundAndUnbound {
  expectNumber(lengthUnit, 'request.lengthUnit', { positive: true });
  const kT = thermalEnergy(run.sample.temperature);
  const region = unboundRegion(unbound, confinement, kT, lengthUnit);
  const { sides, unmet } = sidesOf(run, unbound);
  const offset = (volume: number): number => -kT * Math.log(volume / standardVolume);
  const plateau = region.beyond ? plateauOf(run, sides, region, kT) : null;
  const energy = wallsAt(run, confinement, lengthUnit);
  const answer: BoundAndUnbound['answer'] = (name, labels) => {
    const sums = sumsBetween(run, labels, ['unbound', name], question);
    const found = deltaFOfSums(sums, question.blocks);
    const walls = atWalls(run, labels, energy, kT);
    return { sums, found: binding(name, found, offset(region.volume), plateau, walls) };
  };
  return { kT, sides, bound: boundFrames(sides, states), region, offset, plateau, answer, unmet };
}

/** 1 for unbound frames, 2 for bound ones, 0 for others; likewise of cores. */
interface Labels {
  states: StateLabels;
  cores: StateLabels;
}

/** Unbound frames and all others, with cores where each is densest along the rule's columns. */
function sidesOf(run: SampledRun, unbound: StateRule): { sides: Labels; unmet: string[] } {
  const { dataset, sample, values } = run;
  const column = (label: string) => dataset.columns.find((each) => each.label === label)!;
  const rule = { ...unbound, name: 'unbound' };
  const found = runStates(
    { frames: dataset.frames, column, values, weights: sample.weights, ranges: sample.ranges },
    { basins: [rule] },
  )!;
  // of one rule the first state is all the rest
  const swapped = (labels: StateLabels): Uint8Array =>
    Uint8Array.from(labels, (label) => (label === 2 ? unboundLabel : label === 1 ? boundLabel : 0));
  return {
    sides: { states: swapped(found.states), cores: swapped(found.cores) },
    unmet: found.notes.filter((note) => note.startsWith('no frame')),
  };
}

/** Bound are frames of a state that are not unbound; their cores, those of the states. */
function boundFrames(sides: Labels, states: RunStates): Labels {
  const isBound = (frame: number): boolean => sides.states[frame] === boundLabel && states.states[frame] > 0;
  return {
    states: sides.states.map((side, frame) =>
      side === unboundLabel ? unboundLabel : isBound(frame) ? boundLabel : 0,
    ),
    cores: sides.cores.map((side, frame) =>
      side === unboundLabel ? unboundLabel : isBound(frame) && states.cores[frame] > 0 ? boundLabel : 0,
    ),
  };
}

function stateFrames(bound: Labels, states: RunStates, label: number): Labels {
  const only = (labels: StateLabels, own: StateLabels): Uint8Array =>
    Uint8Array.from(labels, (side, frame) => (side === boundLabel && own[frame] !== label ? 0 : side));
  return { states: only(bound.states, states.states), cores: only(bound.cores, states.cores) };
}

function unboundPart({ sample }: SampledRun, states: RunStates, sides: Labels, label: number): number {
  let [unbound, all] = [0, 0];
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++) {
      if (states.states[frame] !== label) continue;
      all += sample.weights[frame];
      if (sides.states[frame] === unboundLabel) unbound += sample.weights[frame];
    }
  return all === 0 ? 0 : unbound / all;
}

function sumsBetween(
  { sample, dataset }: SampledRun,
  { states, cores }: Labels,
  names: readonly [string, string],
  { every }: RunQuestion,
): StateSums {
  const looks = every === undefined ? undefined : { time: dataset.time, every };
  return stateSums({
    sample,
    states,
    cores,
    names,
    pair: [unboundLabel, boundLabel],
    ...(looks && { looks }),
  });
}

function binding(
  name: string,
  found: DeltaF,
  offset: number,
  plateau: Plateau | null,
  walls: { atWalls: number; wallShift: number },
): BindingFreeEnergy {
  return {
    name,
    deltaG: found.value === null ? null : found.value + offset,
    error: found.error === null ? null : Math.hypot(found.error, plateau?.error ?? 0),
    reason: found.reason,
    statisticalError: found.error,
    transitions: found.transitions,
    ...walls,
    warnings: found.error === null ? [] : found.warnings,
  };
}

/** What walls cost in each frame, by its columns; undefined where the table lacks one. */
function wallsAt(
  { dataset, values }: SampledRun,
  confinement: Confinement,
  lengthUnit: number,
): ((frame: number) => number) | undefined {
  const columns = coordinatesOf(confinement).filter(
    ([coordinate]) => confinement.kind === 'sphere' || coordinate !== 'distance',
  );
  if (!columns.every(([, column]) => dataset.columns.some(({ label }) => label === column))) return undefined;
  const taken = columns.map(([coordinate, column]): [string, Numbers] => [coordinate, values(column)]);
  return (frame) =>
    wallEnergy(
      confinement,
      Object.fromEntries(taken.map(([coordinate, column]) => [coordinate, column[frame] * lengthUnit])),
    );
}

function atWalls(
  { sample }: SampledRun,
  { states }: Labels,
  energy: ((frame: number) => number) | undefined,
  kT: number,
): { atWalls: number; wallShift: number } {
  if (!energy) return { atWalls: 0, wallShift: 0 };
  let [all, beyond, free] = [0, 0, 0];
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++) {
      if (states[frame] !== boundLabel) continue;
      const [weight, cost] = [sample.weights[frame], energy(frame)];
      all += weight;
      if (cost > kT) beyond += weight;
      free += weight * Math.exp(cost / kT);
    }
  return all === 0
    ? { atWalls: 0, wallShift: 0 }
    : { atWalls: beyond / all, wallShift: kT * Math.log(free / all) };
}

/** Values of the column between which the unbound guest has parts of its volume. */
function edges({ volume, between, beyond }: UnboundRegion, parts: readonly number[]): number[] {
  const { at } = beyond!;
  let far = at + 1e-3 * Math.max(1, Math.abs(at));
  while (between(at, far) < volume * (1 - 1e-9) && far < at + 1e6) far = at + 2 * (far - at);
  return parts.map((part) => {
    let [low, high] = [at, far];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (between(at, middle) < part * volume) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

function plateauOf(run: SampledRun, sides: Labels, region: UnboundRegion, kT: number): Plateau {
  const { at, column } = region.beyond!;
  const values = run.values(column);
  const inner = edges(
    region,
    Array.from({ length: shellCount - 1 }, (_, i) => (i + 1) / shellCount),
  );
  const ends = [at, ...inner, Infinity];
  const part = (from: number, to: number): DeltaF => {
    const states = sides.states.map((side, frame) =>
      side !== unboundLabel ? 0 : values[frame] >= from && values[frame] < to ? boundLabel : unboundLabel,
    );
    return deltaFOfSums(sumsBetween(run, { states, cores: states }, ['other shells', 'a shell'], {}));
  };
  const shells = ends.slice(1).map((to, i) => {
    const { value, error, probabilityB: p } = part(ends[i], to);
    const seen = value !== null && p !== null && p > 0;
    return {
      ...{ from: ends[i], to },
      value: seen ? -kT * Math.log(p * shellCount) : null,
      error: seen && error !== null ? (1 - p) * error : null,
    };
  });
  const [middle] = edges(region, [0.5]);
  const halves = part(middle, Infinity);
  const [tilt, tiltError] = [halves.value, halves.error];
  const flat = tilt === null || tiltError === null ? null : Math.abs(tilt) <= 2 * tiltError;
  return { shells, tilt, tiltError, flat, error: flat === false ? Math.abs(tilt!) / 2 : 0 };
}

/** ΔG° of all with the boundary moved: as far outwards as two fifths of the volume are left, and as far inwards again. */
function boundariesOf(
  run: SampledRun,
  { sides, bound, states }: { sides: Labels; bound: Labels; states: RunStates },
  region: UnboundRegion,
  question: RunQuestion,
  offset: (volume: number) => number,
): StandardState['boundaries'] {
  const { at, column } = region.beyond!;
  const values = run.values(column);
  const outwards = edges(region, [0.2, 0.4, 0.6]);
  const step = (outwards[2] - at) / 3;
  const places = [3, 2, 1].map((k) => at - k * step).concat([at], outwards);
  const byRules = (question.basins ?? []).length > 0;
  return places.map((place) => {
    // all of modes' frames have one, so that those inside are bound; of states by rules only theirs
    const side = (frame: number): number => {
      if (values[frame] > place) return unboundLabel;
      if (byRules) return bound.states[frame] === boundLabel ? boundLabel : 0;
      return states.states[frame] > 0 ? boundLabel : 0;
    };
    const labels = sides.states.map((_, frame) => side(frame));
    const cores = bound.cores.map((core, frame) => (core === labels[frame] ? core : 0));
    const sums = sumsBetween(run, { states: labels, cores }, ['unbound', 'total'], question);
    const { value, error } = deltaFOfSums(sums, question.blocks);
    const volume = region.between(place, Infinity);
    return { at: place, volume, value: value === null ? null : value + offset(volume), error };
  });
}

function assumptionsOf(confinement: Confinement): string[] {
  const ends =
    confinement.kind === 'sphere'
      ? 'all that lies within the sphere counts'
      : `what lies beyond the walls (depth ${digits(confinement.from, 3)} to ${digits(confinement.to, 3)} nm) does not count: n equal sites of a symmetric host of which one is sampled would lower ΔG° by kT ln n`;
  return [
    'one guest and one host at infinite dilution: where the guest is unbound nothing but the walls acts on it',
    ends,
    'walls are taken not to touch the bound guest: what they cost it is told',
    '1 mol/l is one molecule in 1.6605 nm³ (1660.5 Å³), ideal; finite boxes of charged molecules and pressure × volume are not corrected for',
  ];
}

function warningsOf(
  { warnings, wallShift }: BindingFreeEnergy,
  plateau: Plateau | null,
  kT: number,
): string[] {
  return [
    ...warnings,
    ...(plateau?.flat === false
      ? [
          `the unbound free energy is not flat: its outer half lies ${fixed(plateau.tilt!, 2)} ± ${fixed(plateau.tiltError!, 2)} kJ/mol above its inner one, half of which is added to the error; put the boundary farther out, or take a larger confinement`,
        ]
      : []),
    ...(wallShift > 0.2 * kT
      ? [
          `walls cost the bound guest ${fixed(wallShift, 2)} kJ/mol: ΔG° would be lower by about that without them; make the confinement wider there`,
        ]
      : []),
  ];
}
