import type { Segment } from '../../frames/index.js';
import { methods, type CvMethod, type MethodName, type TrainingTable } from '../../models/index.js';
import { rescaledTimeCover, thermalEnergy } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { allFrames } from './all-frames.js';
import {
  checkAcceleration,
  checkEnough,
  checkFinite,
  checkKoopman,
  checkLatent,
  checkMeasured,
  checkRoles,
  checkWidth,
  doubleWarnings,
  equilibriumWarnings,
  expectPairs,
  rescaledTimeWarnings,
  unsampledStates,
  unvalidatedStates,
  warningsOf,
} from './checks.js';
import { chooseMethod, lagInFrames } from './choose-method.js';
import { courseOf, settled } from './course.js';
import { equilibriumWeights } from './equilibrium-weights.js';
import { framesOfPairs } from '../frames-of-pairs.js';
import { featureCount, featureMap, featureRows, fitScaling, needsDouble } from './features.js';
import { expectMet } from './ruled-labels.js';
import { metricTerms } from './metric.js';
import { withPassages } from './passages.js';
import { splitOf, splitSamples, validatingFold } from './split/index.js';
import { labelled, scalingOf, tablesOf } from './tables.js';
import type {
  Block,
  Equilibrium,
  Fold,
  PartSource,
  RescaledTimeRecord,
  Roles,
  Split,
  SplitOptions,
  LabelledStates,
  Tables,
} from '../learnable.js';
import type { TrainSettings } from '../options.js';
import type { Prepared } from '../prepared.js';
import { ranges } from '../ranges.js';

/** Which frames validate, where the settings do not say it all. */
export interface Validating {
  /** One of several folds. */
  fold?: Fold;
  /** Of a sample: its blocks with their sides, and the frames of the larger table that it is of. */
  sampleOf?: { sides: readonly Block[]; frames: number };
}

/**
 * A table in memory, ready for training.
 * @throws LatentcvError `bad-argument` or `bad-data`, saying what does not fit
 */
export function prepareTable(
  own: Roles,
  settings: TrainSettings,
  { fold, sampleOf }: Validating = {},
): Prepared {
  const { inputs } = own;
  const { frames } = inputs;
  checkFinite(inputs);
  if (own.labels && !sampleOf) expectMet(own.table, settings.labels, own.labels);
  const ofPairs = framesOfPairs(inputs, own, settings);
  const { name, reason } = chooseMethod(ofPairs, settings);
  const definition = methods[name];
  checkRoles(name, definition.needs, own);
  const passages = definition.needs.passages && withPassages(own, settings, sampleOf !== undefined);
  const roles = passages ? { ...own, labels: passages.labels } : own;
  const map = featureMap(inputs.columns);
  const width = featureCount(map);
  checkWidth(settings, width);
  const metric = definition.needs.metric && metricTerms(roles, map);
  const raw = featureRows(inputs, map);
  const scaling = fitScaling(raw, map, settings.scaling);
  const data = {
    states: roles.labels?.names.length ?? 0,
    properties: roles.properties?.names.length ?? 0,
    stateNames: roles.labels?.names ?? [],
    ...(metric && { metric: metric.map(({ features }) => features) }),
    scales: { ...scaling, plain: map.plain.length, factors: map.periodic.map(({ factor }) => factor) },
    ...(settings.temperature !== undefined && { kT: thermalEnergy(settings.temperature) }),
  };
  checkLatent(name, settings.latent, definition.mostLatent?.(data));
  const made = definition.create({ ...settings, features: width }, settings.methodOptions, data);
  const lagFrames = made.needs.pairs ? lagInFrames(ofPairs, settings.lag) : 0;
  const properties = made.needs.properties ? scalingOf(roles.properties!) : undefined;
  const given = tablesOf(roles, raw, {
    map,
    scaling,
    metric,
    needs: made.needs,
    properties,
    double: settings.precision === 'double',
  });
  const equilibrium = koopmanOf(name, settings, given, { segments: inputs.segments, lag: lagFrames });
  const weighed = equilibrium ? { ...roles, weights: equilibrium.weights } : roles;
  const asked = samplingOf(weighed, settings, lagFrames, fold);
  const chosen =
    asked.mode === 'blocks' && lagFrames > 0 && !fold && !sampleOf
      ? validatingFold(given, inputs.segments, asked)
      : undefined;
  const sampling = { ...asked, fold: chosen?.fold ?? fold };
  const split = sampleOf ? splitOf(sampleOf.sides, sampling) : splitSamples(inputs.segments, sampling);
  checkEnough(split, settings, lagFrames);
  checkMeasured(split, roles);
  const method = fittedTo(made, { ...given, ...split.train }, roles);
  const rescaledTime = settings.reweightedTime ? rescaledTimeOf(roles, lagFrames) : undefined;
  const labels = roles.labels ?? ownLabels(method, { ...given, ...split.train });
  const tables = labels && !roles.labels ? labelled(given, labels) : given;
  const double = needsDouble(map, scaling).map((i) => inputs.columns[i].label);
  const samples = Math.round((split.train.now.length * (sampleOf?.frames ?? frames)) / frames);
  return {
    settings: settled(settings, definition),
    name,
    method,
    orientation: definition.orientation,
    reason: inWords(reason, method.note, passages && passages.found),
    roles: weighed,
    map,
    scaling,
    shape: {
      needs: method.needs,
      weighted: weighed.weights !== undefined,
      framesWeighted: split.train.frameWeight !== undefined,
      tables,
    },
    labels,
    propertyScaling: properties,
    metric,
    lagFrames,
    split,
    sampling,
    equilibrium,
    rescaledTime,
    course: courseOf(settings, samples, definition),
    parts: onePart(tables, split),
    all: () => allFrames(roles.table),
    inputRanges: () => ranges(inputs.data, inputs.columns.length),
    warnings: [
      ...(passages ? passages.warnings : []),
      ...warningsOf(weighed, { reweightedTime: settings.reweightedTime, lagged: lagFrames > 0 }),
      ...(rescaledTime ? rescaledTimeWarnings(rescaledTime) : []),
      ...(equilibrium ? equilibriumWarnings(equilibrium.record) : []),
      ...(sampleOf ? unsampledStates(roles, frames) : []),
      ...(definition.needs.labels === 'required' ? unvalidatedStates(roles, split) : []),
      ...(chosen?.reason === undefined ? [] : [chosen.reason]),
      ...doubleWarnings(double),
    ],
    double,
  };
}

const inWords = (...notes: (string | undefined)[]): string => notes.filter(Boolean).join('; ');

/** All frames in memory: an epoch is one part. */
function onePart(tables: Tables, { train }: Split): PartSource {
  const parts = [{ tables, samples: train }];
  return { epoch: () => parts, stepsOfEpoch: (batch) => Math.floor(train.now.length / batch) };
}

function samplingOf(
  { weights, pairWeights, groups, logAcceleration = 0 }: Roles,
  { split, seed, reweightedTime }: TrainSettings,
  lag: number,
  fold?: Fold,
): SplitOptions {
  if (reweightedTime && !weights) {
    throw new LatentcvError(
      'bad-argument',
      'expected weights or a bias for reweighted time but received neither',
      'name the column of the bias and the temperature',
    );
  }
  if (reweightedTime) checkAcceleration(logAcceleration);
  return { lag, mode: split, seed, groups, reweightedTime, fold, weights, pairWeights };
}

/** Koopman weights, where they are asked for. */
function koopmanOf(
  name: MethodName,
  { koopmanWeights: basis }: TrainSettings,
  tables: Tables,
  { segments, lag }: { segments: readonly Segment[]; lag: number },
): Equilibrium | undefined {
  if (basis === undefined) return undefined;
  expectPairs(name, lag);
  const equilibrium = equilibriumWeights(basis, tables, segments, lag);
  checkKoopman(equilibrium.record);
  return equilibrium;
}

/** What reweighted time makes of these frames; undefined for a method without pairs, to which it is nothing. */
function rescaledTimeOf(
  { weights, logAcceleration = 0, inputs: { segments } }: Roles,
  lag: number,
): RescaledTimeRecord | undefined {
  if (lag === 0 || !weights) return undefined;
  return { logAcceleration, ...rescaledTimeCover(segments, lag, weights) };
}

/** The method with what it takes of the training frames before it is trained. */
function fittedTo(made: CvMethod, table: TrainingTable, { labels }: Roles): CvMethod {
  if (!made.fitted) return made;
  return made.fitted({ ...table, ...(labels && { label: labels.state }) });
}

/** First states of a method that finds them itself. */
function ownLabels({ relabel }: CvMethod, table: TrainingTable): LabelledStates | undefined {
  if (!relabel) return undefined;
  return { names: Array.from({ length: relabel.count }, (_, i) => String(i)), state: relabel.first(table) };
}
