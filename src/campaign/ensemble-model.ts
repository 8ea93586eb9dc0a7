import type { DescriptorSet } from '../descriptors/index.js';
import { affine, constant, type Tensor } from '../graph/index.js';
import { ensembleGraph, ensembleProperties, type NewModel } from '../onnx/index.js';
import { LatentcvError, digits, expectList } from '../support/index.js';
import { newModel, type TrainedEncoder, type TrainingRecord } from '../training/index.js';
import { ensembleDecoder } from './ensemble-decoder.js';
import { ensembleCommittor } from './ensemble-committor.js';
import { alignLatent, applyAlignment, type LatentAlignment } from './align-latent.js';

/**
 * Members trained on the same table as one model: each is turned onto the first (see `alignLatent`), their mean is the
 * CV, scaled to [−1, 1] over the training frames as every model's, and their disagreement the uncertainty; of committors that of
 * their q.
 * @throws LatentcvError `bad-argument` for fewer than two members, or members whose CVs are angles
 */
export function ensembleModel(members: readonly TrainedEncoder[], descriptors?: DescriptorSet): NewModel {
  expectList(members, 'members');
  if (members.length < 2)
    throw new LatentcvError(
      'bad-argument',
      `expected at least two members of an ensemble but received ${members.length}`,
    );
  const [first] = members;
  expectPlain(first.outputs.angles ?? 0);
  const k = first.outputs.min.length;
  const alignments = members.map(({ cv }) => alignLatent(cv, first.cv, k));
  const mean = meanOf(members.map(({ cv }, m) => applyAlignment(cv, alignments[m])));
  const scaled = unitRange(mean, k, alignments);
  const graph = ensembleGraph(
    members.map(({ graph: { x, cv } }, m) => ({ x, cv: alignedGraph(cv, scaled[m], m) })),
    new Array<number>(k).fill(2),
  );
  const properties = first.graph.property && ensembleProperties(members.map((member) => member.graph));
  const committor = ensembleCommittor(members);
  const outputs = { min: new Array<number>(k).fill(-1), max: new Array<number>(k).fill(1) };
  const whole = {
    ...first,
    graph: {
      ...{ x: graph.x, cv: graph.cv },
      ...(properties && { property: properties.property }),
      ...(committor && { sides: committor.sides }),
    },
    ...(committor?.kolmogorov && { kolmogorov: committor.kolmogorov }),
    ...(members.some(({ precision }) => precision) && { precision: 'double' as const }),
    outputs,
    method: nameOf(members),
    references: [...first.references, ensembleReference],
  };
  const model = newModel(whole, descriptors);
  const training = { ...ofFirst(first), ensemble: recordOf(members, alignments) };
  const decoder = ensembleDecoder(members, scaled);
  return {
    ...model,
    uncertainty: committor?.uncertainty ?? graph.uncertainty,
    ...(decoder && { decoder }),
    ...(properties && { propertyUncertainty: properties.uncertainty }),
    metadata: { ...model.metadata, training },
  };
}

/**
 * Angles have no mean that is a number between them, and members no common origin.
 * @throws LatentcvError `bad-argument` where there are angles among the CVs
 */
export function expectPlain(angles: number): void {
  if (angles === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected CVs without a period in an ensemble but received ${angles} of them as angles`,
    'train a single model, or take no angles: an ensemble is the mean of its members, which angles do not have',
  );
}

/** Members that give less than this part of the first's variance have learned something else. */
const leastAgreement = 0.5;

/**
 * What is to be told of members that learned other CVs than the first: their mean is none of them. Undefined where they agree, and where
 * properties are predicted, whose means need no like latents.
 */
export function disagreement(members: readonly TrainedEncoder[]): string | undefined {
  const [first, ...others] = members;
  if (others.length === 0 || first.graph.property) return undefined;
  const k = first.outputs.min.length;
  const found = others.map(({ cv }) => alignLatent(cv, first.cv, k).agreement);
  const apart = [...found.keys()].filter((i) => found[i] < leastAgreement);
  if (apart.length === 0) return undefined;
  const parts = apart.map((i) => `${i + 2} (${digits(found[i], 2)})`);
  return (
    `member ${parts.join(', ')} of the ensemble learned other CVs than its first (of whose variance it gives that part; 1 where they agree), so that their mean is none of them: ` +
    'more epochs, more data or fewer CVs make them agree, or one model alone is trained'
  );
}

const ensembleReference = 'Schran, Brezina & Marsalek 2020, doi:10.1063/5.0016004';

const nameOf = (members: readonly TrainedEncoder[]): string =>
  `ensemble of ${members.length} ${members[0].method}`;

/** How slow the first member alone is, and how wide its basins and states are, says nothing of the mean, which is the CV. */
function ofFirst({ record }: TrainedEncoder): TrainingRecord {
  const own = { ...record };
  delete own.slowness;
  delete own.basinWidths;
  delete own.stateWidths;
  for (const key of ['rates', 'ratesOf', 'rateShift', 'rateCarriers', 'rateGaps'] as const) delete own[key];
  return own.eigenvalues ? { ...own, eigenvaluesOf: 'the first member, before it was spread' } : own;
}

function recordOf(members: readonly TrainedEncoder[], alignments: readonly LatentAlignment[]) {
  return members.map(({ record: { settings, curves, bestEpoch } }, m) => ({
    seed: settings.seed,
    validationLoss: curves.validation[bestEpoch],
    agreement: alignments[m].agreement,
  }));
}

/** The CVs of an ensemble's model on the training frames, `[frames, k]`. */
export function meanLatent(members: readonly TrainedEncoder[]): Float64Array {
  const [first] = members;
  const k = first.outputs.min.length;
  const alignments = members.map(({ cv }) => alignLatent(cv, first.cv, k));
  const mean = meanOf(members.map(({ cv }, m) => applyAlignment(cv, alignments[m])));
  const scaled = unitRange(mean, k, alignments);
  return meanOf(members.map(({ cv }, m) => applyAlignment(cv, scaled[m])));
}

function meanOf(all: readonly Float64Array[]): Float64Array {
  return all[0].map((_, i) => all.reduce((sum, values) => sum + values[i] / all.length, 0));
}

/** The alignments followed by the affine map that takes the mean's range to [−1, 1], the same for all members. */
function unitRange(mean: Float64Array, k: number, alignments: readonly LatentAlignment[]): LatentAlignment[] {
  const ranges = Array.from({ length: k }, (_, j) => {
    let [lower, upper] = [Infinity, -Infinity];
    for (let at = j; at < mean.length; at += k) {
      lower = Math.min(lower, mean[at]);
      upper = Math.max(upper, mean[at]);
    }
    return { middle: (lower + upper) / 2, factor: 2 / (upper - lower) };
  });
  return alignments.map(({ matrix, shift, ...rest }) => {
    const scaled = matrix.clone();
    ranges.forEach(({ factor }, j) => scaled.mulColumn(j, factor));
    return { ...rest, matrix: scaled, shift: shift.map((s, j) => (s - ranges[j].middle) * ranges[j].factor) };
  });
}

function alignedGraph(cv: Tensor, { center, matrix, shift }: LatentAlignment, member: number): Tensor {
  const k = center.length;
  const bias = shift.map((s, j) => s - center.reduce((sum, c, i) => sum + c * matrix.get(i, j), 0));
  return affine(
    cv,
    constant(matrix.to1DArray(), [k, k], `member_${member}.align.weight`),
    constant(bias, [k], `member_${member}.align.bias`),
  );
}
