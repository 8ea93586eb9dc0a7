import { endianness } from 'node:os';
import type { NewFile } from '../../support/index.js';
import { writeColumnNotes } from '../tables/index.js';
import type { Column } from '../dataset.js';
import type { TableWriter } from './table-writer.js';

/** Bytes of the header: room for any number of rows. */
const headerBytes = 128;

function header(rows: number, width: number): Buffer {
  const order = endianness() === 'LE' ? '<' : '>';
  const text = `{'descr': '${order}f8', 'fortran_order': False, 'shape': (${rows}, ${width}), }`;
  const bytes = Buffer.alloc(headerBytes, ' ');
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(headerBytes - 10, 8);
  bytes.write(`${text}`, 10, 'latin1');
  bytes[headerBytes - 1] = 10;
  return bytes;
}

/**
 * An array `[frames, 1 + columns]` in double precision, the time (ps) first, as numpy.save writes (format 1.0); names and
 * periods go to a file beside it.
 */
export async function npyWriter(file: NewFile, columns: readonly Column[]): Promise<TableWriter> {
  const width = columns.length + 1;
  await file.write(header(0, width));
  let frames = 0;
  return {
    async rows(time, data) {
      const rows = new Float64Array(time.length * width);
      time.forEach((ps, i) => {
        rows[i * width] = ps;
        rows.set(data.subarray(i * (width - 1), (i + 1) * (width - 1)), i * width + 1);
      });
      await file.write(new Uint8Array(rows.buffer));
      frames += time.length;
    },
    end: () => file.write(header(frames, width), 0),
    beside: { ending: '.columns', text: writeColumnNotes([{ label: 'time' }, ...columns]) },
  };
}
