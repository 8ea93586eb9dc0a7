import type { z } from 'zod';
import { autoencoder } from './autoencoder.js';
import { contractiveAutoencoder } from './contractive-autoencoder.js';
import { deepLda } from './deep-lda.js';
import { deepLne } from './deep-lne.js';
import { deepTda } from './deep-tda.js';
import { multitaskDeepTda } from './multitask-deep-tda.js';
import { tpiDeepTda } from './tpi-deep-tda.js';
import { denoisingAutoencoder } from './denoising-autoencoder.js';
import { lda } from './lda.js';
import type { Method } from './method.js';
import { pca } from './pca.js';
import { multitaskAutoencoder, regression } from './regression.js';
import { sparseAutoencoder } from './sparse-autoencoder.js';
import { tica } from './tica.js';
import { vampAutoencoder } from './vamp-autoencoder.js';
import { variationalAutoencoder } from './variational-autoencoder.js';
import { committor } from './committor.js';
import { deepTica } from './deep-tica.js';
import { generator } from './generator.js';
import { selfTica } from './self-tica.js';
import { spib } from './spib.js';
import { timeLaggedAutoencoder } from './time-lagged-autoencoder.js';
import { vampnet } from './vampnet.js';
import { variationalDynamicsEncoder } from './variational-dynamics-encoder.js';

const known = {
  'vamp-autoencoder': vampAutoencoder,
  pca,
  tica,
  lda,
  autoencoder,
  'contractive-autoencoder': contractiveAutoencoder,
  'denoising-autoencoder': denoisingAutoencoder,
  'sparse-autoencoder': sparseAutoencoder,
  'variational-autoencoder': variationalAutoencoder,
  'deep-lda': deepLda,
  'deep-tda': deepTda,
  'tpi-deep-tda': tpiDeepTda,
  'multitask-deep-tda': multitaskDeepTda,
  'deep-lne': deepLne,
  regression,
  'multitask-autoencoder': multitaskAutoencoder,
  'time-lagged-autoencoder': timeLaggedAutoencoder,
  'variational-dynamics-encoder': variationalDynamicsEncoder,
  vampnet,
  'deep-tica': deepTica,
  'self-tica': selfTica,
  spib,
  committor,
  generator,
};

export type MethodName = keyof typeof known;
/** What a method can be told beside the settings of every training. */
export type MethodOptions<Name extends MethodName> = z.input<(typeof known)[Name]['options']>;
/** Every method by the name users give it. */
export const methods: Record<MethodName, Method> = known;
export const methodNames = Object.keys(methods) as MethodName[];
