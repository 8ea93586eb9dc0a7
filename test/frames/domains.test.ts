import assert from 'node:assert/strict';
import { link, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { columnValues, readTables } from '../../src/frames/index.js';
import { fileWith, table } from './helpers.js';

const radians = [{ columns: ['phi'], period: [-Math.PI, Math.PI] }] as const;
const torsions = (values: readonly (number | string)[]): string =>
  `time,phi\n${values.map((value, i) => `${i},${value}\n`).join('')}`;

test('values outside the period that is said of their column are refused, with row, column and a way out', async () => {
  const path = await fileWith(torsions([1, -2, 179.5]), 'deg.csv');
  await assert.rejects(readTables(path, { periodic: radians }), {
    code: 'bad-data',
    message: `expected values of phi from -3.14159 to 3.14159, its period, but received 179.5 at ${path}:4`,
    hint: 'are they degrees? ‘periodic: phi=-180..180’ (or 0..360) says so, of a table that tells no period',
  });
  const turned = await fileWith(torsions([1, 4.5]), 'turned.csv');
  await assert.rejects(readTables(turned, { periodic: radians }), { hint: /^‘periodic: phi=LOWER\.\.UPPER/ });
  const degrees = [{ columns: ['phi'], period: [-180, 180] }] as const;
  assert.equal((await readTables(path, { periodic: degrees })).frames, 3);
});

test('π as it is printed, with three digits or six, lies within its period', async () => {
  const path = await fileWith(torsions(['3.142', '-3.141593', '3.1416']), 'ends.csv');
  assert.equal((await readTables(path, { periodic: radians })).frames, 3);
});

test('frames that are not taken are not looked at', async () => {
  const path = await fileWith(torsions([1, 179, 2]), 'some.csv');
  assert.equal((await readTables(path, { periodic: radians, stride: 2 })).frames, 2);
});

test('a period that one file tells holds in all, and two that differ are refused, in either order', async () => {
  const colvar = (ends: string): string => `#! FIELDS time phi\n${ends} 0 1\n 1 2\n`;
  const told = await fileWith(colvar('#! SET min_phi -pi\n#! SET max_phi pi\n'));
  const plain = await fileWith(torsions([0.5, 1]), 'plain.csv');
  for (const files of [
    [told, plain],
    [plain, told],
  ])
    assert.deepEqual((await readTables(files)).columns, [{ label: 'phi', period: [-Math.PI, Math.PI] }]);
  const other = await fileWith(colvar('#! SET min_phi 0\n#! SET max_phi 2*pi\n'));
  await assert.rejects(readTables([told, other]), {
    code: 'bad-data',
    message:
      /one period in all files but received phi from -3\.14159 to 3\.14159 in .* and phi from 0 to 6\.28319/,
  });
});

test('one file by two names is refused: as it is, by another spelling, by links', async () => {
  const path = await fileWith(table([0, 1, 2]));
  const folder = dirname(path);
  await mkdir(join(folder, 'sub'));
  await symlink(path, join(folder, 'linked'));
  await symlink(folder, join(folder, 'sub', 'folder'));
  await link(path, join(folder, 'hard'));
  const others = [path, `${folder}/sub/../COLVAR`, join(folder, 'linked'), join(folder, 'hard')];
  for (const other of [...others, join(folder, 'sub', 'folder', 'COLVAR')])
    await assert.rejects(readTables([path, other]), {
      code: 'bad-argument',
      message: other === path ? /received .*COLVAR twice/ : /COLVAR and .*, which are one file/,
    });
  assert.equal((await readTables([path, await fileWith(table([0, 1, 2]))])).frames, 6);
});

test('a column that is not there is refused, with the closest name', async () => {
  const set = await readTables(await fileWith(table([0, 1])));
  assert.deepEqual([...columnValues(set, 'd1')], [0, 10]);
  assert.throws(() => columnValues(set, 'd2'), {
    code: 'bad-argument',
    message: 'expected a column d2 but the frames have d1',
    hint: 'did you mean d1?',
  });
});

const kernels: [string, string][] = [
  ['time phi sigma_phi height biasf', 'the hills of METAD (HILLS)'],
  ['time phi sigma_phi height logweight', 'the kernels of OPES (KERNELS)'],
  ['time phi sigma_phi height', 'the kernels that a bias restarts from (STATE)'],
];
for (const [fields, what] of kernels)
  test(`${what} are no table of frames`, async () => {
    const values = fields.split(' ').map((_, i) => i + 1);
    const path = await fileWith(`#! FIELDS ${fields}\n#! SET multivariate false\n ${values.join(' ')}\n`);
    await assert.rejects(readTables(path), {
      code: 'other-kind',
      message: `expected a table of frames (COLVAR) in ${path} but it holds ${what}`,
      hint: 'give the file that PRINT wrote in the same run',
    });
  });
