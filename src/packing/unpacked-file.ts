import { open, stat } from 'node:fs/promises';
import { LatentcvError } from '../support/index.js';
import type { HeldFile } from './held-file.js';
import type { Packing } from './packing.js';
import { makeRoom } from './room.js';
import { isCutOffError, unpacked } from './unpack.js';
import { xzStreams } from './xz-streams.js';

/** What is foreseen of a text that tells nothing of its length. */
const usualRatio = 10;
/** What packs better than this, and is as large, is made to fill disks: frames never do. */
const mostRatio = 3000;
const usuallyAllowed = 1 << 30;

async function foreseen(path: string, packing: Packing, size: number): Promise<number> {
  if (packing !== 'xz') return usualRatio * size;
  const file = await open(path);
  try {
    return (await xzStreams(file)).reduce((sum, stream) => sum + stream.unpacked, 0);
  } catch {
    return usualRatio * size; // cut off
  } finally {
    await file.close();
  }
}

/** How a packed file is unpacked to a temporary one. */
export interface FileUnpacking {
  /** Take what is there of a file that is cut off; it is told. */
  salvage?: boolean;
  onWarning?: (message: string) => void;
  signal?: AbortSignal;
  /** Bytes that any file may unpack to, however well it is packed. Default 1 GiB. */
  allowed?: number;
}

/**
 * Unpacks a file to a temporary one, whose room is looked after.
 * @throws LatentcvError `file-format` (damaged, cut off), `file-access` (no room for it), `interrupted`.
 */
export async function unpackedFile(
  path: string,
  packing: Packing,
  unpacking: FileUnpacking = {},
): Promise<HeldFile> {
  const { salvage = false, onWarning } = unpacking;
  try {
    return await unpackTo(path, packing, false, unpacking);
  } catch (error) {
    if (!isCutOffError(error)) throw error;
    if (!salvage)
      throw new LatentcvError(error.code, error.message, '‘salvage’ takes the frames that are good');
    onWarning?.(`${error.message}: what is there of it is taken`);
    return unpackTo(path, packing, true, unpacking);
  }
}

async function unpackTo(
  path: string,
  packing: Packing,
  cutOff: boolean,
  { signal, allowed = usuallyAllowed }: FileUnpacking,
): Promise<HeldFile> {
  const { size } = await stat(path);
  const room = await makeRoom(path, await foreseen(path, packing, size));
  const { file } = room;
  try {
    for await (const bytes of unpacked(path, packing, { cutOff })) {
      if (signal?.aborted) throw new LatentcvError('interrupted', `unpacking ${path} was stopped on request`);
      await file.write(bytes);
      room.check();
      if (file.bytes > Math.max(allowed, mostRatio * size))
        throw new LatentcvError(
          'file-format',
          `expected a file of frames but ${path} unpacks to more than ${mostRatio} times its size`,
        );
    }
    return file;
  } catch (error) {
    file.release();
    throw room.problem(error);
  }
}
