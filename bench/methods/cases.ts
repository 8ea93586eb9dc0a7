import { methods, type MethodName } from '../../src/index.js';
import type { ReadySystem } from './system.js';

/** A CV whose biased run is measured, by the name that tables have: a method's, or one of these two. */
export type CaseName = 'default' | 'ensemble' | MethodName;

/** What `train` gives where nothing is said, five of that, and every other method that needs no measured property. */
export const caseNames: readonly CaseName[] = [
  'default',
  'ensemble',
  ...(Object.keys(methods) as MethodName[]).filter(
    (name) => name !== 'vamp-autoencoder' && !methods[name].needs.properties,
  ),
];

/** Two states are all that it takes, or, of deep-tda's targets, all that a CV or two can be given. */
const ofTwoStates = (name: MethodName): boolean =>
  ['committor', 'deep-tda', 'multitask-deep-tda'].includes(name) || methods[name].needs.passages === true;

/** Words of `latentcv train` for a case, beside the frames and what of them is learned from. */
export function caseWords(name: CaseName, { latent, labels }: ReadySystem): string[] {
  const count = ['--latent', String(latent)];
  if (name === 'default') return count;
  if (name === 'ensemble') return ['--ensemble', '5', ...count];
  const method = ['--method', name];
  const { labels: wanted, passages } = methods[name].needs;
  if (wanted !== 'required' && !passages) return [...method, ...count];
  if (ofTwoStates(name)) return [...method, '--latent', '1', '--labels', labels.two];
  // of two states there is one direction that tells them apart
  const most = labels.all === labels.two ? 1 : latent;
  return [...method, '--latent', String(most), '--labels', labels.all];
}
