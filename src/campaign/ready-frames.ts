import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import type { Column, Dataset } from '../frames/index.js';
import { splitRoles, type TrainSettings } from '../training/index.js';
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
}

/** The frames with what their inputs are. */
export async function readyFrames(
  frames: OpenFrames,
  settings: TrainSettings,
  describe?: Describe,
): Promise<ReadyFrames> {
  const { inputs } = splitRoles(frames.dataset, settings);
  const descriptors = await describe?.(inputs.columns);
  const { columns } = frames.dataset;
  return {
    frames,
    columns: descriptors ? withQuantities(columns, inputs, descriptors) : columns,
    inputs: inputs.columns.length,
    ...(descriptors && { descriptors }),
  };
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
