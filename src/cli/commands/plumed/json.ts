import type { ReadyConfinement } from './confinement.js';

/** What the input does not say: nm³, where the axis comes from, and how far the host reaches. */
export function confinementJson(confined: ReadyConfinement | undefined) {
  if (!confined) return {};
  const { axis, limits, volume, unboundVolume, clear, notes, reference } = confined;
  return {
    confined: {
      axis: axis ?? null,
      limits,
      volume,
      unboundVolume,
      clear,
      notes,
      reference: reference?.path ?? null,
    },
  };
}
