import { autoencoder } from './autoencoder.js';
import type { Architecture, CvMethod } from './method.js';
import { vampAutoencoder } from './vamp-autoencoder.js';

export type { Architecture, Batch, CvMethod, Loss } from './method.js';
export { activations, type Activation, type Parameters, type ParameterSpec } from './network.js';

/** Every method by the name users give it. */
export const methods: Record<MethodName, (architecture: Architecture) => CvMethod> = {
  autoencoder,
  'vamp-autoencoder': vampAutoencoder,
};

export type MethodName = 'autoencoder' | 'vamp-autoencoder';
