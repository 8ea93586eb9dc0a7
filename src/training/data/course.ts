import type { Course } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/**
 * Most frames of a step. A loss that is a mean over frames falls as far by a step of 256 as by one of 1024, in a quarter of the
 * time; one that is made of a batch's covariances is told by more of them.
 */
const mostBatch = { ofMeans: 256, ofMoments: 1024 };
/** Fewer frames tell a step little of variances and covariances. */
const leastBatch = 32;
/** Steps of an epoch, for the sake of which a batch becomes smaller. */
const leastSteps = 10;

/** The optimizer is moved by steps and not by epochs, so that these go by them. */
const mostSteps = 10_000;
const patientSteps = 1200;
/** Of many frames, whose epochs have many steps: all of them are to be seen several times. */
const leastEpochs = 30;
const leastPatience = 8;

/** What a course goes by. */
type CourseSettings = Pick<TrainSettings, 'batch' | 'epochs' | 'patience' | 'rows'> &
  Partial<Pick<TrainSettings, 'properties'>>;

/**
 * The course of a training on so many frames (pairs). What is not set goes by them: batches of 1024, or of 256 for a method whose
 * loss is a mean over frames, or of a tenth of the frames, so that an epoch has ten steps; at most 10,000 steps with a patience of
 * 1,200, but 30 epochs with one of 8 at least.
 */
export function courseOf(settings: CourseSettings, samples: number, { ofMeans = false } = {}): Course {
  const { batch: asked, epochs, patience, rows } = settings;
  if (rows) return courseOfRows(settings, samples);
  const most = ofMeans ? mostBatch.ofMeans : mostBatch.ofMoments;
  const fitting = Math.max(leastBatch, Math.min(most, Math.floor(samples / leastSteps)));
  const batch = Math.min(asked ?? fitting, samples);
  const stepsPerEpoch = Math.max(1, Math.floor(samples / batch));
  return {
    batch,
    stepsPerEpoch,
    epochs: epochs ?? Math.max(leastEpochs, Math.ceil(mostSteps / stepsPerEpoch)),
    patience: patience ?? Math.max(leastPatience, Math.ceil(patientSteps / stepsPerEpoch)),
  };
}

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
