import {
  LatentcvError,
  asNumbers,
  expectUnpacked,
  isDataset,
  isGroup,
  isNumeric,
  type H5Dataset,
  type H5Group,
} from '../../support/index.js';

/** What is at a path in a group, or nothing; a link that leads nowhere, or out of the file, is refused. */
function entityAt(group: H5Group, path: string): H5Dataset | H5Group | undefined {
  const [name, ...rest] = path.split('/');
  if (!group.keys().includes(name)) return undefined;
  const entity = group.get(name);
  const where = `${group.path.replace(/\/$/, '')}/${name}`;
  if (isGroup(entity)) return rest.length === 0 ? entity : entityAt(entity, rest.join('/'));
  if (isDataset(entity)) return rest.length === 0 ? entity : undefined;
  throw new LatentcvError(
    'file-format',
    `expected a group or an array at ${where} but it is a link that leads nowhere, or into another file`,
    'h5copy writes what it leads to into one file',
  );
}

export function groupAt(group: H5Group, path: string): H5Group | undefined {
  const entity = entityAt(group, path);
  return entity && isGroup(entity) ? entity : undefined;
}

/**
 * An array of numbers.
 * @throws LatentcvError `file-format` where it is of something else.
 */
export function numbersAt(group: H5Group, path: string): H5Dataset | undefined {
  const entity = entityAt(group, path);
  if (!entity || !isDataset(entity)) return undefined;
  if (!isNumeric(entity) || !entity.shape)
    throw new LatentcvError('file-format', `expected numbers of up to 64 bits in ${entity.path}`);
  expectUnpacked(entity);
  return entity;
}

/** The text of an attribute; undefined where it has none, or an empty one. */
export function attributeText(entity: H5Dataset | H5Group, name: string): string | undefined {
  return attributeTexts(entity, name)[0];
}

/** The texts of an attribute of one or several. */
export function attributeTexts(entity: H5Dataset | H5Group, name: string): string[] {
  const value = entity.attrs[name]?.value;
  const all = Array.isArray(value) ? value : [value];
  return all
    .filter((text) => typeof text === 'string')
    .map((text) => text.replace(/\0+$/, '').trim())
    .filter((text) => text !== '');
}

/** A number in an attribute. */
export function attributeNumber(entity: H5Dataset | H5Group, name: string): number | undefined {
  const attribute = entity.attrs[name];
  return attribute === undefined ? undefined : asNumbers(attribute.value)[0];
}

/** All numbers of an array, or of its rows `[from, to)`. */
export function numbersIn(dataset: H5Dataset, rows?: readonly [from: number, to: number]) {
  if (!rows) return asNumbers(dataset.value);
  const [from, to] = rows;
  return asNumbers(dataset.slice([[from, to], ...dataset.shape!.slice(1).map((): [] => [])]));
}

/** `(100, 22, 3)` */
export const shapeOf = ({ shape }: H5Dataset): string => `(${(shape ?? []).join(', ')})`;
