import { checkModelInputs, modelPeriods, readModelFrames, type ModelFrames } from '../campaign/index.js';
import { atomsOfDescriptors } from '../descriptors/index.js';
import {
  diagnose,
  judgedOn,
  type Diagnostics,
  type InputAtom,
  type KnownStates,
  type TrainedOn,
} from '../diagnostics/index.js';
import {
  columnValues,
  evenStrides,
  readTables,
  selectColumns,
  tableLabels,
  type Dataset,
  type TableOptions,
} from '../frames/index.js';
import type { ModelFile, ModelMetadata } from '../onnx/index.js';
import { biasWeights, replicasOf, statesByRules } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import { labelColumns, labelRules, type TrainingRecord } from '../training/index.js';

/** Columns of the bias that frames are weighed by. */
export interface BiasWeighing {
  bias: readonly string[];
  /** K: of all files, and of those that were run at another. */
  temperature?: number;
  temperatures?: Readonly<Record<string, number>>;
  replicas?: 'independent' | 'shared';
}

/** What frames weigh: by a bias, or by a column of weights, whatever their mean. */
export type FrameWeighing = BiasWeighing | { weights: string };

/** A model's frames and how they are looked at. */
export interface DiagnoseJob {
  /** Tables with the model's inputs. */
  files: readonly string[];
  /** Columns of the inputs, in the model's order; default: those that the model names. */
  columns?: readonly string[];
  /** ps; default: that of the training, else 10. */
  lag?: number;
  /** Column that is 0 or 1 where a frame's state is known. */
  states?: string;
  /** What frames are weighed by; all weigh alike where left out. */
  weigh?: FrameWeighing;
  reading?: TableOptions;
  /** How the files are read where they are trajectories: by the descriptors that the model holds. */
  trajectories?: Omit<ModelFrames, 'model' | 'metadata' | 'files'>;
}

/** Reads the frames and diagnoses the model on them. */
export async function diagnoseModel(path: string, file: ModelFile, job: DiagnoseJob): Promise<Diagnostics> {
  const { graph, metadata, problem } = file;
  if (!graph) throw problem ?? new LatentcvError('bad-model', `${path} cannot be evaluated here`);
  const { table, inputs } = job.trajectories
    ? await ofTrajectories(path, metadata, { ...job, trajectories: job.trajectories })
    : await readInputTables(path, metadata, job);
  expectWidth(path, graph.x.shape[1], inputs);
  if (metadata) {
    const given = inputs.columns.map((column) => ({ column, values: columnValues(inputs, column.label) }));
    checkModelInputs(given, metadata, job.reading?.onWarning);
  }
  const weights = job.weigh && weightsOf(table, job.weigh);
  const known = metadata && judgedOn(inputs, trainedOn(metadata));
  return diagnose(graph, inputs, {
    cvs: metadata?.outputs.map(({ name }) => name) ?? numbered(graph.cv.shape[1] as number),
    ...(metadata && { periods: metadata.outputs.map(({ period }) => period) }),
    lag: job.lag ?? lagOf(metadata?.training) ?? 10,
    state: job.states === undefined ? undefined : columnValues(table, job.states),
    states: statesOf(table, job.states, metadata?.training),
    inputAtoms: atomsOfInputs(metadata),
    weights,
    unweighedBias: weights || job.trajectories ? [] : await biasesIn(job),
    judgedOn: known,
  });
}

/** Most inputs whose atoms are told. */
const mostInputsWithAtoms = 2000;

/** States that a column tells, or else the rules of the training's labels where the frames have their columns. */
function statesOf(table: Dataset, column: string | undefined, training: unknown): KnownStates | undefined {
  if (column !== undefined) {
    const state = Int32Array.from(columnValues(table, column), (value) =>
      value === 0 || value === 1 ? value : -1,
    );
    return { names: [0, 1].map((value) => `${column} = ${value}`), state, from: `the column ${column}` };
  }
  const labels = (training as Partial<TrainingRecord> | null | undefined)?.settings?.labels;
  const there = new Set(table.columns.map(({ label }) => label));
  const rules = labelRules(labels);
  if (!rules || !labelColumns(labels).every((label) => there.has(label))) return undefined;
  const { names, labels: found } = statesByRules(
    {
      frames: table.frames,
      values: (label) => columnValues(table, label),
      column: (label) => table.columns.find((own) => own.label === label)!,
    },
    rules,
    'state',
  );
  return { names, state: Int32Array.from(found, (own) => own - 1), from: 'the labels of the training' };
}

/** The atoms of a model's descriptors; undefined where it holds none, or too many to tell. */
function atomsOfInputs(metadata: ModelMetadata | undefined): InputAtom[][] | undefined {
  const set = metadata?.descriptors;
  if (!set || set.items.length > mostInputsWithAtoms) return undefined;
  const names = new Map(set.atoms.map((serial, i) => [serial, set.names?.[i]]));
  return atomsOfDescriptors(set).map((atoms) =>
    [...atoms].map((serial) => {
      const name = names.get(serial);
      return { serial, ...(name !== undefined && { name }) };
    }),
  );
}

/** Descriptors that the model holds, with columns of the tables that are joined, and these alone in its order. */
async function ofTrajectories(
  path: string,
  metadata: ModelMetadata | undefined,
  { files, trajectories, reading }: DiagnoseJob & Required<Pick<DiagnoseJob, 'trajectories'>>,
): Promise<{ table: Dataset; inputs: Dataset }> {
  const frames = await readModelFrames({ ...trajectories, model: path, metadata, files });
  const table = evenStrides(frames, reading?.onWarning);
  const wanted = metadata!.inputs.map(({ label }) => label);
  return { table, inputs: wanted.length === table.columns.length ? table : inOrder(table, wanted) };
}

/** Columns that are named as biases are, in any of the tables. */
async function biasesIn({ files, reading }: DiagnoseJob): Promise<string[]> {
  const labels = await Promise.all(files.map((file) => tableLabels(file, reading)));
  return [...new Set(labels.flat())].filter((label) => /\.r?bias$/.test(label));
}

/** Tables with the model's inputs, and these alone in its order. */
async function readInputTables(
  path: string,
  metadata: ModelMetadata | undefined,
  job: DiagnoseJob,
): Promise<{ table: Dataset; inputs: Dataset }> {
  const labels = job.columns ?? metadata?.inputs.map(({ label }) => label);
  if (!labels)
    throw new LatentcvError(
      'bad-argument',
      `expected the columns of ${path}'s inputs: the file does not name them`,
      'say --columns with the columns in the order of the inputs',
    );
  const states = job.states === undefined ? [] : [job.states];
  const periodic = [...(metadata ? modelPeriods(metadata, labels) : []), ...(job.reading?.periodic ?? [])];
  const frames = await readTables(job.files, {
    ...job.reading,
    periodic,
    columns: [...labels, ...states, ...weighingLabels(job.weigh)],
  });
  const table = evenStrides(frames, job.reading?.onWarning);
  const names = table.columns.map(({ label }) => label);
  const wanted = selectColumns(names, job.files.join(', '), [...labels]);
  return { table, inputs: inOrder(table, wanted) };
}

/** Weights of mean 1. */
function meanOne(weights: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(weights);
  const mean = all.reduce((sum, weight) => sum + weight, 0) / all.length;
  return all.map((weight) => weight / mean);
}

const weighingLabels = (weigh: FrameWeighing | undefined): readonly string[] =>
  weigh === undefined ? [] : 'weights' in weigh ? [weigh.weights] : weigh.bias;

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `node-${i}`);

function expectWidth(path: string, width: unknown, { columns }: Dataset): void {
  if (width === columns.length) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${String(width)} columns, one for each input of ${path}, but received ${columns.length}`,
  );
}

/** The table with these columns in this order. */
function inOrder(table: Dataset, labels: readonly string[]): Dataset {
  const data = new Float64Array(table.frames * labels.length);
  labels.forEach((label, i) =>
    columnValues(table, label).forEach((value, frame) => (data[frame * labels.length + i] = value)),
  );
  const columns = labels.map((label) => table.columns.find((column) => column.label === label)!);
  return { ...table, columns, data };
}

/**
 * Weights of frames, mean 1.
 * @throws LatentcvError `bad-argument` where a temperature is not known
 */
function weightsOf(table: Dataset, weigh: FrameWeighing): Float64Array {
  if ('weights' in weigh) return meanOne(columnValues(table, weigh.weights));
  const { bias, temperature, temperatures = {}, replicas } = weigh;
  const energy = new Float64Array(table.frames);
  for (const name of bias) columnValues(table, name).forEach((value, frame) => (energy[frame] += value));
  const kelvin = ({ source }: { source: string }): number => {
    const own = temperatures[source] ?? temperature;
    if (own !== undefined) return own;
    throw new LatentcvError(
      'bad-argument',
      'expected --temperature or --kt with --bias: the weights of the frames depend on it',
    );
  };
  const weights = biasWeights(energy, kelvin, { runs: replicasOf(table.segments), replicas });
  return meanOne(weights);
}

/** What the model says of the frames of its training. */
function trainedOn({ inputs, training }: ModelMetadata): TrainedOn {
  const { frames, fingerprint } = (training ?? {}) as Partial<TrainingRecord>;
  return {
    frames,
    fingerprint,
    min: inputs.map(({ min = NaN }) => min),
    max: inputs.map(({ max = NaN }) => max),
  };
}

function lagOf(training: unknown): number | undefined {
  const lag = (training as { settings?: { lag?: unknown } } | null | undefined)?.settings?.lag;
  return typeof lag === 'number' ? lag : undefined;
}
