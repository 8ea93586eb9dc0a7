import { digits, durationText, fixed, percent } from '../../../support/index.js';
import type { InputRanking, TrainedModel } from '../../../campaign/index.js';
import { methods } from '../../../models/index.js';
import {
  presetMembers,
  type Scores,
  type TrainingRecord,
  type TrainSettings,
} from '../../../training/index.js';
import { propertiesInShort, propertyLines } from './describe-properties.js';
import { slownessInWords } from './describe-slowness.js';
import { overFolds, spreadInWords } from './score-table.js';
import type { Terminal } from '../../terminal.js';

/** What a training is about to do, in one line. */
export function describeSettings(s: TrainSettings): string {
  const method = s.method === 'auto' ? undefined : methods[s.method];
  const words = [
    `method ${s.method}`,
    ...(method?.closedForm ? [`${s.latent} linear`] : networkWords(s)),
    ...(!s.rows && (!method || method.needs.pairs) ? [`lag ${s.lag} ps`] : []),
    `${s.scaling} scaling`,
    ...(s.rows && s.spread === 0 ? [] : [`spread ${fixed(s.spread, 3)}`]),
    ...(s.rows ? [splitInWords(s)] : []),
    ...(method?.closedForm ? ['solved in one go'] : courseWords(s)),
  ];
  return words.join(', ');
}

/** How many models are trained where they are several, and what that costs. */
export function modelsInWords(
  settings: TrainSettings,
  { ensemble, folds }: { ensemble?: number | undefined; folds?: number | undefined },
): string | undefined {
  const members = ensemble ?? presetMembers(settings);
  const ofFolds = settings.rows && folds !== undefined && folds > 1 ? folds * members : 0;
  if (members === 1 && ofFolds === 0) return undefined;
  const own = members === 1 ? 'one model' : `an ensemble of ${members}`;
  const more = ofFolds === 0 ? '' : `, and ${ofFolds} models of the folds`;
  const hint =
    ensemble === undefined && members > 1 ? ' (--ensemble 1: one model, in a fifth of the time)' : '';
  return `trains ${own}${more}${hint}`;
}

const splitInWords = ({ split, group }: TrainSettings): string =>
  group === undefined ? `split ${split}` : `split by ${group}`;

const networkWords = ({ hidden, latent, activation }: TrainSettings): string[] => [
  `encoder ${hidden.join('-')}-${latent} ${activation}`,
];

/** What the number of frames decides is told when it is known. */
function courseWords({ batch, learningRate, weightDecay, epochs, patience, seed }: TrainSettings): string[] {
  return [
    ...(batch === undefined ? [] : [`batch ${batch}`]),
    ...(learningRate === undefined ? [] : [`learning rate ${learningRate}`]),
    `weight decay ${weightDecay}`,
    ...(epochs === undefined ? [] : [`at most ${epochs} epochs`]),
    ...(patience === undefined ? [] : [`patience ${patience}`]),
    `seed ${seed}`,
  ];
}

/** Losses and steps; a method with a closed form has neither steps nor epochs. */
function lossLines({
  curves,
  bestEpoch,
  batch,
  stepsPerEpoch,
  lagFrames,
  settings,
}: TrainingRecord): string[] {
  const loss = fixed(curves.validation[bestEpoch], 4);
  if (curves.train.length === 0) return [`validation loss ${loss}`];
  const what = lagFrames > 0 ? 'pairs of frames' : settings.rows ? 'rows' : 'frames';
  return [
    `${stepsPerEpoch} steps an epoch, of ${batch} ${what} each, at most ${settings.epochs} epochs (patience ${settings.patience})`,
    `learning rate ${settings.learningRate}, ${settings.schedule}`,
    `best validation loss ${loss} in epoch ${bestEpoch + 1} of ${curves.train.length}`,
  ];
}

/** What is told of a training besides the model that it made. */
interface Told {
  seconds: number;
  folds?: Scores[];
  /** Whether scripts get the losses of every epoch. */
  losses?: boolean;
}

/** The bias from a committor's gradient, which the file holds. */
function kolmogorovLine({
  temperature,
  lambda,
  epsilon,
}: NonNullable<TrainedModel['encoder']['kolmogorov']>): string {
  return `V_K at ${digits(temperature, 6)} K: λ ${digits(lambda, 4)}, ε ${digits(epsilon, 4)} (|∇q|² by the inputs, below which it vanishes)`;
}

/** Tells how a training went. */
export function tellTraining(
  { output, encoder, members, frames, ranking, properties, checkpoint }: TrainedModel,
  { seconds, folds, losses = false }: Told,
  terminal: Terminal,
): void {
  const { record, method, network } = encoder;
  terminal.print(`${method} (${record.reason})`);
  terminal.print(
    `${frames} ${record.settings.rows ? 'rows' : 'frames'}, ${encoder.inputs.min.length} columns, network ${network}, ${durationText(seconds)}`,
  );
  if (ranking) for (const line of rankingLines(ranking)) terminal.print(line);
  terminal.print(`engine ${record.engine}`);
  for (const line of lossLines(record)) terminal.print(line);
  if (record.fractionOfVarianceExplained !== undefined) {
    terminal.print(
      `explains ${fixed(100 * record.fractionOfVarianceExplained, 1)} % of the variance of held-out ${record.settings.rows ? 'rows' : 'frames'}`,
    );
  }
  for (const line of weightLines(record)) terminal.print(line);
  for (const line of slownessLines(record)) terminal.print(line);
  if (encoder.kolmogorov) terminal.print(kolmogorovLine(encoder.kolmogorov));
  for (const line of rateLines(record)) terminal.print(line);
  if (members)
    terminal.print(`all of it of the first of an ensemble of ${members.length}: the CV is their mean`);
  if (checkpoint)
    terminal.print(
      `stopped at its limit of ${checkpoint.epochs} epochs: ${checkpoint.file} is kept, and --resume with more --epochs goes on`,
    );
  if (properties) for (const line of propertyLines(properties, method)) terminal.print(line);
  if (folds) for (const line of foldLines(folds)) terminal.print(line);
  terminal.print(`wrote ${output}`);
  const ensemble = members && { ensemble: members.length };
  terminal.json({
    ...{ output, method, network, seconds, ...inShort(record, losses), ...ensemble },
    ranking,
    ...(properties && { properties: propertiesInShort(properties) }),
    folds,
  });
}

/** A training record for scripts: the losses of the epoch that was kept, those of all where they are asked for. */
function inShort({ curves, ...record }: TrainingRecord, losses: boolean) {
  const kept = (course: readonly number[]): number | null => course[record.bestEpoch] ?? null;
  const parts = Object.entries(curves.parts).map(([name, course]) => [name, kept(course)]);
  const loss = {
    train: kept(curves.train),
    validation: kept(curves.validation),
    parts: Object.fromEntries(parts) as Record<string, number | null>,
  };
  return { ...record, epochs: curves.train.length, loss, ...(losses && { curves }) };
}

/** What the weights of pairs rest on. */
function weightLines({ koopmanWeights, rescaledTime }: TrainingRecord): string[] {
  return [
    ...(koopmanWeights ? [koopmanInWords(koopmanWeights)] : []),
    ...(rescaledTime ? [rescaledTimeInWords(rescaledTime)] : []),
  ];
}

function koopmanInWords(record: NonNullable<TrainingRecord['koopmanWeights']>): string {
  const { basis, functions, condition, error, negative, pairs, effectiveSize } = record;
  const of = basis === 'linear' ? `${functions} linear functions` : `cells (${functions} functions)`;
  return (
    `Koopman weights by ${of}: ${pairs} pairs count as ${fixed(effectiveSize, 0)}, error ${percent(error)} of their size, ` +
    `condition number ${digits(condition, 2)}${negative > 0 ? `, ${percent(negative)} below 0 taken as 0` : ''}`
  );
}

function rescaledTimeInWords(record: NonNullable<TrainingRecord['rescaledTime']>): string {
  const { logAcceleration: log, kept, within } = record;
  const faster =
    log === 0
      ? 'by the weights alone'
      : `the bias makes the run ${log < 20 ? digits(Math.exp(log), 2) : `e^${fixed(log, 0)}`} times as fast`;
  return (
    `reweighted time: ${faster}, ${percent(kept)} of it is in pairs, ${percent(within)} of these within one frame; ` +
    'time scales hold where the bias leaves barriers alone, and what it does not speed up looks slower by as much'
  );
}

/** How slow each CV is, as `inspect` tells it of the same frames. */
function slownessLines({ slowness, frames }: TrainingRecord): string[] {
  if (!slowness) return [];
  const sample = slowness.frames < frames ? ` (on a sample of ${slowness.frames} frames)` : '';
  return slowness.cvs.map((slow, i) => `${slownessInWords(`node-${i}`, slow, slowness.lag)}${sample}`);
}

/** Most inputs that are shown of a ranking. */
const mostRanked = 10;

function rankingLines({ kept, inputs }: InputRanking): string[] {
  const shown = inputs.slice(0, Math.min(kept, mostRanked));
  const width = Math.max(...shown.map(({ label }) => label.length)) + 2;
  return [
    `kept ${kept} of ${inputs.length} inputs, those that moved a first model's CVs most by their deviation:`,
    ...shown.map(({ label, sensitivity }) => `  ${label.padEnd(width)}${fixed(sensitivity, 4)}`),
    ...(kept > shown.length ? [`  … down to ${fixed(inputs[kept - 1].sensitivity, 4)}`] : []),
  ];
}

function foldLines(folds: Scores[]): string[] {
  const [vamp2, explained, loss] = (['vamp2', 'varianceExplained', 'validationLoss'] as const).map((name) =>
    spreadInWords(overFolds(folds, name)),
  );
  return [
    `over ${folds.length} folds: VAMP-2 ${vamp2}, variance explained ${explained}, validation loss ${loss}`,
  ];
}

/** Rates of a generator's eigenfunctions. */
function rateLines({ rates = [], ratesOf = '', rateCarriers = [] }: TrainingRecord): string[] {
  return rates.map(
    (rate, i) =>
      `node-${i}: rate ${digits(rate, 3)}/ps (time scale ${digits(1 / rate, 3)} ps) by ${ratesOf}, held by about ${rateCarriers[i]} frames`,
  );
}
