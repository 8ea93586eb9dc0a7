import { LatentcvError } from '../../support/index.js';
import type { Needs } from '../../models/index.js';
import { applyScaling, moments, type FeatureRows } from './features.js';
import { metricTable } from './metric.js';
import type {
  FeatureMap,
  LabelledStates,
  MetricTerm,
  Properties,
  PropertyScaling,
  Roles,
  Scaling,
  Tables,
} from '../learnable.js';

/** The tables that batches are taken from, of frames with these raw features `[frames, width]`. */
export function tablesOf(
  roles: Roles,
  raw: Float64Array | FeatureRows,
  by: {
    map: FeatureMap;
    scaling: Scaling;
    needs: Needs;
    properties?: PropertyScaling;
    metric?: readonly MetricTerm[];
    double: boolean;
  },
): Tables {
  const { inputs, labels, properties } = roles;
  const { frames } = inputs;
  return {
    frames,
    features: applyScaling(raw, by.scaling, by.double),
    width: by.scaling.mean.length,
    states: by.needs.labels && labels ? oneHot(labels) : undefined,
    stateCount: labels?.names.length ?? 0,
    properties: by.properties && scaledProperties(properties!, by.properties),
    measured: by.properties && measured(properties!),
    propertyCount: by.properties?.names.length ?? 0,
    metric: by.metric && metricTable(roles, by.metric, by),
    metricCount: by.metric?.length ?? 0,
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

/**
 * Mean and deviation of each property over the frames in which it was measured.
 * @throws LatentcvError `bad-data` where a property is constant
 */
export function scalingOf({ names, data }: Properties): PropertyScaling {
  const each = names.map((name, i) => {
    const values = data.filter((value, at) => at % names.length === i && !Number.isNaN(value));
    const { mean, variance } = moments(values, 1);
    if (variance[0] > 0) return { mean: mean[0], deviation: Math.sqrt(variance[0]) };
    throw new LatentcvError(
      'bad-data',
      values.length > 0
        ? `expected a property that varies but ${name} is constant`
        : `expected values of the property ${name} but found none`,
    );
  });
  return {
    names,
    mean: each.map(({ mean }) => mean),
    deviation: each.map(({ deviation }) => deviation),
  };
}

function scaledProperties({ names, data }: Properties, { mean, deviation }: PropertyScaling): Float64Array {
  return data.map((v, i) =>
    Number.isNaN(v) ? 0 : (v - mean[i % names.length]) / deviation[i % names.length],
  );
}

/** 1 where a property was measured; undefined where all were. */
function measured({ data }: Properties): Float64Array | undefined {
  return data.some(Number.isNaN) ? data.map((value) => (Number.isNaN(value) ? 0 : 1)) : undefined;
}
