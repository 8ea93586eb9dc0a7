import type { Command } from 'commander';
import type { RunQuestion } from '../free-energy/index.js';
import { columnInterval, coreSets, duration, fraction, positiveInteger } from './values.js';
import { addPlumedOption, addWeighingOptions, type WeighingOptions } from './weighing-options.js';

/** What `fes` and `report` ask of a run. */
export interface SamplingOptions extends RunQuestion, WeighingOptions {
  /** Left out: 0.2 of a biased run. */
  discard?: number;
  begin?: number;
  end?: number;
}

/** Adds them to a command. */
export function addSamplingOptions(command: Command): Command {
  return addPlumedOption(addWeighingOptions(command))
    .option(
      '--discard <part>',
      'first part of every run that is left out (default: 0.2 of a biased run)',
      fraction,
    )
    .option('--begin <time>', 'first time taken', duration)
    .option('--end <time>', 'last time taken', duration)
    .option('--basin <interval>', 'basin B for ΔF, such as phi=0..2.3', columnInterval)
    .option('--basin-a <interval>', 'basin A (default: all that is not B)', columnInterval)
    .option('--cores <a,b>', 'count transitions, such as phi=-2.8..-0.6,0.5..1.7', coreSets)
    .option('--blocks <count>', 'blocks for the errors (default: by their own rule)', positiveInteger);
}
