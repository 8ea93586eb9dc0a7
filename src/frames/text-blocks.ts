import { createReadStream } from 'node:fs';
import { packingOf, unpacked } from '../packing/index.js';
import { LatentcvError } from '../support/errors.js';

const NEWLINE = 10;

/** Whole lines of a file as bytes; `complete` is false where the last line of the file has no newline. */
export interface TextBlock {
  bytes: Buffer;
  complete: boolean;
}

async function byteStream(path: string, chunkBytes: number): Promise<AsyncIterable<Buffer>> {
  const packing = await packingOf(path);
  // A run that was killed leaves a stream without its end: what can be unpacked is read, up to the last whole line.
  if (packing !== undefined) return unpacked(path, packing, { chunkBytes, cutOff: true });
  return createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>;
}

function readError(path: string, error: unknown): LatentcvError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new LatentcvError('file-not-found', `expected a file at ${path} but found none`);
  return new LatentcvError('file-not-found', `cannot read ${path}: ${message}`);
}

async function* wholeLines(stream: AsyncIterable<Buffer>): AsyncGenerator<TextBlock> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    const head = chunk.subarray(0, end);
    if (end > 0) yield { bytes: rest.length > 0 ? Buffer.concat([rest, head]) : head, complete: true };
    rest = end > 0 ? chunk.subarray(end) : Buffer.concat([rest, chunk]);
  }
  if (rest.length > 0) yield { bytes: rest, complete: false };
}

/** The first bytes of a stream; throws `bad-data` where there are not so many. */
async function* upTo(path: string, stream: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of stream) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
  if (left > 0 && bytes < Infinity) throw shrunk(path, `${bytes} bytes`, `${bytes - left}`);
}

/** Of a file that has less than when it was looked through. */
export function shrunk(path: string, before: string, now: string): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected the ${before} that ${path} had at first but it ends after ${now}`,
    'it was written anew while it was read: read it again',
  );
}

/**
 * The text of a file, plain or packed (gzip, bzip2, xz, zstd: told by its first bytes), in blocks of whole lines of about `chunkBytes`; of so many
 * `bytes` of text alone, where a file may have grown since.
 * Throws `file-not-found`, `file-format` (a damaged packed file) and `bad-data` (fewer bytes).
 */
export async function* textBlocks(
  path: string,
  chunkBytes = 1 << 20,
  bytes = Infinity,
): AsyncGenerator<TextBlock> {
  try {
    yield* wholeLines(upTo(path, await byteStream(path, chunkBytes), bytes));
  } catch (error) {
    throw error instanceof LatentcvError ? error : readError(path, error);
  }
}
