import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { LatentcvError } from '../support/errors.js';

const NEWLINE = 10;

/** Whole lines of a file as bytes; `complete` is false where the last line of the file has no newline. */
export interface TextBlock {
  bytes: Buffer;
  complete: boolean;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function byteStream(path: string, chunkBytes: number): Promise<Readable> {
  const gzip = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  if (!gzip) return file;
  // A run that was killed leaves a stream without its end: what can be unpacked is read, up to the last whole line.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: Math.max(chunkBytes, 64) });
  // Errors reach the reader through the last stream; the callback only keeps them from being thrown twice.
  return pipeline(file, gunzip, () => undefined);
}

function readError(path: string, error: unknown): LatentcvError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new LatentcvError('file-not-found', `expected a file at ${path} but found none`);
  if (code.startsWith('Z_')) return new LatentcvError('file-format', `cannot unpack ${path}: ${message}`);
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
async function* upTo(path: string, stream: Readable, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
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
 * The text of a file, plain or gzip (told by its first bytes), in blocks of whole lines of about `chunkBytes`; of so many
 * `bytes` of text alone, where a file may have grown since.
 * Throws `file-not-found`, `file-format` (a damaged gzip file) and `bad-data` (fewer bytes).
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
