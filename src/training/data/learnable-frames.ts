import { dropColumns, type Column, type Dataset } from '../../frames/index.js';
import type { FrameStore } from './frame-store.js';
import { splitRoles } from './roles.js';
import { samplePieces, sideBlocks } from './split/index.js';
import { selectStoreColumns, StoreReader } from './store-reader.js';
import { labelColumns, labelRules, ruledNames } from '../label-rules.js';
import type { Block, Roles, LabelledStates } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/** Values of a sample. */
const sampleValues = 4_000_000;
/** Frames of a sample at most: scales, validation and the analysis of the latent are made on it. */
const sampleFrames = 200_000;
/** Frames of a piece at least. */
export const pieceFrames = 1024;

/** Frames whose columns have been told apart once: what goes to the thread that trains. */
export interface LearnableFrames {
  /** Of the frames in memory, or of a sample of those on disk. */
  roles: Roles;
  /** Where frames stay on disk: all of them, and the blocks of the sample with their sides. */
  disk?: { store: FrameStore; sides: Block[] };
}

/**
 * Tells the columns of frames apart by the settings that name them.
 * @throws LatentcvError `bad-data` where a named column is missing or holds what it should not
 */
export function learnableFrames(frames: Dataset | FrameStore, settings: TrainSettings): LearnableFrames {
  if (!isStore(frames)) return { roles: splitRoles(frames, settings) };
  const { sample, sides } = sampled(frames, settings);
  const names = statesOf(frames, settings);
  const labels: LabelledStates | undefined = names && { names, state: new Int32Array() };
  return { roles: splitRoles(sample, settings, { labels }), disk: { store: frames, sides } };
}

/** The same without some of the inputs; frames on disk then have a larger sample. */
export function withoutInputs(
  { roles, disk }: LearnableFrames,
  labels: ReadonlySet<string>,
  settings: TrainSettings,
): LearnableFrames {
  if (disk) return learnableFrames(withoutColumns(disk.store, labels, settings), settings);
  const table = withoutColumns(roles.table, labels, settings);
  const { columns } = roles.inputs;
  const places = [...columns.keys()].filter((i) => labels.has(columns[i].label));
  const inputs = places.length === 0 ? roles.inputs : dropColumns(roles.inputs, places);
  // one copy where the table has no other columns
  const whole = table.columns.length === inputs.columns.length ? inputs : table;
  return { roles: { ...roles, table: whole, inputs, leftOut: [] } };
}

export const isStore = (frames: Dataset | FrameStore): frames is FrameStore => 'folder' in frames;

/** Frames without some columns; those that rules of states are about stay, set aside. */
export function withoutColumns<Frames extends Dataset | FrameStore>(
  frames: Frames,
  labels: ReadonlySet<string>,
  settings: Pick<TrainSettings, 'labels'>,
): Frames {
  const needed = labelRules(settings.labels) ? labelColumns(settings.labels) : [];
  const goes = ({ label }: Column): boolean => labels.has(label) && !needed.includes(label);
  const kept = frames.columns.filter((column) => !goes(column));
  const columns = kept.map((column) => (labels.has(column.label) ? { ...column, aside: true } : column));
  if (isStore(frames)) {
    const chosen = selectStoreColumns(
      frames,
      kept.map(({ label }) => label),
    );
    return { ...frames, ...chosen, columns };
  }
  const places = [...frames.columns.keys()].filter((i) => goes(frames.columns[i]));
  return { ...(places.length === 0 ? frames : dropColumns(frames, places)), columns } as Frames;
}

/** The sample of frames on disk that scales, validation and the analysis of the latent are made on. */
export function storeSample(store: FrameStore, settings: TrainSettings): Dataset {
  return sampled(store, settings).sample;
}

/** Pieces at even distances over every block (where there are more blocks than pieces, over some), with the side of each. */
function sampled(
  store: FrameStore,
  { lag: lagTime, bias, split }: TrainSettings,
): { sample: Dataset; sides: Block[] } {
  const wanted = Math.min(sampleFrames, Math.floor(sampleValues / store.columns.length), store.frames);
  const lag = store.spacing > 0 ? Math.round(lagTime / store.spacing) : 0;
  const length = Math.max(pieceFrames, 5 * lag);
  const reader = new StoreReader(store);
  try {
    const blocks = sideBlocks(store.segments, { lag: 0, mode: split });
    const pieces = samplePieces(blocks, { wanted, length, frames: store.frames }, (block) =>
      // the zero of a run's bias is found in its own frames
      bias.length > 0 ? reader.sourceOf(block.start) : '',
    );
    const sample = reader.read(pieces);
    const sides = sample.segments.map(({ start, end }, i) => ({ start, end, side: pieces[i].side }));
    return { sample, sides };
  } finally {
    reader.close();
  }
}

/** All states of the rules, the column or the files that label frames; undefined where the sample has to tell. */
function statesOf(
  { columns, states, segments }: FrameStore,
  { labels }: TrainSettings,
): string[] | undefined {
  const ruled = ruledNames(labels);
  if (ruled) return ruled;
  const column = columns.findIndex(({ label }) => label === labels);
  if (column < 0 && labels === 'source') return [...new Set(segments.map(({ source }) => source))];
  return states?.[column]?.map(String);
}
