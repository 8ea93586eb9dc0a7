/** What a statement says of distributions of pairs and of environments. Lengths in nm, q in 1/nm, eta in 1/nm². */
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
  /** Radial functions, and the highest degree of harmonics. */
  n?: number;
  l?: number;
  weighting?: string;
  average?: string;
  /** Elements that there may be, in this order. */
  elements?: string[];
  /** Which symmetry functions, and their numbers: of each eta with each rs; of each angular eta, zeta and lambda. */
  functions?: string[];
  eta?: number[];
  rs?: number[];
  angularEta?: number[];
  zeta?: number[];
  lambdas?: number[];
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
  soap: ['n', 'l', 'sigma'],
  acsf: [],
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

/** Words that are no numbers, of soap and acsf, and which statement takes them. */
const environmentWords = { weighting: 'soap', average: 'soap', elements: 'both', functions: 'acsf' } as const;
const isEnvironmentWord = (name: string): name is keyof typeof environmentWords =>
  Object.hasOwn(environmentWords, name);

/** Numbers of symmetry functions. */
const functionLists = { eta: 'eta', rs: 'rs', 'angular-eta': 'angularEta', zeta: 'zeta' } as const;
const isFunctionList = (name: string): name is keyof typeof functionLists =>
  Object.hasOwn(functionLists, name);

function withEnvironmentOption(
  options: DistributionOptions,
  kind: 'soap' | 'acsf',
  [name, value]: readonly [string, string],
  numberOf: (text: string) => number,
): DistributionOptions | undefined {
  if (isEnvironmentWord(name) && ['both', kind].includes(environmentWords[name])) {
    const several = name === 'elements' || name === 'functions';
    return { ...options, [name]: several ? value.split(',') : value };
  }
  if (kind === 'soap') return undefined;
  if (isFunctionList(name)) return { ...options, [functionLists[name]]: listOf(value, numberOf) };
  // the one number that may be negative
  const lambdas = (): number[] => value.split(',').map((word) => (word === '-1' ? -1 : numberOf(word)));
  return name === 'lambda' ? { ...options, lambdas: lambdas() } : undefined;
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
  if (kind === 'soap' || kind === 'acsf') {
    const found = withEnvironmentOption(options, kind, [name, value], numberOf);
    if (found) return found;
  }
  if ((singles[kind] as readonly string[]).includes(name)) return { ...options, [name]: numberOf(value) };
  if (kind === 'debye' && name === lists.debye) return { ...options, qs: listOf(value, numberOf) };
  if (kind !== 'similarity') return undefined;
  if (name === lists.similarity) return { ...options, above: listOf(value, numberOf) };
  if (name === 'like') return { ...options, like: [...(options.like ?? []), value] };
  return isLattice(name) ? { ...options, lattice: { name, constants: listOf(value, numberOf) } } : undefined;
}
