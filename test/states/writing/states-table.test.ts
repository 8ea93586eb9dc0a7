import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesOfRun, statesTable } from '../../../src/states/index.js';
import { parseStateRules } from '../../../src/sampling/index.js';
import { mixtureRun, three } from '../mixture.js';
import { runOf } from '../run-of.js';

test('a line a state; what is not known is empty, commas and quotation marks are kept', () => {
  const { x, y } = mixtureRun(three, { seed: 4, frames: 300, leave: 0.01 });
  const rules = parseStateRules('right: x > 1.5; left: x < 1.5', 'basin');
  const basins = rules.map((rule) => (rule.name === 'left' ? { ...rule, name: 'to the "left", far' } : rule));
  const found = statesOfRun(runOf({ x, y }), { cv: ['x'], question: { basins } });
  const [head, ...rows] = statesTable(found).trimEnd().split('\n');
  assert.equal(
    head,
    'name,population,error,deltaF,deltaFError,transitions,roundTrips,frames,foundAgain,differsIn,source,time,x',
  );
  assert.equal(rows.length, 2);
  const left = rows.find((row) => row.startsWith('"to the ""left"", far",'))!;
  const state = found.states.find(({ name }) => name.includes('left'))!;
  // fewer than ten transitions: no error
  assert.ok(state.transitions < 10);
  assert.ok(left.startsWith(`"to the ""left"", far",${state.population},,`), left);
  assert.ok(left.endsWith(`,run0,${state.representative!.time},${state.representative!.values.x}`), left);
});
