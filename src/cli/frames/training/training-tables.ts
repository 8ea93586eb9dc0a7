import { selectColumns, tableLabels, type TableOptions } from '../../../frames/index.js';
import { lengthLabels } from '../../../plumed/index.js';
import { biasColumns, conversions, type BiasColumns, type FileConditions } from '../../../sampling/index.js';
import { LatentcvError } from '../../../support/index.js';
import { labelColumns, type TrainOptions } from '../../../training/index.js';
import { givenOptions, readingOptions, type TrainingOptions } from '../../options/training/index.js';
import type { Terminal } from '../../terminal.js';
import { madeFrames, type MadeFrames } from '../made-frames.js';
import { parsePlumedFile } from '../sampled-files.js';

/** Tables to learn from, how they are read, and what their frames weigh. */
export interface TrainingTables {
  files: string[];
  reading: TableOptions;
  /** The options of the command that are the training's, with the bias and its temperature. */
  training: TrainOptions;
}

/**
 * Tables that options name (files, patterns, folders of runs) as the training takes them: units, temperatures and the
 * bias as options, notes and PLUMED's input say. Frames weigh by their bias where its columns and the temperature are
 * known; where they are not, it is told that frames weigh alike, or refused where weights were asked for.
 */
export async function trainingTables(
  names: readonly string[],
  options: TrainingOptions,
  terminal: Terminal,
): Promise<TrainingTables> {
  expectNoRunInput(names);
  const made = await madeFrames(names, wantedColumns(options), options, { several: true, terminal });
  const { files, common, paths } = made;
  const reading = readingOptions(options);
  const biased = files.filter((file) => file.biased);
  const labels = await tableLabels((biased[0] ?? files[0]).path, reading);
  const weigh = biased.length > 0 ? weighing(labels, options, made, terminal) : [];
  const lengths = lengthFactors(labels, options, common.units.length, terminal);
  const factors = { ...lengths, ...Object.fromEntries(weigh.map((column) => [column, common.units.energy])) };
  const plain = files.filter((file) => !file.biased).map(({ path }) => path);
  return {
    files: paths,
    reading: {
      ...reading,
      timeUnit: common.units.time,
      ...(Object.values(factors).some((factor) => factor !== 1) && { factors }),
      ...(plain.length > 0 && weigh.length > 0 && { absent: { columns: weigh, files: plain } }),
    },
    training: {
      ...givenOptions(options),
      ...(weigh.length > 0 && { bias: weigh }),
      ...temperaturesOf(files),
      ...(options.replicas && { replicas: options.replicas }),
    },
  };
}

function expectNoRunInput(names: readonly string[]): void {
  const found = names.find((name) => /\.tpr$/i.test(name));
  if (found === undefined) return;
  throw new LatentcvError(
    'other-kind',
    `expected frames but ${found} is GROMACS's run input`,
    `give the trajectory of its run with --structure conf.gro, which gmx editconf -f ${found} -o conf.gro writes`,
  );
}

/** Columns by which one of a run's tables is chosen. */
function wantedColumns({
  columns = [],
  labels,
  properties = [],
  weights,
  bias = [],
}: TrainingOptions): string[] {
  const named = bias.filter((name) => name !== 'none' && name !== 'all');
  return [
    ...columns,
    ...properties,
    ...named,
    ...labelColumns(labels),
    ...(weights === undefined ? [] : [weights]),
  ];
}

/** The columns of the bias that frames are weighed by. */
function weighing(
  labels: readonly string[],
  options: TrainingOptions,
  { common, files, choose }: MadeFrames,
  terminal: Terminal,
): string[] {
  const { bias, weights } = options;
  if (weights !== undefined && bias === undefined) return [];
  const found = bias ? choose(labels) : unasked(labels, common.choice, terminal);
  const unknown = files.find(({ biased, temperature }) => biased && temperature === undefined);
  if (found.weigh.length > 0 && unknown) {
    if (bias) throw noTemperature(unknown.path, found.weigh);
    terminal.warn(
      `frames weigh alike, though ${found.weigh.join(' + ')} biased them: --temperature weighs them by it, --bias none says that this is meant`,
    );
    return [];
  }
  if (bias || found.weigh.length > 0 || common.choice.actions)
    for (const note of found.notes) terminal.note(note);
  if (found.bound.length > 0)
    terminal.note(
      `${found.bound.join(', ')} bounds the ensemble, which is taken as it is (--bias all takes it off)`,
    );
  return found.weigh;
}

/** Where no bias was asked for, one that cannot be told weighs nothing; that is told. */
function unasked(
  labels: readonly string[],
  choice: MadeFrames['common']['choice'],
  terminal: Terminal,
): BiasColumns {
  try {
    return biasColumns(labels, { ...choice, optional: true });
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    terminal.warn(`frames weigh alike: ${error.message} (--bias none says that this is meant)`);
    return { weigh: [], bound: [], notes: [] };
  }
}

function noTemperature(path: string, weigh: readonly string[]): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected the temperature of ${path}, whose frames weigh by ${weigh.join(' + ')}, but found none`,
    'say --temperature (K), or --kt for natural units',
  );
}

/** One for all where they agree; files without a bias need none. */
function temperaturesOf(
  files: readonly FileConditions[],
): Pick<TrainOptions, 'temperature' | 'temperatures'> {
  const known = files.flatMap(({ path, temperature }) =>
    temperature === undefined ? [] : [{ path, temperature }],
  );
  if (known.length === 0) return {};
  const [{ temperature }] = known;
  const others = known.filter((file) => file.temperature !== temperature);
  if (others.length === 0) return { temperature };
  return {
    temperature,
    temperatures: Object.fromEntries(others.map((file) => [file.path, file.temperature])),
  };
}

/** A model with descriptors works in nm: what its PLUMED input made in another unit is converted. */
function lengthFactors(
  labels: readonly string[],
  { plumed, columns, lengthUnit }: TrainingOptions & { plumed?: string },
  length: number,
  terminal: Terminal,
): Record<string, number> {
  if (length === 1) return {};
  if (plumed === undefined) {
    if (lengthUnit !== undefined) throw lengthsUnknown();
    return {};
  }
  const { input, natural } = parsePlumedFile(plumed);
  if (natural) return {};
  const found = lengthLabels(input, selectColumns(labels, plumed, columns));
  if (found.length > 0) for (const line of conversions({ length })) terminal.note(line);
  return Object.fromEntries(found.map((label) => [label, length]));
}

function lengthsUnknown(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --plumed with --length-unit, since a table does not tell which of its columns are lengths',
    'without it, the model takes columns as they are, in their unit',
  );
}
