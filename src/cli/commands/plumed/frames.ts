import type { Dataset } from '../../../frames/index.js';
import type { ModelFile } from '../../../onnx/index.js';
import type { PlumedModel } from '../../../plumed/index.js';
import { counted, LatentcvError } from '../../../support/index.js';
import type { Terminal } from '../../terminal.js';
import type { OptionsWithModel, PlumedOptions } from './options.js';

/** The frames that options name, as the model sees them. */
export interface FramesOfModel {
  files: string[];
  trajectories: boolean;
  structure: string | undefined;
  /** CVs of each frame; an ensemble's uncertainty and properties stand behind them. */
  cvs: Dataset;
  /** Of the narrowest basin of each CV. */
  widths: number[];
}

/** Evaluates the model on `--frames`; undefined where none are given. */
export async function framesOfModel(
  { model: path, frames, structure, renumber }: OptionsWithModel,
  model: ModelFile,
  terminal: Terminal,
): Promise<FramesOfModel | undefined> {
  if (!frames) {
    if (structure === undefined) return undefined;
    throw new LatentcvError('bad-argument', 'expected --frames with --structure but found none');
  }
  const { areTrajectories } = await import('../../options/trajectories/index.js');
  const { expandFiles, modelDataset } = await import('../../frames/index.js');
  const { predict } = await import('../../../campaign/index.js');
  const { narrowestBasins } = await import('../../../kinetics/index.js');
  const files = await expandFiles(frames);
  const options = { structure: structure ?? renumber };
  const dataset = await modelDataset(path, model, files, options, terminal);
  const predicted = await predict(model, dataset, { onWarning: (line) => terminal.warn(line) });
  const k = model.metadata!.outputs.length;
  const cvs = firstColumns(predicted, k);
  return {
    files,
    trajectories: await areTrajectories(files, options),
    structure: options.structure,
    cvs,
    widths: narrowestBasins(cvs.data, k, cvs),
  };
}

function firstColumns(dataset: Dataset, k: number): Dataset {
  const width = dataset.columns.length;
  const data = new Float64Array(dataset.frames * k);
  for (let frame = 0; frame < dataset.frames; frame++)
    for (let i = 0; i < k; i++) data[frame * k + i] = dataset.data[frame * width + i];
  return { ...dataset, columns: dataset.columns.slice(0, k), data };
}

/** The model with the widths of these frames, else of its training, at the temperature that is told. */
export function withWidths(
  model: PlumedModel,
  frames: FramesOfModel | undefined,
  { framesTemperature: temperature }: PlumedOptions,
): PlumedModel {
  const known = temperature === undefined ? {} : { temperature };
  if (frames) {
    const of = `${counted(frames.cvs.frames, 'frame')} of ${frames.files.join(', ')}`;
    return { ...model, basinWidths: { values: frames.widths, of, ...known } };
  }
  return model.basinWidths ? { ...model, basinWidths: { ...model.basinWidths, ...known } } : model;
}
