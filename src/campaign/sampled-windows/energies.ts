import type { FrameColumns } from '../../frames/index.js';
import type { StaticBias } from '../../plumed/index.js';
import { thermalEnergy } from '../../sampling/index.js';
import type { WindowStates } from './states.js';

/** Reduced energies of every frame, without a unit. */
export interface ReducedEnergies {
  /** `[state][frame]` */
  energies: Float64Array[];
  /** In the ensemble that is asked about `[frame]`; undefined where it is 0. */
  target?: Float64Array;
}

/**
 * u_k = V_k/kT of the biases of one temperature; of several (U + V_k)/kT_k with U the energy without them.
 * @param potential kJ/mol `[frame]`, needed where temperatures differ
 */
export function reducedEnergies(
  { states, common }: WindowStates,
  dataset: FrameColumns,
  temperature: number,
  potential?: Float64Array,
): ReducedEnergies {
  const values = (label: string) => dataset.values(label);
  const known = new Map<string, Float64Array>();
  const energyOf = (bias: StaticBias): Float64Array => {
    const energy = known.get(bias.key) ?? bias.energy(values);
    // those that several states have alike are computed once
    if (states.filter(({ biases }) => biases.some(({ key }) => key === bias.key)).length > 1)
      known.set(bias.key, energy);
    return energy;
  };
  const hot = states.some((state) => state.temperature !== temperature);
  const base = hot
    ? sumOf(
        [...(potential ? [centred(potential)] : []), ...common.map((bias) => bias.energy(values))],
        dataset.frames,
      )
    : undefined;
  const energies = states.map(({ biases, temperature: own }) => {
    const total = sumOf([...(base ? [base] : []), ...biases.map(energyOf)], dataset.frames);
    return scaled(total, 1 / thermalEnergy(own));
  });
  return { energies, ...(base && { target: scaled(base.slice(), 1 / thermalEnergy(temperature)) }) };
}

/** Less its mean, which changes no weight and loses no digits. */
function centred(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  return values.map((value) => value - mean);
}

function sumOf(parts: readonly Float64Array[], frames: number): Float64Array {
  const total = new Float64Array(frames);
  for (const part of parts) for (let i = 0; i < frames; i++) total[i] += part[i];
  return total;
}

function scaled(values: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
  return values;
}
