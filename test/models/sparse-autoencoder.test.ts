import { test } from 'node:test';
import { explainsCurve } from './curve.js';

test('sparse-autoencoder: one latent explains a curve', () => explainsCurve('sparse-autoencoder'));
