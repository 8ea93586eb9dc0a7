import { expectObject, LatentcvError } from '../support/index.js';
import {
  answerOf,
  freeEnergyProfile,
  freeEnergySurface,
  leastAgreement,
  mostDrift,
  mostSigmas,
  nanosecondsOf,
  stateRule,
  type FreeEnergySurface,
  type NamedDeltaF,
  type RunAnswer,
  type RunQuestion,
  type SampledRun,
} from '../free-energy/index.js';
import { framesIn, replicasOf, thermalEnergy, type Numbers, type Replica } from '../sampling/index.js';
import type { PropertiesRecord } from '../properties/index.js';
import type { ModelMetadata } from '../onnx/index.js';
import type { StatesFile, StateStructure } from '../states/index.js';
import type { TrainingRecord } from '../training/index.js';
import type {
  ConvergencePoint,
  LossCurves,
  ModelCard,
  PropertiesData,
  Quantity,
  ReplicaSeries,
  ReportData,
  Result,
  RunSeries,
} from './report-data.js';
import { evenlySpaced } from './decimate.js';
import { compact, withoutCommonEnds } from './format.js';
import { inputsInWords } from './model-inputs.js';
import { quantityOf } from './quantities.js';
import { statesLandscapes } from './states-landscapes.js';

/** A biased run and what is asked of it. */
export interface RunReport {
  title: string;
  run: SampledRun;
  /** Column of the learned CV. */
  cv: string;
  /** One or two columns a chemist knows. */
  against: readonly string[];
  question: RunQuestion;
  /** The unit of a column, where it is known; angles are known by their period. */
  unitOf?: (column: string) => string | undefined;
  /** What is known of the result from elsewhere, its symbol, what is wanted of it. */
  expected?: Partial<Result>;
  model?: { path: string; metadata: ModelMetadata };
  /** What `latentcv states` found in the run, and the structures that stand for it. */
  modes?: { found: StatesFile; structures: readonly StateStructure[] };
}

/** The run's results, ready for the page and for a summary. */
export interface ComposedReport {
  data: ReportData;
  /** What the run says of its states; undefined where the question names none. */
  answer: RunAnswer | undefined;
}

/**
 * Everything that a run's frames, and the model file, have to say.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function composeReport(report: RunReport): ComposedReport {
  expectObject(report, 'report');
  expectObject(report.run, 'report.run', 'a run, as readSampledRun gives it,');
  const { run, question, cv, model } = report;
  const answer = answerOf(run, question, cv);
  const quantity = (label: string): Quantity => quantityOf(run, label, report.unitOf?.(label));
  const [x, y] = report.against;
  const frames = thinned(run);
  const data: ReportData = {
    title: report.title,
    cv: quantity(cv),
    alongCv: { profile: profile(run, cv) },
    ...(x !== undefined && { x: quantity(x), alongX: { profile: profile(run, x) } }),
    ...(y !== undefined && { y: quantity(y), surface: surface(run, x, y) }),
    ...statesOf(question, x),
    ...(answer && {
      deltaF: answer.deltaFs[0],
      pairs: answer.deltaFs.length > 1 ? answer.deltaFs : undefined,
      result: result(report, answer),
      convergence: convergencePoints(run, answer),
    }),
    run: runSeries(run, frames, cv, x),
    ...(x !== undefined && {
      frames: {
        of: 'run',
        total: run.dataset.frames,
        cv: frames.of(cv),
        x: frames.of(x),
        y: y === undefined ? undefined : frames.of(y),
      },
    }),
    ...(model && modelParts(model)),
    ...(report.modes && {
      modes: {
        ...report.modes,
        landscapes: statesLandscapes(run, report.modes.found, report.against, quantity),
      },
    }),
  };
  return { data, answer };
}

/** Figures draw a few thousand frames, and count on some more: so many are handed on. */
const mostFrames = 2 ** 17;

/** Evenly spaced frames of a run. */
function thinned({ dataset, values }: SampledRun): { indices: number[]; of: (column: string) => Numbers } {
  const indices = evenlySpaced(dataset.frames, mostFrames);
  const of = (column: string): Numbers => {
    const all = values(column);
    return Float64Array.from(indices, (frame) => all[frame]);
  };
  return { indices, of };
}

function axis({ period }: SampledRun, label: string): { period?: readonly [number, number] } {
  const domain = period(label);
  return domain ? { period: domain } : {};
}

function profile(run: SampledRun, label: string) {
  return freeEnergyProfile(run.values(label), run.sample, axis(run, label));
}

function surface(run: SampledRun, x: string, y: string): FreeEnergySurface {
  return freeEnergySurface(run.values(x), run.values(y), run.sample, {
    x: axis(run, x),
    y: axis(run, y),
  });
}

function statesOf({ basins = [] }: RunQuestion, x: string | undefined): Pick<ReportData, 'states'> {
  const [basin, ...more] = basins;
  if (!basin || more.length > 0) return {};
  const { name, condition } = stateRule(basin);
  if (condition.kind !== 'range' || condition.column !== x) return {};
  return { states: { a: 'A', b: name ?? 'B', interval: condition.interval } };
}

function result({ run, expected }: RunReport, answer: RunAnswer): Result {
  const [deltaF] = answer.deltaFs;
  return {
    deltaF: deltaF.value,
    error: deltaF.error,
    reason: deltaF.reason !== null ? deltaF.reason : undefined,
    symbol: `ΔF(${deltaF.to} − ${deltaF.from})`,
    transitions: deltaF.transitions,
    nanoseconds: nanosecondsOf(run),
    effectiveFrames: run.sample.effectiveSize,
    frames: run.dataset.frames,
    warnings: deltaF.error === null ? [] : deltaF.warnings,
    ...checksOf(run, answer, deltaF, expected),
    ...expected,
  };
}

/** What speaks for the error, and what could not be looked at. */
function checksOf(
  run: SampledRun,
  { drift, halves }: RunAnswer,
  { agreement, replicas }: NamedDeltaF,
  expected: RunReport['expected'],
): Pick<Result, 'held' | 'notChecked'> {
  const [held, notChecked]: [string[], string[]] = [[], []];
  if (!agreement)
    notChecked.push(
      replicas.length > 1
        ? 'whether replicas agree (fewer than two have ten transitions)'
        : 'whether replicas agree (there is one run)',
    );
  else if (agreement.p >= leastAgreement)
    held.push(
      `${agreement.degreesOfFreedom + 1} replicas agree: χ² = ${compact(agreement.chiSquared)}, p = ${compact(agreement.p, 2)}.`,
    );
  if (halves.sigmas === null) notChecked.push('whether the two halves agree (too few transitions)');
  else if (halves.sigmas <= mostSigmas)
    held.push(`First and second half agree: they differ by ${compact(halves.sigmas, 2)} standard errors.`);
  if (drift) {
    const change = drift.rms / thermalEnergy(run.sample.temperature);
    if (!Number.isFinite(change)) notChecked.push('whether the bias is quasi-static');
    else if (change <= mostDrift)
      held.push(
        `The bias is quasi-static: at fixed CV it changed by ${compact(change, 2)} kT from half to half.`,
      );
  } else notChecked.push('whether the bias is quasi-static (no bias that was built as the run went)');
  if (expected?.reference === undefined)
    notChecked.push('whether it agrees with a value known from elsewhere');
  return { held, notChecked };
}

const coursePoints = 20;

/** ΔF as it was known when so much had been sampled. */
export function convergencePoints(run: SampledRun, answer: RunAnswer): ConvergencePoint[] {
  const { sample, dataset } = run;
  const kept = (nanosecondsOf(run) * framesIn(sample.ranges)) / dataset.frames;
  return answer.course(coursePoints).map(({ fraction, prefix, block }) => ({
    nanoseconds: fraction * kept,
    value: prefix.value,
    error: prefix.error,
    block: block.value,
  }));
}

function runSeries(
  { dataset, sample }: SampledRun,
  { indices, of }: ReturnType<typeof thinned>,
  cv: string,
  x: string | undefined,
): RunSeries {
  const nanoseconds = (frame: number): number => dataset.time.at(frame)! / 1000;
  const kept = sample.replicas.map(({ ranges }) => ranges[0]?.start ?? 0);
  const left = framesIn(sample.ranges) < dataset.frames;
  const runs = replicasOf(dataset.segments);
  // windows are as many as their tables, and have figures of their own
  const apart = runs.length > 1 && !sample.mbar && inOrder(runs);
  return {
    total: dataset.frames,
    time: Float64Array.from(indices, nanoseconds),
    cv: of(cv),
    x: x === undefined ? undefined : of(x),
    discardedUntil: left ? Math.max(...kept.map(nanoseconds)) : undefined,
    ...(apart && { replicas: replicaSeries(runs, sample, { indices, nanoseconds }) }),
  };
}

/** Whether the frames of each lie before those of the next. */
const inOrder = (runs: readonly Replica[]): boolean =>
  runs.every(({ ranges }, i) => i === 0 || runs[i - 1].ranges.at(-1)!.end <= ranges[0].start);

function replicaSeries(
  runs: readonly Replica[],
  { replicas }: SampledRun['sample'],
  { indices, nanoseconds }: { indices: readonly number[]; nanoseconds: (frame: number) => number },
): ReplicaSeries[] {
  const before = (frame: number): number => indices.filter((index) => index < frame).length;
  const names = withoutCommonEnds(runs.map(({ source }) => source));
  return runs.map(({ source, ranges }, i) => {
    const [first, kept] = [ranges[0].start, replicas.find((own) => own.source === source)?.ranges[0]?.start];
    return {
      name: names[i],
      start: before(first),
      end: before(ranges.at(-1)!.end),
      ...(kept !== undefined && kept > first && { discardedUntil: nanoseconds(kept) }),
    };
  });
}

/**
 * What a model of rows says of its properties.
 * @throws LatentcvError `bad-model` where it predicts none, or was made before its file told how well
 */
export function composePropertiesReport(
  title: string,
  model: NonNullable<RunReport['model']>,
): ReportData & { properties: PropertiesData } {
  const { metadata, path } = model;
  const record = (metadata.training as { properties?: PropertiesRecord } | null)?.properties;
  if (!record)
    throw new LatentcvError(
      'bad-model',
      `expected a model of rows with properties but ${path} tells of none`,
      'latentcv train TABLE with ‘properties’ makes one; the report of a run takes its COLVAR',
    );
  const parts = modelParts(model);
  return {
    title,
    ...parts,
    ...(parts.model && { model: { ...parts.model, lag: undefined } }),
    properties: { method: metadata.method, record },
  };
}

function modelParts({ path, metadata }: NonNullable<RunReport['model']>): Pick<ReportData, 'model' | 'loss'> {
  // A file of ours carries the record of its training; what another program wrote there is shown as far as it fits.
  const record = (metadata.training ?? {}) as Partial<TrainingRecord>;
  const model: ModelCard = {
    file: path,
    method: metadata.method,
    network: metadata.network,
    inputs: inputsInWords(metadata),
    outputs: metadata.outputs.map((output) => output.name).join(', '),
    ...(record.settings && { lag: record.settings.lag, seed: record.settings.seed }),
    frames: record.frames,
    ...(record.settings?.rows && { rows: true }),
    epochs: record.curves?.train.length,
    varianceExplained: record.fractionOfVarianceExplained,
    ...timescalesOf(record),
    ...(record.fingerprint !== undefined && { fingerprint: record.fingerprint }),
  };
  return { model, loss: record.curves && lossOf(record.curves, record.bestEpoch) };
}

/** Of the CVs as written; a file of before they were told has those of the latent before its spread. */
function timescalesOf({ slowness, timescales }: Partial<TrainingRecord>): Partial<ModelCard> {
  if (slowness) return { timeScales: slowness.cvs.flatMap(({ timescale }) => timescale?.value ?? []) };
  const seen = timescales?.filter((ps) => ps !== null);
  return seen ? { timeScales: seen, timeScalesOf: 'the latent, before its spread' } : {};
}

function lossOf({ train, validation }: TrainingRecord['curves'], bestEpoch: number | undefined): LossCurves {
  return { training: train, validation, bestEpoch: bestEpoch === undefined ? undefined : bestEpoch + 1 };
}
