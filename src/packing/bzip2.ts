import { createReadStream } from 'node:fs';
import unbzip2Stream from 'unbzip2-stream';
import type { Unpacking } from './unpacking.js';

/** All streams of a bzip2 file, one after the other, block by block; sums of blocks and streams are checked. */
export async function* bunzipped(path: string, { chunkBytes }: Required<Unpacking>): AsyncGenerator<Buffer> {
  const bunzip = unbzip2Stream();
  let blocks: Buffer[] = [];
  let problem: Error | undefined;
  bunzip.on('data', (block: Buffer) => blocks.push(block));
  bunzip.on('error', (error: Error) => (problem ??= error));
  const taken = function* (): Generator<Buffer> {
    const now = blocks;
    blocks = [];
    yield* now;
    if (problem) throw problem;
  };
  // it unpacks while it is written to, and its events come before that returns
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    bunzip.write(chunk as Buffer);
    yield* taken();
  }
  bunzip.end();
  yield* taken();
}
