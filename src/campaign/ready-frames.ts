import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import type { Column, Dataset } from '../frames/index.js';
import { splitRoles, statesInWords, type TrainSettings } from '../training/index.js';
import type { OpenFrames } from './open-frames.js';

/** The descriptors that a table's inputs are. */
export type Describe = (inputs: Column[]) => DescriptorSet | Promise<DescriptorSet>;

/** Frames that are learned from, and what they are of. */
export interface ReadyFrames {
  frames: OpenFrames;
  /** All columns, the inputs with their quantities. */
  columns: Column[];
  inputs: number;
  descriptors?: DescriptorSet;
  /** How many frames are in which state, in words, where they have labels. */
  states?: string;
}

/** The frames with what their inputs are. */
export async function readyFrames(
  frames: OpenFrames,
  settings: TrainSettings,
  describe?: Describe,
): Promise<ReadyFrames> {
  const { inputs, labels } = splitRoles(frames.dataset, settings);
  const descriptors = await describe?.(inputs.columns);
  const { columns } = frames.dataset;
  return {
    frames,
    columns: descriptors ? withQuantities(columns, inputs, descriptors) : columns,
    inputs: inputs.columns.length,
    descriptors,
    states: labels && `${statesInWords(labels)}${sampleOf(frames)}`,
  };
}

function sampleOf({ dataset, frames }: OpenFrames): string {
  return dataset.frames < frames ? ` (in a sample of ${dataset.frames} frames)` : '';
}

/** The columns told apart into lengths, counts, …, as the descriptors have them. */
function withQuantities(
  columns: readonly Column[],
  inputs: Pick<Dataset, 'columns'>,
  descriptors: DescriptorSet,
): Column[] {
  const quantities = new Map(
    inputs.columns.map(
      ({ label }, i) => [label, descriptorKinds[descriptors.items[i].kind].quantity] as const,
    ),
  );
  return columns.map((column) => {
    const quantity = quantities.get(column.label);
    return quantity === undefined ? column : { ...column, quantity };
  });
}
