import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Unpacking } from './unpacking.js';
import { xzStreams, type XzStream } from './xz-streams.js';

// Its types name an export, which Node does not see in a module of the older kind.
const { XzReadableStream } = createRequire(import.meta.url)(
  'xz-decompress',
) as typeof import('xz-decompress');

/** What the decoder's numbers mean (XZ Embedded, linux/xz.h). */
const problems: Record<string, string> = {
  2: 'its checksum is of a kind that is not known here',
  3: 'its dictionary is too large for the memory',
  4: 'its dictionary is larger than is allowed',
  5: 'it does not begin as an xz file',
  6: 'it has a filter or a checksum (SHA-256) that is not known here',
  7: 'it is damaged',
  8: 'it is cut off',
};

function meaning(error: unknown): Error {
  const { message } = error as Error;
  const code = /error code (\d+)/.exec(message)?.[1] ?? '';
  return new Error(problems[code] ?? message);
}

async function* stream(path: string, { at, bytes }: XzStream, chunkBytes: number): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { start: at, end: at + bytes - 1, highWaterMark: chunkBytes });
  const web = Readable.toWeb(packed) as unknown as globalThis.ReadableStream<Uint8Array>;
  try {
    for await (const chunk of new XzReadableStream(web) as unknown as ReadableStream<Uint8Array>)
      if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  } catch (error) {
    throw meaning(error);
  } finally {
    packed.destroy();
  }
}

/** All streams of an xz file; the decoder knows one, so each gets one of its own, and must give what its index says. */
export async function* unxzed(
  path: string,
  { chunkBytes, cutOff }: Required<Unpacking>,
): AsyncGenerator<Buffer> {
  const file = await open(path);
  let streams: XzStream[];
  try {
    streams = await xzStreams(file).catch(async (error: unknown) => {
      if (!cutOff) throw error;
      return [{ at: 0, bytes: (await file.stat()).size, unpacked: NaN }];
    });
  } finally {
    await file.close();
  }
  for (const one of streams) {
    let unpacked = 0;
    for await (const chunk of stream(path, one, chunkBytes)) {
      unpacked += chunk.length;
      yield chunk;
    }
    if (unpacked < one.unpacked) throw new Error(`it ends after ${unpacked} of ${one.unpacked} bytes`);
  }
}
