import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lonely, stillPicture, viewBoxOf } from '../../../src/report/structures/still-picture.js';
import type { StateStructure } from '../../../src/states/index.js';

const molecule = (more: Partial<StateStructure>): StateStructure => ({
  state: 'M1',
  elements: ['C', 'O', 'H'],
  positions: Float64Array.of(0, 0, 0, 0.12, 0, 0.1, -0.05, 0.09, -0.1),
  bonds: Uint32Array.of(0, 1, 0, 2),
  backbones: [],
  ofPolymer: [false, false, false],
  pdb: '',
  ...more,
});

test('what is nearer to the reader is drawn later, x to the right and y up', () => {
  const own = molecule({});
  const svg = stillPicture(own, viewBoxOf([own])).text;
  const places = [...svg.matchAll(/<circle\s+cx="([\d.]+)"\s+cy="([\d.]+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );
  // H, C, O from the back to the front
  assert.equal(places.length, 3);
  const [hydrogen, carbon, oxygen] = places;
  assert.ok(hydrogen[0] < carbon[0] && carbon[0] < oxygen[0], JSON.stringify(places));
  assert.ok(hydrogen[1] < carbon[1] && Math.abs(carbon[1] - oxygen[1]) < 0.2, JSON.stringify(places));
  assert.equal(svg.match(/<path/g)?.length, 4);
});

test('a view holds all structures and has the shape of a picture', () => {
  const far = molecule({ positions: Float64Array.of(0, 0, 0, 3, 0, 0, 0, -1, 0) });
  const { x, y } = viewBoxOf([molecule({}), far]);
  assert.ok(x[0] < -0.05 && x[1] > 3 && y[0] < -1 && y[1] > 0.09);
  assert.ok(Math.abs((x[1] - x[0]) / (y[1] - y[0]) - 340 / 260) < 1e-9);
});

test('a polymer is its backbone, and its atoms are not drawn', () => {
  const svg = stillPicture(molecule({ ofPolymer: [true, true, false], backbones: [[0, 1]] }), {
    x: [-1, 1],
    y: [-1, 1],
  }).text;
  assert.equal(svg.match(/<circle/g)?.length, 1);
  assert.equal(svg.match(/<path/g)?.length, 1);
});

test('particles without bonds nearly touch', () => {
  const line = molecule({ positions: Float64Array.of(0, 0, 0, 1.12, 0, 0, 2.24, 0, 0) });
  assert.ok(Math.abs(lonely(line) - 1.12 / 2.4) < 1e-12);
});
