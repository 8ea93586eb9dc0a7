import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables, writeTable, type Dataset, type TableOptions } from '../../src/frames/index.js';
import { runFixture } from '../native/fixtures.js';
import { python } from '../onnx/python.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fileWith, fixtures } from './helpers.js';

const folder = temporaryFolder('tables');
runFixture('tables.py', folder);
const reference = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as {
  time: number[];
  data: number[];
};
const read = (name: string, options?: TableOptions) => readTables(join(folder, name), options);
const text = (content: string, name = 'bad.csv') => fileWith(content, name);
const labelsOf = ({ columns }: Dataset): string[] => columns.map(({ label }) => label);

const named: [string, TableOptions?][] = [
  ['with-time.npy'],
  ['records.npy', { columns: ['phi', 'd1', 'd2'] }],
  ['aligned.npy', { columns: ['phi', 'd1', 'd2'] }],
  ['savetxt.csv'],
  ['savetxt-comment.txt'],
  ['savetxt-no-names.txt', { names: ['time', 'phi', 'd1', 'd2'] }],
  ['excel.csv'],
  ['semicolons.csv'],
  ['tabs.tsv'],
  ['quoted.csv'],
  ['packed.csv.gz'],
  ['words.csv', { columns: ['phi', 'd1', 'd2'] }],
  ['array.h5'],
  ['beside.h5'],
  ['columns.h5', { columns: ['phi', 'd1', 'd2'] }],
];
for (const [name, options] of named)
  test(`${name}: names, times and values as Python has them, bit for bit`, async () => {
    for (const chunkBytes of [undefined, 100]) {
      const set = await read(name, { ...options, ...(chunkBytes && { chunkBytes }) });
      assert.deepEqual(labelsOf(set), ['phi', 'd1', 'd2']);
      assert.deepEqual([...set.data], reference.data);
      // ns in the file are ps here, to round-off
      set.time.forEach((ps, i) => assert.ok(Math.abs(ps - reference.time[i]) < 1e-14 * 50));
      assert.deepEqual(set.segments.length, 1);
      assert.deepEqual(set.warnings, []);
    }
  });

const nameless: [string, (value: number) => number][] = [
  ['c.npy', (value) => value],
  ['fortran.npy', (value) => value],
  ['big-endian.npy', (value) => value],
  ['version-2.npy', (value) => value],
  ['single.npy', Math.fround],
  ['fortran-single-big-endian.npy', Math.fround],
];
for (const [name, rounded] of nameless)
  test(`${name}: an array without names or times`, async () => {
    for (const chunkBytes of [1 << 20, 60]) {
      const set = await read(name, { chunkBytes });
      assert.deepEqual(labelsOf(set), ['x1', 'x2', 'x3']);
      assert.deepEqual([...set.data], reference.data.map(rounded));
      assert.deepEqual([...set.time.subarray(0, 3)], [0, 1, 2]);
      assert.match(set.warnings[0], /names no columns: they are called x1, x2, …/);
      assert.match(set.warnings[1], /has no column time: frames are taken as 1 ps apart/);
    }
    const chosen = await read(name, { names: ['a', 'b', 'c'], columns: ['c', 'a'], timestep: 0.5 });
    assert.deepEqual(labelsOf(chosen), ['c', 'a']);
    assert.deepEqual([...chosen.data.subarray(2, 4)], [reference.data[5], reference.data[3]].map(rounded));
    assert.deepEqual([...chosen.time.subarray(0, 3)], [0, 0.5, 1]);
    assert.deepEqual(chosen.warnings, []);
  });

test('whole numbers, and one column alone', async () => {
  const expected = Array.from({ length: 150 }, (_, i) => i - 75);
  for (const name of ['integers.npy', 'small-integers.npy', 'integers.h5'])
    assert.deepEqual([...(await read(name, { timestep: 1 })).data], expected, name);
  const { data } = await read('one-column.npy', { timestep: 1 });
  assert.deepEqual(
    [...data],
    reference.data.filter((_, i) => i % 3 === 0),
  );
});

test('what pandas and MDTraj wrote', async () => {
  const [first, last] = [
    [-0.8019314252534474, -1.324358995628145, -0.24836162209524854],
    0.42082412505635486,
  ];
  for (const name of ['pandas.csv', 'pandas-index.csv', 'pandas.h5']) {
    const set = await readTables(join(fixtures, name), name === 'pandas-index.csv' ? { timestep: 0.5 } : {});
    assert.deepEqual(labelsOf(set), ['phi', 'd1', 'd 2'], name);
    assert.deepEqual([...set.data.subarray(0, 3), set.data.at(-1)], [...first, last], name);
    assert.deepEqual([set.frames, set.time[39]], [40, 19.5], name);
  }
  const columns = await readTables(join(fixtures, 'mdtraj.h5'), { columns: ['phi', 'd1'] });
  assert.deepEqual([...columns.data.subarray(0, 2), columns.time[39]], [first[0], first[1], 19.5]);
  const array = await readTables(join(fixtures, 'mdtraj-array.h5'), { timestep: 0.5 });
  assert.deepEqual([...array.data.subarray(0, 3)], first.map(Math.fround));
});

test('plots of GROMACS: legends are names, sets without one are called as Grace calls them', async () => {
  const gyrate = await readTables(join(fixtures, 'gyrate.xvg'));
  assert.deepEqual(labelsOf(gyrate), ['Rg', 'Rg/sX/N', 'Rg/sY/N', 'Rg/sZ/N']);
  assert.deepEqual(
    [gyrate.frames, gyrate.time[19], ...gyrate.data.subarray(0, 2)],
    [20, 38, 0.223569, 0.168728],
  );
  assert.deepEqual(gyrate.warnings, []);
  const distance = await readTables(join(fixtures, 'distance.xvg'));
  assert.deepEqual([labelsOf(distance), ...distance.data.subarray(0, 2)], [['s0', 's1'], 0.156, 0.325]);
  const plot = readFileSync(join(fixtures, 'distance.xvg'), 'utf8');
  // known by its lines, whatever it is called; a second set has other frames
  assert.deepEqual((await readTables(await fileWith(`${plot}&\n`, 'plot'))).data, distance.data);
  await assert.rejects(readTables(await fileWith(`${plot}&\n0 1 2\n`, 'sets.xvg')), {
    code: 'file-format',
    message: /expected one set of rows but another begins at .*sets\.xvg:39/,
  });
});

test("numbers that are missing, as pandas and R write them, are NaN; Fortran's exponents are numbers", async () => {
  const rows = 'time,d1,d2\n0,1,2\n1,,3\n2,NA,4\n3,4,\n4,5D0,6.5d-1\n5,n/a,1\n6,<NA>,1\n7,null,1\n';
  const path = await fileWith(rows, 'missing.csv');
  const set = await readTables(path, { nonFinite: 'drop' });
  assert.deepEqual([...set.time, ...set.data], [0, 4, 1, 2, 5, 0.65]);
  assert.match(set.warnings.join(), /6 frames with NaN or infinite values left out/);
  await assert.rejects(readTables(path), {
    message: /expected a finite number at .*:3, column 2 \(d1\), but received nothing/,
    hint: /‘nonFinite’/,
  });
  const fortran = await fileWith('#! FIELDS time d1\n 0.0D+00 -1.25D-02\n 1.0D+00 1.0d+01\n');
  assert.deepEqual([...(await readTables(fortran)).data], [-0.0125, 10]);
});

test('a byte order mark does no harm', async () => {
  const colvar = await readTables(await fileWith('\uFEFF#! FIELDS time d1\n 0 1\n 1 2\n'));
  assert.deepEqual([[...colvar.data], colvar.warnings], [[1, 2], []]);
  const numbers = await readTables(await fileWith('\uFEFF0,1\n1,2\n', 'n.csv'), { names: ['time', 'd1'] });
  assert.deepEqual([...numbers.time, ...numbers.data], [0, 1, 1, 2]);
});

test('OpenMM: names in a comment, with quotes; Excel: a byte order mark', async () => {
  const rows = '#"Step","Time (ps)","Potential Energy (kJ/mole)"\n1000,2.0,-5.5\n2000,4.0,-6.5';
  const set = await readTables(await fileWith(rows, 'state.csv'), { columns: ['Potential*'] });
  assert.deepEqual([...set.time, ...set.data], [2, 4, -5.5, -6.5]);
  const marked = await readTables(await fileWith('\uFEFFtime;d1\r\n0;1\r\n1;2\r\n', 'e.csv'));
  assert.deepEqual([labelsOf(marked), [...marked.data]], [['d1'], [1, 2]]);
});

test('pandas without names: row numbers are left out, columns counted', async () => {
  const rows = await text(',0,1\n0,1.5,2.5\n1,3.5,4.5\n', 'counted.csv');
  const set = await readTables(rows, { timestep: 1 });
  assert.deepEqual(
    [labelsOf(set), [...set.data]],
    [
      ['0', '1'],
      [1.5, 2.5, 3.5, 4.5],
    ],
  );
});

test('restarts and trajectories are told by their times as in a COLVAR', async () => {
  const first = await fileWith('time,d1\n0,0\n1,10\n2,20\n1.5,15\n2.5,25\n', 'a.csv');
  const second = await fileWith('time,d1\n0,1\n1,11\n', 'b.csv');
  const set = await readTables([first, second], { stride: 1 });
  assert.deepEqual([...set.data], [0, 10, 15, 25, 1, 11]);
  assert.deepEqual(
    set.segments.map(({ start, end }) => [start, end]),
    [
      [0, 4],
      [4, 6],
    ],
  );
  // files without times are trajectories of their own
  const arrays = await readTables([join(folder, 'c.npy'), join(folder, 'fortran.npy')], {
    timestep: 1,
    begin: 40,
  });
  assert.deepEqual(
    arrays.segments.map(({ start, end }) => [start, end]),
    [
      [0, 10],
      [10, 20],
    ],
  );
  // and formats can be mixed
  const mixed = await readTables([join(folder, 'excel.csv'), join(folder, 'array.h5')]);
  assert.deepEqual([...mixed.data], [...reference.data, ...reference.data]);
});

test('periods come from the file, else as they are given', async () => {
  const pi: readonly [number, number] = [-Math.PI, Math.PI];
  assert.deepEqual((await read('with-time.npy')).columns[0], { label: 'phi', period: pi });
  const given = await read('excel.csv', { periodic: [{ columns: ['p*'], period: [-180, 180] }] });
  assert.deepEqual(given.columns[0], { label: 'phi', period: [-180, 180] });
  const both = await read('with-time.npy', { periodic: [{ columns: ['phi'], period: [0, 360] }] });
  assert.deepEqual(both.columns[0].period, pi);
  await assert.rejects(read('excel.csv', { periodic: [{ columns: ['psi'], period: pi }] }), {
    code: 'bad-data',
    message: /expected a column psi in .*excel\.csv but it has phi, d1, d2/,
  });
});

const refused: [string, () => string | Promise<string>, RegExp, string, TableOptions?][] = [
  [
    'a word',
    () => text('time,d1\n0,1\n1,two\n'),
    /expected a number at .*:3, column 2 \(d1\), but received two/,
    'bad-data',
  ],
  [
    'an empty cell',
    () => text('time,d1\n0,1\n1,\n'),
    /a finite number at .*:3, column 2 \(d1\), but received nothing/,
    'bad-data',
  ],
  [
    'NaN',
    () => text('time,d1\n0,1\n1,nan\n'),
    /expected a finite number at .*:3, column 2 \(d1\)/,
    'bad-data',
  ],
  [
    'a decimal comma',
    () => text('time;d1\n0;1\n1;2,5\n'),
    /expected a number at .*:3, .* received 2,5/,
    'bad-data',
  ],
  [
    'too few cells',
    () => text('time,d1\n0\n1,2\n'),
    /expected 2 columns at .*:2 but received 1/,
    'file-format',
  ],
  ['a quote without end', () => text('time,d1\n0,"1\n1,2\n'), /expected 2 columns at .*:2/, 'file-format'],
  ['an empty file', () => text(''), /expected a table in .* but it has no rows/, 'file-format'],
  [
    'lines that end in returns',
    () => text('time,d1\r0,1\r1,2\r'),
    /line 1 has carriage returns within it/,
    'file-format',
  ],
  ['names alone', () => text('time,d1\n'), /expected rows below the names/, 'file-format'],
  [
    'other names than columns',
    () => join(folder, 'c.npy'),
    /expected 3 names for the columns .* received 2/,
    'bad-argument',
    { names: ['a', 'b'] },
  ],
  ['a cube', () => join(folder, 'cube.npy'), /\[frames, columns\] .* shape \(4, 3, 2\)/, 'file-format'],
  ['complex numbers', () => join(folder, 'complex.npy'), /real numbers .* type <c16/, 'file-format'],
  [
    'an array that is cut off',
    () => join(folder, 'cut.npy'),
    /expected 1328 bytes .* ends after 700/,
    'file-format',
  ],
  [
    'an HDF5 file that is cut off',
    () => join(folder, 'cut.h5'),
    /cut\.h5 as HDF5: file has been truncated/,
    'file-format',
  ],
  [
    'an array that is compressed by what the HDF5 library has not',
    () => join(folder, 'lzf.h5'),
    /\/data is compressed by lzf, which is no part of the HDF5 library/,
    'file-format',
  ],
  [
    'arrays of which none is chosen',
    () => join(folder, 'several.h5'),
    /several: \/a \(50, 3\), \/b \(50, 3\)/,
    'file-format',
  ],
  [
    'an array that is not there',
    () => join(folder, 'several.h5'),
    /array or group c in .* has \/a/,
    'bad-argument',
    { dataset: 'c' },
  ],
  [
    'a trajectory of MDTraj',
    () => join(folder, 'trajectory.h5'),
    /expected one array \[frames, columns\]/,
    'file-format',
    { dataset: 'coordinates' },
  ],
  [
    'text called NPY',
    () => text('1 2\n', 'x.npy'),
    /expected an array of numpy\.save in .*, as its ending says/,
    'file-format',
  ],
  ['an archive', () => text('PK\x03\x04', 'x.npz'), /is an archive/, 'file-format'],
  ['a file of another kind', () => text('a\0b'), /binary file of another kind/, 'file-format'],
  ['no file', () => '/no/such.csv', /^cannot read \/no\/such.csv: there is no such file$/, 'file-not-found'],
];
for (const [what, path, message, code, options] of refused)
  test(`refused: ${what}`, async () => {
    await assert.rejects(readTables(await path(), { timestep: 1, ...options }), { code, message });
  });

test('NaN can be left out, and a last line that is cut off is', async () => {
  const set = await readTables(await text('time,d1,d2\n0,1,5\n1,nan,5\n2,3,5\n3,4'), { nonFinite: 'drop' });
  assert.deepEqual([...set.time], [0, 2]);
  assert.match(set.warnings.join('\n'), /:5: the line is cut off[^]*1 frames with NaN/);
});

test('an array of several is chosen', async () => {
  const { data } = await read('several.h5', { dataset: '/b', timestep: 1 });
  assert.deepEqual(
    [...data],
    reference.data.map((value) => value + 1),
  );
});

const dataset: Dataset = {
  columns: [{ label: 'phi', period: [-Math.PI, Math.PI] }, { label: 'd1' }],
  frames: 4,
  data: Float64Array.of(0.1 + 0.2, 1e-7, -1 / 3, 12345678.9, -0, 5e-324, 1 / 7, 1e300),
  time: Float64Array.of(0, 0.1, 0.2, 0.3),
  segments: [{ start: 0, end: 4, source: 'memory' }],
};
const readBack: Record<string, string> = {
  csv: 'import csv; rows = [[float(v) for v in r] for r in list(csv.reader(open(path)))[1:]]',
  tsv: 'rows = np.loadtxt(path, delimiter="\\t", skiprows=1).tolist()',
  npy: 'rows = np.load(path).tolist()',
  h5: 'f = h5py.File(path); assert f["columns"].asstr()[:].tolist() == ["phi", "d1"]; rows = np.column_stack([f["time"], f["data"]]).tolist()',
  colvar: 'rows = np.loadtxt(path).tolist()',
};
for (const [ending, script] of Object.entries(readBack))
  test(`what is written as ${ending} is what Python and we read, bit for bit`, async () => {
    const path = join(folder, `written.${ending}`);
    assert.deepEqual(await writeTable(path, dataset), [{ path, frames: 4 }]);
    const told = python(
      `import sys, json, h5py, numpy as np\npath = sys.argv[1]\n${script}\nprint(json.dumps([[v.hex() for v in r] for r in rows]))`,
      path,
    );
    const rows = JSON.parse(told) as string[][];
    const again = await readTables(path);
    assert.deepEqual([again.data, again.time], [dataset.data, dataset.time]);
    rows.forEach((row, i) =>
      assert.deepEqual(row, [dataset.time[i], ...dataset.data.subarray(2 * i, 2 * i + 2)].map(pythonHex)),
    );
    const keepsPeriods = ending !== 'csv' && ending !== 'tsv';
    assert.deepEqual(again.columns, keepsPeriods ? dataset.columns : [{ label: 'phi' }, { label: 'd1' }]);
  });

/** As Python's float.hex writes it. */
function pythonHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const sign = bits >> 63n ? '-' : '';
  if (exponent === 0) return fraction === '0'.repeat(13) ? `${sign}0x0.0p+0` : `${sign}0x0.${fraction}p-1022`;
  const power = exponent - 1023;
  return `${sign}0x1.${fraction}p${power < 0 ? '' : '+'}${power}`;
}

test('packed files are read but not written', async () => {
  await assert.rejects(writeTable(join(folder, 'x.csv.gz'), dataset), { code: 'bad-argument' });
});

test('each trajectory is written to a file of its own', async () => {
  const segments = [
    { start: 0, end: 2, source: 'a' },
    { start: 2, end: 4, source: 'b' },
  ];
  const path = join(folder, 'two.csv');
  const time = Float64Array.of(0, 1, 0, 1);
  const written = await writeTable(path, { ...dataset, time, segments });
  assert.deepEqual(
    written.map(({ path: each }) => each),
    [join(folder, 'two-1.csv'), join(folder, 'two-2.csv')],
  );
  assert.deepEqual((await readTables(written.map(({ path: each }) => each))).data, dataset.data);
});

test('a COLVAR keeps its name, whatever its ending', async () => {
  const csv = join(folder, 'colvar.csv');
  copyFileSync(join(fixtures, 'COLVAR.restarted'), csv);
  assert.equal((await readTables(csv)).columns[0].label, 'phi');
  const sheet = join(folder, 'features');
  writeFileSync(sheet, 'time,phi\n0,1\n1,2\n');
  assert.deepEqual([...(await readTables(sheet)).data], [1, 2]);
});
