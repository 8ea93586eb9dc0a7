import { Command, Option } from 'commander';
import type { RunQuestion } from '../free-energy/index.js';
import { columnInterval, coreSets, duration, fraction, positiveInteger, positiveNumber } from './values.js';

/** What `fes` and `report` ask of a run. */
export interface SamplingOptions extends RunQuestion {
  temperature?: number;
  kt?: number;
  bias?: string;
  discard: number;
  replicas: 'independent' | 'shared';
  begin?: number;
  end?: number;
}

/** Adds them to a command. */
export function addSamplingOptions(command: Command): Command {
  const replicas = new Option(
    '--replicas <kind>',
    'several files: each with its own bias, or one bias for all',
  );
  return command
    .option('--temperature <kelvin>', 'temperature of the run', positiveNumber)
    .option('--kt <energy>', 'instead of it, for natural units: kT', positiveNumber)
    .option('--bias <column>', 'column of the bias, or none (default: *.rbias or *.bias)')
    .option('--discard <part>', 'first part of every run that is left out', fraction, 0.2)
    .addOption(replicas.choices(['independent', 'shared']).default('independent'))
    .option('--begin <time>', 'first time taken', duration)
    .option('--end <time>', 'last time taken', duration)
    .option('--basin <interval>', 'basin B for ΔF, such as phi=0..2.3', columnInterval)
    .option('--basin-a <interval>', 'basin A (default: all that is not B)', columnInterval)
    .option('--cores <a,b>', 'count transitions, such as phi=-2.8..-0.6,0.5..1.7', coreSets)
    .option('--blocks <count>', 'blocks for the errors (default: by their own rule)', positiveInteger);
}
