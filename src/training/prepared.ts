import type { CvMethod, MethodName, Orientation } from '../models/index.js';
import type {
  AllFrames,
  BatchShape,
  Course,
  Equilibrium,
  FeatureMap,
  MetricTerm,
  PartSource,
  PropertyScaling,
  RescaledTimeRecord,
  Roles,
  Scaling,
  Split,
  SplitOptions,
  LabelledStates,
} from './learnable.js';
import type { SettledSettings } from './options.js';
import type { Ranges } from './ranges.js';

/** Frames ready for training, checked: what can be refused is refused before there is one of these. */
export interface Prepared {
  settings: SettledSettings;
  name: MethodName;
  method: CvMethod;
  orientation: Orientation;
  /** Why this method was taken. */
  reason: string;
  /** What the columns are. */
  roles: Roles;
  map: FeatureMap;
  scaling: Scaling;
  shape: BatchShape;
  labels?: LabelledStates;
  /** How properties are scaled for training. */
  propertyScaling?: PropertyScaling;
  /** What gradients by mass-weighted coordinates are made of, where the method takes them and frames tell them. */
  metric?: MetricTerm[];
  /** Lag of the pairs in frames, 0 where the method has none. */
  lagFrames: number;
  split: Split;
  /** How further parts of the data are made into samples. */
  sampling: SplitOptions;
  course: Course;
  /** Where frames weigh as in equilibrium by Koopman weights. */
  equilibrium?: Equilibrium;
  /** Where pairs are a lag apart in reweighted time. */
  rescaledTime?: RescaledTimeRecord;
  /** The frames of an epoch. */
  parts: PartSource;
  /** All frames, of which `roles` may be of a sample: computed when it is asked for. */
  all: () => AllFrames;
  /** Ranges of the inputs over all frames. */
  inputRanges: () => Ranges;
  /** What is unusual about the data but does not stop the training. */
  warnings: string[];
  /** Labels of the inputs of which single precision keeps too little: the model is written in double. */
  double: string[];
}
