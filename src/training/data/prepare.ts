import type { Dataset } from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';
import type { FrameStore } from './frame-store.js';
import { isStore, learnableFrames, type LearnableFrames } from './learnable-frames.js';
import { prepareTable } from './prepare-table.js';
import { expectAllMet } from './ruled-labels.js';
import { sideBlocks } from './split/index.js';
import { StoreReader } from './store-reader.js';
import { streamedParts, type StreamSource } from './stream.js';
import { labelRules } from '../label-rules.js';
import type { Fold } from '../learnable.js';
import type { TrainSettings } from '../options.js';
import type { Prepared } from '../prepared.js';
import type { Ranges } from '../ranges.js';

/** Frames that are held to rules of states at a time. */
const checkedAtOnce = 65_536;

/**
 * Frames ready for training: in memory, on disk, or with their columns told apart already.
 * @param fold which of several validates, of frames in memory
 * @throws LatentcvError `bad-argument` or `bad-data`, saying what does not fit
 */
export function prepare(
  frames: Dataset | FrameStore | LearnableFrames,
  settings: TrainSettings,
  fold?: Fold,
): Prepared {
  const onDisk = 'roles' in frames ? frames.disk !== undefined : isStore(frames);
  if (onDisk && (settings.split === 'random' || settings.split === 'groups')) throw inMemoryOnly(settings);
  const { roles, disk } = 'roles' in frames ? frames : learnableFrames(frames, settings);
  if (!disk) return prepareTable(roles, settings, { fold });
  return prepareStream({ roles, disk }, settings);
}

/** Frames that stay on disk: checked on a sample, and the parts of an epoch. */
export function prepareStream(
  { roles, disk: { store, sides } }: Required<LearnableFrames>,
  settings: TrainSettings,
): Omit<Prepared, 'parts'> & { parts: StreamSource } {
  checkRules(store, settings);
  const prepared = prepareTable(roles, settings, { sampleOf: { sides, frames: store.frames } });
  checkStreamable(store, prepared);
  const blocks = sideBlocks(store.segments, { lag: 0, mode: settings.split });
  return {
    ...prepared,
    parts: streamedParts(store, prepared, blocks),
    all: () => ({ ...store, streamed: true }),
    inputRanges: () => rangesOf(store, prepared),
  };
}

function rangesOf({ columns, min, max }: FrameStore, { roles }: Prepared): Ranges {
  const of = (all: number[]): number[] =>
    roles.inputs.columns.map(({ label }) => all[columns.findIndex((column) => column.label === label)]);
  return { min: of(min), max: of(max) };
}

function inMemoryOnly({ split }: TrainSettings): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected a split by blocks or trajectories for data that stay on disk but received ${split}`,
    'a split by single frames, or groups of rows, needs all of them in memory: take every so many with ‘stride’',
  );
}

/** Holds all frames to the rules of states, before the first epoch, in flat memory. */
function checkRules(store: FrameStore, { labels }: TrainSettings): void {
  const rules = labelRules(labels);
  if (!rules) return;
  const { frames } = store;
  const starts = Array.from({ length: Math.ceil(frames / checkedAtOnce) }, (_, i) => i * checkedAtOnce);
  const reader = new StoreReader(store);
  try {
    expectAllMet(
      starts.map((start) => () => reader.read([{ start, end: Math.min(frames, start + checkedAtOnce) }])),
      rules,
    );
  } finally {
    reader.close();
  }
}

function checkStreamable({ uneven }: FrameStore, { lagFrames, method, name }: Prepared): void {
  if (lagFrames > 0 && uneven !== undefined) {
    throw new LatentcvError(
      'bad-data',
      `expected evenly spaced frames for ${name} but received ${uneven}`,
      'choose files with one print stride, or a method without a lag',
    );
  }
  if (method.relabel) {
    throw new LatentcvError(
      'bad-argument',
      `${name} labels all frames again and again, so they have to be in memory`,
      'take every so many frames with ‘stride’',
    );
  }
}
