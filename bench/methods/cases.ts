import type { MethodName, TrainOptions } from '../../src/index.js';

/** A CV whose biased run is measured: learned by a method, or the torsions that a chemist would take. */
export type Case =
  | { name: string; torsions: readonly string[] }
  | { name: string; method: MethodName; options: TrainOptions; seed: number };

/** Where labels are needed: a frame's basin by φ, frames between them left out. */
export const stateColumn = 'state';

const learned = (method: MethodName, options: TrainOptions = {}, seed = 1): Case => ({
  name: `${method}, seed ${seed}`,
  method,
  options: { latent: 2, lag: 10, ...options, seed },
  seed,
});

const labelled: TrainOptions = { labels: stateColumn, latent: 1 };

/** Methods that need a measured property are not here: alanine dipeptide's frames carry none. */
const unsupervised: MethodName[] = [
  'pca',
  'tica',
  'autoencoder',
  'contractive-autoencoder',
  'denoising-autoencoder',
  'sparse-autoencoder',
  'variational-autoencoder',
  'time-lagged-autoencoder',
  'variational-dynamics-encoder',
  'vampnet',
  'deep-tica',
  'spib',
];
const supervised: MethodName[] = ['lda', 'deep-lda', 'deep-tda', 'committor'];

const defaultMethod = 'vamp-autoencoder';

/** Every method once, the default with as many seeds as asked for, and the torsions. */
export function allCases(seedsOfDefault: number): Case[] {
  return [
    { name: 'φ, ψ', torsions: ['phi', 'psi'] },
    { name: 'φ', torsions: ['phi'] },
    ...Array.from({ length: seedsOfDefault }, (_, i) => learned(defaultMethod, {}, i + 1)),
    ...unsupervised.map((method) => learned(method)),
    ...supervised.map((method) => learned(method, labelled)),
  ];
}
