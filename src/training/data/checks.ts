import type { Dataset } from '../../frames/index.js';
import type { MethodName, Needs } from '../../models/index.js';
import { effectiveSampleSize, scaleSpread } from '../../sampling/index.js';
import { LatentcvError, fixed, counted, percent } from '../../support/index.js';
import type { KoopmanRecord, OwnDynamics, RescaledTimeRecord, Roles, Samples, Split } from '../learnable.js';
import type { TrainSettings } from '../options.js';

// Everything that can be refused is refused before the first epoch, by these.

export function checkWidth({ latent }: TrainSettings, width: number): void {
  if (latent <= width) return;
  throw new LatentcvError(
    'bad-argument',
    `expected at most as many CVs as the ${width} features of the columns but received ${latent}`,
    'ask for fewer CVs or give more columns',
  );
}

export function checkRoles(name: MethodName, needs: Needs, { labels, properties }: Roles): void {
  if (needs.labels === 'required' && (labels?.names.length ?? 0) < 2) {
    throw new LatentcvError(
      'bad-argument',
      `expected at least two labelled states for ${name} but received ${labels?.names.length ?? 'no labels'}`,
      '‘labels’ takes rules such as "A: phi < 0; B: 0 < phi < 2", the column that holds the state of each frame, or source where each file is a state',
    );
  }
  if (needs.properties && !properties) {
    throw new LatentcvError(
      'bad-argument',
      `expected measured properties for ${name} but received none`,
      'name their columns with ‘properties’',
    );
  }
}

export function checkLatent(name: MethodName, latent: number, most = Infinity): void {
  if (latent <= most) return;
  throw new LatentcvError(
    'bad-argument',
    `expected at most ${counted(most, 'CV')} for ${name} with these labels but received ${latent}`,
    `choose ‘latent: ${most}’`,
  );
}

export function checkFinite({ data, columns, rows }: Dataset): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const { label } = columns[at % columns.length];
  const frame = Math.floor(at / columns.length);
  throw new LatentcvError(
    'bad-data',
    `expected finite numbers but received ${data[at]} in ${label}, ${rows ? 'row' : 'frame'} ${frame}`,
  );
}

/** Rows that a property takes to train on, and to validate with. */
const leastMeasured = 10;

/** @throws LatentcvError `bad-data` where a property was measured in too few of the rows of a side */
export function checkMeasured({ train, validation }: Split, { properties }: Roles): void {
  if (!properties) return;
  const { names, data } = properties;
  names.forEach((name, i) => {
    const counted = ({ now }: Samples): number =>
      now.reduce((count, row) => count + (Number.isNaN(data[row * names.length + i]) ? 0 : 1), 0);
    const [learned, validating] = [counted(train), counted(validation)];
    if (learned >= leastMeasured && validating >= leastMeasured) return;
    throw new LatentcvError(
      'bad-data',
      `expected at least ${leastMeasured} values of ${name} to train on, and as many to validate with, but received ${learned} and ${validating}`,
      'give more rows in which it was measured',
    );
  });
}

/** Frames for each CV that a side has at least; rows with properties are not asked for their covariances. */
const leastFrames = 20;

export function checkEnough(
  { train, validation }: Split,
  { latent, rows, properties }: TrainSettings,
  lag: number,
): void {
  const least = rows && properties.length > 0 ? leastFrames : leastFrames * latent;
  const [learned, validating] = [train, validation].map(countedSamples);
  if (learned >= least && validating >= least) return;
  const what = lag > 0 ? `pairs of frames ${lag} frames apart` : rows ? 'rows' : 'frames';
  throw new LatentcvError(
    'bad-data',
    learned >= least
      ? `expected at least ${least} ${what} to validate with but received ${validating}, besides ${learned} to train on`
      : validating >= least
        ? `expected at least ${least} ${what} to train on but received ${learned}, besides ${validating} to validate with`
        : `expected at least ${least} ${what} to train on, and as many to validate with, but received ${learned} and ${validating}`,
    lag > 0
      ? 'give a longer trajectory or a shorter lag'
      : rows
        ? 'give more rows'
        : 'give a longer trajectory',
  );
}

/** Those that weigh something: pairs of biased runs may count for nothing. */
const countedSamples = ({ now, weight }: Samples): number =>
  weight ? weight.reduce((count, each) => count + (each > 0 ? 1 : 0), 0) : now.length;

/** e^600: beyond it, the time scales of the unbiased system would soon be no numbers. */
const mostLogAcceleration = 600;

/** @param log ln of how much longer the unbiased system would have taken */
export function checkAcceleration(log: number): void {
  if (log <= mostLogAcceleration) return;
  throw new LatentcvError(
    'bad-data',
    `expected a bias whose rescaled time can be told but it makes the run e^${fixed(log, 0)} times as fast`,
    'the bias may have another unit or zero: give ‘energyUnit’, or leave out ‘reweightedTime’',
  );
}

/** @param lagged whether the method learns from pairs of frames */
export function warningsOf(
  { table, leftOut, weights, scales, ownDynamics, allBiased }: Roles,
  { reweightedTime, lagged }: { reweightedTime: boolean; lagged: boolean },
): string[] {
  const warnings = leftOut.map(({ label, why }) => `the column ${label} is left out: ${why}`);
  if (lagged && (scales ?? ownDynamics ?? allBiased) && !reweightedTime)
    warnings.push(biasedPairs(ownDynamics, scales?.size ?? runsIn(table)));
  const spread = scales && reweightedTime ? scaleSpread(scales) : 0;
  if (spread > Math.LN2) {
    warnings.push(
      `in rescaled time the runs differ by a factor of e^${fixed(spread, 1)}, and so do their lags: time scales are of none of them`,
    );
  }
  const count = weights ? effectiveSampleSize(weights) : Infinity;
  if (count < 1000 && count < 0.05 * weights!.length) {
    warnings.push(
      `the weights are so uneven that ${weights!.length} frames count as ${fixed(count, 0)}: a lower bias or a longer run gives more`,
    );
  }
  return warnings;
}

const runsIn = ({ segments }: Dataset): number => new Set(segments.map(({ source }) => source)).size;

/** What follows a frame under a bias is not the system's own dynamics. */
function biasedPairs(own: OwnDynamics | undefined, runs: number): string {
  if (own)
    return `pairs of frames a lag apart are taken from the runs without a bias (${own.sources.size} of ${runs}): under a bias others are slow; frames of the biased runs count where a method takes frames by themselves, as the reconstruction does`;
  return (
    'all runs were biased, and pairs of their frames tell what is slow under the bias: ' +
    'runs without one (hot ones too) beside them tell what is slow by itself'
  );
}

export function expectPairs(name: MethodName, lag: number): void {
  if (lag > 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a method that learns from pairs of frames for Koopman weights but received ${name}`,
    'tica, deep-tica, self-tica, vampnet and vamp-autoencoder do; of the frames alone nothing tells their equilibrium',
  );
}

/** Errors of Koopman weights, as parts of their size: beyond the one they are refused, beyond the other it is told. */
const [mostError, smallError] = [1, 0.25];

export function checkKoopman({ error, condition }: KoopmanRecord): void {
  if (error < mostError) return;
  throw new LatentcvError(
    'bad-data',
    `expected Koopman weights that the frames tell but received ones of which the error is ${fixed(error, 1)} times their size (condition number ${fixed(condition, 0)})`,
    'hardly any trajectory passes between the states: give more of them, longer ones or such as start in between, or a shorter lag',
  );
}

export function equilibriumWarnings({ basis, error, negative, condition, cutOff }: KoopmanRecord): string[] {
  const warnings: string[] = [];
  if (error > smallError)
    warnings.push(
      `the Koopman weights are known to ±${percent(error)} of their size only (condition number ${fixed(condition, 0)}): few trajectories pass between the states`,
    );
  if (basis === 'linear' && cutOff > 0.05)
    warnings.push(
      `${percent(cutOff)} of the pairs begin where no trajectory comes back from to the others: how much these weigh is not in the frames, linear functions only guess it`,
    );
  if (negative > 0.05)
    warnings.push(
      `${percent(negative)} of the Koopman weights come out below 0 and count as 0: linear functions of the inputs do not hold the ratio of the densities${basis === 'linear' ? ', which ‘koopmanWeights: cells’ may' : ''}`,
    );
  return warnings;
}

/** The part of the time in pairs, that within single frames, and ln of the ratio of a run's halves that are told. */
const [leastKept, mostWithin, mostDrift] = [0.5, 0.1, 1];

export function rescaledTimeWarnings({ kept, within, drift }: RescaledTimeRecord): string[] {
  const warnings: string[] = [];
  if (kept < leastKept)
    warnings.push(
      `only ${percent(kept)} of the reweighted time is in pairs: the lag is long against it; give a shorter lag or longer runs`,
    );
  if (within > mostWithin)
    warnings.push(
      `${percent(within)} of the pairs in reweighted time lie within one frame, which lasts longer than the lag there: nothing is seen of what moves meanwhile; give a longer lag, or frames that were written more often`,
    );
  if (drift && Math.abs(drift.log) > mostDrift) {
    const [more, less] = drift.log > 0 ? ['second', 'first'] : ['first', 'second'];
    warnings.push(
      `the ${more} half of ${drift.source} weighs e^${fixed(Math.abs(drift.log), 1)} times as much as its ${less}: the bias still changes, or the run crosses seldom, and reweighted time holds for a bias that hardly changes; leave the beginning out with ‘begin’`,
    );
  }
  return warnings;
}

/** States that frames on disk have but not their sample, on which scales, validation and analysis are made. */
export function unsampledStates({ labels }: Roles, frames: number): string[] {
  const seen = new Set(labels?.state);
  const rare = (labels?.names ?? []).filter((_, state) => !seen.has(state));
  if (rare.length === 0) return [];
  return [
    `no frame of state ${rare.join(', ')} is in the sample of ${frames} frames that scales, validation and the analysis ` +
      'are made on: it is learned from all the same',
  ];
}

/** States of which no frame validates: what is learned of them is not judged. */
export function unvalidatedStates({ labels }: Pick<Roles, 'labels'>, { train, validation }: Split): string[] {
  if (!labels) return [];
  const [learned, judged] = [train, validation].map(
    ({ now }) => new Set(Array.from(now, (frame) => labels.state[frame])),
  );
  const lacking = labels.names.filter((_, state) => learned.has(state) && !judged.has(state));
  if (lacking.length === 0) return [];
  return [
    `no frame of state ${lacking.join(', ')} validates: the best epoch is chosen without it; ` +
      'more runs of it, or runs in which the states come in turn, or ‘split: random’ bring some',
  ];
}

/** @param labels of the inputs of which single precision keeps too little */
export function doubleWarnings(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const others = labels.length > 1 ? ` and ${labels.length - 1} more` : '';
  return [
    `the model is written in double precision: ${labels[0]}${others} varies by less of its size than single precision keeps ` +
      '(a column measured from its mean would not need it)',
  ];
}
