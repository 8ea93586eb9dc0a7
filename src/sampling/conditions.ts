import { invalidArgument, LatentcvError, digits, significant } from '../support/index.js';
import type { BiasChoice } from './bias-columns.js';
import { actionsOf, refuseDifferingBiases, type BiasNote, type RunNotes } from './run-notes.js';
import { temperatureOf } from './thermal.js';
import { plumedUnits, type UnitSystem } from './units.js';

/** A file of frames, with what is known of how they were made. */
export interface SampledFile {
  path: string;
  /** Of the folder of the run that wrote it, or of a PLUMED input given with it. */
  facts?: RunNotes;
  /** Where the facts are from, for messages. */
  known?: string;
  /** Path of the PLUMED input that it was run with, where that is known. */
  input?: string;
}

/** What is said of all files, or of some of them. */
export interface StatedConditions {
  /** K; `files` (paths) says of which, all others where left out. */
  temperatures?: readonly { kelvin: number; files?: readonly string[] }[];
  /** Instead of a temperature, of runs in natural units. */
  kT?: number;
  /** kJ/mol, ps and nm per unit of the tables; these go before what the facts say. */
  energyUnit?: number;
  timeUnit?: number;
  lengthUnit?: number;
  /** Paths of files that were run without a bias. */
  unbiased?: readonly string[];
  /** Where runs noted several temperatures, the one of no file is that of the ensemble asked about, not of each. */
  ofEnsemble?: boolean;
}

/** How the frames of one file were made. */
export interface FileConditions {
  path: string;
  /** K; undefined where nothing tells it. */
  temperature?: number;
  biased: boolean;
  units: UnitSystem;
  biases?: readonly BiasNote[];
  /** All that its run noted. */
  notes?: RunNotes;
  /** Path of the PLUMED input that it was run with, where that is known. */
  input?: string;
  /** What decides which columns weigh, as far as facts tell it. */
  choice: Pick<BiasChoice, 'actions' | 'known' | 'onSurface'>;
}

/**
 * How the frames of each file were made, by what is said of them and what their runs noted.
 * @throws LatentcvError `bad-argument` where both contradict one another, or a temperature and kT are given
 */
export function fileConditions(
  files: readonly SampledFile[],
  stated: StatedConditions = {},
): FileConditions[] {
  const { temperatures = [], kT } = stated;
  if (kT !== undefined && temperatures.length > 0)
    throw new LatentcvError(
      'bad-argument',
      'expected ‘temperature’ (K) or ‘kT’, not both',
      '‘kT’ is of runs in natural units, where Boltzmann’s constant is 1',
    );
  return files.map((file) => conditionsOf(file, stated, stated.ofEnsemble && severalNoted(files)));
}

/** Whether runs noted more than one temperature. */
function severalNoted(files: readonly SampledFile[]): boolean {
  const noted = files.flatMap(({ facts }) => facts?.temperature ?? []);
  return noted.some((kelvin) => !sameTemperature(kelvin, noted[0]));
}

/** Two temperatures that differ in nothing but their last digits. */
export const sameTemperature = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-3 * other;

function conditionsOf(
  file: SampledFile,
  stated: StatedConditions,
  ofEnsemble: boolean | undefined,
): FileConditions {
  const { path, facts, known } = file;
  const units = unitsOf(file, stated);
  const temperature = temperatureFor(file, units, stated, ofEnsemble);
  return {
    path,
    temperature,
    // a run whose notes know of no bias had none
    biased: !(stated.unbiased ?? []).includes(path) && facts?.biases?.length !== 0,
    units,
    notes: facts,
    ...(file.input !== undefined && { input: file.input }),
    biases: facts?.biases && facts.biases,
    choice: {
      actions: facts?.biases && actionsOf({ biases: facts.biases }),
      known,
      onSurface: facts?.engine?.name === 'pesmd' ? true : undefined,
    },
  };
}

/** In natural units an energy stays as it is: kT is said in the same. */
function unitsOf({ facts }: SampledFile, { energyUnit, timeUnit, lengthUnit }: StatedConditions): UnitSystem {
  const { energy, time, length, natural } = facts?.units ?? plumedUnits;
  return {
    energy: energyUnit ?? energy,
    time: timeUnit ?? time,
    length: lengthUnit ?? length,
    natural,
  };
}

function temperatureFor(
  file: SampledFile,
  units: UnitSystem,
  { temperatures = [], kT }: StatedConditions,
  ofEnsemble = false,
): number | undefined {
  const own = temperatures.findLast(({ files }) => files?.includes(file.path));
  const said = (own ?? temperatures.findLast(({ files }) => files === undefined))?.kelvin;
  if (said !== undefined && !(said > 0))
    throw invalidArgument('a positive temperature in K', 'temperature', said);
  if (said !== undefined && units.natural && file.facts?.temperature === undefined) throw natural(file, said);
  if (kT !== undefined && units.energy !== 1) throw notNatural(file, kT);
  const stated = kT === undefined ? said : temperatureOf(kT);
  const noted = file.facts?.temperature;
  if (stated === undefined || noted === undefined || sameTemperature(stated, noted)) return noted ?? stated;
  if (ofEnsemble && own === undefined) return noted;
  throw contradicts(file, stated, noted, units);
}

const from = ({ path, known }: SampledFile): string => (known === undefined ? path : `${path} (${known})`);

function natural(file: SampledFile, kelvin: number): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected kT for ${from(file)}, which is in natural units, but received a temperature of ${kelvin} K`,
    'say ‘kT’, in the unit of its energies',
  );
}

function notNatural(file: SampledFile, kT: number): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected a temperature for ${from(file)}, whose energies have a unit, but received kT = ${kT}`,
    'say ‘temperature’, in K: energies are converted',
  );
}

function contradicts(
  file: SampledFile,
  stated: number,
  noted: number,
  { natural }: UnitSystem,
): LatentcvError {
  const word = (kelvin: number): string =>
    natural ? `kT = ${significant(kelvin / temperatureOf(1), 6)}` : `${digits(kelvin, 6)} K`;
  return new LatentcvError(
    'bad-argument',
    `expected the temperature of ${from(file)}, ${word(noted)}, but received ${word(stated)}`,
    'leave it out: the run noted its own',
  );
}

/**
 * Refuses files in different systems of units.
 * @throws LatentcvError `bad-argument`
 */
export function expectOneUnitSystem(files: readonly FileConditions[]): void {
  if (files.length === 0) throw invalidArgument('at least one file', 'files', 'none');
  for (const kind of ['energy', 'time', 'length', 'natural'] as const) refuseUnits(files, kind);
}

/**
 * Refuses runs whose static biases differ.
 * @throws LatentcvError `bad-argument`
 */
export function expectOneBias(files: readonly FileConditions[]): void {
  refuseDifferingBiases(
    files.flatMap(({ path, biases, biased }) => (biases && biased ? [{ source: path, biases }] : [])),
  );
}

/** How frames that are analysed together were made. */
export interface CommonConditions {
  /** K */
  temperature?: number;
  units: UnitSystem;
  choice: FileConditions['choice'];
}

/**
 * One temperature, one kind of bias and one set of units, for free energies; with `temperatures` those may differ, as
 * frames to learn from may, and with `biases` static biases too, where something else weighs.
 * @throws LatentcvError `bad-argument` where the files differ, saying in what
 */
export function commonConditions(
  files: readonly FileConditions[],
  { temperatures = false, biases = false }: { temperatures?: boolean; biases?: boolean } = {},
): CommonConditions {
  expectOneUnitSystem(files);
  const [first] = files;
  if (!temperatures) refuseMixture(files);
  if (!biases) expectOneBias(files);
  const informed = files.find(({ choice, biased }) => biased && choice.actions) ?? first;
  const { temperature, units } = first;
  return { temperature, units, choice: informed.choice };
}

function refuseUnits(files: readonly FileConditions[], kind: keyof UnitSystem): void {
  const [first] = files;
  const other = files.find(({ units }) => units[kind] !== first.units[kind]);
  if (!other) return;
  const what = kind === 'natural' ? 'natural units' : `a unit of ${kind}`;
  throw new LatentcvError(
    'bad-argument',
    `expected one system of units but ${first.path} and ${other.path} differ in ${what}: ${first.units[kind]} and ${other.units[kind]}`,
    'give files of one system of units at a time',
  );
}

function refuseMixture(files: readonly FileConditions[]): void {
  const [first] = files;
  const hotter = files.find(({ temperature }) => temperature !== first.temperature);
  const mbar =
    'their frames weigh by all states together, by MBAR, as latentcv fes and report do where ‘bias’ and ‘plumed’ are left out; else give one state at a time';
  if (hotter)
    throw new LatentcvError(
      'bad-argument',
      `expected frames of one temperature but ${first.path} is at ${first.temperature ?? '?'} K and ${hotter.path} at ${hotter.temperature ?? '?'} K`,
      mbar,
    );
  const other = files.find(({ biased }) => biased !== first.biased);
  if (!other) return;
  const [with_, without] = first.biased ? [first, other] : [other, first];
  throw new LatentcvError(
    'bad-argument',
    `expected frames that were all biased, or none, but ${without.path} was run without a bias and ${with_.path} with one`,
    mbar,
  );
}
