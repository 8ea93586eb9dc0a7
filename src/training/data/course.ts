import type { Course } from '../learnable.js';
import type { SettledSettings, TrainSettings } from '../options.js';

const mostBatch = 1024;
/** Fewer frames tell a step little of variances and covariances. */
const leastBatch = 32;
/** Steps of an epoch, for the sake of which a batch becomes smaller. */
const leastSteps = 10;

const usualEpochs = 150;
const usualPatience = 40;
/** With fewer steps an epoch is too little to count by: then the cap and the patience are so many steps. */
const countedByEpochs = 15;
const mostSteps = 10_000;
const patientSteps = usualPatience * countedByEpochs;

/**
 * Where the loss is a mean over frames: a step of 256 takes it as far as one of 1024, in a quarter of the time, and a rate that drops
 * on plateaus may begin high. Of many frames, whose epochs have many steps, all are to be seen several times.
 */
const ofMeans = { mostBatch: 256, patientSteps: 1200, leastEpochs: 30, leastPatience: 8 };
/**
 * Of the default method the lowest loss is not the best CV: the longer it is trained, the more it is a step between its states, along
 * which a run hardly crosses (docs/training.md#the-default-ends-early). Of many frames all are to be seen.
 */
const early = { steps: 1000, leastEpochs: 5 };
/** Learning rate and schedule. */
const rates = {
  ofMeans: { learningRate: 5e-3, schedule: 'plateau' },
  others: { learningRate: 1e-3, schedule: 'constant' },
} as const;

/** What a course goes by. */
type CourseSettings = Pick<TrainSettings, 'batch' | 'epochs' | 'patience' | 'rows'> &
  Partial<Pick<TrainSettings, 'properties'>>;

/** What is known of a method's loss. */
interface LossKind {
  /** It is a mean over frames. */
  ofMeans?: boolean;
  /** A little of it makes the better CV. */
  endsEarly?: boolean;
}

/** Settings with the learning rate and its schedule, which go by the method where they are not set. */
export function settled(settings: TrainSettings, kind: LossKind): SettledSettings {
  const { learningRate, schedule } = kind.ofMeans ? rates.ofMeans : rates.others;
  return {
    ...settings,
    learningRate: settings.learningRate ?? learningRate,
    schedule: settings.schedule ?? schedule,
  };
}

/**
 * The course of a training on so many frames (pairs). What is not set goes by them: batches of 1024, or of a tenth of the
 * frames, so that an epoch has ten steps; 150 epochs with a patience of 40, or, where an epoch has fewer than 15 steps,
 * 10,000 steps with a patience of 600, since the optimizer is moved by steps and not by epochs. Where the loss is a mean over
 * frames, batches of 256 and, whatever their number, 10,000 steps with a patience of 1,200, but 30 epochs with one of 8 at least;
 * where it is to end early, 1,000 steps, but 5 epochs at least.
 */
export function courseOf(settings: CourseSettings, samples: number, kind: LossKind = {}): Course {
  const { batch: asked, epochs, patience, rows } = settings;
  if (rows) return courseOfRows(settings, samples);
  const most = kind.ofMeans ? ofMeans.mostBatch : mostBatch;
  const fitting = Math.max(leastBatch, Math.min(most, Math.floor(samples / leastSteps)));
  const batch = Math.min(asked ?? fitting, samples);
  const stepsPerEpoch = Math.max(1, Math.floor(samples / batch));
  const usual = lengthOf(kind, stepsPerEpoch);
  return {
    ...{ batch, stepsPerEpoch, epochs: epochs ?? usual.epochs, patience: patience ?? usual.patience },
    ...(kind.endsEarly && epochs === undefined && { endsEarly: true }),
  };
}

function lengthOf(kind: LossKind, stepsPerEpoch: number): Length {
  if (kind.ofMeans) return lengthOfMeans(stepsPerEpoch);
  const length = lengthOfOthers(stepsPerEpoch);
  if (!kind.endsEarly) return length;
  const epochs = Math.max(early.leastEpochs, Math.ceil(early.steps / stepsPerEpoch));
  return { ...length, epochs: Math.min(epochs, length.epochs) };
}

type Length = Pick<Course, 'epochs' | 'patience'>;

const lengthOfMeans = (steps: number): Length => ({
  epochs: Math.max(ofMeans.leastEpochs, Math.ceil(mostSteps / steps)),
  patience: Math.max(ofMeans.leastPatience, Math.ceil(ofMeans.patientSteps / steps)),
});

const lengthOfOthers = (steps: number): Length =>
  steps < countedByEpochs
    ? { epochs: Math.ceil(mostSteps / steps), patience: Math.ceil(patientSteps / steps) }
    : { epochs: usualEpochs, patience: usualPatience };

/** Batches of rows, and steps in all: few, since a rate that falls to zero ends the training. */
const ofRows = { leastBatch: 16, mostBatch: 256, stepsPerEpoch: 20, steps: 3000, leastEpochs: 30 };
/** With properties, of which a model is one of several: more steps gain less than more members (docs/properties.md). */
const stepsOfProperties = 1500;

/** The course of a training on so many rows: its learning rate has a schedule, so that it goes on to its end unless told otherwise. */
function courseOfRows(
  { batch: asked, epochs: wanted, patience, properties = [] }: CourseSettings,
  samples: number,
): Course {
  const fitting = Math.round(samples / ofRows.stepsPerEpoch);
  const batch = Math.min(asked ?? Math.max(ofRows.leastBatch, Math.min(ofRows.mostBatch, fitting)), samples);
  const stepsPerEpoch = Math.max(1, Math.floor(samples / batch));
  const steps = properties.length > 0 ? stepsOfProperties : ofRows.steps;
  const epochs = wanted ?? Math.max(ofRows.leastEpochs, Math.ceil(steps / stepsPerEpoch));
  return { batch, stepsPerEpoch, epochs, patience: patience ?? epochs };
}
