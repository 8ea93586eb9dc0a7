import { type NewFile, hdf5WriteProblem, loadHdf5 } from '../../support/index.js';
import type { Column } from '../dataset.js';
import type { TableWriter } from './table-writer.js';

/** Bytes of a chunk of the file, about. */
const chunkBytes = 1 << 18;

/**
 * Arrays `data` `[frames, columns]` and `time` `[frames]` (ps) in double precision, and `columns`, their names; where
 * some are periodic, `data` has an attribute `periods` `[columns, 2]`, NaN for the others.
 */
export async function hdf5Writer(output: NewFile, columns: readonly Column[]): Promise<TableWriter> {
  const { File } = await loadHdf5();
  const width = columns.length;
  const chunk = Math.max(1, Math.floor(chunkBytes / (8 * width)));
  const file = attempt(output, () => new File(output.part, 'w'));
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
    rows: (times, values) =>
      later(output, () => {
        const end = frames + times.length;
        data.resize([end, width]);
        time.resize([end]);
        data.write_slice([[frames, end], []], values);
        time.write_slice([[frames, end]], times);
        frames = end;
      }),
    end: () => later(output, () => void file.close()),
  };
}

/** The library does all at once; what it throws becomes a promise's. */
const later = (output: NewFile, act: () => void): Promise<void> =>
  Promise.resolve().then(() => attempt(output, act));

function attempt<T>({ path }: NewFile, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw hdf5WriteProblem(path, error);
  }
}
