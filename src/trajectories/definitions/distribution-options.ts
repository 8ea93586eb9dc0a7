/** What a statement says of distributions of pairs and of environments. Lengths in nm, q in 1/nm. */
export interface DistributionOptions {
  rmax?: number;
  sigma?: number;
  bins?: number;
  qs?: number[];
  window?: number;
  /** How many of the nearest pairs. */
  first?: number;
  /** nm³ */
  volume?: number;
  lambda?: number;
  /** Thresholds above which atoms count. */
  above?: number[];
  lattice?: { name: LatticeName; constants: number[] };
  /** Files of an environment each. */
  like?: string[];
}

export const latticeNames = ['sc', 'fcc', 'bcc', 'hcp', 'diamond'] as const;
export type LatticeName = (typeof latticeNames)[number];

const isLattice = (name: string): name is LatticeName => (latticeNames as readonly string[]).includes(name);

const singles = {
  rdf: ['rmax', 'sigma', 'bins'],
  'pair-entropy': ['rmax', 'sigma', 'bins'],
  debye: ['window'],
  piv: ['first', 'volume'],
  similarity: ['sigma', 'lambda'],
} as const;

const lists = { debye: 'q', similarity: 'above' } as const;

/** The statements that have such options. */
type Distribution = keyof typeof singles;

const isDistributionKind = (kind: string): kind is Distribution => Object.hasOwn(singles, kind);

/** Numbers between commas; `5..20:2.5` are all from 5 to 20 in steps of 2.5. */
function listOf(value: string, numberOf: (text: string) => number): number[] {
  return value.split(',').flatMap((each) => {
    const [, from, to, step] = /^(.+)\.\.(.+):(.+)$/.exec(each) ?? [];
    if (from === undefined) return [numberOf(each)];
    const [first, last, by] = [from, to, step].map(numberOf);
    const count = Math.floor((last - first) / by + 1e-9) + 1;
    // steps that make no list are no number
    if (!(count >= 1 && count <= 1000)) return [numberOf('')];
    return Array.from({ length: count }, (_, i) => Number((first + i * by).toPrecision(12)));
  });
}

/**
 * An option of a statement on distributions, added to those before it; undefined for what is none of its kind.
 * @param numberOf reads a number, or throws
 */
export function withDistributionOption(
  options: DistributionOptions,
  kind: string,
  [name, value]: readonly [string, string | undefined],
  numberOf: (text: string) => number,
): DistributionOptions | undefined {
  if (!isDistributionKind(kind) || value === undefined) return undefined;
  if ((singles[kind] as readonly string[]).includes(name)) return { ...options, [name]: numberOf(value) };
  if (kind === 'debye' && name === lists.debye) return { ...options, qs: listOf(value, numberOf) };
  if (kind !== 'similarity') return undefined;
  if (name === lists.similarity) return { ...options, above: listOf(value, numberOf) };
  if (name === 'like') return { ...options, like: [...(options.like ?? []), value] };
  return isLattice(name) ? { ...options, lattice: { name, constants: listOf(value, numberOf) } } : undefined;
}
