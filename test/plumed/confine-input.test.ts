import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { columnValues, readTables } from '../../src/frames/index.js';
import { confinePlumedInput, confinementOf, parsePlumedInput, type Vector } from '../../src/plumed/index.js';
import { findPlumed, runDriver } from '../../src/programs/index.js';
import { ring } from './confinement/ring-host.js';
import { runFolder } from './helpers.js';

const plumed = await findPlumed();
const serials = (count: number, from = 1): number[] => Array.from({ length: count }, (_, i) => from + i);
const guest: Vector[] = [
  [0.1, 0, 0.4],
  [-0.1, 0, 0.6],
];
const request = {
  shape: { kind: 'sphere', radius: 0.4, kappa: 2000 } as const,
  pose: {
    host: { serials: serials(ring.length), places: ring },
    guest: { serials: serials(2, 1 + ring.length), places: guest },
  },
};

test('an input without a model keeps its lines, confines and prints; PLUMED runs it', async () => {
  const input = parsePlumedInput('d: DISTANCE ATOMS=1,17\nPRINT ARG=d FILE=COLVAR\n');
  const made = confinePlumedInput(input, request, { stride: 1, also: ['d'] });
  assert.ok(made.text.startsWith(input.text));
  assert.equal(made.colvar, 'COLVAR_confined');
  assert.deepEqual(made.columns, ['d', 'distance', 'wall_sphere.bias']);
  assert.deepEqual(confinementOf(parsePlumedInput(made.text)), made.confinement);
  const cwd = runFolder();
  const [plumedFile, trajectory] = [join(cwd, 'plumed.dat'), join(cwd, 'frames.xyz')];
  writeFileSync(plumedFile, made.text);
  const places = [...ring, ...guest];
  const frame = [String(places.length), '9 9 9', ...places.map((x) => `X ${x.join(' ')}`), ''].join('\n');
  writeFileSync(trajectory, frame);
  await runDriver({ plumed, cwd, plumedFile, trajectory, timestep: 1, extra: ['--length-units', 'nm'] });
  const table = await readTables([join(cwd, made.colvar)]);
  const value = (label: string): number => columnValues(table, label).at(0)!;
  assert.ok(Math.abs(value('distance') - 0.5) < 1e-6, String(value('distance')));
  assert.ok(Math.abs(value('wall_sphere.bias') - 2000 * 0.1 ** 2) < 1e-3);
});

test('a second confinement, and labels that are not there, are refused', () => {
  const { text } = confinePlumedInput(parsePlumedInput(''), request);
  assert.throws(() => confinePlumedInput(parsePlumedInput(text), request), {
    code: 'plumed-input',
    message: /without a confinement but it has a sphere/,
  });
  assert.throws(() => confinePlumedInput(parsePlumedInput(''), request, { also: ['d'] }), {
    code: 'bad-argument',
  });
});
