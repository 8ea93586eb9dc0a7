import {
  LatentcvError,
  hdf5TrajectoryIn,
  isDataset,
  isGroup,
  isNumeric,
  type H5Dataset,
  type H5File,
  type H5Group,
  shortList,
} from '../../support/index.js';

/** Where the columns of a table are in an HDF5 file. */
export interface Hdf5Layout {
  rows: number;
  /** One array `[frames, columns]`, or several `[frames]`, in the order of the columns. */
  arrays: { path: string; columns: number }[];
  /** Names of all columns, the time among them, where the file tells them. */
  labels?: string[];
  periods?: Map<string, readonly [number, number]>;
}

/** Arrays of numbers of a file, with their paths. */
function numericArrays(group: H5Group, inside = ''): H5Dataset[] {
  return group.keys().flatMap((key) => {
    const entity = group.get(key);
    if (isGroup(entity)) return numericArrays(entity, `${inside}${key}/`);
    return isDataset(entity) && isNumeric(entity) ? [entity] : [];
  });
}

const lengthOf = ({ shape }: H5Dataset): number => shape?.[0] ?? 0;
const rank = ({ shape }: H5Dataset): number => shape?.length ?? 0;
const nameOf = ({ path }: H5Dataset): string => path.split('/').at(-1)!;
const folderOf = ({ path }: H5Dataset): string => path.slice(0, path.lastIndexOf('/'));
const isTime = (dataset: H5Dataset): boolean => /^times?$/i.test(nameOf(dataset));

function datasetsInWords(datasets: readonly H5Dataset[]): string {
  const lines = datasets.map(({ path, shape }) => `${path} (${(shape ?? []).join(', ')})`);
  return shortList(lines) || 'no array of numbers';
}

/** Text in an attribute of the array, or in an array of text beside it. */
function labelsOf(file: H5File, array: H5Dataset, columns: number): string[] | undefined {
  const names = ['columns', 'labels', 'names', 'feature_names', 'block0_items', 'axis0'];
  const beside = names.map((name) => {
    const entity = file.get(`${folderOf(array)}/${name}`);
    return isDataset(entity) && entity.metadata.type === 3 ? entity.value : undefined;
  });
  const attributes = names.map((name) => array.attrs[name]?.value);
  for (const value of [...attributes, ...beside]) {
    const texts = typeof value === 'string' ? value.split(/[\n,]/) : value;
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) continue;
    if (texts.length === columns) return texts.map((text) => text.replace(/\0+$/, '').trim());
  }
  return undefined;
}

/** `periods` `[columns, 2]`, an attribute of the array: domains, not finite where a column is not periodic. */
function periodsOf(
  array: H5Dataset,
  labels: readonly string[] | undefined,
): Map<string, readonly [number, number]> | undefined {
  const value = array.attrs.periods?.value;
  if (!labels || !(value instanceof Float64Array) || value.length !== 2 * labels.length) return undefined;
  const domains = labels.map((label, i) => [label, [value[2 * i], value[2 * i + 1]] as const] as const);
  return new Map(domains.filter(([, ends]) => ends.every(Number.isFinite)));
}

function oneTable(file: H5File, table: H5Dataset, all: readonly H5Dataset[]): Hdf5Layout {
  const [rows, columns] = table.shape!;
  const labels = labelsOf(file, table, columns);
  const time = all.find(
    (each) =>
      isTime(each) && rank(each) === 1 && lengthOf(each) === rows && folderOf(each) === folderOf(table),
  );
  const arrays = [{ path: table.path, columns }];
  const periods = periodsOf(table, labels);
  const own = labels ?? Array.from({ length: columns }, (_, i) => `x${i + 1}`);
  if (!time || own.includes('time')) return { rows, arrays, labels, periods };
  return {
    rows,
    arrays: [...arrays, { path: time.path, columns: 1 }],
    labels: [...own, 'time'],
    periods,
  };
}

function separateColumns(path: string, columns: readonly H5Dataset[]): Hdf5Layout {
  const rows = lengthOf(columns[0]);
  const odd = columns.find((column) => lengthOf(column) !== rows);
  if (odd)
    throw new LatentcvError(
      'file-format',
      `expected columns of one length in ${path} but received ${datasetsInWords([columns[0], odd])}`,
      'choose one with ‘dataset’, or the group of those that belong together',
    );
  return {
    rows,
    arrays: columns.map(({ path: at }) => ({ path: at, columns: 1 })),
    labels: columns.map((column) => (isTime(column) ? 'time' : nameOf(column))),
  };
}

function chosenArrays(path: string, chosen: string, all: readonly H5Dataset[]): H5Dataset[] {
  const wanted = `/${chosen.replace(/^\/+|\/+$/g, '')}`;
  const exact = all.filter((each) => each.path === wanted);
  const inside = all.filter((each) => folderOf(each) === wanted);
  const found = exact.length > 0 ? exact : inside;
  if (found.length > 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected an array or group ${chosen} in ${path} but it has ${datasetsInWords(all)}`,
  );
}

/**
 * @throws LatentcvError `other-kind` for what is read as a trajectory, though one of its arrays may look like a
 *   table
 */
function expectNoTrajectory(path: string, file: H5File): void {
  const kind = hdf5TrajectoryIn(file);
  if (!kind) return;
  throw new LatentcvError(
    'other-kind',
    `expected a table in ${path} but it is a trajectory (${kind})`,
    'latentcv descriptors writes a table of its descriptors; ‘dataset’ chooses an array of it, such as an observable',
  );
}

/**
 * Finds the table of a file: the one array `[frames, columns]` of numbers, or the arrays `[frames]` of the only group
 * that has some; `chosen` names an array or a group.
 * @throws LatentcvError `file-format` where that is not clear, `bad-argument`
 */
export function findLayout(path: string, file: H5File, chosen?: string): Hdf5Layout {
  const all = numericArrays(file);
  if (chosen === undefined) expectNoTrajectory(path, file);
  const from = chosen === undefined ? all : chosenArrays(path, chosen, all);
  const tables = from.filter((each) => rank(each) === 2);
  const columns = from.filter((each) => rank(each) === 1 && lengthOf(each) > 0);
  if (tables.length === 1) return oneTable(file, tables[0], all);
  const folders = new Set(columns.map(folderOf));
  if (tables.length === 0 && folders.size === 1) return separateColumns(path, columns);
  const several = tables.length > 1 ? 'several' : 'none, or columns in several groups';
  throw new LatentcvError(
    'file-format',
    `expected one array [frames, columns], or columns in one group, in ${path} but received ${tables.length + columns.length > 0 ? several : 'none'}: ${datasetsInWords(from)}`,
    'choose one with ‘dataset’',
  );
}
