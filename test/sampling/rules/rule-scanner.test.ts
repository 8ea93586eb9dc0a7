import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleWords } from '../../../src/sampling/rules/rule-scanner.js';

const words = (text: string): string[] =>
  ruleWords({ text, what: '--labels' }).map((word) => `${word.kind} ${word.text}`);

test('names, columns, comparisons and logic, in either spelling', () => {
  assert.deepEqual(words('b: d1≤0.4 && NOT "my d" == 2'), [
    'text b',
    'name :',
    'text d1',
    'comparison <=',
    'text 0.4',
    'and &&',
    'not NOT',
    'quoted my d',
    'comparison =',
    'text 2',
  ]);
});

test('a range ends a word, a point does not', () => {
  assert.deepEqual(words('-1.5..2.5;a.b'), ['text -1.5', 'range ..', 'text 2.5', 'end ;', 'text a.b']);
});

test('places are those of the text', () => {
  assert.deepEqual(
    ruleWords({ text: ' a  <b', what: '' }).map(({ start, end }) => [start, end]),
    [
      [1, 2],
      [4, 5],
      [5, 6],
    ],
  );
});

test('a quotation mark without its fellow is refused with its place', () => {
  assert.throws(() => ruleWords({ text: 'a < "b', what: '--labels' }), {
    code: 'bad-argument',
    message: /a rule at character 5 of --labels "a < \\"b" but received "\\""/,
  });
});
