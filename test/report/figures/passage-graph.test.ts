import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passageGraph } from '../../../src/report/figures/passage-graph.js';

const graph = passageGraph({
  names: ['A', '<B>', 'C'],
  populations: [0.7, 0.25, 0.05],
  counts: [
    [0, 30, 2],
    [29, 0, 0],
    [3, 0, 0],
  ],
})!;
const svg = graph.body.text;

test('a disc for each state by its population, an arrow where the run went', () => {
  assert.deepEqual(
    [...svg.matchAll(/class="name"[^>]*>([^<]+)</g)].map(([, name]) => name),
    ['A', '&lt;B&gt;', 'C'],
  );
  const radii = [...svg.matchAll(/<circle[^>]* r="([\d.]+)"/g)].map(([, r]) => Number(r));
  assert.ok(radii[0] > radii[1] && radii[1] > radii[2], radii.join());
  assert.deepEqual(
    [...svg.matchAll(/class="count"[^>]*>(\d+)</g)].map(([, count]) => Number(count)),
    [30, 2, 29, 3],
  );
  assert.equal(svg.match(/<polygon/g)?.length, 4);
});

test('arrows begin and end outside of the discs, there and back on different sides', () => {
  const discs = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );
  const bows = [...svg.matchAll(/d="M([\d.]+),([\d.]+)Q([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );
  for (const [x0, y0, , , x1, y1] of bows)
    for (const [x, y] of [
      [x0, y0],
      [x1, y1],
    ])
      for (const [cx, cy, r] of discs) assert.ok(Math.hypot(x - cx, y - cy) > r, `${x},${y}`);
  const [there, , back] = bows;
  assert.ok(Math.hypot(there[2] - back[2], there[3] - back[3]) > 40);
});

test('one state alone has no graph', () => {
  assert.equal(passageGraph({ names: ['M1'], populations: [1], counts: [[0]] }), undefined);
});
