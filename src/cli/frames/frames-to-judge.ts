import type { ModelFile } from '../../onnx/index.js';
import type { DiagnoseJob, FrameWeighing } from '../diagnose.js';
import { tableReading, timeRange, type FrameOptions } from '../options/index.js';
import type { TrajectoryOptions } from '../options/trajectories/index.js';
import { unitsReading, type WeighingOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { expandNames } from './expand-files.js';
import { asMade, filesWithConditions, type MadeFrames } from './made-frames.js';
import { madeTrajectories, type MadeTrajectories } from './made-trajectories.js';
import { modelTrajectoryReading, refuseTableOptions } from './model-trajectories.js';
import { joinedTogether, lackingBiases, weighedTogether } from './weighed-together.js';
import { labelledTables, temperaturesOf, weighingColumns } from './weighing.js';
import { withoutCopies } from './without-copies.js';

/** Options of what judges a model on frames that weigh. */
type JudgeOptions = TrajectoryOptions &
  Partial<FrameOptions> &
  Partial<WeighingOptions> &
  Parameters<typeof tableReading>[0] & {
    weightsFrom?: string[];
    columns?: string[];
    states?: string;
  };

const joinsTables =
  '--weights-from names the COLVAR of each run, whose rows are joined with the frames by time; latentcv descriptors writes tables of trajectories';

/** The frames that options name, as `diagnoseModel` takes them. */
type JudgedFrames = Pick<DiagnoseJob, 'files' | 'reading' | 'trajectories' | 'weigh'>;

/** Tables, or trajectories by the descriptors that the model holds, and what their frames weigh. */
export async function framesToJudge(
  { metadata }: ModelFile,
  names: readonly string[],
  options: JudgeOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<JudgedFrames> {
  const found = await expandNames(names);
  const weighing = { replicas: 'independent' as const, ...options };
  const { bias = [], columns, states } = options;
  const asked = bias.filter((name) => name !== 'none' && name !== 'all');
  const ofTable = [...asked, ...(states === undefined ? [] : [states])];
  const byModel = metadata?.descriptors !== undefined;
  const made = await madeTrajectories(found, { ...weighing, byModel }, ofTable, terminal, true);
  if (made) return trajectories(made, weighing, terminal);
  const inputs = columns ?? metadata?.inputs.map(({ label }) => label) ?? [];
  const named = await filesWithConditions(found, [...inputs, ...ofTable], weighing);
  const distinct = await withoutCopies(named, terminal);
  const together = await weighedTogether(distinct, weighing, terminal);
  const tables = asMade(distinct, weighing, { several: true, differing: true, terminal });
  const biased = tables.files.filter((file) => file.biased);
  const labelled = together ? [] : await labelledTables(biased, tableReading(options));
  const { weigh, without } = weighingColumns(labelled, options, tables, terminal);
  const { energy, time } = tables.common.units;
  const units = unitsReading(options, metadata?.inputs ?? [], columns);
  const plain = tables.files.flatMap(({ path, biased }) => (!biased || without.includes(path) ? [path] : []));
  return {
    files: tables.paths,
    reading: {
      ...timeRange(options),
      ...tableReading(options),
      timeUnit: time,
      factors: { ...units.factors, ...Object.fromEntries(weigh.map((column) => [column, energy])) },
      ...(plain.length > 0 && weigh.length > 0 && { absent: { columns: weigh, files: plain } }),
      ...(together && { added: together.added, absent: await lackingBiases(tables.paths) }),
      onWarning: (line) => terminal.warn(line),
    },
    weigh: together ? { weights: together.added.label } : weighed(weigh, tables, options),
  };
}

async function trajectories(
  made: MadeTrajectories,
  options: JudgeOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<JudgedFrames> {
  const { bias, columns, states, names, dataset, periodic, lengthUnit } = options;
  refuseTableOptions({ columns, names, dataset, periodic, lengthUnit }, joinsTables);
  if (made.labels.length === 0)
    refuseTableOptions({ states, bias: bias?.filter((name) => name !== 'none')[0] }, joinsTables);
  const together = await joinedTogether(made, options, terminal);
  const biased = made.files.some((file) => file.biased) && !together;
  const weighing = weighingColumns(biased ? made.labelled : [], options, made, terminal);
  const { weigh } = weighing;
  const joined = made.joined(weighing, together?.added);
  const added = together ? [together.added.label] : [];
  const wanted = [...weigh, ...added, ...(states === undefined ? [] : [states])];
  const model = modelTrajectoryReading(options, terminal);
  return {
    files: made.paths,
    trajectories: {
      ...model,
      structure: options.structure ?? made.structure,
      reading: { ...model.reading, timestep: options.timestep ?? made.timestep },
      ...(joined && { joined: { ...joined, columns: wanted, absent: weigh } }),
    },
    reading: { onWarning: (line) => terminal.warn(line) },
    weigh: together ? { weights: together.added.label } : weighed(weigh, made, options),
  };
}

function weighed(
  bias: readonly string[],
  { files }: Pick<MadeFrames, 'files'>,
  { replicas }: Pick<Partial<WeighingOptions>, 'replicas'>,
): FrameWeighing | undefined {
  return bias.length === 0 ? undefined : { bias, ...temperaturesOf(files), replicas };
}
