import { autoencoder } from './autoencoder.js';
import type { Method } from './method.js';
import { vampAutoencoder } from './vamp-autoencoder.js';

export type {
  Architecture,
  Batch,
  CvMethod,
  DataShape,
  Loss,
  Method,
  Needs,
  Orientation,
  TrainingTable,
} from './method.js';
export { activations, type Activation, type Parameters, type ParameterSpec } from './network.js';

const known = {
  'vamp-autoencoder': vampAutoencoder,
  autoencoder,
};

export type MethodName = keyof typeof known;
/** Every method by the name users give it. */
export const methods: Record<MethodName, Method> = known;
export const methodNames = Object.keys(methods) as MethodName[];
