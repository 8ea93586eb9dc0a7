import type { Diagnostics } from '../diagnostics/index.js';
import type { TableOptions, Dataset } from '../frames/index.js';
import type { ModelFile } from '../onnx/index.js';
import { LatentcvError } from '../support/errors.js';

export interface DiagnoseJob {
  /** Tables with the model's inputs. */
  files: readonly string[];
  /** Columns of the inputs, in the model's order; default: those that the model names. */
  args?: readonly string[];
  /** ps; default: that of the training, else 10. */
  lag?: number;
  /** Column that is 0 or 1 where a frame's state is known. */
  states?: string;
  reading?: TableOptions;
}

/** Reads the frames and diagnoses the model on them. */
export async function diagnoseModel(path: string, file: ModelFile, job: DiagnoseJob): Promise<Diagnostics> {
  const { graph, metadata, problem } = file;
  if (!graph) throw problem ?? new LatentcvError('bad-model', `${path} cannot be evaluated here`);
  const { columnValues, readTables, selectColumns } = await import('../frames/index.js');
  const { checkModelInputs, modelPeriods } = await import('../campaign/index.js');
  const labels = job.args ?? metadata?.inputs.map(({ label }) => label);
  if (!labels)
    throw new LatentcvError(
      'bad-argument',
      `expected the columns of ${path}'s inputs: the file does not name them`,
      'say --args with the columns in the order of the inputs',
    );
  const states = job.states === undefined ? [] : [job.states];
  const periodic = [...(metadata ? modelPeriods(metadata, labels) : []), ...(job.reading?.periodic ?? [])];
  const table = await readTables(job.files, { ...job.reading, periodic, columns: [...labels, ...states] });
  const names = table.columns.map(({ label }) => label);
  const wanted = selectColumns(names, job.files.join(', '), [...labels]);
  const inputs = withColumns(table, wanted, columnValues);
  expectWidth(path, graph.x.shape[1], inputs);
  if (metadata) {
    const given = inputs.columns.map((column) => ({ column, values: columnValues(inputs, column.label) }));
    checkModelInputs(given, metadata, job.reading?.onWarning);
  }
  const { diagnose } = await import('../diagnostics/index.js');
  return diagnose(graph, inputs, {
    cvs: metadata?.outputs.map(({ name }) => name) ?? numbered(graph.cv.shape[1] as number),
    lag: job.lag ?? lagOf(metadata?.training) ?? 10,
    ...(job.states !== undefined && { state: columnValues(table, job.states) }),
  });
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `node-${i}`);

function expectWidth(path: string, width: unknown, { columns }: Dataset): void {
  if (width === columns.length) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${String(width)} columns, one for each input of ${path}, but received ${columns.length}`,
  );
}

/** The table with these columns in this order. */
function withColumns(
  table: Dataset,
  labels: readonly string[],
  columnValues: (table: Dataset, label: string) => Float64Array,
): Dataset {
  const data = new Float64Array(table.frames * labels.length);
  labels.forEach((label, i) =>
    columnValues(table, label).forEach((value, frame) => (data[frame * labels.length + i] = value)),
  );
  const columns = labels.map((label) => table.columns.find((column) => column.label === label)!);
  return { ...table, columns, data };
}

function lagOf(training: unknown): number | undefined {
  const lag = (training as { settings?: { lag?: unknown } } | null | undefined)?.settings?.lag;
  return typeof lag === 'number' ? lag : undefined;
}
