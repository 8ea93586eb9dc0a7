import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossingRate } from '../../../src/campaign/pilots/index.js';
import { foundStates } from '../../../src/campaign/rounds/found-states.js';
import { parseStateRules } from '../../../src/sampling/index.js';

const basin = (
  interval: readonly [number | null, number | null],
  core: readonly [number, number],
  fraction: number,
) => ({
  ...{ interval, core, fraction },
});
const pilot = (name: string, label: string) => ({
  ...{ name, label, model: `${name}.onnx`, folders: [], nanoseconds: 1, outside: null },
  crossing: crossingRate(3, 1),
});
const pilots = [pilot('a', 'cv1'), pilot('b', 'cv2')];
const judge = (column: string) => ({
  column,
  basins: [basin([null, 0.5], [-1, 0], 0.7), basin([0.5, null], [0.8, 1.2], 0.3)],
});

test('states are the basins of the CV that was kept, whoever judged first', () => {
  const found = foundStates(
    { pilots, judges: [judge('cv1.node-0'), judge('cv2.node-1')], notes: [] },
    'b.onnx',
  )!;
  assert.deepEqual([found.model, found.output, found.count], ['b.onnx', 'node-1', 2]);
  const { basin: rules, cores } = found.question('cv.node-1');
  assert.equal(rules, 'A: "cv.node-1" < 0.5; B: "cv.node-1" >= 0.5');
  assert.equal(cores, 'cv.node-1=-1..0,0.8..1.2');
  assert.equal(parseStateRules(rules, 'basin').length, 2);
});

test('where the kept CV shows none, they are those of another', () => {
  assert.equal(foundStates({ pilots, judges: [judge('cv1.node-0')], notes: [] }, 'b.onnx')!.model, 'a.onnx');
  assert.equal(foundStates({ pilots, judges: [], notes: [] }, 'b.onnx'), undefined);
});

test('of many basins the four heaviest are states, in the order of the CV', () => {
  const basins = [0.3, 0.01, 0.2, 0.25, 0.24].map((fraction, i) =>
    basin([i, i + 1], [i + 0.2, i + 0.8], fraction),
  );
  const { question, count } = foundStates(
    { pilots, judges: [{ column: 'cv1.node-0', basins }], notes: [] },
    'a.onnx',
  )!;
  assert.equal(count, 4);
  assert.equal(question('c').cores, 'c=0.2..0.8,2.2..2.8,3.2..3.8,4.2..4.8');
});
