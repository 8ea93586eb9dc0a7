import type { Dataset } from '../../frames/index.js';
import {
  methods,
  type CvMethod,
  type MethodName,
  type Orientation,
  type TrainingTable,
} from '../../models/index.js';
import { LatentcvError } from '../../support/index.js';
import {
  featureCount,
  featureMap,
  featureRows,
  fitScaling,
  type FeatureMap,
  type Scaling,
} from './features.js';
import { type BatchShape, courseOf, type Course } from '../loop/index.js';
import {
  checkAcceleration,
  checkEnough,
  checkFinite,
  checkLatent,
  checkRoles,
  checkWidth,
  unsampledStates,
  warningsOf,
} from './checks.js';
import { chooseMethod, lagInFrames } from '../choose-method.js';
import type { TrainSettings } from '../options.js';
import { expectMet } from './ruled-labels.js';
import { splitRoles, type Roles, type StateLabels } from './roles.js';
import { splitOf, splitSamples, type Block, type Fold, type Split, type SplitOptions } from './samples.js';
import { labelled, scalingOf, tablesOf, type PropertyScaling } from './tables.js';

/** A dataset ready for training, checked: everything that can be refused is refused here, before the first epoch. */
export interface Prepared {
  name: MethodName;
  method: CvMethod;
  orientation: Orientation;
  /** Why this method was taken. */
  reason: string;
  /** What the columns are. */
  roles: Roles;
  /** The columns that are learned from. */
  inputs: Dataset;
  map: FeatureMap;
  scaling: Scaling;
  shape: BatchShape;
  labels?: StateLabels;
  /** How properties are scaled for training. */
  propertyScaling?: PropertyScaling;
  /** Lag of the pairs in frames, 0 where the method has none. */
  lagFrames: number;
  split: Split;
  /** How further parts of the data are made into samples. */
  sampling: SplitOptions;
  course: Course;
  /** What is unusual about the data but does not stop the training. */
  warnings: string[];
}

/** Which frames validate, where the settings do not say it all. */
export interface Side {
  /** One of several folds. */
  fold?: Fold;
  /** Blocks whose sides are known: for a sample of a larger table. */
  blocks?: readonly Block[];
  /** Frames of the larger table that this is a sample of. */
  outOf?: number;
  /** Names of all states, some of which a sample may not have. */
  states?: string[] | undefined;
}

/** @throws LatentcvError `bad-argument` or `bad-data`, saying what does not fit. */
export function prepare(
  dataset: Dataset,
  settings: TrainSettings,
  { fold, blocks, outOf, states }: Side = {},
): Prepared {
  const roles = splitRoles(
    dataset,
    settings,
    states && { labels: { names: states, state: new Int32Array() } },
  );
  const { inputs } = roles;
  checkFinite(inputs);
  if (roles.labels && !states) expectMet(dataset, settings.labels, roles.labels);
  const { name, reason } = chooseMethod(inputs, settings);
  const definition = methods[name];
  checkRoles(name, definition.needs, roles);
  const map = featureMap(inputs.columns);
  const width = featureCount(map);
  checkWidth(settings, width);
  const data = {
    states: roles.labels?.names.length ?? 0,
    properties: roles.properties?.names.length ?? 0,
  };
  checkLatent(name, settings.latent, definition.mostLatent?.(data));
  const method = definition.create({ ...settings, features: width }, settings.methodOptions, data);
  const lagFrames = method.needs.pairs ? lagInFrames(inputs, settings.lag) : 0;
  const sampling = samplingOf(roles, settings, lagFrames, fold);
  const split = blocks ? splitOf(blocks, sampling) : splitSamples(inputs.segments, sampling);
  checkEnough(split, settings, lagFrames);
  const raw = featureRows(inputs, map);
  const scaling = fitScaling(raw, map, settings.scaling);
  const properties = method.needs.properties ? scalingOf(roles.properties!) : undefined;
  const given = tablesOf(roles, raw, {
    scaling,
    needs: method.needs,
    properties,
    double: settings.precision === 'double',
  });
  const labels = roles.labels ?? ownLabels(method, { ...given, ...split.train });
  const tables = labels && !roles.labels ? labelled(given, labels) : given;
  return {
    name,
    method,
    orientation: definition.orientation,
    reason,
    roles,
    inputs,
    map,
    scaling,
    shape: { needs: method.needs, weighted: roles.weights !== undefined, tables },
    labels,
    propertyScaling: properties,
    lagFrames,
    split,
    sampling,
    course: courseOf(
      settings,
      Math.round((split.train.now.length * (outOf ?? dataset.frames)) / dataset.frames),
    ),
    warnings: [
      ...warningsOf(roles, settings.reweightedTime),
      ...(states ? unsampledStates(roles, dataset.frames) : []),
    ],
  };
}

function samplingOf(
  { weights, logAcceleration = 0 }: Roles,
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
  return { lag, mode: split, seed, reweightedTime, fold, weights };
}

/** First states of a method that finds them itself. */
function ownLabels({ relabel }: CvMethod, table: TrainingTable): StateLabels | undefined {
  if (!relabel) return undefined;
  return { names: Array.from({ length: relabel.count }, (_, i) => String(i)), state: relabel.first(table) };
}
