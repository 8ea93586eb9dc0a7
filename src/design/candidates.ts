import { notDominated, shortfalls, type Wanted } from './aims.js';
import type { TrainingDensity } from './density.js';
import { distance, type NearRow } from './known-rows.js';
import type { Landscape } from './landscape.js';
import { meets } from './wants.js';

/** A place in the latent where the model says what is wanted. */
export interface Candidate {
  cv: number[];
  /** Properties that the CVs tell, in the model's order. */
  told: number[];
  /** Inputs that the CVs stand for, in the model's order and units; absent where the model rebuilds none. */
  inputs?: number[];
  /** What the model says of these inputs. */
  again?: {
    cv: number[];
    properties: number[];
    /** Of an ensemble: how far its members disagree on the CVs, and on each property in its unit. */
    uncertainty?: number;
    spread?: number[];
  };
  /** How far encoding the inputs leads away from `cv`, by the CVs' ranges in training. */
  cycle?: number;
  /** Distance to the nearest training row, in units of the limit: at most 1. */
  distance: number;
  /** Sum over the wants of what is lacking, by `told` or `again`, whichever lacks more. */
  lacks: number;
  /** Whether both are what is wanted. */
  meets: boolean;
  nearest: NearRow[];
}

/** A candidate before its neighbours are told. */
export interface Judged extends Omit<Candidate, 'nearest' | 'lacks'> {
  latent: Float64Array;
  /** What each want lacks, by what the CVs tell or what is said of the decoded inputs, whichever lacks more. */
  losses: number[];
}

/** What the model says of latent rows, and of what they stand for. */
export async function judge(
  landscape: Landscape,
  density: TrainingDensity,
  wanted: Wanted,
  latent: Float64Array,
): Promise<Judged[]> {
  const { k, p } = landscape;
  const cv = landscape.toCv(latent);
  const { property } = await landscape.told(latent);
  const inputs = await landscape.decoded?.(latent);
  const said = inputs && (await landscape.said(inputs));
  const back = said && landscape.toLatent(said.cv);
  const count = latent.length / k;
  const row = (table: Float64Array, width: number, at: number): number[] => [
    ...table.subarray(at * width, (at + 1) * width),
  ];
  return Array.from({ length: count }, (_, at) => {
    const told = row(property, p, at);
    const own = latent.slice(at * k, (at + 1) * k);
    const again = said && {
      cv: row(said.cv, k, at),
      properties: row(said.property, p, at),
      ...(said.uncertainty && { uncertainty: said.uncertainty[at] }),
      ...(said.spread && { spread: row(said.spread, p, at) }),
    };
    const both = again ? [told, again.properties] : [told];
    const lists = both.map((values) => shortfalls(wanted, values));
    return {
      latent: own,
      cv: row(cv, k, at),
      told,
      ...(inputs && { inputs: row(inputs, inputs.length / count, at) }),
      ...(again && { again, cycle: distance(own, back!.subarray(at * k, (at + 1) * k)) }),
      distance: density.nearest(latent, at).distance / density.limit,
      losses: wanted.wants.map((_, i) => Math.max(...lists.map((list) => list[i]))),
      meets: wanted.wants.every((want, i) =>
        both.every((values) => meets(want, values[wanted.columns[i]], wanted.scales[i])),
      ),
    };
  });
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The best ones that lie apart from one another, by half of the limit at least. */
export function apart(all: readonly Judged[], { limit }: TrainingDensity, count: number): Judged[] {
  const kept: Judged[] = [];
  for (const each of all.toSorted((a, b) => sum(a.losses) - sum(b.losses))) {
    if (kept.length >= count) break;
    if (kept.every(({ latent }) => distance(latent, each.latent) >= limit / 2)) kept.push(each);
  }
  return kept;
}

/** Of the rows that no other dominates, as many as are wanted, spread along the front. */
export function alongFront(all: readonly Judged[], count: number): Judged[] {
  const front = notDominated(all.map(({ losses }) => losses))
    .map((i) => all[i])
    .sort((a, b) => a.losses[0] - b.losses[0] || a.losses[1] - b.losses[1]);
  const different = front.filter(
    (each, i) => i === 0 || each.losses.some((loss, j) => loss !== front[i - 1].losses[j]),
  );
  if (different.length <= count) return different;
  const [first, last] = [different[0], different.at(-1)!];
  const spans = first.losses.map((loss, j) => Math.abs(last.losses[j] - loss) || 1);
  const lengths = different.map(({ losses }) =>
    sum(losses.map((loss, j) => Math.abs(loss - first.losses[j]) / spans[j])),
  );
  const total = lengths.at(-1)!;
  const chosen = Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : (i * total) / (count - 1);
    return lengths.reduce(
      (best, length, j) => (Math.abs(length - at) < Math.abs(lengths[best] - at) ? j : best),
      0,
    );
  });
  return [...new Set(chosen)].map((i) => different[i]);
}
