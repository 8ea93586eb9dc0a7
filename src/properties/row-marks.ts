import type { Dataset } from '../frames/index.js';

/** Rows beyond which a model file keeps no marks: half a megabyte. */
const mostMarked = 100_000;

/**
 * Marks of rows by their inputs, in base64: of each row the FNV-1a hash (Fowler, Noll & Vo, 32 bits) of its inputs in single precision, so
 * that a later table's rows can be told from those that were learned from. Two different rows share one in 1 of 4·10⁹ cases.
 * @param inputs with the columns that the model takes, in its order
 * @returns undefined for more than 100,000 rows
 */
export function rowMarks(inputs: Dataset): string | undefined {
  if (inputs.frames > mostMarked) return undefined;
  const marks = marksOf(inputs);
  const bytes = Buffer.alloc(4 * marks.length);
  marks.forEach((mark, row) => bytes.writeUInt32LE(mark, 4 * row));
  return bytes.toString('base64');
}

/** Whether each row, `[rows]`, is among those of the marks. */
export function isMarked(inputs: Dataset, marks: string): boolean[] {
  const bytes = Buffer.from(marks, 'base64');
  const known = new Set<number>();
  for (let at = 0; at + 4 <= bytes.length; at += 4) known.add(bytes.readUInt32LE(at));
  return Array.from(marksOf(inputs), (mark) => known.has(mark));
}

function marksOf({ data, columns, frames }: Dataset): Uint32Array {
  const width = columns.length;
  const marks = new Uint32Array(frames);
  const row = new Float32Array(width);
  const bytes = new Uint8Array(row.buffer);
  for (let i = 0; i < frames; i++) {
    // adding 0 makes −0 the same as 0
    for (let j = 0; j < width; j++) row[j] = data[i * width + j] + 0;
    let hash = 0x811c9dc5;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    marks[i] = hash >>> 0;
  }
  return marks;
}
