import {
  columnsOfCompositions,
  compositionSource,
  featureLines,
  tableCompositions,
  tableRows,
  tableSource,
  textOf,
} from '../../../campaign/index.js';
import { readTables, selectColumns, tableLabels } from '../../../frames/index.js';
import { lengthLabels } from '../../../plumed/index.js';
import { conversions } from '../../../sampling/index.js';
import { LatentcvError } from '../../../support/index.js';
import { labelColumns } from '../../../training/index.js';
import type { StructureRowOptions } from '../../options/index.js';
import { givenOptions, readingOptions, type TrainingOptions } from '../../options/training/index.js';
import type { Terminal } from '../../terminal.js';
import { asMade, filesWithConditions } from '../made-frames.js';
import { parsePlumedFile } from '../sampled-files.js';
import type { TrainingFrames } from './frames-to-learn.js';
import { labelledTables, temperaturesOf, weighingColumns } from '../weighing.js';
import { withoutCopies } from '../without-copies.js';
import { lackingBiases, weighedTogether } from '../weighed-together.js';

/**
 * Tables that options name (files, patterns, folders of runs) as the training takes them: units, temperatures and the
 * bias as options, notes and PLUMED's input say. Frames weigh by their bias where its columns and the temperature are
 * known; where they are not, it is told that frames weigh alike, or refused where weights were asked for.
 */
export async function trainingTables(
  names: readonly string[],
  options: TrainingOptions & StructureRowOptions & { plumed?: string },
  terminal: Terminal,
): Promise<TrainingFrames> {
  expectNoRunInput(names);
  const named = await filesWithConditions(names, wantedColumns(options), options);
  const files = await withoutCopies(named, terminal);
  const together = await weighedTogether(files, options, terminal);
  const made = asMade(files, options, { several: true, differing: true, terminal });
  const { common, paths } = made;
  const reading = readingOptions(options);
  const rows = await tableRows(paths, reading, options);
  for (const note of rows?.notes ?? []) terminal.note(note);
  const biased = files.filter((file) => file.biased);
  const labelled = await labelledTables(biased.length > 0 ? biased : [files[0]], reading);
  const [{ labels }] = labelled;
  const weighed = biased.length > 0 && !together ? labelled : [];
  const { weigh, without } = weighingColumns(weighed, options, made, terminal);
  const lengths = lengthFactors(labels, options, common.units.length, terminal);
  const factors = { ...lengths, ...Object.fromEntries(weigh.map((column) => [column, common.units.energy])) };
  const plain = files.filter(({ path, biased }) => !biased || without.includes(path)).map(({ path }) => path);
  const tables = {
    files: paths,
    reading: {
      ...reading,
      ...rows?.reading,
      timeUnit: common.units.time,
      ...(Object.values(factors).some((factor) => factor !== 1) && { factors }),
      ...(plain.length > 0 && weigh.length > 0 && { absent: { columns: weigh, files: plain } }),
      ...(together && { added: together.added, absent: await lackingBiases(paths) }),
    },
    plumedInput: options.plumed,
    onWarning: (line: string) => terminal.warn(line),
  };
  const compositions = await formulasOf(tables, options, rows?.training.rows, terminal);
  return {
    files: paths,
    ...compositions,
    training: {
      ...givenOptions(options),
      ...rows?.training,
      ...(weigh.length > 0 && { bias: weigh }),
      ...(together ? together.training : temperaturesOf(files)),
      ...(options.replicas && { replicas: options.replicas }),
    },
  };
}

type Tables = Parameters<typeof tableSource>[0];

/** What is learned from: the tables, or these with statistics of their formulas where that is asked for. */
async function formulasOf(
  tables: Tables,
  { composition = false, formula, sites }: StructureRowOptions,
  rows: boolean | undefined,
  terminal: Terminal,
): Promise<Pick<TrainingFrames, 'sourceFor' | 'features'>> {
  if (!composition && formula === undefined && sites === undefined)
    return { sourceFor: (settings) => tableSource(tables, settings) };
  if (!rows)
    throw new LatentcvError(
      'bad-argument',
      'expected rows that are independent of one another for ‘composition’ but received frames',
      '‘properties’ of a table without times, or ‘rows’, say that they are',
    );
  const of = { formula: formula ?? 'formula', ...(sites !== undefined && { sites }) };
  const { files, reading = {} } = tables;
  const [path] = files;
  const columns = columnsOfCompositions({ path, labels: await tableLabels(path, reading) }, of);
  const text = textOf(await readTables(files, { ...reading, columns, text: columns, gaps: [] }), path);
  const { compositions, labels, leftOut } = tableCompositions(text, of);
  for (const { property, element } of leftOut)
    terminal.warn(`${property} has no columns: there is no value of ${element}`);
  terminal.note(`${labels.length} statistics of the elements of ${of.formula}`);
  const elements = [...new Set(compositions.flatMap((each) => [...each.keys()]))].sort();
  // what is chosen of a table’s own columns goes with its formulas
  const withText = {
    ...tables,
    reading: { ...reading, ...(reading.columns && { columns: [...reading.columns, ...columns] }) },
  };
  return {
    sourceFor: (settings) => compositionSource(withText, settings, of),
    features: featureLines({ of: 'compositions', elements, ...of }),
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
