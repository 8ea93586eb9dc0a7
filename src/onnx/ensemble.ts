import { LatentcvError, expectList, expectNumbers } from '../support/index.js';
import {
  add,
  constant,
  div,
  jacobian,
  maximum,
  mul,
  reduceMean,
  reshape,
  showShape,
  sqrt,
  square,
  sub,
  substitute,
  type Tensor,
} from '../graph/index.js';

/** An encoder: its input `[n, d]` and its CVs `[n, k]`. */
export interface EncoderGraph {
  x: Tensor;
  cv: Tensor;
}

/** How far the members of an ensemble disagree, and its derivatives by the input. */
export interface Uncertainty {
  /** `[n, 1]` */
  value: Tensor;
  /** `[n, 1, d]` */
  gradient: Tensor;
}

export interface Ensemble extends EncoderGraph {
  uncertainty: Uncertainty;
}

/** The uncertainty below which its derivatives fade to zero: where all members agree it has none. */
const smallest = 1e-12;

/**
 * Several encoders of one input as one: `cv` is the mean over the members, and the uncertainty
 * `u = √( 1/k Σ_j 1/M Σ_m ((s_jm − s̄_j)/r_j)² )` for M members, k CVs and `ranges` r `[k]`, each CV's range in
 * training: the committee's disagreement of Schran, Brezina & Marsalek, J. Chem. Phys. 153, 104105 (2020),
 * doi:10.1063/5.0016004, over CVs made comparable. The members' CVs must mean the same: same order, same signs, no
 * period.
 * @throws LatentcvError `bad-argument` for fewer than two members, members of other shapes, or a range that is not
 * positive.
 */
export function ensembleGraph(members: readonly EncoderGraph[], ranges: readonly number[]): Ensemble {
  expectList(members, 'members');
  expectNumbers(ranges, 'ranges');
  checkMembers(members, ranges);
  const { x } = members[0];
  const answers = members.map((member) => substitute({ cv: member.cv }, new Map([[member.x, x]])).cv);
  const cv = mul(sum(answers), 1 / answers.length);
  const perRange = constant(
    ranges.map((range) => 1 / range),
    [1, ranges.length],
    'uncertainty.inverse_range',
  );
  const squares = answers.map((answer) => square(mul(sub(answer, cv), perRange)));
  const variance = mul(reduceMean(sum(squares), [1], true), 1 / answers.length);
  return { x, cv, uncertainty: rootOf(variance, x) };
}

/** Properties that members predict, as their mean, and how far the members disagree, both in the properties' units. */
export interface EnsembleProperties {
  /** `[n, p]` */
  property: Tensor;
  /** `[n, p]`: √(1/M Σ_m (p_m − p̄)²) */
  uncertainty: Tensor;
}

/**
 * The properties of several members of one input as one.
 * @throws LatentcvError `bad-argument` for fewer than two members, or where one of them predicts none
 */
export function ensembleProperties(
  members: readonly { x: Tensor; property?: Tensor | undefined }[],
): EnsembleProperties {
  expectList(members, 'members');
  const { x } = members[0];
  const answers = members.map((member) => {
    if (!member.property) refuse('members that all predict properties', 'one that predicts none');
    return substitute({ property: member.property }, new Map([[member.x, x]])).property;
  });
  if (answers.length < 2) refuse('at least two members', String(answers.length));
  const property = mul(sum(answers), 1 / answers.length);
  const squares = answers.map((answer) => square(sub(answer, property)));
  return { property, uncertainty: sqrt(mul(sum(squares), 1 / answers.length)) };
}

/** √v with derivatives that stay finite where v is zero. */
function rootOf(variance: Tensor, x: Tensor): Uncertainty {
  const value = sqrt(variance);
  const [n] = value.shape;
  const twice = mul(maximum(reshape(value, [n, 1, 1]), smallest), 2);
  return { value, gradient: div(jacobian(variance, x), twice) };
}

function sum(terms: readonly Tensor[]): Tensor {
  return terms.reduce((total, term) => add(total, term));
}

function checkMembers(members: readonly EncoderGraph[], ranges: readonly number[]): void {
  if (members.length < 2) refuse('at least two members', String(members.length));
  const [{ x, cv }] = members;
  for (const member of members) {
    if (
      showShape(member.x.shape) !== showShape(x.shape) ||
      showShape(member.cv.shape) !== showShape(cv.shape)
    )
      refuse(
        `members from ${showShape(x.shape)} to ${showShape(cv.shape)}`,
        `one from ${showShape(member.x.shape)} to ${showShape(member.cv.shape)}`,
      );
  }
  if (ranges.length !== cv.shape[1]) refuse(`${cv.shape[1]} ranges, one for each CV,`, String(ranges.length));
  const bad = ranges.find((range) => !(Number.isFinite(range) && range > 0));
  if (bad !== undefined) refuse('positive ranges', String(bad));
}

function refuse(expected: string, received: string): never {
  throw new LatentcvError('bad-argument', `expected ${expected} in an ensemble but received ${received}`);
}
