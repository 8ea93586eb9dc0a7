import { createReadStream } from 'node:fs';
import { pipeline, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { LatentcvError } from '../support/index.js';
import { packings } from './packing.js';
import type { Unpacking } from './unpacking.js';

/** Of Node from 22.15 on, whose types are not those that we build with. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: object) => Transform };

/**
 * All frames of a zstd file, by Node where it has that.
 * @throws LatentcvError `missing-tool` where it has not.
 */
export async function* unzstded(path: string, { chunkBytes }: Required<Unpacking>): AsyncGenerator<Buffer> {
  if (!createZstdDecompress)
    throw new LatentcvError(
      'missing-tool',
      `expected Node 22.15 or later to unpack ${path} (zstd) but this is ${process.version}`,
      `unpack it first: ${packings.zstd.command} ${path}`,
    );
  yield* pipeline(
    createReadStream(path, { highWaterMark: chunkBytes }),
    createZstdDecompress({ chunkSize: Math.max(chunkBytes, 64) }),
    () => undefined,
  ) as AsyncIterable<Buffer>;
}
