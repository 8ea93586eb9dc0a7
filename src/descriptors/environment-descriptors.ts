import { elementSymbols } from '../composition/index.js';

/** What neighbours' densities are expanded in: radial functions, degree of harmonics; cutoff and width of a neighbour in nm. */
export interface ExpansionBasis {
  functions: number;
  degree: number;
  cutoff: number;
  sigma: number;
}

/**
 * A component of the power spectrum of the density of neighbours, each a Gaussian, around `atoms` (Bartók, Kondor & Csányi 2013,
 * doi:10.1103/PhysRevB.87.184115), Å³ as in DScribe with its `rbf="gto"` (Himanen et al. 2020, doi:10.1016/j.cpc.2019.106949). The
 * neighbours are `atoms` themselves, or `partners`; of `partners` and `others`, the spectrum of one density with the other. A group of
 * neighbours may be empty, which gives 0.
 */
export interface SoapDescriptor {
  kind: 'soap';
  atoms: number[];
  partners?: number[];
  others?: number[];
  /** Atomic numbers of `partners`, and of `others` where there are some: what they are called, whatever atoms there are. */
  species?: number[];
  basis: ExpansionBasis;
  /** `poly`: neighbours weigh 1 − 3 x² + 2 x³ of x = distance/cutoff. `uniform`: 1, up to 3.72 sigma beyond the cutoff. */
  weighting: 'poly' | 'uniform';
  /** `outer`: the mean of the atoms' spectra. `inner`: the spectrum of their mean density. */
  average: 'outer' | 'inner';
  /** Radial functions of the two densities and the degree, from 0. */
  spectrum: { first: number; second: number; degree: number };
}

/**
 * G2 of each of the neighbours, Σ exp(−eta (r − shift)²) f(r), with eta in 1/nm² and shift in nm; with both 0 it is G1. G4 of each pair,
 * 2^(1 − zeta) Σ (1 + lambda cos θ)^zeta exp(−eta (r_ij² + r_ik² + r_jk²)) f f f.
 */
export type SymmetryFunction =
  { of: 'radial'; eta: number; shift: number } | { of: 'angular'; eta: number; zeta: number; lambda: 1 | -1 };

/**
 * The mean over `atoms` of a symmetry function of their neighbours (Behler 2011, doi:10.1063/1.3553717) with f(r) = (cos(π r/cutoff) + 1)/2.
 * The neighbours are `atoms` themselves, or `partners`; of `partners` and `others`, pairs of one of these with one of those, which
 * share none. An empty group gives 0.
 */
export interface AcsfDescriptor {
  kind: 'acsf';
  atoms: number[];
  partners?: number[];
  others?: number[];
  /** Atomic numbers of `atoms`, `partners`, and `others` where there are some: what they are called. */
  species?: number[];
  /** nm */
  cutoff: number;
  function: SymmetryFunction;
}

export type EnvironmentDescriptor = SoapDescriptor | AcsfDescriptor;

/** Whether it is of the neighbours around atoms. */
export function isOfEnvironments(descriptor: { kind: string }): descriptor is EnvironmentDescriptor {
  return descriptor.kind === 'soap' || descriptor.kind === 'acsf';
}

/** As the core has them. */
const mostFunctions = 12;
const highestDegree = 12;
/** A cutoff is longer: the first radial function ends there, nm. */
const shortestCutoff = 0.1;

const isPositive = (number: number): boolean => number > 0 && Number.isFinite(number);
const isFrom0 = (number: number, most: number): boolean =>
  Number.isInteger(number) && number >= 0 && number <= most;

function basisProblem({ functions, degree, cutoff, sigma }: ExpansionBasis): string | undefined {
  if (!isFrom0(functions - 1, mostFunctions - 1)) return `1 to ${mostFunctions} radial functions`;
  if (!isFrom0(degree, highestDegree)) return `a degree from 0 to ${highestDegree}`;
  if (!(cutoff > shortestCutoff && Number.isFinite(cutoff))) return `a cutoff above ${shortestCutoff} nm`;
  return isPositive(sigma) ? undefined : 'sigma above 0';
}

function soapProblem({ basis, spectrum, others }: SoapDescriptor): string | undefined {
  const last = basis.functions - 1;
  const { first, second, degree } = spectrum;
  const good = isFrom0(first, last) && isFrom0(second, last) && isFrom0(degree, basis.degree);
  const problem = basisProblem(basis);
  if (problem !== undefined) return problem;
  if (!good) return `radial functions from 0 to ${last} and a degree from 0 to ${basis.degree}`;
  return others || first <= second ? undefined : 'a first radial function that is no more than the second';
}

function acsfProblem({ cutoff, function: of, partners = [], others }: AcsfDescriptor): string | undefined {
  if (!isPositive(cutoff)) return 'a cutoff above 0';
  if (!(of.eta >= 0 && Number.isFinite(of.eta))) return 'eta of at least 0';
  if (of.of === 'radial') {
    if (others) return 'one group of neighbours for a radial function';
    return of.shift >= 0 && Number.isFinite(of.shift) ? undefined : 'a shift of at least 0';
  }
  const own = new Set(partners);
  if (others?.some((atom) => own.has(atom))) return 'two groups of neighbours that share no atom, or one';
  const good = of.zeta >= 1 && Number.isFinite(of.zeta) && Math.abs(of.lambda) === 1;
  return good ? undefined : 'zeta of at least 1, and lambda 1 or -1';
}

/** The number of an element; undefined for what is none. */
export function elementNumber(symbol: string): number | undefined {
  const place = elementSymbols.indexOf(symbol);
  return place < 0 ? undefined : place + 1;
}

function speciesProblem({ kind, species, others }: EnvironmentDescriptor): string | undefined {
  const count = (kind === 'acsf' ? 2 : 1) + (others ? 1 : 0);
  const good = species === undefined || species.length === count;
  return good && (species ?? []).every((number) => elementSymbols[number - 1] !== undefined)
    ? undefined
    : `species of ${count} atomic number${count > 1 ? 's' : ''} up to ${elementSymbols.length}`;
}

/** What numbers of such a descriptor should have been; undefined where they make one. */
export function environmentProblem(descriptor: EnvironmentDescriptor): string | undefined {
  const { others } = descriptor;
  if (others && new Set(others).size < others.length) return 'different atoms';
  return (
    speciesProblem(descriptor) ??
    (descriptor.kind === 'soap' ? soapProblem(descriptor) : acsfProblem(descriptor))
  );
}

/** The words of a line of the model file behind the atoms. */
export function environmentWords(descriptor: EnvironmentDescriptor): (string | number)[] {
  const { species } = descriptor;
  return [...(species ? ['species', ...species] : []), ...settingWords(descriptor)];
}

function settingWords(descriptor: EnvironmentDescriptor): (string | number)[] {
  if (descriptor.kind === 'acsf') {
    const { cutoff, function: of } = descriptor;
    const numbers =
      of.of === 'radial' ? ['radial', of.eta, of.shift] : ['angular', of.eta, of.zeta, of.lambda];
    return ['cutoff', cutoff, ...numbers];
  }
  const { basis, weighting, average, spectrum } = descriptor;
  const expansion = [basis.functions, basis.degree, basis.cutoff, basis.sigma];
  return [
    'basis',
    ...expansion,
    weighting,
    average,
    'spectrum',
    spectrum.first,
    spectrum.second,
    spectrum.degree,
  ];
}

interface Option {
  word: string;
  numbers: number[];
}

/** Whether options stand in this order, each with so many numbers. */
const stand = (options: readonly Option[], expected: [RegExp, number][]): boolean =>
  options.length === expected.length &&
  expected.every(([word, count], i) => word.test(options[i].word) && options[i].numbers.length === count);

function readSoap(options: readonly Option[]): object | undefined {
  const good = stand(options, [
    [/^basis$/, 4],
    [/^(poly|uniform)$/, 0],
    [/^(outer|inner)$/, 0],
    [/^spectrum$/, 3],
  ]);
  if (!good) return undefined;
  const [functions, degree, cutoff, sigma] = options[0].numbers;
  const [first, second, l] = options[3].numbers;
  return {
    basis: { functions, degree, cutoff, sigma },
    weighting: options[1].word,
    average: options[2].word,
    spectrum: { first, second, degree: l },
  };
}

function readAcsf(options: readonly Option[]): object | undefined {
  const radial = stand(options, [
    [/^cutoff$/, 1],
    [/^radial$/, 2],
  ]);
  const angular = stand(options, [
    [/^cutoff$/, 1],
    [/^angular$/, 3],
  ]);
  if (!radial && !angular) return undefined;
  const [eta, next, lambda] = options[1].numbers;
  return {
    cutoff: options[0].numbers[0],
    function: radial ? { of: 'radial', eta, shift: next } : { of: 'angular', eta, zeta: next, lambda },
  };
}

/**
 * What the options of a line mean, whatever their numbers; undefined where some are missing or too many.
 * @param kind of an environment
 */
export function readEnvironment(kind: string, options: readonly Option[]): object | undefined {
  const [first, ...rest] = options;
  const species = first?.word === 'species' ? first.numbers : undefined;
  const read = kind === 'soap' ? readSoap : readAcsf;
  const found = read(species ? rest : options);
  return found && { ...(species && { species }), ...found };
}

/** A number where no point, sign or plus may stand. */
const numberName = (value: number): string =>
  String(value).replace('+', '').replaceAll('-', 'm').replace('.', 'p');

function functionName(of: SymmetryFunction): string {
  if (of.of === 'angular') return `g4-${[of.eta, of.zeta, of.lambda].map(numberName).join('-')}`;
  return of.eta === 0 && of.shift === 0 ? 'g1' : `g2-${numberName(of.eta)}-${numberName(of.shift)}`;
}

/** What a label tells before the atoms, and behind the dot. */
export function environmentLabel(descriptor: EnvironmentDescriptor): { prefix: string; component: string } {
  if (descriptor.kind === 'acsf')
    return { prefix: 'acsf', component: `.${functionName(descriptor.function)}` };
  const { first, second, degree } = descriptor.spectrum;
  return { prefix: 'soap', component: `.${first + 1}-${second + 1}-l${degree}` };
}

/** What groups are called by their elements, however many atoms there are: `Ti_O`, `Sr_by_Ti_with_O`; undefined without these. */
export function speciesName({ kind, species }: EnvironmentDescriptor): string | undefined {
  const names = species?.map((number) => elementSymbols[number - 1]);
  if (!names || kind === 'soap') return names?.join('_');
  return `${names[0]}_by_${names.slice(1).join('_with_')}`;
}

/** The one of those whose labels are alike before the dot that stands for all of them. */
export function firstOfEnvironment(descriptor: EnvironmentDescriptor): EnvironmentDescriptor {
  if (descriptor.kind === 'acsf')
    return { ...descriptor, function: { of: 'angular', eta: 0, zeta: 1, lambda: 1 } };
  return { ...descriptor, spectrum: { first: 0, second: 0, degree: 0 } };
}

/** Partners and others the other way round, which is the same number. */
function turned(descriptor: EnvironmentDescriptor): EnvironmentDescriptor {
  const { species, partners = [], others = [] } = descriptor;
  const fixed = descriptor.kind === 'acsf' ? 1 : 0;
  const groups = {
    partners: others,
    others: partners,
    ...(species && { species: [...species.slice(0, fixed), ...species.slice(fixed).toReversed()] }),
  };
  if (descriptor.kind === 'acsf') return { ...descriptor, ...groups };
  const { first, second, degree } = descriptor.spectrum;
  return { ...descriptor, ...groups, spectrum: { first: second, second: first, degree } };
}

/** The one of all ways to write such a descriptor that the others are compared by. */
export function canonicalEnvironment(
  descriptor: EnvironmentDescriptor,
  ascendingOf: (group: number[]) => number[],
): EnvironmentDescriptor {
  const atoms = ascendingOf(descriptor.atoms);
  const partners = ascendingOf(descriptor.partners ?? descriptor.atoms);
  const others = ascendingOf(descriptor.others ?? partners);
  const { species, ...rest } = descriptor;
  // names tell apart what has no atoms, and nothing else
  const empty = [atoms, partners, others].some((group) => group.length === 0);
  const found = { ...rest, atoms, partners, others, ...(empty && species && { species }) };
  return (partners[0] ?? -1) <= (others[0] ?? -1) ? found : turned(found);
}
