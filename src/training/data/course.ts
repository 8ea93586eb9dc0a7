import type { Course } from '../learnable.js';
import type { TrainSettings } from '../options.js';

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

/** What a course goes by. */
type CourseSettings = Pick<TrainSettings, 'batch' | 'epochs' | 'patience' | 'rows'> &
  Partial<Pick<TrainSettings, 'properties'>>;

/**
 * The course of a training on so many frames (pairs). What is not set goes by them: batches of 1024, or of a tenth of the
 * frames, so that an epoch has ten steps; 150 epochs with a patience of 40, or, where an epoch has fewer than 15 steps,
 * 10,000 steps with a patience of 600, since the optimizer is moved by steps and not by epochs.
 */
export function courseOf(settings: CourseSettings, samples: number): Course {
  const { batch: asked, epochs, patience, rows } = settings;
  if (rows) return courseOfRows(settings, samples);
  const fitting = Math.max(leastBatch, Math.min(mostBatch, Math.floor(samples / leastSteps)));
  const batch = Math.min(asked ?? fitting, samples);
  const stepsPerEpoch = Math.max(1, Math.floor(samples / batch));
  const countedBySteps = stepsPerEpoch < countedByEpochs;
  return {
    batch,
    stepsPerEpoch,
    epochs: epochs ?? (countedBySteps ? Math.ceil(mostSteps / stepsPerEpoch) : usualEpochs),
    patience: patience ?? (countedBySteps ? Math.ceil(patientSteps / stepsPerEpoch) : usualPatience),
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
