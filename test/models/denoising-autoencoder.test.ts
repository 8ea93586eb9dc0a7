import { test } from 'node:test';
import { explainsCurve } from './curve.js';

test('denoising-autoencoder: one latent explains a curve', () => explainsCurve('denoising-autoencoder'));
