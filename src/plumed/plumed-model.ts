import { modelNames, rangesAreRandom, type ModelFile, type ModelMetadata } from '../onnx/index.js';
import { LatentcvError, expectObject, expectText } from '../support/index.js';
import type { BasinWidths, PlumedModel } from './model-arguments.js';

/**
 * What a PLUMED input needs to know of a model file.
 * @throws LatentcvError `bad-model` for a file without our metadata, which does not tell its arguments
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function plumedModel(path: string, model: Pick<ModelFile, 'metadata' | 'outputs'>): PlumedModel {
  expectText(path, 'path');
  expectObject(model, 'model', 'a model file, as loadModel gives it,');
  const { metadata, outputs: ports } = model;
  if (!metadata) {
    throw new LatentcvError(
      'bad-model',
      `expected the labels of the model's inputs in ${path} but the file was written elsewhere and does not tell them`,
      'write the ONNX_MODEL line by hand: cv: ONNX_MODEL FILE=… ARG=… in the order of the training data',
    );
  }
  const { inputs, outputs, descriptors } = metadata;
  return {
    inputs: inputs.map(({ label }) => label),
    inputUnits: inputs.map(({ unit }) => unit),
    inputPeriods: inputs.map(({ period }) => period),
    ...(inputs.every(({ min }) => min !== undefined) && {
      inputMin: inputs.map(({ min }) => min!),
      inputMax: inputs.map(({ max }) => max!),
    }),
    outputs: outputs.map(({ name }) => name),
    ...(!rangesAreRandom(metadata) && {
      outputMin: outputs.map(({ min }) => min),
      outputMax: outputs.map(({ max }) => max),
    }),
    basinWidths: widthsOf(metadata),
    outputPeriods: outputs.map(({ period }) => period),
    uncertainty: ports.some(({ name }) => name === modelNames.uncertainty),
    committor: ports.some(({ name }) => name === 'committor'),
    kolmogorov: metadata.kolmogorov,
    descriptors,
  };
}

/** What a training record tells of basins; of records from elsewhere, or from before there were any, nothing. */
interface BasinRecord {
  basinWidths?: unknown;
  settings?: { temperature?: unknown; temperatures?: object };
}

/** The narrowest basins of the training frames, with their temperature where all had one. */
function widthsOf({
  training,
  outputs,
}: Pick<ModelMetadata, 'training' | 'outputs'>): BasinWidths | undefined {
  const { basinWidths: values, settings } = (training ?? {}) as BasinRecord;
  if (!Array.isArray(values) || values.length !== outputs.length) return undefined;
  if (!values.every((width): width is number => typeof width === 'number' && width > 0)) return undefined;
  const temperature = settings?.temperature;
  const one = typeof temperature === 'number' && Object.keys(settings?.temperatures ?? {}).length === 0;
  return { values, ...(one && { temperature }), of: 'the training frames' };
}
