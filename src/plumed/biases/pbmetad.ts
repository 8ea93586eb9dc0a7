import { argumentsOf, chosenOutputs, type BiasContext, type BiasLines } from './bias.js';
import { gridNotes } from './grid.js';
import { hillWords, type Hills } from './metad.js';

/**
 * Parallel-bias metadynamics, a bias along each CV by itself: for more CVs than one METAD can fill (Pfaendtner & Bonomi 2015,
 * doi:10.1021/acs.jctc.5b00846).
 */
export interface PbmetadBias extends Hills {
  kind: 'pbmetad';
}

/** @throws LatentcvError `bad-argument`, `plumed-input` */
export function pbmetad(bias: PbmetadBias, context: BiasContext): BiasLines {
  const outputs = chosenOutputs(context.model, bias.components);
  const label = context.names.label(context.label, 'pbmetad');
  const hills = outputs.map((i) => context.names.file(undefined, `HILLS.${context.model.outputs[i]}`, label));
  const { words, grid, notes } = hillWords(bias, outputs, context);
  const ofGrid = grid
    ? gridNotes('PBMETAD', context.model, outputs)
    : ['the model does not tell its training ranges, so PBMETAD gets no grid: long runs slow down'];
  return {
    label,
    lines: [
      `${label}: PBMETAD ARG=${argumentsOf(context, outputs)} ${words} FILE=${hills.join(',')}${grid ?? ''}`,
    ],
    printed: [`${label}.bias`],
    files: hills,
    notes: [...notes, ...ofGrid],
  };
}
