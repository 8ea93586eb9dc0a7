import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ColvarHeader } from '../../../src/frames/tables/colvar-header.js';

function headerOf(...lines: string[]): ColvarHeader {
  const header = new ColvarHeader('COLVAR');
  lines.forEach((line, i) => header.take(line.split(' '), i + 1));
  return header;
}

test('FIELDS name the columns, wherever the time stands; the same again may follow', () => {
  const header = headerOf('FIELDS d1 time d2', 'FIELDS d1 time d2');
  assert.deepEqual([header.fields, header.timeColumn], [['d1', 'time', 'd2'], 1]);
  header.require(3);
});

test('other columns, none of time, or numbers before any are refused with their lines', () => {
  assert.throws(() => headerOf('FIELDS time d1', 'FIELDS time d2'), {
    code: 'file-format',
    message: /COLVAR:1 \(time d1\) but received others at COLVAR:2 \(time d2\)/,
  });
  assert.throws(() => headerOf('FIELDS d1'), { message: /a column "time" at COLVAR:1 but received d1/ });
  assert.throws(() => headerOf('SET min_phi -pi').require(2), { message: /before the numbers at COLVAR:2/ });
});

test('SET tells domains; the ends of what is not periodic are none', () => {
  const header = headerOf(
    'FIELDS time phi d',
    'SET min_phi -pi',
    'SET max_phi pi',
    'SET min_d 0',
    'SET max_d 2',
  );
  assert.deepEqual(header.column('phi'), { label: 'phi', period: [-Math.PI, Math.PI] });
  assert.deepEqual(header.column('d'), { label: 'd', period: [0, 2] });
  header.take(['SET', 'periodic_d', 'false'], 6);
  assert.deepEqual(header.column('d'), { label: 'd' });
  assert.deepEqual(headerOf('FIELDS time d', 'SET min_d 0').column('d'), { label: 'd' });
});

test('kernels of a bias are told by their columns', () => {
  for (const [fields, name] of [
    ['time d sigma_d height biasf', 'HILLS'],
    ['time d sigma_d height logweight', 'KERNELS'],
    ['time d sigma_d height', 'STATE'],
  ])
    assert.throws(() => headerOf(`FIELDS ${fields}`).refuseKernels(), {
      code: 'other-kind',
      message: new RegExp(`\\(${name}\\)$`),
    });
  headerOf('FIELDS time height').refuseKernels();
});
