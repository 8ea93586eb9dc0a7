import {
  deltaFConvergence,
  framesIn,
  framesWithin,
  freeEnergyProfile,
  freeEnergySurface,
  type DeltaF,
  type Transitions,
} from '../analysis/index.js';
import { loadModel, type ModelFile } from '../onnx/index.js';
import type { LossCurves, ModelCard, Quantity, ReportData, Result } from '../report/index.js';
import type { TrainingRecord } from '../training/index.js';
import type { ReportCommandOptions } from './commands/report.js';
import type { Sampling } from './sampling.js';
import { packageVersion } from './version.js';

/** Everything that a run's frames, and the model file, have to say. */
export async function reportData(
  sampling: Sampling,
  options: ReportCommandOptions,
  difference: DeltaF | undefined,
  transitions: Transitions | undefined,
): Promise<ReportData> {
  const { values, sample } = sampling;
  const [cv] = options.cv;
  const [x, y] = options.against ?? [];
  const quantity = (label: string): Quantity => {
    const domain = sampling.period(label);
    return { label, ...(domain && { domain }) };
  };
  const profile = (label: string) => ({
    profile: freeEnergyProfile(values(label), sample, axis(sampling, label)),
  });
  const model = options.model === undefined ? undefined : await loadModel(options.model);
  const { basin } = options;
  return {
    title: options.title,
    date: new Date().toISOString().slice(0, 10),
    cv: quantity(cv),
    alongCv: profile(cv),
    ...(x !== undefined && { x: quantity(x), alongX: profile(x) }),
    ...(y !== undefined && { y: quantity(y) }),
    ...(x !== undefined && y !== undefined && { surface: surface(sampling, x, y) }),
    ...(basin && x === basin.column && { states: { a: 'A', b: 'B', interval: basin.interval } }),
    ...(difference && { deltaF: difference, result: result(sampling, options, difference, transitions) }),
    ...(difference && basin && { convergence: convergence(sampling, options) }),
    run: runSeries(sampling, cv, x),
    frames: { cv: values(cv), x: values(x ?? cv), ...(y !== undefined && { y: values(y) }) },
    ...modelParts(options.model, model),
    versions: [
      ['latentcv', packageVersion()],
      ['Node', process.version],
    ],
  };
}

function axis({ period }: Sampling, label: string) {
  const domain = period(label);
  return domain ? { period: domain } : {};
}

function surface(sampling: Sampling, x: string, y: string) {
  const { values, sample } = sampling;
  return freeEnergySurface(values(x), values(y), sample, { x: axis(sampling, x), y: axis(sampling, y) });
}

function result(
  { dataset, sample }: Sampling,
  { reference }: ReportCommandOptions,
  difference: DeltaF,
  transitions: Transitions | undefined,
): Result {
  return {
    deltaF: difference.value,
    error: difference.error,
    symbol: 'ΔF(B − A)',
    ...(reference !== undefined && { reference }),
    ...(transitions && { transitions: transitions.count }),
    nanoseconds: nanosecondsOf(dataset),
    effectiveFrames: sample.effectiveSize,
    frames: dataset.frames,
    warnings: difference.warnings,
  };
}

/** Simulated time of all segments together. */
function nanosecondsOf({ segments, time }: Sampling['dataset']): number {
  return segments.reduce((sum, { start, end }) => sum + (time[end - 1] - time[start]) / 1000, 0);
}

function convergence({ sample, values, dataset }: Sampling, { basin, basinA }: ReportCommandOptions) {
  const kept = (nanosecondsOf(dataset) * framesIn(sample.ranges)) / dataset.frames;
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

function runSeries({ dataset, values }: Sampling, cv: string, x: string | undefined) {
  return {
    time: dataset.time.map((ps) => ps / 1000),
    cv: values(cv),
    ...(x !== undefined && { x: values(x) }),
  };
}

function modelParts(
  path: string | undefined,
  file: ModelFile | undefined,
): Pick<ReportData, 'model' | 'loss'> {
  const metadata = file?.metadata;
  if (path === undefined || !metadata) return {};
  // a file of ours carries the record of its training; what another program wrote there is shown as far as it fits
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
    ...(record.timescales && { timeScales: record.timescales }),
    ...(record.fingerprint !== undefined && { fingerprint: record.fingerprint }),
  };
  return { model, ...(record.curves && { loss: lossOf(record.curves, record.bestEpoch) }) };
}

function lossOf(curves: TrainingRecord['curves'], bestEpoch: number | undefined): LossCurves {
  const { train, validation } = curves;
  return { training: train, validation, ...(bestEpoch !== undefined && { bestEpoch: bestEpoch + 1 }) };
}
