import {
  argumentsOf,
  chosenOutputs,
  listText,
  oneEach,
  springText,
  wholeSteps,
  type BiasCommon,
  type BiasContext,
  type BiasLines,
} from './bias.js';
import { springsOf } from './spring.js';

/**
 * Steered dynamics: a harmonic restraint whose centre moves (Grubmüller, Heymann & Tavan 1996, doi:10.1126/science.271.5251.997). Its
 * work is printed, from which free energies follow (Jarzynski 1997, doi:10.1103/PhysRevLett.78.2690).
 */
export interface SteeredBias extends BiasCommon {
  kind: 'steered';
  /** Where the centre starts, one for all components or one each, in units of the CV. */
  at: number | readonly number[];
  /** Where it ends. */
  to: number | readonly number[];
  /** MD steps that it takes. */
  steps: number;
  /** κ, kJ/mol per unit of the CV squared; by default that by which the CV fluctuates by a twentieth of its training range. */
  kappa?: number | readonly number[];
}

/** @throws LatentcvError `bad-argument`, `plumed-input` */
export function steered(bias: SteeredBias, context: BiasContext): BiasLines {
  const outputs = chosenOutputs(context.model, bias.components);
  const label = context.names.label(context.label, 'steered');
  const [at, to] = (['at', 'to'] as const).map((key) => oneEach(key, bias[key], outputs.length, 'positions'));
  const kappa = springsOf(bias.kappa, outputs, bias, context);
  const springs = springText('kappa', oneEach('kappa', kappa.value, outputs.length), context);
  const line =
    `${label}: MOVINGRESTRAINT ARG=${argumentsOf(context, outputs)} STEP0=0 AT0=${listText(at)} KAPPA0=${springs} ` +
    `STEP1=${wholeSteps('steps', bias.steps)} AT1=${listText(to)}`;
  return {
    label,
    lines: [line],
    printed: [`${label}.bias`, `${label}.work`],
    files: [],
    notes: [
      ...kappa.notes,
      'the work that is printed starts from 0 again where PLUMED is restarted: a pull that is cut short is best made anew',
    ],
  };
}
