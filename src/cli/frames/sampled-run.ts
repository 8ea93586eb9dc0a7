import { existsSync } from 'node:fs';
import { selectColumns } from '../../frames/index.js';
import { columnsAsked, readSampledRun, type RunQuestion, type SampledRun } from '../../free-energy/index.js';
import type { RunGroups, WindowsAnalysis } from '../../campaign/index.js';
import {
  conversions,
  expectOneUnitSystem,
  inOneLine,
  sameTemperature,
  temperatureDoubts,
  temperatureOf,
  type FileConditions,
  type TemperatureDoubts,
} from '../../sampling/index.js';
import { filesOfInput, isArgument } from '../../plumed/index.js';
import { LatentcvError, outputPlace } from '../../support/index.js';
import { questionOf, type SamplingOptions } from '../options/index.js';
import { expandFiles } from './expand-files.js';
import { withoutCopies } from './without-copies.js';
import type { Terminal } from '../terminal.js';
import { asMade, filesWithConditions } from './made-frames.js';
import { trajectoryBeside } from './sampled-trajectories.js';

/** A run with what is asked of it. */
export interface LoadedRun {
  run: SampledRun;
  question: RunQuestion;
  /** Whether its energies are in natural units, not in kJ/mol. */
  natural: boolean;
  files: readonly FileConditions[];
  /** How runs under several biases or temperatures were weighed, where there are such. */
  windows?: WindowsAnalysis;
  /** Estimates of their own beside it: runs whose bias was built as they went. */
  others?: readonly OtherEstimate[];
}

/** What runs say that cannot be weighed together with the windows beside them. */
export interface OtherEstimate {
  name: string;
  run: SampledRun;
}

/** What is written of a run; never over what is read. */
interface Output {
  output?: string;
  model?: string;
  training?: readonly string[];
}

async function expectOutput(
  output: string,
  paths: readonly string[],
  { plumed, model, training = [] }: SamplingOptions & Output,
): Promise<void> {
  const ofInput = plumed === undefined ? [] : filesOfInput(plumed);
  const named = [...ofInput, ...(model === undefined ? [] : [model])];
  await outputPlace(output, [...paths, ...named, ...(await expandFiles(training))]);
}

/**
 * Reads tables (files, what fits patterns, folders of runs) and weighs their frames by the bias, as the options of `fes`
 * and `report` say.
 */
export async function loadSampling(
  names: readonly string[],
  columns: readonly string[],
  options: SamplingOptions & Output,
  terminal: Terminal,
): Promise<LoadedRun> {
  expectNoColumns(names, columns);
  const question = questionOf(options);
  const wanted = [...columns, ...columnsAsked(question)];
  const given = await filesWithConditions(names, wanted, options, true);
  if (options.output !== undefined)
    await expectOutput(
      options.output,
      given.map(({ path }) => path),
      options,
    );
  const files = await withoutCopies(given, terminal);
  const { problems, doubts } = doubtsOf(files);
  for (const line of [...problems, ...doubts]) terminal.warn(line);
  const groups = await groupsOf(files, options);
  if (groups) {
    const loaded = await loadWindows(groups, files, { columns, question, options, terminal });
    return { ...loaded, run: { ...loaded.run, doubts } };
  }
  const run = await weighed(files, { columns, question, options, terminal });
  for (const note of run.notes) terminal.note(note);
  return { run: { ...run, doubts }, question, files, natural: isNatural(files, options) };
}

/** Which runs were not at their temperature, as their notes tell. */
const doubtsOf = (files: readonly FileConditions[]): TemperatureDoubts =>
  temperatureDoubts(files.map(({ path, notes }) => ({ name: path, ...(notes && { notes }) })));

/** What speaks against all free energies of a run, a line each, as it was told when it was read. */
export const againstAll = ({ sample, doubts = [] }: SampledRun): string[] => [
  ...(sample.problem === undefined ? [] : [sample.problem]),
  ...doubts,
];

const isNatural = (files: readonly FileConditions[], { kT }: SamplingOptions): boolean =>
  files[0].units.natural || kT !== undefined;

/** What is asked of files of frames. */
interface Wanted {
  columns: readonly string[];
  question: RunQuestion;
  options: SamplingOptions;
  terminal: Terminal;
}

/** Frames under one bias. */
function weighed(
  files: readonly FileConditions[],
  { columns, question, options, terminal }: Wanted,
): Promise<SampledRun> {
  const { discard, replicas, begin, end, parts } = options;
  const { paths, common, choose } = asMade(files, options, { terminal });
  const { temperature, units } = common;
  if (temperature === undefined) throw noTemperature();
  return readSampledRun(paths, {
    columns,
    question,
    temperature,
    biasColumns: choose,
    energyUnit: units.energy,
    timeUnit: units.time,
    discard,
    replicas,
    begin,
    end,
    parts,
    problem: inOneLine(doubtsOf(files).problems),
    onWarning: (line) => terminal.warn(line),
  });
}

/** Runs that one bias does not weigh; who names columns or an input says that one does. */
async function groupsOf(
  files: readonly FileConditions[],
  { bias, plumed }: SamplingOptions,
): Promise<RunGroups | undefined> {
  if (files.length < 2 || bias !== undefined || plumed !== undefined) return undefined;
  const { groupRuns } = await import('../../campaign/index.js');
  return groupRuns(files);
}

/** Windows, weighed together, and what the other runs say beside them. */
async function loadWindows(
  { windows, others }: RunGroups,
  files: readonly FileConditions[],
  wanted: Wanted,
): Promise<LoadedRun> {
  const { question, options, terminal } = wanted;
  const { discard, begin, end } = options;
  // what a bias prints is another quantity in each
  const ofBias = windows.flatMap(({ biases = [] }) => biases.map(({ label }) => `${label}.`));
  const common = windows[0].labels.filter(
    (label) =>
      windows.every(({ labels }) => labels.includes(label)) &&
      !ofBias.some((start) => label.startsWith(start)),
  );
  const columns = wanted.columns.flatMap((name) =>
    /[*?]/.test(name) ? selectColumns(common, windows[0].path, [name]) : [name],
  );
  const { weighWindows } = await import('../../campaign/index.js');
  expectOneUnitSystem(files);
  const [{ units }] = files;
  for (const line of conversions({ ...units, length: 1 })) terminal.note(line);
  const temperature = askedTemperature(options);
  const { run, analysis } = await weighWindows(windows, {
    ...{ columns, question, temperature, discard, begin, end },
    timeUnit: units.time,
    trajectoryOf: trajectoryBeside,
    sources: { files: await expandFiles(options.energy ?? []), pressure: options.pressure },
    onWarning: (line) => terminal.warn(line),
  });
  for (const note of run.notes) terminal.note(note);
  for (const line of analysis.warnings) terminal.warn(line);
  const estimates: OtherEstimate[] = [];
  for (const group of others) {
    const name = group.map(({ path }) => path).join(', ');
    expectTemperature(group[0], analysis.temperature);
    const own = await weighed(group, wanted);
    terminal.note(`${name}: an estimate of its own, as MBAR takes static biases alone`);
    for (const note of own.notes) terminal.note(`${name}: ${note}`);
    estimates.push({ name, run: own });
  }
  const problem = inOneLine(doubtsOf(windows).problems);
  const sample = problem === undefined ? run.sample : { ...run.sample, problem };
  return {
    ...{ run: { ...run, sample }, question, files, natural: isNatural(files, options) },
    ...{ windows: analysis, others: estimates },
  };
}

/** K, of the ensemble asked about, where one is said. */
const askedTemperature = ({ temperature, kT }: SamplingOptions): number | undefined =>
  kT !== undefined ? temperatureOf(kT) : temperature?.findLast((each) => each.files === undefined)?.kelvin;

/** An estimate of another temperature is none of the same quantity. */
function expectTemperature({ path, temperature }: FileConditions, kelvin: number): void {
  if (temperature === undefined || sameTemperature(temperature, kelvin)) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${path}, whose bias was built as it ran, at ${kelvin} K as the windows are asked about but it is at ${temperature} K`,
    'MBAR takes runs of other temperatures only under static biases',
  );
}

/**
 * `--cv phi psi` leaves psi among the files.
 * @throws LatentcvError `file-not-found`
 */
function expectNoColumns(names: readonly string[], columns: readonly string[]): void {
  const stray = names.slice(1).find((name) => isArgument(name) && !/[/?[]/.test(name) && !existsSync(name));
  if (stray === undefined) return;
  throw new LatentcvError(
    'file-not-found',
    `cannot read ${stray}: there is no such file`,
    `several columns have commas between them: ${[...columns, stray].join(',')}`,
  );
}

function noTemperature(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, but found neither',
    "a run's folder made by latentcv run tells it",
  );
}
