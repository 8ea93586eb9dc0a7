import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { LatentcvError, readProblem } from '../../support/index.js';

/** The largest file that is read, as in the C++ core: 256 MiB. */
export const maximumFileBytes = 2 ** 28;

/**
 * All bytes of a regular file of at most 256 MiB. A pipe is not waited for, and a device is not read.
 * @throws LatentcvError `file-not-found`, `file-access`, `bad-model` where it is too large.
 */
export async function readModelBytes(path: string): Promise<Uint8Array> {
  const file = await openWithoutWaiting(path);
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      throw new LatentcvError(
        'file-not-found',
        `expected a model file but ${path} is ${stat.isDirectory() ? 'a folder' : 'not a file'}`,
      );
    if (stat.size > maximumFileBytes)
      throw new LatentcvError(
        'bad-model',
        `expected a model file of at most ${maximumFileBytes >> 20} MiB but ${path} has ${stat.size} bytes`,
      );
    return await readWhole(file, stat.size);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

/** A pipe that nobody writes to would be waited for while it is opened. */
async function openWithoutWaiting(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** As many bytes as the file had when it was opened: one that grows meanwhile is not followed. */
async function readWhole(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await file.read(bytes, done, size - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

const unreadable = (path: string, error: unknown): unknown => readProblem(path, error, 'the model');
