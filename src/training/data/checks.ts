import type { Dataset } from '../../frames/index.js';
import type { MethodName, Needs } from '../../models/index.js';
import { effectiveSampleSize, scaleSpread } from '../../sampling/index.js';
import { LatentcvError, fixed, counted } from '../../support/index.js';
import type { Roles, Split } from '../learnable.js';
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

export function checkFinite({ data, columns }: Dataset): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const { label } = columns[at % columns.length];
  const frame = Math.floor(at / columns.length);
  throw new LatentcvError(
    'bad-data',
    `expected finite numbers but received ${data[at]} in ${label}, frame ${frame}`,
  );
}

export function checkEnough({ train, validation }: Split, { latent }: TrainSettings, lag: number): void {
  const least = 20 * latent;
  if (train.now.length >= least && validation.now.length >= least) return;
  const what = lag > 0 ? `pairs of frames ${lag} frames apart` : 'frames';
  throw new LatentcvError(
    'bad-data',
    `expected at least ${least} ${what} to train on and to validate with but received ${train.now.length} and ${validation.now.length}`,
    'give a longer trajectory or a shorter lag',
  );
}

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

export function warningsOf({ leftOut, weights, scales }: Roles, reweightedTime: boolean): string[] {
  const warnings = leftOut.map(({ label, why }) => `the column ${label} is left out: ${why}`);
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

/** @param labels of the inputs of which single precision keeps too little */
export function doubleWarnings(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const others = labels.length > 1 ? ` and ${labels.length - 1} more` : '';
  return [
    `the model is written in double precision: ${labels[0]}${others} varies by less of its size than single precision keeps ` +
      '(a column measured from its mean would not need it)',
  ];
}
