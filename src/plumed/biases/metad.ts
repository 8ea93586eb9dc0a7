import { invalidArgument } from '../../support/index.js';
import {
  argumentsOf,
  chosenOutputs,
  energyText,
  listText,
  numberText,
  oneEach,
  positive,
  temperatureWord,
  wholeSteps,
  type BiasContext,
  type BiasLines,
  type GrowingBias,
} from './bias.js';
import { biasFactorOf, defaultPace, heightOf, hillSigma } from './defaults.js';
import { gridNotes, gridWords } from './grid.js';

/** What hills are made of. */
export interface Hills extends GrowingBias {
  /** Of the first hills, kJ/mol; half a kT where left out. */
  height?: number;
  /**
   * One width for all components or one each, in units of the CV; by default half of the narrowest basin's, where the model tells it,
   * else a fiftieth of the training range.
   */
  sigma?: number | readonly number[];
  /** By default the barrier over kT, where it is told, else 10. */
  biasFactor?: number;
  /** Highest barrier to cross, kJ/mol. */
  barrier?: number;
}

/** Well-tempered metadynamics (Barducci, Bussi & Parrinello 2008, doi:10.1103/PhysRevLett.100.020603). */
export interface MetadBias extends Hills {
  kind: 'metad';
}

/** The words of METAD and PBMETAD alike, from PACE on, with their notes. */
export function hillWords(
  bias: Hills,
  outputs: readonly number[],
  context: BiasContext,
): { words: string; grid: string | undefined; notes: string[] } {
  const pace = wholeSteps('pace', bias.pace ?? defaultPace);
  const height = heightOf(bias.height, bias, context);
  const sigma = hillSigma(bias.sigma, outputs, bias, context);
  const widths = oneEach('sigma', sigma.value, outputs.length, 'widths');
  const factor = biasFactorOf(bias.biasFactor, bias.barrier, bias, context);
  if (!(factor.value > 1)) throw invalidArgument('a number above 1', 'biasFactor', factor.value);
  const words =
    `PACE=${pace} HEIGHT=${energyText('height', height.value, context)} ` +
    `SIGMA=${listText(widths.map((width) => positive('sigma', width)))} ` +
    `BIASFACTOR=${numberText(factor.value)}${temperatureWord(bias, context)}`;
  const grid = gridWords(context.model, outputs);
  return { words, grid, notes: [...height.notes, ...sigma.notes, ...factor.notes] };
}

/** @throws LatentcvError `bad-argument`, `plumed-input` */
export function metad(bias: MetadBias, context: BiasContext): BiasLines {
  const outputs = chosenOutputs(context.model, bias.components);
  const label = context.names.label(context.label, 'metad');
  const hills = context.names.file(undefined, 'HILLS', label);
  const { words, grid, notes } = hillWords(bias, outputs, context);
  const ending = grid === undefined ? '' : `${grid} CALC_RCT`;
  const ofGrid = grid
    ? gridNotes('METAD', context.model, outputs)
    : [
        'the model does not tell its training ranges, so METAD gets no grid: long runs slow down, and no rbias is printed',
      ];
  return {
    label,
    lines: [`${label}: METAD ARG=${argumentsOf(context, outputs)} ${words} FILE=${hills}${ending}`],
    printed: [`${label}.bias`, ...(grid ? [`${label}.rbias`] : [])],
    files: [hills],
    notes: [...notes, ...ofGrid],
  };
}
