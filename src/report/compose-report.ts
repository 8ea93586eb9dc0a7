import {
  deltaFConvergence,
  deltaFOf,
  freeEnergyProfile,
  freeEnergySurface,
  nanosecondsOf,
  transitionsOf,
  type DeltaF,
  type FreeEnergySurface,
  type RunQuestion,
  type SampledRun,
} from '../free-energy/index.js';
import { framesIn, framesWithin } from '../sampling/index.js';
import type { ModelMetadata } from '../onnx/index.js';
import type { TrainingRecord } from '../training/index.js';
import type {
  ConvergencePoint,
  LossCurves,
  ModelCard,
  Quantity,
  ReportData,
  Result,
  RunSeries,
} from './report-data.js';

/** A biased run and what is asked of it. */
export interface RunReport {
  title: string;
  run: SampledRun;
  /** Column of the learned CV. */
  cv: string;
  /** One or two columns a chemist knows. */
  against: readonly string[];
  question: RunQuestion;
  /** What is known of the result from elsewhere, its symbol, what is wanted of it. */
  expected?: Partial<Result>;
  model?: { path: string; metadata: ModelMetadata };
}

/** The run's results, ready for the page and for a summary. */
export interface ComposedReport {
  data: ReportData;
  deltaF: DeltaF | undefined;
  transitions: number | undefined;
}

/** Everything that a run's frames, and the model file, have to say. */
export function composeReport(report: RunReport): ComposedReport {
  const { run, question, cv, model } = report;
  const deltaF = deltaFOf(run, question);
  const transitions = transitionsOf(run, question)?.count;
  const [x, y] = report.against;
  const data: ReportData = {
    title: report.title,
    cv: quantity(run, cv),
    alongCv: { profile: profile(run, cv) },
    ...(x !== undefined && { x: quantity(run, x), alongX: { profile: profile(run, x) } }),
    ...(y !== undefined && { y: quantity(run, y), surface: surface(run, x, y) }),
    ...statesOf(question, x),
    ...(deltaF && {
      deltaF,
      result: result(report, deltaF, transitions),
      convergence: convergence(run, question),
    }),
    run: runSeries(run, cv, x),
    frames: { cv: run.values(cv), x: run.values(x ?? cv), ...(y !== undefined && { y: run.values(y) }) },
    ...(model && modelParts(model)),
  };
  return { data, deltaF, transitions };
}

function quantity({ period }: SampledRun, label: string): Quantity {
  const domain = period(label);
  return { label, ...(domain && { domain }) };
}

function axis({ period }: SampledRun, label: string): { period?: readonly [number, number] } {
  const domain = period(label);
  return domain ? { period: domain } : {};
}

function profile(run: SampledRun, label: string) {
  return freeEnergyProfile(run.values(label), run.sample, axis(run, label));
}

function surface(run: SampledRun, x: string, y: string): FreeEnergySurface {
  return freeEnergySurface(run.values(x), run.values(y), run.sample, { x: axis(run, x), y: axis(run, y) });
}

function statesOf({ basin }: RunQuestion, x: string | undefined): Pick<ReportData, 'states'> {
  return basin && x === basin.column ? { states: { a: 'A', b: 'B', interval: basin.interval } } : {};
}

function result({ run, expected }: RunReport, deltaF: DeltaF, transitions: number | undefined): Result {
  return {
    deltaF: deltaF.value,
    error: deltaF.error,
    symbol: 'ΔF(B − A)',
    ...(transitions !== undefined && { transitions }),
    nanoseconds: nanosecondsOf(run),
    effectiveFrames: run.sample.effectiveSize,
    frames: run.dataset.frames,
    warnings: deltaF.warnings,
    ...expected,
  };
}

function convergence(run: SampledRun, { basin, basinA }: RunQuestion): ConvergencePoint[] {
  const { sample, values, dataset } = run;
  const kept = (nanosecondsOf(run) * framesIn(sample.ranges)) / dataset.frames;
  const question = {
    sample,
    inB: framesWithin(values(basin!.column), basin!.interval),
    ...(basinA && { inA: framesWithin(values(basinA.column), basinA.interval) }),
  };
  return deltaFConvergence(question).map(({ fraction, value, error }) => ({
    nanoseconds: fraction * kept,
    value,
    error,
  }));
}

function runSeries({ dataset, values }: SampledRun, cv: string, x: string | undefined): RunSeries {
  const time = dataset.time.map((ps) => ps / 1000);
  return { time, cv: values(cv), ...(x !== undefined && { x: values(x) }) };
}

function modelParts({ path, metadata }: NonNullable<RunReport['model']>): Pick<ReportData, 'model' | 'loss'> {
  // A file of ours carries the record of its training; what another program wrote there is shown as far as it fits.
  const record = (metadata.training ?? {}) as Partial<TrainingRecord>;
  const model: ModelCard = {
    file: path,
    method: metadata.method,
    network: metadata.network,
    inputs: `${metadata.inputs.length} inputs`,
    outputs: metadata.outputs.map((output) => output.name).join(', '),
    ...(record.settings && { lag: record.settings.lag, seed: record.settings.seed }),
    ...(record.frames !== undefined && { frames: record.frames }),
    ...(record.curves && { epochs: record.curves.train.length }),
    ...(record.fractionOfVarianceExplained !== undefined && {
      varianceExplained: record.fractionOfVarianceExplained,
    }),
    ...timescalesOf(record),
    ...(record.fingerprint !== undefined && { fingerprint: record.fingerprint }),
  };
  return { model, ...(record.curves && { loss: lossOf(record.curves, record.bestEpoch) }) };
}

/** Of the CVs as written; a file of before they were told has those of the latent before its spread. */
function timescalesOf({ slowness, timescales }: Partial<TrainingRecord>): Partial<ModelCard> {
  if (slowness) return { timeScales: slowness.cvs.flatMap(({ timescale }) => timescale?.value ?? []) };
  return timescales ? { timeScales: timescales, timeScalesOf: 'the latent, before its spread' } : {};
}

function lossOf({ train, validation }: TrainingRecord['curves'], bestEpoch: number | undefined): LossCurves {
  return { training: train, validation, ...(bestEpoch !== undefined && { bestEpoch: bestEpoch + 1 }) };
}
