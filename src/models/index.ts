import { autoencoder } from './autoencoder.js';
import { committor } from './committor.js';
import { deepTica } from './deep-tica.js';
import type { Method } from './method.js';
import { spib } from './spib.js';
import { timeLaggedAutoencoder } from './time-lagged-autoencoder.js';
import { vampAutoencoder } from './vamp-autoencoder.js';
import { vampnet } from './vampnet.js';
import { variationalDynamicsEncoder } from './variational-dynamics-encoder.js';

export type {
  Architecture,
  Batch,
  CvMethod,
  DataShape,
  Loss,
  Method,
  Needs,
  Orientation,
  Relabelling,
  TrainingTable,
} from './method.js';
export { activations, type Activation, type Parameters, type ParameterSpec } from './network.js';

const known = {
  'vamp-autoencoder': vampAutoencoder,
  autoencoder,
  'time-lagged-autoencoder': timeLaggedAutoencoder,
  'variational-dynamics-encoder': variationalDynamicsEncoder,
  vampnet,
  'deep-tica': deepTica,
  spib,
  committor,
};

export type MethodName = keyof typeof known;
/** Every method by the name users give it. */
export const methods: Record<MethodName, Method> = known;
export const methodNames = Object.keys(methods) as MethodName[];
