import { quantityOf, type DescriptorSet } from '../descriptors/index.js';
import type { Column } from '../frames/index.js';
import {
  learnableFrames,
  statesInWords,
  withoutInputs,
  type LearnableFrames,
  type TrainSettings,
} from '../training/index.js';
import type { OpenFrames } from './open-frames.js';

/** The descriptors that a table's inputs are; undefined of those that are arguments alone. */
export type Describe = (inputs: Column[]) => DescriptorSet | undefined | Promise<DescriptorSet | undefined>;

/** Frames that are learned from, and what they are of. */
export interface ReadyFrames {
  /** Their inputs with the quantities of descriptors. */
  learnable: LearnableFrames;
  descriptors?: DescriptorSet;
}

/** The frames with what their inputs are. */
export async function readyFrames(learnable: LearnableFrames, describe?: Describe): Promise<ReadyFrames> {
  const { columns } = learnable.roles.inputs;
  const descriptors = await describe?.(columns);
  if (!descriptors) return { learnable };
  const quantities = new Map(
    columns.map(({ label }, i) => [label, quantityOf(descriptors.items[i])] as const),
  );
  return { learnable: withQuantities(learnable, quantities), descriptors };
}

/** Frames in all, of which a sample may have been looked at. */
export const framesOf = ({ roles, disk }: LearnableFrames): number => (disk?.store ?? roles.table).frames;

/** ` (in a sample of 4000 frames)`, where it is one. */
export function sampleOf({ roles: { table }, disk }: LearnableFrames): string {
  return disk && table.frames < disk.store.frames ? `in a sample of ${table.frames} frames` : '';
}

/** How many frames are in which state, in words, where they have labels. */
export function stateCountsInWords(learnable: LearnableFrames): string | undefined {
  const { labels } = learnable.roles;
  const sample = sampleOf(learnable);
  return labels && `${statesInWords(labels)}${sample && ` (${sample})`}`;
}

/** The columns told apart into lengths, counts, …, as the descriptors have them. */
function withQuantities(
  { roles, disk }: LearnableFrames,
  quantities: ReadonlyMap<string, string | undefined>,
): LearnableFrames {
  const withQuantities = <Frames extends { columns: Column[] }>(frames: Frames): Frames => ({
    ...frames,
    columns: frames.columns.map((column) => {
      const quantity = quantities.get(column.label);
      return quantity === undefined ? column : { ...column, quantity };
    }),
  });
  const table = withQuantities(roles.table);
  const inputs = roles.inputs === roles.table ? table : withQuantities(roles.inputs);
  return { roles: { ...roles, table, inputs }, disk: disk && { ...disk, store: withQuantities(disk.store) } };
}

/** Most columns that are named in a warning. */
const mostNamed = 5;

/**
 * The frames with their columns told apart, without inputs that are constant or copy another (on disk: in the sample).
 * With fewer columns a sample has more frames, so it is looked at again.
 * @throws LatentcvError `bad-data` where a named column is missing or holds what it should not, or no input varies
 */
export function learnedFrom(
  { all }: Pick<OpenFrames, 'all'>,
  settings: TrainSettings,
  onWarning: (message: string) => void = () => undefined,
): LearnableFrames {
  let learnable = learnableFrames(all, settings);
  while (learnable.roles.leftOut.length > 0) {
    onWarning(idleInWords(learnable));
    const { leftOut } = learnable.roles;
    learnable = withoutInputs(learnable, new Set(leftOut.map(({ label }) => label)), settings);
  }
  return learnable;
}

function idleInWords(learnable: LearnableFrames): string {
  const { leftOut, inputs } = learnable.roles;
  const named = leftOut.slice(0, mostNamed).map(({ label, why }) => `${label} (${why})`);
  const more = leftOut.length > mostNamed ? ` and ${leftOut.length - mostNamed} more` : '';
  const sample = sampleOf(learnable);
  const where = sample && `, ${sample}`;
  return `${leftOut.length} of ${leftOut.length + inputs.columns.length} inputs are left out${where}: ${named.join(', ')}${more}`;
}
