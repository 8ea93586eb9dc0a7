import { invalidArgument, LatentcvError } from '../../support/index.js';
import { energyLimit, energyStatement } from '../engine-energy.js';
import { placeOf } from '../statement.js';
import { numberText, positive, temperatureWord, wholeSteps } from './bias.js';
import type { BiasContext, BiasLines, GrowingBias } from './bias.js';
import { defaultPace } from './defaults.js';

/**
 * OPES of expanded ensembles, multithermal: one run samples a range of temperatures (Invernizzi, Piaggi & Parrinello 2020,
 * doi:10.1103/PhysRevX.10.041034). The bias acts on the potential energy; the CVs are printed.
 */
export interface OpesExpandedBias extends Omit<GrowingBias, 'components'> {
  kind: 'opes-expanded';
  /** Lowest and highest temperature, K; kT in natural units. */
  temperatures: readonly [number, number];
}

/** @throws LatentcvError `bad-argument`, `plumed-input` where ENERGY of the input has no label */
export function opesExpanded(bias: OpesExpandedBias, context: BiasContext): BiasLines {
  const { names } = context;
  const [low, high] = rangeOf(bias);
  const energy = energyOf(context);
  const expansion = names.label(undefined, 'ecv');
  const label = names.label(context.label, 'opes');
  const [deltas, state] = ['DELTAFS', 'STATE'].map((name) => names.file(undefined, name, label));
  const pace = wholeSteps('pace', bias.pace ?? defaultPace);
  const ecv =
    `${expansion}: ECV_MULTITHERMAL ARG=${energy.label} TEMP_MIN=${numberText(low)} TEMP_MAX=${numberText(high)}` +
    temperatureWord(bias, context);
  const opes =
    `${label}: OPES_EXPANDED ARG=${expansion}.${energy.label} PACE=${pace} ` +
    `FILE=${deltas} STATE_WFILE=${state} STATE_WSTRIDE=${pace}`;
  return {
    label,
    lines: [...energy.lines, ecv, opes],
    printed: [energy.label, `${label}.bias`],
    files: [deltas, state],
    notes: [
      `${energyLimit}: multithermal runs need another engine, such as LAMMPS`,
      'for a constant volume: at constant pressure the energy to expand is that of the system and p V together',
      ...outsideNotes(bias, [low, high]),
    ],
  };
}

function rangeOf({ temperatures }: OpesExpandedBias): [number, number] {
  const [low, high] = temperatures.map((each) => positive('temperatures', each));
  if (temperatures.length === 2 && high > low) return [low, high];
  throw invalidArgument('a lowest and a higher temperature', 'temperatures', temperatures.join(', '));
}

/** The input's own ENERGY, or a new one. */
function energyOf({ input, names }: BiasContext): { label: string; lines: string[] } {
  const there = energyStatement(input);
  if (!there) {
    const label = names.label(undefined, 'ene');
    return { label, lines: [`${label}: ENERGY`] };
  }
  if (there.label !== undefined) return { label: there.label, lines: [] };
  throw new LatentcvError('plumed-input', `${placeOf(there)}: expected a label of ENERGY but found none`);
}

function outsideNotes({ temperature, kT }: OpesExpandedBias, [low, high]: [number, number]): string[] {
  const run = kT ?? temperature;
  if (run === undefined || (run >= low && run <= high)) return [];
  return [`the run's own temperature, ${run}, is outside of ${low} to ${high}`];
}
