import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { profileTable, surfaceTable } from '../../../src/cli/commands/fes/table.js';
import type { FreeEnergyProfile, FreeEnergySurface } from '../../../src/free-energy/index.js';

// The model: grids that PLUMED 2.10.1's DUMPGRID wrote (test/free-energy/plumed/make.sh).
const folder = new URL('../../../../test/free-energy/plumed/', import.meta.url);
const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const theirs = (name: string) => lines(readFileSync(new URL(name, folder), 'utf8'));
const words = (line: string) => line.trim().split(/\s+/);
const setLines = (text: readonly string[]) =>
  text.filter((line) => line.startsWith('#! SET')).map((line) => words(line).join(' '));
const numbers = (text: readonly string[]) =>
  text.filter((line) => !line.startsWith('#')).map((line) => words(line).map(Number));

const torsion = [-Math.PI, Math.PI] as const;
const evenly = (first: number, step: number, count: number) =>
  Float64Array.from({ length: count }, (_, i) => first + i * step);

function profile(coordinate: Float64Array): FreeEnergyProfile {
  const energy = coordinate.map((value) => value * value);
  const error = coordinate.map(() => 0.5);
  return { coordinate, energy, error, lowest: 0, method: 'kde', bandwidth: 0.1, blocks: 10 };
}

test("a profile over a torsion has the header and coordinates of PLUMED's grid", () => {
  const table = lines(
    profileTable(profile(evenly(-Math.PI, Math.PI / 30, 60)), {
      labels: ['phi'],
      periods: [torsion],
      temperature: 300,
      units: { energy: 'kJ/mol' },
    }),
  );
  assert.deepEqual(table.slice(0, 3), [
    '#! FIELDS phi free error',
    '#! SET temperature 300',
    '#! SET energy_unit kJ/mol',
  ]);
  assert.deepEqual(setLines(table).slice(2), setLines(theirs('round.dat')));
  const places = numbers(theirs('round.dat')).map(([place]) => place);
  numbers(table).forEach(([place], i) => assert.ok(Math.abs(place - places[i]) < 1e-7, `row ${i}`));
});

test('so has one over a coordinate that is not periodic', () => {
  const table = lines(
    profileTable(profile(evenly(-1.75, 0.05, 71)), {
      labels: ['x'],
      periods: [undefined],
      units: { energy: 'reduced' },
    }),
  );
  // 70 steps lie between 71 points.
  assert.deepEqual(setLines(table).slice(1), setLines(theirs('smooth.dat')));
  assert.ok(!table.some((line) => line.includes('temperature')));
});

test('a surface has both coordinates, the first running fastest', () => {
  const [x, y] = [evenly(-1.75, 0.175, 21), evenly(-Math.PI, Math.PI / 10, 20)];
  const energy = new Float64Array(420);
  energy[0] = NaN;
  const surface: FreeEnergySurface = {
    x,
    y,
    energy,
    error: energy,
    lowest: 0,
    method: 'kde',
    bandwidth: [0.1, 0.1],
    blocks: 10,
  };
  const text = surfaceTable(surface, {
    labels: ['x', 'phi'],
    periods: [undefined, torsion],
    temperature: 300,
    units: { energy: 'kJ/mol' },
  });
  const reference = theirs('both.dat');
  assert.deepEqual(setLines(lines(text)).slice(2), setLines(reference));
  const places = numbers(reference);
  numbers(lines(text)).forEach(([a, b], i) => {
    assert.ok(Math.abs(a - places[i][0]) < 1e-7 && Math.abs(b - places[i][1]) < 1e-7, `row ${i}`);
  });
  assert.match(text.split('\n')[11], /^ *-1\.7500000 +-3\.1415927 +nan +nan$/);
  // PLUMED, too, leaves a line empty after every row of x.
  assert.equal(text.split('\n')[11 + 21], '');
});
