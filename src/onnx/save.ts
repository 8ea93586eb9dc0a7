import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { LatentcvError } from '../support/errors.js';
import { outputPlace } from '../support/output-place.js';
import { withExternalData } from './external-data.js';
import { readModelBytes } from './read-bytes.js';
import { readModelFile, writeModelFile, type ModelFile, type NewModel } from './model-file.js';

/** Writes a model file beside its place and renames it, so that a reader never sees half of it. */
export async function saveModel(path: string, model: NewModel): Promise<void> {
  await saveBytes(path, writeModelFile(model));
}

/** The same of bytes; `check` sees the whole file before it takes its place, and may refuse it by throwing. */
export async function saveBytes(
  path: string,
  bytes: Uint8Array,
  check: (path: string) => void = () => undefined,
): Promise<void> {
  const place = await outputPlace(path);
  const beside = `${place}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await open(beside, 'wx');
    await file.writeFile(bytes).finally(() => file.close());
    check(beside);
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/**
 * Reads and checks a model file; with `externalData` also weights that lie in a file beside it.
 * @throws LatentcvError `file-not-found`, or what `readModelFile` throws, with the path in front.
 */
export async function loadModel(path: string, { externalData = false } = {}): Promise<ModelFile> {
  const bytes = await readModelBytes(path);
  try {
    return readModelFile(externalData ? await withExternalData(path, bytes) : bytes);
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}
