import type { Column } from './dataset.js';
import { hdf5Problem, loadHdf5 } from './h5wasm.js';
import type { TableWriter } from './table-writer.js';

/** Bytes of a chunk of the file, about. */
const chunkBytes = 1 << 18;

/**
 * Arrays `data` `[frames, columns]` and `time` `[frames]` (ps) in double precision, and `columns`, their names; where
 * some are periodic, `data` has an attribute `periods` `[columns, 2]`, NaN for the others.
 */
export async function hdf5Writer(path: string, columns: readonly Column[]): Promise<TableWriter> {
  const { File } = await loadHdf5();
  const width = columns.length;
  const chunk = Math.max(1, Math.floor(chunkBytes / (8 * width)));
  const file = attempt(path, () => new File(path, 'w'));
  const empty = { data: new Float64Array(0), dtype: '<d' };
  const data = file.create_dataset({
    ...empty,
    name: 'data',
    shape: [0, width],
    maxshape: [null, width],
    chunks: [chunk, width],
  });
  const time = file.create_dataset({ ...empty, name: 'time', shape: [0], maxshape: [null], chunks: [4096] });
  file.create_dataset({ name: 'columns', data: columns.map(({ label }) => label) });
  if (columns.some(({ period }) => period)) {
    const ends = columns.flatMap(({ period }) => period ?? [NaN, NaN]);
    data.create_attribute('periods', Float64Array.from(ends), [width, 2]);
  }
  let frames = 0;
  return {
    rows(times, values) {
      const end = frames + times.length;
      attempt(path, () => {
        data.resize([end, width]);
        time.resize([end]);
        data.write_slice([[frames, end], []], values);
        time.write_slice([[frames, end]], times);
      });
      frames = end;
      return Promise.resolve();
    },
    close() {
      attempt(path, () => file.close());
      return Promise.resolve();
    },
  };
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw hdf5Problem(path, error);
  }
}
