import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNpyHeader } from '../../../src/frames/tables/npy-header.js';

function file(dictionary: string, version = 1): Buffer {
  const text = Buffer.from(`${dictionary}\n`);
  const head = Buffer.alloc(version === 1 ? 10 : 12);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(text.length, 8);
  else head.writeUInt32LE(text.length, 8);
  return Buffer.concat([head, text]);
}
const read = (bytes: Buffer) =>
  readNpyHeader('a.npy', (from, to) => Promise.resolve(bytes.subarray(from, to)));

test('both lengths of header give shape, order and the place of the numbers', async () => {
  for (const version of [1, 2, 3]) {
    const bytes = file("{'descr': '<f8', 'fortran_order': True, 'shape': (3, 2), }", version);
    const { shape, fortranOrder, start, itemBytes } = await read(bytes);
    assert.deepEqual([shape, fortranOrder, start, itemBytes], [[3, 2], true, bytes.length, 8]);
  }
});

test('members of records have names and offsets, over what aligned ones are filled up with', async () => {
  const descr = "[('time', '>f4'), ('', '|V4'), ('n', '<i8'), ('flag', '|b1')]";
  const { fields, itemBytes } = await read(
    file(`{'descr': ${descr}, 'fortran_order': False, 'shape': (5,), }`),
  );
  assert.deepEqual(
    fields.map(({ name, offset }) => [name, offset]),
    [
      ['time', 0],
      ['n', 8],
      ['flag', 16],
    ],
  );
  assert.equal(itemBytes, 17);
  const view = new DataView(new ArrayBuffer(17));
  view.setFloat32(0, 1.5, false);
  view.setBigInt64(8, -7n, true);
  assert.deepEqual(
    fields.map(({ type, offset }) => type.read(view, offset)),
    [1.5, -7, 0],
  );
});

test('what is cut off, no NPY, or no real number is refused', async () => {
  const whole = file("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }");
  await assert.rejects(read(whole.subarray(0, 30)), { message: /it ends in its header/ });
  await assert.rejects(read(Buffer.alloc(40)), { message: /its first bytes are others/ });
  const complex = file("{'descr': '<c16', 'fortran_order': False, 'shape': (3,), }");
  await assert.rejects(read(complex), { code: 'file-format', message: /the numpy type <c16/ });
  await assert.rejects(read(file("{'descr': '<f8', 'shape': (3,), }")), {
    message: /expected fortran_order/,
  });
});
