import type { RunState } from './run-state.js';

/** How far a run is; what is not known is null. */
export interface RunProgressSoFar {
  /** Simulated, ps. */
  time: number | null;
  step: number | null;
  steps: number | null;
  /** Of the steps, 0 to 1. */
  fraction: number | null;
  /** null in natural units, too. */
  nanosecondsPerDay: number | null;
  /** ms since 1970, when it will have done its steps at this speed; null unless it runs. */
  ends: number | null;
}

/** What a run's table tells of it. */
export interface WrittenSoFar {
  /** ps, of the first and the last frame. */
  first: number;
  last: number;
  /** ms since 1970, when it was written to. */
  modified: number;
  /** ms since 1970, when the table was made, where it was written in one go since. */
  born?: number;
  natural: boolean;
}

/** How far a run is by what it has written, and how fast it went since it was last started. */
export function progressOf(
  { state, length, start, ended }: RunState,
  written: WrittenSoFar | undefined,
  now: number,
): RunProgressSoFar {
  const time = written?.last ?? null;
  const counted = written && length ? Math.round(written.last / length.timestep) : undefined;
  const step = state === 'running' ? counted : (ended?.step ?? counted);
  const speed = written && speedOf({ length, start }, written);
  const steps = length?.steps ?? null;
  const left = length && step !== undefined ? Math.max(0, length.steps - step) * length.timestep : undefined;
  const ends =
    state === 'running' && speed !== undefined && left !== undefined
      ? Math.max(now, written!.modified + left / speed)
      : null;
  return {
    time,
    step: step ?? null,
    steps,
    fraction: steps !== null && steps > 0 && step !== undefined ? Math.min(1, step / steps) : null,
    nanosecondsPerDay: speed === undefined || written!.natural ? null : speed * 86_400,
    ends,
  };
}

/** ps in a ms, which is ns in a second; undefined where nothing tells when it began. */
function speedOf(
  { length, start }: Pick<RunState, 'length' | 'start'>,
  { first, last, modified, born }: WrittenSoFar,
): number | undefined {
  const [began, from] = start && length ? [start.began, start.step * length.timestep] : [born, first];
  if (began === undefined || !(modified > began) || !(last > from)) return undefined;
  return (last - from) / (modified - began);
}
