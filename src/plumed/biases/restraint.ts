import {
  argumentsOf,
  chosenOutputs,
  listText,
  oneEach,
  springText,
  temperatureWord,
  type BiasCommon,
  type BiasContext,
  type BiasLines,
} from './bias.js';
import { springsOf } from './spring.js';

/** A harmonic restraint, ½ κ (s − s₀)². */
export interface RestraintBias extends BiasCommon {
  kind: 'restraint';
  /** s₀, one for all components or one each, in units of the CV. */
  at: number | readonly number[];
  /** κ, kJ/mol per unit of the CV squared; by default that by which the CV fluctuates by a twentieth of its training range. */
  kappa?: number | readonly number[];
}

/** @throws LatentcvError `bad-argument`, `plumed-input` */
export function restraint(bias: RestraintBias, context: BiasContext): BiasLines {
  // it is not told, but springs go by it: one that does not fit the input's units is refused
  temperatureWord(bias, context);
  const outputs = chosenOutputs(context.model, bias.components);
  const label = context.names.label(context.label, 'restraint');
  const at = oneEach('at', bias.at, outputs.length, 'positions');
  const kappa = springsOf(bias.kappa, outputs, bias, context);
  const springs = springText('kappa', oneEach('kappa', kappa.value, outputs.length), context);
  return {
    label,
    lines: [`${label}: RESTRAINT ARG=${argumentsOf(context, outputs)} AT=${listText(at)} KAPPA=${springs}`],
    printed: [`${label}.bias`],
    files: [],
    notes: kappa.notes,
  };
}
