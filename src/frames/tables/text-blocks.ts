import { createReadStream } from 'node:fs';
import { packingOf, unpacked } from '../../packing/index.js';
import { LatentcvError, readProblem } from '../../support/index.js';
import { ascii } from './ascii.js';

/** No row is longer: 2^26 bytes are some three million numbers. */
const longestLine = 1 << 26;

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

async function* wholeLines(path: string, stream: AsyncIterable<Buffer>): AsyncGenerator<TextBlock> {
  // pieces of a line without its end, joined once
  let [rest, restBytes]: [Buffer[], number] = [[], 0];
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(ascii.newline) + 1;
    if (end > 0) {
      const head = chunk.subarray(0, end);
      yield { bytes: restBytes > 0 ? Buffer.concat([...rest, head]) : head, complete: true };
      [rest, restBytes] = [[], 0];
    }
    if (end < chunk.length) rest.push(chunk.subarray(end));
    restBytes += chunk.length - end;
    if (restBytes > longestLine) throw endless(path);
  }
  if (restBytes > 0) yield { bytes: Buffer.concat(rest), complete: false };
}

function endless(path: string): LatentcvError {
  return new LatentcvError(
    'file-format',
    `expected a table in ${path} but it has a line of more than ${longestLine >> 20} MiB`,
    'a row of numbers is a line of its own',
  );
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
 * The text of a file, plain or packed (gzip, bzip2, xz, zstd: told by its first bytes), in blocks of whole lines of
 * about `chunkBytes`; of so many `bytes` of text alone, where a file may have grown since.
 * @throws LatentcvError `file-not-found`, `file-access`, `file-format` (a damaged packed file, a line of more than 64
 *   MiB), `bad-data` (fewer bytes)
 */
export async function* textBlocks(
  path: string,
  chunkBytes = 1 << 20,
  bytes = Infinity,
): AsyncGenerator<TextBlock> {
  try {
    yield* wholeLines(path, upTo(path, await byteStream(path, chunkBytes), bytes));
  } catch (error) {
    throw readProblem(path, error);
  }
}

/** Where text begins, which may be behind the mark that Windows puts first. */
export const startOfText = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
