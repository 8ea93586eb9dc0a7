import type { Command } from 'commander';
import type { RunQuestion, StateDefinition } from '../free-energy/index.js';
import { addPartsOption, type PartsOption } from './table-options.js';
import { coreSets, duration, fraction, positiveDuration, positiveInteger, state, states } from './values.js';
import { addPlumedOption, addWeighingOptions, type WeighingOptions } from './weighing-options.js';

/** What `fes` and `report` ask of a run. */
export interface SamplingOptions extends Omit<RunQuestion, 'basins'>, WeighingOptions, PartsOption {
  basin?: StateDefinition[];
  /** Left out: 0.2 of a biased run. */
  discard?: number;
  begin?: number;
  end?: number;
}

/** Adds them to a command. */
export function addSamplingOptions(command: Command): Command {
  return addPartsOption(addPlumedOption(addWeighingOptions(command)))
    .option(
      '--discard <part>',
      'first part of every run that is left out (default: 0.2 of a biased run)',
      fraction,
    )
    .option('--begin <time>', 'first time taken', duration)
    .option('--end <time>', 'last time taken', duration)
    .option(
      '--basin <interval>',
      'basin B for ΔF, such as phi=0..2.3; repeated, ΔF of every two, such as C7ax:phi=0..2.3',
      states,
    )
    .option('--basin-a <interval>', 'basin A (default with one --basin: all that is not B)', state)
    .option(
      '--cores <a,b>',
      'between which transitions count, such as phi=-2.8..-0.6,0.5..1.7 (default: where basins are densest)',
      coreSets,
    )
    .option('--every <time>', 'look for transitions only so often (default: every frame)', positiveDuration)
    .option('--blocks <count>', 'blocks for the errors (default: by their own rule)', positiveInteger);
}

/** What the options ask of a run. */
export function questionOf({ basin, basinA, cores, every, blocks }: SamplingOptions): RunQuestion {
  return {
    ...(basin && { basins: basin }),
    ...(basinA && { basinA }),
    ...(cores && { cores }),
    ...(every !== undefined && { every }),
    ...(blocks !== undefined && { blocks }),
  };
}
