import { z } from 'zod';
import { add, div, maximum, mul, reduceSum, square, sub, type Tensor } from '../graph/index.js';
import { autoencoderNetworks } from './autoencoder.js';
import { defineMethod, type Architecture, type Batch, type DataShape } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { reconstructionError } from './weighted.js';

const needs = { properties: true };
const head = z
  .array(z.number().int().min(1))
  .default([16])
  .describe('hidden widths of the network from latent to property; empty: linear');

const headNetwork = (
  { latent, activation }: Architecture,
  widths: number[],
  { properties }: DataShape,
): NetworkSpec => ({
  name: 'head',
  sizes: [latent, ...widths, properties],
  activation,
});

/** Mean squared error of the properties over those that were measured, frames by their weight. */
function propertyError(predicted: Tensor, { property, measured, weight }: Batch): Tensor {
  if (!property) throw new Error('regression needs properties');
  if (!measured) return reconstructionError(predicted, property, weight);
  const counted = weight ? mul(measured, weight) : measured;
  const errors = mul(square(sub(predicted, property)), counted);
  return div(reduceSum(errors), maximum(reduceSum(counted), fewestMeasured));
}

/** A batch in which nothing was measured has no error. */
const fewestMeasured = 1e-6;

/** A latent that a small network turns into measured properties: loss is the mean squared error of these. */
export const regression = defineMethod({
  summary: 'a latent that predicts measured properties',
  references: [],
  needs,
  orientation: 'variance',
  ofMeans: true,
  options: z.object({
    head,
    noise: z
      .number()
      .min(0)
      .default(0)
      .describe('deviation of noise on the scaled inputs in training, against learning rows by heart'),
  }),
  create(architecture, options, data) {
    const { features, hidden, latent, activation } = architecture;
    const encoder: NetworkSpec = { name: 'encoder', sizes: [features, ...hidden, latent], activation };
    const predictor = headNetwork(architecture, options.head, data);
    const encode = (parameters: Parameters, x: Tensor): Tensor => applyNetwork(encoder, parameters, x);
    const predict = (parameters: Parameters, z: Tensor): Tensor => applyNetwork(predictor, parameters, z);
    const noisy = ({ now, noise }: Batch): Tensor => (noise ? add(now, mul(noise, options.noise)) : now);
    return {
      needs: options.noise > 0 ? { ...needs, noise: features } : needs,
      parameters: [...networkParameters(encoder), ...networkParameters(predictor)],
      encode,
      predict,
      loss: (parameters, batch) => {
        const predicted = predict(parameters, encode(parameters, noisy(batch)));
        const error = propertyError(predicted, batch);
        return { total: error, parts: { property: error } };
      },
    };
  },
});

/**
 * Autoencoder and regression on one latent (Sun et al. 2022, doi:10.1021/acs.jctc.1c00143): reconstruction error plus the weighted mean squared error of the properties.
 */
export const multitaskAutoencoder = defineMethod({
  summary: 'autoencoder whose latent also predicts measured properties',
  references: ['Sun et al. 2022, doi:10.1021/acs.jctc.1c00143'],
  needs,
  orientation: 'variance',
  rebuilds: true,
  ofMeans: true,
  options: z.object({
    head,
    property: z.number().positive().default(1).describe('weight of the error of the properties'),
  }),
  create(architecture, options, data) {
    const { parameters, encode, decode } = autoencoderNetworks(architecture);
    const predictor = headNetwork(architecture, options.head, data);
    return {
      needs,
      parameters: [...parameters, ...networkParameters(predictor)],
      encode,
      decode,
      predict: (values, latent) => applyNetwork(predictor, values, latent),
      loss: (values, batch) => {
        const { now, weight } = batch;
        const latent = encode(values, now);
        const reconstruction = reconstructionError(decode(values, latent), now, weight);
        const predicted = applyNetwork(predictor, values, latent);
        const property = propertyError(predicted, batch);
        return {
          total: add(reconstruction, mul(property, options.property)),
          parts: { reconstruction, property },
        };
      },
    };
  },
});
