import { statisticProblem, type AtomStatistic } from '../../descriptors/index.js';
import type { DefinitionStatement } from './definition.js';
import { refusal } from './statement-groups.js';

const usualBins = 10;

/** Bins side by side; each atom is smeared out by half a bin's width unless the statement says otherwise. */
function binsOf({ statistics = {} }: DefinitionStatement): AtomStatistic[] {
  const { histogram, bins = usualBins, sigma } = statistics;
  if (!histogram) return [];
  const [lower, upper] = histogram;
  const width = (upper - lower) / bins;
  // as short as they can be said
  const bound = (i: number): number => Number((lower + i * width).toPrecision(12));
  return Array.from({ length: bins }, (_, i) => ({
    of: 'bin',
    lower: bound(i),
    upper: bound(i + 1),
    sigma: sigma ?? Number((width / 2).toPrecision(12)),
  }));
}

/**
 * What a statement makes of a value that each atom has: the mean, then moments and bins.
 * @throws LatentcvError `bad-argument` for what is no moment or bin
 */
export function atomStatistics(statement: DefinitionStatement): AtomStatistic[] {
  const { moments = [], histogram, bins = usualBins, sigma } = statement.statistics ?? {};
  if (!histogram && (sigma !== undefined || statement.statistics?.bins !== undefined))
    throw refusal(statement, 'expected histogram LOWER..UPPER with bins or sigma');
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000)
    throw refusal(statement, 'expected from 1 to 1000 bins');
  const all: AtomStatistic[] = [
    { of: 'mean' },
    ...moments.map((order): AtomStatistic => ({ of: 'moment', order })),
    ...binsOf(statement),
  ];
  for (const each of all) {
    const problem = statisticProblem(each);
    if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
  }
  return all;
}
