import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsIn, isStateRule, parseStateRules, type Condition } from '../../../src/sampling/index.js';

const condition = (text: string): Condition => parseStateRules(text, '--labels')[0].condition;
const range = (column: string, lower: number, upper: number, closed = [false, false]) => ({
  kind: 'range',
  column,
  interval: [lower, upper],
  closed,
});

test('states stand between semicolons, with names before colons', () => {
  const rules = parseStateRules("bound: d < 0.4; 'half way': d=0.4..0.9;d > 0.9;", '--labels');
  assert.deepEqual(
    rules.map(({ name, text }) => [name, text]),
    [
      ['bound', 'd < 0.4'],
      ['half way', 'd=0.4..0.9'],
      [undefined, 'd > 0.9'],
    ],
  );
});

test('a comparison is one range of a column, whichever way it is written', () => {
  assert.deepEqual(condition('d < 0.4'), range('d', -Infinity, 0.4));
  assert.deepEqual(condition('0.4 >= d'), range('d', -Infinity, 0.4, [false, true]));
  assert.deepEqual(condition('-2 < phi <= 1'), range('phi', -2, 1, [false, true]));
  assert.deepEqual(condition('1 ≥ phi > -2'), range('phi', -2, 1, [false, true]));
  assert.deepEqual(condition('phi = 2.8..-2.8'), range('phi', 2.8, -2.8));
  assert.deepEqual(condition('phi=-pi/2 .. (1+1)*pi/3'), range('phi', -Math.PI / 2, (2 * Math.PI) / 3));
  assert.deepEqual(condition('x=-inf..1'), range('x', -Infinity, 1));
  assert.deepEqual(condition('state == 2'), range('state', 2, 2, [true, true]));
  assert.deepEqual(condition('state != 2'), { kind: 'not', of: range('state', 2, 2, [true, true]) });
});

test('columns are called as tables call them', () => {
  assert.deepEqual(columnsIn(condition('cv.node-0 > 1 and @phi-2 < d_1_5 or cv.node-0 < 0')), [
    'cv.node-0',
    '@phi-2',
    'd_1_5',
  ]);
  assert.deepEqual(columnsIn(condition('"a < b" > 1 and `distance (nm)` < 2')), ['a < b', 'distance (nm)']);
});

test('and binds closer than or, not closer than both; parentheses group', () => {
  const [a, b, c] = [range('a', 1, Infinity), range('b', 2, Infinity), range('c', 3, Infinity)];
  assert.deepEqual(condition('a > 1 or b > 2 and c > 3'), {
    kind: 'any',
    of: [a, { kind: 'all', of: [b, c] }],
  });
  assert.deepEqual(condition('not a > 1 && (b > 2 || c > 3)'), {
    kind: 'all',
    of: [
      { kind: 'not', of: a },
      { kind: 'any', of: [b, c] },
    ],
  });
  assert.deepEqual(condition('((a > 1)) AND (2) < b'), { kind: 'all', of: [a, b] });
});

test('a rule is told from the name of a column', () => {
  assert.ok(isStateRule('phi=0..1') && isStateRule('A: d ≤ 1'));
  assert.ok(!isStateRule('source') && !isStateRule('cv.node-0'));
});

test('what is no rule is told with its place', () => {
  const messages: [string, RegExp][] = [
    [
      'bound: d < ; unbound: d > 0.9',
      /expected a number or a column at character 12 of --labels ".*" but received ";"/,
    ],
    ['bound: d <', /expected a number or a column at character 11 .* but received its end/],
    ['bound d', /expected a comparison .* at character 7 .* received "d"/],
    ['d < 1 e > 2', /expected and, or, or a semicolon at character 7 .* received "e"/],
    ['d < 1 (e > 2)', /expected and, or, or a semicolon at character 7/],
    ['(d < 1', /a closing parenthesis at character 7 .* its end/],
    ['1 < 2', /expected a column to compare with a number at character 1 /],
    ['0 < d > 1', /comparisons in one direction.* at character 7 .* received ">"/],
    ['0 = d < 1', /comparisons in one direction/],
    ['d < 1..2', /a range of a column, such as phi=-2\.\.1, at character 6/],
    ['d = 1..e', /expected a number at character 8 .* received "e"/],
    ['d < 1; : e > 2', /the name of a state before the colon at character 8/],
    ['a: d < 1; a: d > 2', /a name of its own for each state in .* but received a twice/],
    ["it's: d < 1", /expected a rule at character 3 .* received "'"/],
    ['', /expected a state at character 1/],
  ];
  for (const [text, message] of messages)
    assert.throws(() => parseStateRules(text, '--labels'), { code: 'bad-argument', message }, text);
});
