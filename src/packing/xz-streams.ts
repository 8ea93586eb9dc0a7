import type { FileHandle } from 'node:fs/promises';

/** One of a file's streams, that follow each other. */
export interface XzStream {
  /** Bytes of the file. */
  at: number;
  bytes: number;
  /** Bytes that it unpacks to. */
  unpacked: number;
}

const headerBytes = 12;

/** Numbers of an index, 7 bits in a byte, the lowest first. */
class IndexNumbers {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  next(): number {
    let [value, factor] = [0, 1];
    for (let i = 0; i < 9; i++, factor *= 128) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new Error('its index is damaged');
  }
}

async function bytesAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  if (at < 0) throw new Error('it is cut off');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, at);
  if (bytesRead < count) throw new Error('it became shorter while it was read');
  return buffer;
}

/** The stream that ends at a place, by its footer and the index of its blocks before that. */
async function streamEndingAt(file: FileHandle, end: number): Promise<XzStream> {
  const footer = await bytesAt(file, end - headerBytes, headerBytes);
  if (footer.toString('latin1', 10) !== 'YZ') throw new Error('it is cut off');
  const indexBytes = 4 * (footer.readUInt32LE(4) + 1);
  const indexAt = end - headerBytes - indexBytes;
  const index = await bytesAt(file, indexAt, Math.min(indexBytes, end));
  if (index[0] !== 0) throw new Error('its index is damaged');
  const numbers = new IndexNumbers(index, 1);
  let [packed, unpacked] = [0, 0];
  for (let blocks = numbers.next(); blocks > 0 && packed <= end; blocks--) {
    packed += 4 * Math.ceil(numbers.next() / 4);
    unpacked += numbers.next();
  }
  const at = indexAt - packed - headerBytes;
  if (at < 0) throw new Error('its index is damaged');
  return { at, bytes: end - at, unpacked };
}

/**
 * The streams of an xz file, found from its end (The .xz File Format 1.2, sections 2 to 4), with fillings of zeros between
 * them.
 * @throws Error where the file is cut off or what is there is none.
 */
export async function xzStreams(file: FileHandle): Promise<XzStream[]> {
  const streams: XzStream[] = [];
  let { size: end } = await file.stat();
  while (end > 0) {
    const filling = end >= 4 && (await bytesAt(file, end - 4, 4)).every((byte) => byte === 0);
    if (filling) {
      end -= 4;
      continue;
    }
    const stream = await streamEndingAt(file, end);
    streams.unshift(stream);
    end = stream.at;
  }
  return streams;
}
