import { test } from 'node:test';
import { explainsCurve } from './curve.js';

test('autoencoder: one latent explains a curve', () => explainsCurve('autoencoder'));
