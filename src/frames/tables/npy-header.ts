import { LatentcvError } from '../../support/index.js';

/** A scalar type of numpy: how its bytes become a number. */
export interface ScalarType {
  bytes: number;
  read: (view: DataView, at: number) => number;
}

/** One named member of a record, or the only one of a plain array. */
export interface NpyField {
  name?: string;
  type: ScalarType;
  /** Bytes from the start of an item. */
  offset: number;
}

export interface NpyHeader {
  /** Where the numbers begin in the file. */
  start: number;
  shape: readonly number[];
  fortranOrder: boolean;
  fields: readonly NpyField[];
  itemBytes: number;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** `<f8`, `>f4`, `|i1`, `<u2`, `|b1`; undefined for what is no real number. */
function scalarType(text: string): ScalarType | undefined {
  const [, order, kind, digits] = /^([<>|=])?([fiub])(\d)$/.exec(text) ?? [];
  const le = order === '<' || ((order ?? '=') !== '>' && littleEndian);
  const bytes = Number(digits);
  const read = {
    f4: (v: DataView, at: number) => v.getFloat32(at, le),
    f8: (v: DataView, at: number) => v.getFloat64(at, le),
    i1: (v: DataView, at: number) => v.getInt8(at),
    i2: (v: DataView, at: number) => v.getInt16(at, le),
    i4: (v: DataView, at: number) => v.getInt32(at, le),
    i8: (v: DataView, at: number) => Number(v.getBigInt64(at, le)),
    u1: (v: DataView, at: number) => v.getUint8(at),
    u2: (v: DataView, at: number) => v.getUint16(at, le),
    u4: (v: DataView, at: number) => v.getUint32(at, le),
    u8: (v: DataView, at: number) => Number(v.getBigUint64(at, le)),
    b1: (v: DataView, at: number) => v.getUint8(at),
  }[`${kind}${digits}`];
  return read && { bytes, read };
}

function unknownType(path: string, type: string): LatentcvError {
  return new LatentcvError(
    'file-format',
    `expected real numbers in ${path} but received the numpy type ${type}`,
    'array.astype(numpy.float64) makes such',
  );
}

/** The value of one key of the header, a Python dictionary. */
function entry(text: string, key: string, value: RegExp, path: string): string {
  const found = new RegExp(`['"]${key}['"]\\s*:\\s*(${value.source})`).exec(text)?.[1];
  if (found !== undefined) return found;
  throw new LatentcvError(
    'file-format',
    `expected ${key} in the header of ${path} but received ${text.trim()}`,
  );
}

/**
 * `'<f8'`, or the members of records: `[('time', '<f8'), ('d1', '<f4')]`, where a nameless `|V4` is what aligned ones are
 * filled up with.
 */
function fieldsOf(descr: string, path: string): Pick<NpyHeader, 'fields' | 'itemBytes'> {
  const known = (text: string): ScalarType => {
    const type = scalarType(text);
    if (!type) throw unknownType(path, text);
    return type;
  };
  if (!descr.startsWith('[')) {
    const type = known(descr.slice(1, -1));
    return { fields: [{ type, offset: 0 }], itemBytes: type.bytes };
  }
  let offset = 0;
  const members = [...descr.matchAll(/\((?:'([^']*)'|"([^"]*)"),\s*([^()]*(?:\([^)]*\))?)\)/g)];
  const fields: NpyField[] = [];
  for (const [, single, double, type] of members) {
    const [name, word] = [single ?? double, /^'([^']*)'$/.exec(type.trim())?.[1]];
    if (word === undefined) throw unknownType(path, type);
    const padding = name === '' ? /^\|?V(\d+)$/.exec(word)?.[1] : undefined;
    if (padding === undefined) fields.push({ name, type: known(word), offset });
    offset += padding === undefined ? fields.at(-1)!.type.bytes : Number(padding);
  }
  return { fields, itemBytes: offset };
}

const magic = '\x93NUMPY';

/**
 * Reads the header of an NPY file (versions 1.0 to 3.0, as numpy.lib.format describes them).
 * @param read bytes `[from, to)` of the file, fewer at its end
 * @throws LatentcvError `file-format`
 */
export async function readNpyHeader(
  path: string,
  read: (from: number, to: number) => Promise<Buffer>,
): Promise<NpyHeader> {
  const head = await read(0, 12);
  const cut = new LatentcvError('file-format', `expected an NPY file in ${path} but it ends in its header`);
  if (head.length < 12) throw cut;
  if (head.toString('latin1', 0, 6) !== magic)
    throw new LatentcvError('file-format', `expected an NPY file in ${path} but its first bytes are others`);
  const long = head[6] >= 2;
  const start = long ? 12 + head.readUInt32LE(8) : 10 + head.readUInt16LE(8);
  if (start > 1 << 24) throw cut;
  const bytes = await read(long ? 12 : 10, start);
  if (bytes.length < start - (long ? 12 : 10)) throw cut;
  const text = bytes.toString(head[6] >= 3 ? 'utf8' : 'latin1');
  const descr = entry(text, 'descr', /'[^']*'|"[^"]*"|\[.*\](?=\s*,\s*'fortran_order)/, path);
  const { fields, itemBytes } = fieldsOf(descr, path);
  const shape = entry(text, 'shape', /\([^)]*\)/, path);
  return {
    start,
    shape: (shape.match(/\d+/g) ?? []).map(Number),
    fortranOrder: entry(text, 'fortran_order', /True|False/, path) === 'True',
    fields,
    itemBytes,
  };
}
