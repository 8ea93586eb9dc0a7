import { LatentcvError } from '../../support/index.js';
import type { Needs } from '../../models/index.js';
import { applyScaling, moments, type FeatureRows } from './features.js';
import type { Properties, PropertyScaling, Roles, Scaling, LabelledStates, Tables } from '../learnable.js';

/** The tables that batches are taken from, of frames with these raw features `[frames, width]`. */
export function tablesOf(
  { inputs: { frames }, labels, properties }: Roles,
  raw: Float64Array | FeatureRows,
  by: { scaling: Scaling; needs: Needs; properties?: PropertyScaling; double: boolean },
): Tables {
  return {
    frames,
    features: applyScaling(raw, by.scaling, by.double),
    width: by.scaling.mean.length,
    states: by.needs.labels && labels ? oneHot(labels) : undefined,
    stateCount: labels?.names.length ?? 0,
    properties: by.properties && scaledProperties(properties!, by.properties),
    propertyCount: by.properties?.names.length ?? 0,
  };
}

/** The same with states of their own. */
export function labelled(tables: Tables, labels: LabelledStates): Tables {
  return { ...tables, states: oneHot(labels), stateCount: labels.names.length };
}

function oneHot({ names, state }: LabelledStates): Float32Array {
  const out = new Float32Array(state.length * names.length);
  state.forEach((s, frame) => {
    if (s >= 0) out[frame * names.length + s] = 1;
  });
  return out;
}

/** @throws LatentcvError `bad-data` where a property is constant. */
export function scalingOf({ names, data }: Properties): PropertyScaling {
  const { mean, variance } = moments(data, names.length);
  const constant = variance.findIndex((value) => !(value > 0));
  if (constant >= 0)
    throw new LatentcvError('bad-data', `expected a property that varies but ${names[constant]} is constant`);
  return { names, mean: [...mean], deviation: [...variance.map(Math.sqrt)] };
}

function scaledProperties({ names, data }: Properties, { mean, deviation }: PropertyScaling): Float64Array {
  return data.map((v, i) => (v - mean[i % names.length]) / deviation[i % names.length]);
}
