import { LatentcvError, writeWhole, expectText } from '../support/index.js';
import { readModelBytes, withExternalData } from './reading/index.js';
import { readModelFile, writeModelFile, type ModelFile, type NewModel } from './model-file.js';

/**
 * Writes a model file beside its place and renames it, so that a reader never sees half of it.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function saveModel(path: string, model: NewModel): Promise<void> {
  expectText(path, 'path');
  await saveBytes(path, writeModelFile(model));
}

/** The same of bytes; `check` sees the whole file before it takes its place, and may refuse it by throwing. */
export function saveBytes(path: string, bytes: Uint8Array, check?: (path: string) => void): Promise<void> {
  return writeWhole(path, bytes, { check });
}

/**
 * Reads and checks a model file; with `externalData` also weights that lie in a file beside it.
 * @throws LatentcvError `file-not-found`, or what `readModelFile` throws, with the path in front.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function loadModel(path: string, { externalData = false } = {}): Promise<ModelFile> {
  expectText(path, 'path');
  const bytes = await readModelBytes(path);
  try {
    return readModelFile(externalData ? await withExternalData(path, bytes) : bytes);
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}
