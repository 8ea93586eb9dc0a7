import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { DataLocation, isOutside, ModelProtoSchema, type TensorProto } from '../proto/index.js';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentcvError } from '../../support/index.js';
import { measureOnnx } from './measure.js';
import { maximumFileBytes, readModelBytes } from './model-bytes.js';

/**
 * The file with the weights that lie outside it put inside: `torch.onnx.export` writes them to `<name>.onnx.data`. Only a
 * regular file in the same folder is read, by its plain name; what is no place inside it is refused.
 * @throws LatentcvError `file-not-found` where it is not there, `bad-model` where its name, a place or the size is not taken.
 */
export async function withExternalData(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  measureOnnx(bytes);
  const model = fromBinary(ModelProtoSchema, bytes);
  const outside = (model.graph?.initializer ?? []).filter(isOutside);
  const files = new Map<string, Uint8Array>();
  let total = bytes.length;
  for (const tensor of outside) {
    const place = placeOf(tensor);
    const data = files.get(place.location) ?? (await readBeside(path, tensor, place.location));
    files.set(place.location, data);
    const length = place.length ?? data.length - place.offset;
    if (place.offset + length > data.length || length < 0)
      throw bad(
        tensor,
        `lies at bytes ${place.offset} to ${place.offset + length} of ${place.location}, which has ${data.length}`,
      );
    total += length;
    if (total > maximumFileBytes)
      throw bad(tensor, `and those before it are more than ${maximumFileBytes >> 20} MiB with the file`);
    tensor.rawData = Uint8Array.from(data.subarray(place.offset, place.offset + length));
    tensor.externalData = [];
    tensor.dataLocation = DataLocation.DEFAULT;
  }
  return outside.length === 0 ? bytes : toBinary(ModelProtoSchema, model);
}

/** Paths of the files beside a model that its weights lie in; none of a file that cannot be read, which its reader tells. */
export async function externalFiles(path: string): Promise<string[]> {
  try {
    const bytes = await readModelBytes(path);
    measureOnnx(bytes);
    const tensors = fromBinary(ModelProtoSchema, bytes).graph?.initializer ?? [];
    const names = tensors.filter(isOutside).map((tensor) => placeOf(tensor).location);
    return [...new Set(names)].map((name) => join(dirname(path), name));
  } catch {
    return [];
  }
}

interface Place {
  location: string;
  offset: number;
  length?: number;
}

function placeOf(tensor: TensorProto): Place {
  const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  if (entries.size !== tensor.externalData.length) throw bad(tensor, 'tells the place of its values twice');
  const location = entries.get('location') ?? '';
  if (!/^[^/\\\0]+$/.test(location) || location === '.' || location === '..')
    throw bad(
      tensor,
      `lies in ${JSON.stringify(location)}, which is no plain name of a file beside the model`,
    );
  const length = entries.get('length');
  return {
    location,
    offset: wholeNumber(tensor, entries.get('offset') ?? '0'),
    length: length === undefined ? undefined : wholeNumber(tensor, length),
  };
}

function wholeNumber(tensor: TensorProto, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value))
    throw bad(tensor, `lies at ${JSON.stringify(text)}, which is no number of bytes`);
  return value;
}

async function readBeside(path: string, tensor: TensorProto, location: string): Promise<Uint8Array> {
  const file = join(dirname(path), location);
  const found = await lstat(file).catch(() => undefined);
  if (!found)
    throw new LatentcvError(
      'file-not-found',
      `the tensor ${tensor.name} lies in ${location}, which is not beside ${path}`,
      'copy both files into one folder',
    );
  if (!found.isFile()) throw bad(tensor, `lies in ${location}, which is a link or no file`);
  return readModelBytes(file);
}

function bad({ name }: TensorProto, problem: string): LatentcvError {
  return new LatentcvError('bad-model', `the tensor ${name || 'without a name'} ${problem}`);
}
