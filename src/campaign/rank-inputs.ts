import { modelValues } from '../diagnostics/index.js';
import type { Dataset } from '../frames/index.js';
import { jacobian } from '../graph/index.js';
import { LatentcvError, rounded } from '../support/index.js';
import type { TrainedEncoder, TrainSettings } from '../training/index.js';

/** What a first model on all inputs says of them, and which a second one learned from. */
export interface InputRanking {
  /** How many were kept: the first of the ranking. */
  kept: number;
  /** Every input, the one that moves the first model's CVs most first. */
  inputs: { label: string; sensitivity: number }[];
  /** Of the first model. */
  validationLoss: number;
  epochs: number;
}

/** @throws LatentcvError `bad-argument` where so few inputs cannot carry the CVs. */
export function checkKeep(keep: number, { latent }: TrainSettings): void {
  if (keep >= latent) return;
  throw new LatentcvError(
    'bad-argument',
    `expected to keep at least as many inputs as the ${latent} CVs but received ${keep}`,
  );
}

/**
 * Ranks inputs by what one deviation of each does to a model's CVs: the root mean square over frames and CVs of
 * σᵢ ∂cvⱼ/∂xᵢ, the CVs in their range of 2.
 */
export async function rankInputs(
  { graph: { x, cv }, record: { curves, bestEpoch } }: TrainedEncoder,
  inputs: Dataset,
  keep: number,
): Promise<InputRanking> {
  const { gradient } = await modelValues({ x, cv, jacobian: jacobian(cv, x) }, inputs);
  const d = inputs.columns.length;
  const k = gradient.sensitivity.length / d;
  const overCvs = (i: number): number => {
    let squares = 0;
    for (let j = 0; j < k; j++) squares += gradient.sensitivity[j * d + i] ** 2 / k;
    return Math.sqrt(squares);
  };
  const ranked = inputs.columns.map(({ label }, i) => ({
    label,
    sensitivity: rounded(overCvs(i), 6),
  }));
  ranked.sort((a, b) => b.sensitivity - a.sensitivity);
  return {
    kept: keep,
    inputs: ranked,
    validationLoss: curves.validation[bestEpoch],
    epochs: curves.train.length,
  };
}

/** Labels of the inputs that were not kept. */
export function notKept({ kept, inputs }: InputRanking): Set<string> {
  return new Set(inputs.slice(kept).map(({ label }) => label));
}
