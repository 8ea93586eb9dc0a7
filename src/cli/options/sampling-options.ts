import type { Command } from 'commander';
import type { RunQuestion } from '../../free-energy/index.js';
import type { StateRule } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { addPartsOption, type PartsOption } from './table-options.js';
import { coreSets, duration, fraction, positiveDuration, positiveInteger, states } from './values.js';
import { addPlumedOption, addWeighingOptions, type WeighingOptions } from './weighing-options.js';

/** What `fes` and `report` ask of a run. */
export interface SamplingOptions
  extends Omit<RunQuestion, 'basins' | 'basinA'>, WeighingOptions, PartsOption {
  basin?: StateRule[];
  basinA?: StateRule;
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
      '--basin <states>',
      "states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3 and psi>1'; may be repeated",
      states('--basin'),
    )
    .option('--basin-a <state>', 'the first state, where --basin names one alone', firstState)
    .option(
      '--cores <states>',
      'of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7 (default: where basins are densest)',
      coreSets('--cores'),
    )
    .option('--every <time>', 'look for transitions only so often (default: every frame)', positiveDuration)
    .option('--blocks <count>', 'blocks for the errors (default: by their own rule)', positiveInteger);
}

function firstState(text: string): StateRule {
  const [found, ...more] = states('--basin-a')(text);
  if (more.length === 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected one state for --basin-a but received ${more.length + 1}`,
    '--basin takes several, the first of them first',
  );
}

/** What the options ask of a run. */
export function questionOf({ basin, basinA, cores, every, blocks }: SamplingOptions): RunQuestion {
  return {
    basins: basin,
    basinA,
    cores,
    every,
    blocks,
  };
}
