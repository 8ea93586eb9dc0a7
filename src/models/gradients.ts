import { add, concat, constant, matmul, mul, slice, sub, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import type { FeatureScales } from './method.js';

// What the gradient of a function of the scaled features is by: the atoms' mass-weighted coordinates, or the inputs.

/** The choices that a method's option `gradient` has; `auto` is by atoms where they are known. */
export const gradientChoices = ['auto', 'atoms', 'inputs'] as const;

/** In words, as a training tells it. */
export const byAtoms = 'gradients by the mass-weighted coordinates of the atoms';

type Pairs = readonly (readonly [number, number])[];

/**
 * The pairs of features (`DataShape.metric`) that a method goes by; undefined where it goes by the inputs.
 * @throws LatentcvError `bad-argument` where atoms are asked for and none are known
 */
export function chosenPairs(
  choice: (typeof gradientChoices)[number],
  known: Pairs | undefined,
): Pairs | undefined {
  if (choice === 'inputs') return undefined;
  if (choice === 'auto' || known) return known;
  throw new LatentcvError(
    'bad-argument',
    'expected frames of trajectories, with the masses of their atoms, for gradient=atoms but received columns alone',
    'train on trajectories, or with gradient=inputs',
  );
}

/**
 * ∇f M⁻¹ ∇gᵀ `[n, pairs]`, to be summed over the pairs, of the derivatives of f and g by the features, `[n, features]` each: what
 * mlcolvar 1.3.1 sums over atoms (mlcolvar/core/loss/committor_loss.py: (∂q/∂d ∂d/∂x)²/m), by pairs of descriptors.
 */
export function massWeighted(
  f: Tensor,
  g: Tensor,
  { metric, pairs }: { metric: Tensor; pairs: Pairs },
): Tensor {
  const chosen = (slope: Tensor, side: 0 | 1): Tensor => {
    const features = Number(slope.shape[1]);
    const places = new Float64Array(features * pairs.length);
    pairs.forEach((pair, at) => (places[pair[side] * pairs.length + at] = 1));
    return matmul(slope, constant(places, [features, pairs.length]));
  };
  const product = mul(chosen(f, 0), chosen(g, 1));
  // a pair of two features stands for both of its orders
  return mul(f === g ? product : mul(add(product, mul(chosen(g, 0), chosen(f, 1))), 0.5), metric);
}

/**
 * Derivatives by the inputs in their units `[n, inputs]`, plain ones first, of those by the scaled features `slope`
 * `[n, features]` at the features `now`: through sine and cosine where an input is periodic.
 */
export function byInputs(slope: Tensor, now: Tensor, scales: FeatureScales | undefined): Tensor {
  if (!scales) return slope;
  const { plain, factors } = scales;
  const count = factors.length;
  const row = (values: ArrayLike<number>): Tensor => constant(Float64Array.from(values), [1, values.length]);
  const inverse = Float64Array.from(scales.scale, (each) => 1 / each);
  const byFeature = mul(slope, row(inverse));
  if (count === 0) return byFeature;
  const features = add(mul(now, row(scales.scale)), row(scales.mean));
  const [ofSine, ofCosine] = [byFeature, byFeature].map((t, i) => part(t, plain + i * count, count));
  const [sine, cosine] = [features, features].map((t, i) => part(t, plain + i * count, count));
  const periodic = mul(sub(mul(ofSine, cosine), mul(ofCosine, sine)), row(factors));
  return plain === 0 ? periodic : concat([part(byFeature, 0, plain), periodic], 1);
}

const part = (table: Tensor, start: number, count: number): Tensor => slice(table, 1, start, start + count);
