import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { inputUnits } from '../../src/plumed/units.js';
import { parsePlumedInput } from '../../src/plumed/parse-input.js';
import { temporaryFolder } from '../temporary-folder.js';

test('labels, keywords and flags are read as PLUMED reads them', () => {
  const { statements } = parsePlumedInput(
    ['d1: DISTANCE ATOMS=1,2 NOPBC', '', 'distance label=d2 Atoms=3,4', 'PRINT ARG=d1,d2 FILE=COLVAR'].join(
      '\n',
    ),
  );
  assert.deepEqual(
    statements.map(({ action, label, firstLine }) => [action, label, firstLine]),
    [
      ['DISTANCE', 'd1', 1],
      ['DISTANCE', 'd2', 3],
      ['PRINT', undefined, 4],
    ],
  );
  assert.equal(statements[0].keywords.get('ATOMS'), '1,2');
  assert.ok(statements[0].flags.has('NOPBC'));
  assert.equal(statements[1].keywords.get('ATOMS'), '3,4');
});

test('comments hide what they contain, also within braces', () => {
  const { statements } = parsePlumedInput(
    '# d0: DISTANCE ATOMS=1,2\nd1: DISTANCE ATOMS=1,2 # NOPBC\n  # x\n',
  );
  assert.equal(statements.length, 1);
  assert.equal(statements[0].flags.size, 0);
});

test('a block of several lines is one statement with its range of lines', () => {
  const text = [
    'METAD ...',
    '  LABEL=m ARG=d1 # the CV',
    '',
    '  PACE=500',
    '... METAD',
    'c: CUSTOM ...',
    '  ARG=d1',
    '  FUNC={x',
    '+ 1} PERIODIC=NO',
    '...',
  ].join('\r\n');
  const { statements } = parsePlumedInput(text);
  assert.deepEqual(
    statements.map(({ label, firstLine, lastLine }) => [label, firstLine, lastLine]),
    [
      ['m', 1, 5],
      ['c', 6, 10],
    ],
  );
  assert.equal(statements[0].keywords.get('PACE'), '500');
  assert.equal(statements[1].keywords.get('FUNC'), 'x + 1');
  assert.equal(statements[1].keywords.get('PERIODIC'), 'NO');
});

test('braces keep blanks and vanish', () => {
  const { statements } = parsePlumedInput('LOAD FILE={my plugin.so}\nm: MATHEVAL FUNC={a {b} c}');
  assert.equal(statements[0].keywords.get('FILE'), 'my plugin.so');
  assert.equal(statements[1].keywords.get('FUNC'), 'a {b} c');
});

test('what stands behind ENDPLUMED is ignored, whatever it is', () => {
  const input = parsePlumedInput(
    'd1: DISTANCE ATOMS=1,2\nENDPLUMED\nd2: DISTANCE ATOMS=1,3\nfoo } bar ...\n',
  );
  assert.deepEqual([input.statements.length, input.end?.firstLine], [1, 2]);
  assert.deepEqual(
    input.ignored.map(({ label, firstLine }) => [label, firstLine]),
    [['d2', 3]],
  );
});

test('included files are followed, from the folder of the run or beside the file', async () => {
  const folder = temporaryFolder('plumed');
  await mkdir(join(folder, 'inc'));
  await writeFile(
    join(folder, 'inc', 'a.dat'),
    'UNITS LENGTH=A\nINCLUDE FILE=inc/b.dat\nENDPLUMED\nd9: DISTANCE ATOMS=1,9\n',
  );
  await writeFile(join(folder, 'inc', 'b.dat'), 'd2: DISTANCE ATOMS=1,2\n');
  const input = parsePlumedInput(
    'INCLUDE FILE=inc/a.dat\nd3: DISTANCE ATOMS=1,3\n',
    join(folder, 'plumed.dat'),
    {
      workingFolder: folder,
    },
  );
  assert.deepEqual(
    input.all.map(({ label, action }) => label ?? action),
    ['INCLUDE', 'UNITS', 'INCLUDE', 'd2', 'd3'],
  );
  assert.equal(input.all[3].path, join(folder, 'inc', 'b.dat'));
  assert.equal(inputUnits(input).length, 0.1);
});

test('what PLUMED cannot read is refused with the line', async () => {
  const cases: [string, RegExp][] = [
    ['d1: DISTANCE ATOMS=1,2\nMETAD ...\nARG=d1\n', /^plumed\.dat:2: expected a line "\.\.\." that ends/],
    ['METAD ...\nARG=d1\n... OPES\n', /^plumed\.dat:3: expected nothing or "METAD"/],
    ['a: CUSTOM FUNC={x\nPRINT\n', /^plumed\.dat:1: expected a closing brace/],
    ['\na: CUSTOM FUNC=x}\n', /^plumed\.dat:2: a closing brace without/],
    ['\nINCLUDE FILE=no.dat\n', /^plumed\.dat:2: expected the included file no\.dat/],
    ['INCLUDE\n', /^plumed\.dat:1: expected INCLUDE FILE=/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parsePlumedInput(text, 'plumed.dat'), { code: 'plumed-input', message });
  }
  const folder = temporaryFolder('plumed');
  const path = join(folder, 'self.dat');
  await writeFile(path, 'INCLUDE FILE=self.dat\n');
  assert.throws(() => parsePlumedInput('INCLUDE FILE=self.dat\n', path), { message: /includes itself/ });
});

// Factors: PLUMED's manual, UNITS.
test('units are read by name and number', () => {
  const units = (line: string): object => {
    const { length, energy, time, natural } = inputUnits(parsePlumedInput(line));
    return { length, energy, time, natural };
  };
  assert.deepEqual(units('d: DISTANCE ATOMS=1,2'), { length: 1, energy: 1, time: 1, natural: false });
  assert.deepEqual(units('UNITS LENGTH=A ENERGY=kcal/mol TIME=fs'), {
    length: 0.1,
    energy: 4.184,
    time: 0.001,
    natural: false,
  });
  assert.deepEqual(units('UNITS LENGTH=0.5 NATURAL'), { length: 0.5, energy: 1, time: 1, natural: true });
  assert.throws(() => units('\nUNITS LENGTH=Angstrom'), {
    code: 'plumed-input',
    message: /^line 2: expected nm, A/,
  });
});
