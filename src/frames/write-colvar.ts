import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LatentcvError } from '../support/errors.js';
import type { Column, Dataset } from './dataset.js';

/** Shortest text that reads back bit for bit. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function piText(value: number): string {
  if (value === Math.PI) return 'pi';
  return value === -Math.PI ? '-pi' : String(value);
}

function header(columns: readonly Column[]): string {
  const lines = [`#! FIELDS time ${columns.map((column) => column.label).join(' ')}`];
  for (const { label, period } of columns) {
    if (period)
      lines.push(`#! SET min_${label} ${piText(period[0])}`, `#! SET max_${label} ${piText(period[1])}`);
  }
  return lines.join('\n') + '\n';
}

function* lines(dataset: Dataset): Generator<string> {
  yield header(dataset.columns);
  const width = dataset.columns.length;
  for (let frame = 0; frame < dataset.frames; frame++) {
    const row = dataset.data.subarray(frame * width, (frame + 1) * width);
    yield ` ${dataset.time[frame]} ${Array.from(row, numberText).join(' ')}\n`;
  }
}

function* chunks(parts: Iterable<string>, size = 1 << 16): Generator<string> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < size) continue;
    yield text;
    text = '';
  }
  yield text;
}

/**
 * Writes a dataset as a PLUMED table (FIELDS and SET lines, times in ps), values with as many digits as read back
 * bit for bit; written beside and renamed. Throws `bad-argument` where time goes back: a reader would take that for a restart.
 */
export async function writeColvar(path: string, dataset: Dataset): Promise<void> {
  const back = dataset.time.findIndex((time, frame) => frame > 0 && time <= dataset.time[frame - 1]);
  if (back > 0) {
    const [before, after] = [dataset.time[back - 1], dataset.time[back]];
    throw new LatentcvError(
      'bad-argument',
      `expected growing times for ${path} but frame ${back} has ${after} ps after ${before} ps`,
      'write each segment to a file of its own',
    );
  }
  const beside = `${path}.part`;
  await pipeline(Readable.from(chunks(lines(dataset))), createWriteStream(beside));
  await rename(beside, path);
}
