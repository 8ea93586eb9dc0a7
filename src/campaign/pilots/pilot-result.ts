import type { Segment, Times } from '../../frames/index.js';
import type { Numbers, StateLabels } from '../../sampling/index.js';
import { passages } from '../../states/index.js';
import { crossingRate, inefficiencyOf, tellApart, type CrossingRate } from './crossing-rate.js';

/** What a pilot is judged by: states by rules, or the basins of a CV that was learned. */
export interface LabelledCores {
  /** The column, or `states` of rules. */
  name: string;
  states: number;
  /** Of the pilot's frames, from 1. */
  cores: StateLabels;
}

/** The frames of one pilot. */
export interface PilotFrames {
  nanoseconds: number;
  time: Times;
  segments: readonly Segment[];
  /** exp(V/kT) up to a factor. */
  weights: Numbers;
  /** kJ/mol, or natural. */
  kT: number;
  judges: readonly LabelledCores[];
  /** How far inputs lay beyond the training range, where the model tells it. */
  outside?: Numbers;
  /** Look at the run only so often, ps. */
  every?: number;
}

/** What a pilot met. */
export interface PilotResult {
  nanoseconds: number;
  /** The middle one of what its judges say; of an even number the lower one of the two. */
  crossing: CrossingRate;
  judges: (CrossingRate & { name: string })[];
  /** From the smallest to the largest bias of all frames: how deep the wells have been filled; in the unit of kT. */
  filled: number;
  /** Part of the frames beyond the training range, and the farthest, in units of that range; `null` where the model does not tell. */
  outside: { part: number; farthest: number } | null;
}

/** Counts what a pilot met. */
export function pilotResult({
  nanoseconds,
  time,
  segments,
  weights,
  kT,
  judges,
  outside,
  every,
}: PilotFrames): PilotResult {
  const looks = every === undefined ? undefined : { time, every };
  const counted = judges.map(({ name, states, cores }) => {
    const { frames } = passages(cores, states, segments, looks);
    const events = segments.map(({ start, end }) =>
      frames.filter((frame) => frame >= start && frame < end).map((frame) => (frame - start) / (end - start)),
    );
    return { name, ...crossingRate(frames.length, nanoseconds, inefficiencyOf(events)) };
  });
  const sorted = counted.toSorted((a, b) => a.independent - b.independent);
  // no judge: all pilots together show one basin
  const { crossings, inefficiency } =
    sorted.at(Math.floor((sorted.length - 1) / 2)) ?? crossingRate(0, nanoseconds);
  return {
    nanoseconds,
    crossing: crossingRate(crossings, nanoseconds, inefficiency),
    judges: counted,
    filled: filledOf(weights, kT),
    outside: outside ? outsideOf(outside) : null,
  };
}

function filledOf(weights: Numbers, kT: number): number {
  let [least, most] = [Infinity, 0];
  for (const weight of weights) {
    if (weight > most) most = weight;
    if (weight > 0 && weight < least) least = weight;
  }
  return most > 0 ? kT * Math.log(most / least) : 0;
}

function outsideOf(values: Numbers): { part: number; farthest: number } {
  let [beyond, farthest] = [0, 0];
  for (const value of values) {
    if (value > 0) beyond++;
    if (value > farthest) farthest = value;
  }
  return { part: beyond / values.length, farthest };
}

/** The pilots from the one that crosses most often, bursts of crossings counted as few, each with by how many standard errors the best one is above it. */
export function ranked<T extends { crossing: CrossingRate }>(
  pilots: readonly T[],
): (T & { behind: number })[] {
  const sorted = pilots.toSorted(
    (a, b) =>
      b.crossing.independent / b.crossing.nanoseconds - a.crossing.independent / a.crossing.nanoseconds,
  );
  return sorted.map((pilot) => ({ ...pilot, behind: tellApart(sorted[0].crossing, pilot.crossing) }));
}
