import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { Unpacking } from './unpacking.js';

/** @throws where anything but zeros, with which tapes are filled up, is behind the last member. */
async function expectZerosFrom(path: string, at: number): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (let from = at; from < size; from += 1 << 20) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 20), 0, 1 << 20, from);
      const found = buffer.subarray(0, bytesRead).findIndex((byte) => byte !== 0);
      if (found >= 0) throw new Error(`something else begins at byte ${from + found} of ${size}`);
    }
  } finally {
    await file.close();
  }
}

/** All members of a gzip file, one after the other (RFC 1952), by zlib, which checks their sums. */
export async function* gunzipped(
  path: string,
  { chunkBytes, cutOff }: Required<Unpacking>,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({
    chunkSize: Math.max(chunkBytes, 64),
    finishFlush: cutOff ? constants.Z_SYNC_FLUSH : undefined,
  });
  // Errors reach the reader through the last stream; the callback only keeps them from being thrown twice.
  yield* pipeline(
    createReadStream(path, { highWaterMark: chunkBytes }),
    gunzip,
    () => undefined,
  ) as AsyncIterable<Buffer>;
  const { size } = await stat(path);
  // zlib stops at what is no member
  if (gunzip.bytesWritten < size) await expectZerosFrom(path, gunzip.bytesWritten);
}
