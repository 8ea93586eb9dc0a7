import { join } from 'node:path';
import {
  cvQuality,
  newModel,
  saveModel,
  splitRoles,
  train,
  trainSettings,
  type CvQuality,
} from '../../src/index.js';
import type { Case } from './cases.js';
import { stateColumn } from './cases.js';
import { stateOf, type Frames } from './frames.js';

/** A trained CV and what its training frames say of it before any biased run. */
export interface Learned {
  model: string;
  diagnosis: CvQuality;
}

/** ps */
const lag = 10;

/** Trains one case on the frames and writes its model into `folder`. */
export async function learn(
  { method, options }: Extract<Case, { method: unknown }>,
  { table, descriptors, phi }: Frames,
  folder: string,
): Promise<Learned> {
  const settings = { ...options, method };
  const { inputs } = splitRoles(table, trainSettings({ labels: stateColumn }));
  const dataset = settings.labels === undefined ? inputs : table;
  const encoder = await train(dataset, settings);
  const model = join(folder, 'model.onnx');
  await saveModel(model, newModel(encoder, descriptors));
  const k = encoder.outputs.min.length;
  const slow = Float64Array.from({ length: dataset.frames }, (_, frame) => encoder.cv[frame * k]);
  const { time, segments } = dataset;
  const state = Int8Array.from(phi, stateOf);
  return { model, diagnosis: cvQuality({ cv: slow, time, segments, lag, state }) };
}
