import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositionFeatures, parseFormula } from '../../src/composition/index.js';
import { elementProperties } from '../../src/composition/element-properties.js';

test('the table has a value or none for each of 94 elements', () => {
  const rows = Object.entries(elementProperties);
  assert.equal(rows.length, 32);
  for (const [name, text] of rows) {
    const words = text.split(' ');
    assert.equal(words.length, 94, name);
    assert.ok(
      words.every((word) => word === '-' || Number.isFinite(Number(word))),
      name,
    );
  }
  assert.deepEqual(
    elementProperties.Number.split(' ').map(Number),
    Array.from({ length: 94 }, (_, z) => z + 1),
  );
});

// By Python on matminer's own tables: mean, range and average deviation as its ElementProperty has them
const known: [string, string, number, number, number][] = [
  ['LaMnO3', 'Electronegativity', 2.594, 2.34, 1.0152],
  ['LaMnO3', 'AtomicWeight', 48.368343, 122.90607, 38.8427316],
  ['LaMnO3', 'CovalentRadius', 108.8, 141, 51.36],
  ['LaMnO3', 'MendeleevNumber', 65.2, 74, 26.16],
  ['Ba0.5Sr0.5TiO3', 'Electronegativity', 2.556, 2.55, 1.0608],
  ['Ba0.5Sr0.5TiO3', 'AtomicWeight', 41.66774, 121.3276, 30.802008],
  ['Ba0.5Sr0.5TiO3', 'CovalentRadius', 112.6, 149, 55.92],
];

test('statistics of compositions are those of Python on the tables', () => {
  for (const [formula, property, mean, range, deviation] of known) {
    const { labels, data } = compositionFeatures([parseFormula(formula)]);
    const value = (statistic: string): number => data[labels.indexOf(`${property} ${statistic}`)];
    const found = [value('mean'), value('range'), value('deviation')];
    [mean, range, deviation].forEach((expected, i) =>
      assert.ok(
        Math.abs(found[i] - expected) < 1e-9 * Math.max(1, expected),
        `${formula} ${property} ${found[i]}`,
      ),
    );
  }
});

test('sites are told by themselves, by the amounts in the formula', () => {
  const rows = [parseFormula('Ba2Bi2Pr4Co8O24')];
  const sites = [
    { name: 'A', elements: [['Ba', 'Bi', 'Pr']] },
    { name: 'B', elements: [['Co']] },
  ];
  const { labels, data } = compositionFeatures(rows, sites);
  const value = (label: string): number => data[labels.indexOf(label)];
  assert.equal(value('A Number mean'), (2 * 56 + 2 * 83 + 4 * 59) / 8);
  assert.equal(value('A Number range'), 83 - 56);
  assert.equal(value('B Number mean'), 27);
  assert.equal(value('B Number deviation'), 0);
});

test('a property that an element has not has no columns, and a wrong site is refused', () => {
  const { leftOut, labels } = compositionFeatures([parseFormula('HeO')]);
  assert.ok(leftOut.some(({ property, element }) => property === 'Electronegativity' && element === 'He'));
  assert.ok(!labels.includes('Electronegativity mean') && labels.includes('Number mean'));
  const rows = [parseFormula('LaMnO3')];
  assert.throws(() => compositionFeatures(rows, [{ name: 'A', elements: [['Sr']] }]), {
    code: 'bad-data',
    message: /on the site A in row 1 but found Sr/,
  });
  assert.throws(() => compositionFeatures(rows, [{ name: 'A', elements: [[]] }]), /found none/);
});
