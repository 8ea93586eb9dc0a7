import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorsBySerial } from '../../src/descriptors/index.js';
import { parsePlumedInput } from '../../src/plumed/parse-input.js';
import { descriptorsFromPlumed } from '../../src/plumed/plain-distance.js';

const input = parsePlumedInput(
  [
    'd1: DISTANCE ATOMS=5,7 NOPBC',
    'd2: DISTANCE ATOMS=5-6 NOPBC',
    'd3: DISTANCE ATOMS=1,2',
    'd4: DISTANCE ATOMS=1,2 COMPONENTS',
    'phi: TORSION ATOMS=5,7,9,15',
    'c: CENTER ATOMS=1-3',
    'd5: DISTANCE ATOMS=c,4',
    'd6: DISTANCE ATOMS1=1,2 ATOMS2=3,4',
    'd7: DISTANCE ...',
    '  NOPBC # as the others',
    '  ATOMS=9,5',
    '...',
  ].join('\n'),
  'plumed.dat',
);

test('plain distances are told from the input that printed them', () => {
  const result = descriptorsFromPlumed(input, ['d1', 'd2', 'd7']);
  assert.ok(result.descriptors);
  assert.deepEqual(
    descriptorsBySerial(result.descriptors).map(({ atoms }) => atoms),
    [
      [5, 7],
      [5, 6],
      [9, 5],
    ],
  );
  assert.equal(result.descriptors.pbc, false);
  assert.deepEqual(result.descriptors.atoms, [5, 7, 6, 9]);
  assert.equal(descriptorsFromPlumed(input, ['d3']).descriptors?.pbc, true);
});

test('anything else is refused with the line and the reason', () => {
  const cases: [string[], RegExp][] = [
    [['d1', 'd3'], /plumed\.dat:3: d1 and d3 differ in NOPBC/],
    [['d4'], /plumed\.dat:4: COMPONENTS makes it more/],
    [['phi'], /plumed\.dat:5: expected DISTANCE but received TORSION/],
    [['d5'], /plumed\.dat:7: expected the serials of two atoms but received ATOMS=c,4/],
    [['d6'], /plumed\.dat:8: ATOMS1 makes it more/],
    [['d8'], /plumed\.dat defines no label d8/],
  ];
  for (const [labels, reason] of cases) {
    const result = descriptorsFromPlumed(input, labels);
    assert.ok(result.descriptors === undefined);
    assert.match(result.reason, reason);
  }
});

test('lengths in other units are refused; moved atoms are noted', () => {
  const angstrom = descriptorsFromPlumed(parsePlumedInput('UNITS LENGTH=A\nd: DISTANCE ATOMS=1,2'), ['d']);
  assert.ok(angstrom.descriptors === undefined);
  assert.match(angstrom.reason, /line 1: lengths are not in nm/);
  const moved = descriptorsFromPlumed(parsePlumedInput('WHOLEMOLECULES ENTITY0=1-9\nd: DISTANCE ATOMS=1,2'), [
    'd',
  ]);
  assert.ok(moved.descriptors);
  assert.match(moved.note ?? '', /line 1: WHOLEMOLECULES belongs in every input/);
});
