import type { Dataset } from '../../frames/index.js';
import type { FeatureMap, MetricTerm, Reals, Roles, Scaling } from '../learnable.js';

/**
 * The products of features' gradients by mass-weighted coordinates that a table's columns tell; undefined unless they tell it of
 * every input.
 */
export function metricTerms(
  { table, inputs }: Pick<Roles, 'table' | 'inputs'>,
  map: FeatureMap,
): MetricTerm[] | undefined {
  const places = new Map(inputs.columns.map(({ label }, place) => [label, place] as const));
  const known = table.columns.flatMap(({ metric }, column) => {
    const [a, b] = (metric ?? []).map((label) => places.get(label));
    return a === undefined || b === undefined ? [] : [{ column, inputs: [a, b] as const }];
  });
  const alone = known.filter(({ inputs: [a, b] }) => a === b);
  if (alone.length < inputs.columns.length) return undefined;
  const features = featuresOfInputs(map, inputs.columns.length);
  return known.flatMap(({ column, inputs: [a, b] }) =>
    features[a].flatMap((first) =>
      features[b]
        .filter((second) => a !== b || first <= second)
        .map((second): MetricTerm => {
          const times = a === b && first === second ? 1 : 2;
          return { column, inputs: [a, b], features: [first, second], times };
        }),
    ),
  );
}

/** The features that each input becomes: itself, or the sine and cosine of its phase. */
function featuresOfInputs({ plain, periodic }: FeatureMap, count: number): number[][] {
  const features: number[][] = Array.from({ length: count }, () => []);
  plain.forEach((input, feature) => features[input].push(feature));
  periodic.forEach(({ column }, i) => {
    const sine = plain.length + i;
    features[column].push(sine, sine + periodic.length);
  });
  return features;
}

/** The products of the scaled features' gradients, `[frames, terms]`: those of the inputs by the chain rule. */
export function metricTable(
  { table, inputs }: Pick<Roles, 'table' | 'inputs'>,
  terms: readonly MetricTerm[],
  { map, scaling, double }: { map: FeatureMap; scaling: Scaling; double: boolean },
): Reals {
  const { frames } = inputs;
  const out = double ? new Float64Array(frames * terms.length) : new Float32Array(frames * terms.length);
  const width = table.columns.length;
  const slopes = new Float64Array(scaling.scale.length);
  for (let frame = 0; frame < frames; frame++) {
    slopesAt(frame, inputs, { map, scaling }, slopes);
    terms.forEach(({ column, features: [first, second], times }, term) => {
      const product = times * table.data[frame * width + column];
      out[frame * terms.length + term] = product * slopes[first] * slopes[second];
    });
  }
  return out;
}

/** The derivative of each scaled feature by the input that it is made of. */
function slopesAt(
  frame: number,
  { data, columns }: Dataset,
  { map: { plain, periodic }, scaling: { scale } }: { map: FeatureMap; scaling: Scaling },
  slopes: Float64Array,
): void {
  plain.forEach((_, feature) => (slopes[feature] = 1 / scale[feature]));
  periodic.forEach(({ column, factor }, i) => {
    const phase = factor * data[frame * columns.length + column];
    const sine = plain.length + i;
    const cosine = sine + periodic.length;
    slopes[sine] = (factor * Math.cos(phase)) / scale[sine];
    slopes[cosine] = (-factor * Math.sin(phase)) / scale[cosine];
  });
}
