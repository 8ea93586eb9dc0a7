import {
  LatentcvError,
  expectList,
  expectNumbers,
  expectObject,
  expectText,
  invalidArgument,
} from '../../support/index.js';
import type { Segment } from '../../frames/index.js';

/** Frames of all states, each with its energy in every state. */
export interface MbarInput {
  /** What the states are called: windows, temperatures. */
  states: readonly string[];
  /**
   * `[state][frame]`: reduced energies u_k(x_n), which have no unit. Of a bias V_k at one temperature V_k/kT is enough; of
   * several temperatures (U + V_k + pV)/kT_k.
   */
  energies: readonly Float64Array[];
  /** `[frames]`: the state that each frame was sampled in, or −1 for a frame that is left out. */
  origin: Int32Array;
}

/**
 * Refuses what is no input; looks at no energy.
 * @throws LatentcvError `bad-argument` where a part is of another kind or length
 */
export function expectMbarInput(input: MbarInput): void {
  expectObject(input, 'input', 'states, energies and origin');
  const { states, energies, origin } = input;
  expectList(states, 'input.states');
  states.forEach((name, state) => expectText(name, `input.states[${state}]`));
  if (!((origin as unknown) instanceof Int32Array))
    throw invalidArgument('an Int32Array', 'input.origin', typeof origin);
  expectList(energies, 'input.energies', states.length);
  energies.forEach((energy, state) => {
    expectNumbers(energy, `input.energies[${state}]`, origin.length);
    if (!((energy as unknown) instanceof Float64Array))
      throw invalidArgument('a Float64Array', `input.energies[${state}]`, typeof energy);
  });
  const strange = origin.find((state) => state < -1 || state >= states.length);
  if (strange !== undefined)
    throw invalidArgument(`states from 0 to ${states.length - 1}, or −1`, 'input.origin', strange);
}

/**
 * Refuses an input without frames, or with an energy that is not finite.
 * @throws LatentcvError `bad-data`
 */
export function expectEnergies({ states, energies, origin }: MbarInput): void {
  const ranges = countedRanges(origin);
  if (ranges.length === 0) throw new LatentcvError('bad-data', 'expected frames of a state but none counts');
  energies.forEach((energy, state) => expectFinite(energy, ranges, states[state]));
}

function expectFinite(energy: Float64Array, ranges: readonly Segment[], name: string): void {
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++)
      if (!Number.isFinite(energy[frame]))
        throw new LatentcvError(
          'bad-data',
          `expected a finite energy in ${name} but frame ${frame} has ${energy[frame]}`,
        );
}

/** The stretches of frames that are not left out. */
export function countedRanges(origin: Int32Array): Segment[] {
  return stretches(origin, { start: 0, end: origin.length }, (state) => (state < 0 ? -1 : 0));
}

/** Of each state, the stretches of frames that were sampled in it, none across an end of these ranges: `[state]`. */
export function rangesByState({ states, origin }: MbarInput, ranges: readonly Segment[]): Segment[][] {
  const found: Segment[][] = states.map(() => []);
  for (const range of ranges)
    for (const stretch of stretches(origin, range, (state) => state))
      found[origin[stretch.start]].push(stretch);
  return found;
}

/** Stretches of one range in which `kind` stays the same and is not negative. */
function stretches(origin: Int32Array, { start, end }: Segment, kind: (state: number) => number): Segment[] {
  const found: Segment[] = [];
  for (let at = start; at < end;) {
    const own = kind(origin[at]);
    let next = at + 1;
    while (next < end && kind(origin[next]) === own) next++;
    if (own >= 0) found.push({ start: at, end: next });
    at = next;
  }
  return found;
}

/** Frames of each state. */
export function countsOf({ states, origin }: MbarInput): Float64Array {
  const counts = new Float64Array(states.length);
  for (const state of origin) if (state >= 0) counts[state]++;
  return counts;
}
