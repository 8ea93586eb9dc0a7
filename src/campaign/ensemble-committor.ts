import { methods, kolmogorovBiasOf } from '../models/index.js';
import { ensembleGraph, type Uncertainty, type KolmogorovFacts, type Sides } from '../onnx/index.js';
import type { Tensor } from '../graph/index.js';
import { thermalEnergy } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import type { TrainSettings, TrainedEncoder } from '../training/index.js';

/** What an ensemble of committors has beside its CV. */
export interface EnsembleCommittor {
  sides: Sides<Tensor>;
  kolmogorov?: KolmogorovFacts;
  uncertainty: Uncertainty;
}

/**
 * q of an ensemble is the mean of its members' q, V_K the bias from the gradient of that mean, with the geometric mean of the members' ε, and the
 * uncertainty the deviation of the members' q, from 0 to ½: z goes on rising where q has long been 0 or 1, and the members need not
 * agree by how much. Undefined of other methods.
 */
export function ensembleCommittor(members: readonly TrainedEncoder[]): EnsembleCommittor | undefined {
  const committors = members.flatMap(({ graph: { x, sides } }) =>
    sides?.committor ? [{ x, cv: sides.committor }] : [],
  );
  if (committors.length < members.length) return undefined;
  const { x, cv: committor, uncertainty } = ensembleGraph(committors, [1]);
  const [known] = members.flatMap(({ kolmogorov }) => kolmogorov ?? []);
  if (!known) return { sides: { committor }, uncertainty };
  const { temperature, lambda } = known;
  const logarithms = members.map(({ kolmogorov }) => Math.log(kolmogorov!.epsilon));
  const epsilon = Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / members.length);
  const kolmogorov = kolmogorovBiasOf(committor, x, { kT: thermalEnergy(temperature), lambda, epsilon });
  return { sides: { committor, kolmogorov }, kolmogorov: { temperature, lambda, epsilon }, uncertainty };
}

/**
 * Refuses an ensemble of a method that is solved and not descended: its members would be the same, and tell nothing.
 * @throws LatentcvError `bad-argument`
 */
export function checkEnsemble(members: number, { method }: Pick<TrainSettings, 'method'>): void {
  if (members < 2 || method === 'auto' || !methods[method].closedForm) return;
  throw new LatentcvError(
    'bad-argument',
    `expected one member of ${method} but received ${members}: it is solved in one go, so that all of them would be the same whatever their seeds`,
    'a method that is descended (vamp-autoencoder, deep-tica, deep-lda, …) has members that disagree where they guess',
  );
}
