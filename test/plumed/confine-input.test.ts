import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { columnValues, readTables, type Dataset } from '../../src/frames/index.js';
import {
  confinePlumedInput,
  confinementOf,
  parsePlumedInput,
  runFacts,
  type Vector,
} from '../../src/plumed/index.js';
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

/** What PLUMED prints of one frame, the guest 5 Å up the axis of the ring. */
async function printedBy({ text, colvar }: { text: string; colvar: string }): Promise<Dataset> {
  const cwd = runFolder();
  const [plumedFile, trajectory] = [join(cwd, 'plumed.dat'), join(cwd, 'frames.xyz')];
  writeFileSync(plumedFile, text);
  const places = [...ring, ...guest];
  const frame = [String(places.length), '9 9 9', ...places.map((x) => `X ${x.join(' ')}`), ''].join('\n');
  writeFileSync(trajectory, frame);
  await runDriver({ plumed, cwd, plumedFile, trajectory, timestep: 1, extra: ['--length-units', 'nm'] });
  return readTables([join(cwd, colvar)]);
}

test('an input without a model keeps its lines, confines and prints; PLUMED runs it', async () => {
  const input = parsePlumedInput('d: DISTANCE ATOMS=1,17\nPRINT ARG=d FILE=COLVAR\n');
  const made = confinePlumedInput(input, request, { stride: 1, also: ['d'] });
  assert.ok(made.text.startsWith(input.text));
  assert.equal(made.colvar, 'COLVAR_confined');
  assert.deepEqual(made.columns, ['d', 'distance', 'wall_sphere.bias']);
  assert.deepEqual(confinementOf(parsePlumedInput(made.text)), made.confinement);
  const table = await printedBy(made);
  const value = (label: string): number => columnValues(table, label).at(0)!;
  assert.ok(Math.abs(value('distance') - 0.5) < 1e-6, String(value('distance')));
  assert.ok(Math.abs(value('wall_sphere.bias') - 2000 * 0.1 ** 2) < 1e-3);
});

test('a lower wall pushes the guest out, as PLUMED has it; such a run notes no confinement', async () => {
  const axial = {
    ...request,
    shape: { kind: 'cylinder', from: -0.4, to: 2, radius: 0.5, kappa: 2000 } as const,
  };
  const along = { ...axial, axis: { direction: [0, 0, 1], through: [0, 0, 0] } as const };
  const input = parsePlumedInput('UNITS LENGTH=A ENERGY=kcal/mol\nd: DISTANCE ATOMS=1,17\n');
  const walls = [
    { argument: 'depth', side: '>', at: 9, kappa: 2 },
    { argument: 'd', side: '<', at: 30, kappa: 5 },
  ] as const;
  const made = confinePlumedInput(input, along, { stride: 1 }, walls);
  // κ is told in kJ/mol
  assert.match(
    made.text,
    /\nuwall: UPPER_WALLS ARG=d AT=30 KAPPA=1\.19\d+\nlwall: LOWER_WALLS ARG=depth AT=9 KAPPA=0\.478\d+\n/,
  );
  assert.deepEqual(made.columns.slice(-4), ['wall_side.bias', 'd', 'uwall.bias', 'lwall.bias']);
  assert.match(
    made.notes.join(),
    /the wall on depth leaves another volume than the cylinder: .* no ΔG° of binding/,
  );
  // κ (x − a)² of a guest 5 Å up the axis
  const table = await printedBy(made);
  const [depth, energy] = ['depth', 'lwall.bias'].map((label) => columnValues(table, label).at(0)!);
  assert.ok(Math.abs(depth - 5) < 1e-5, String(depth));
  assert.ok(Math.abs(energy - (2 / 4.184) * 4 ** 2) < 1e-4, String(energy));

  // its volume is another one
  const confined = confinePlumedInput(input, along);
  assert.equal(runFacts(parsePlumedInput(confined.text)).confinement?.kind, 'cylinder');
  assert.equal(runFacts(parsePlumedInput(made.text)).confinement, undefined);
  const beside = confinePlumedInput(input, along, {}, [walls[1]]);
  assert.equal(runFacts(parsePlumedInput(beside.text)).confinement?.kind, 'cylinder');
  assert.deepEqual(beside.notes, confined.notes);
  for (const [wall, message] of [
    [
      { argument: 'dept', side: '>', at: 1, kappa: 1 },
      /a label of the input or a column of the confinement but received dept/,
    ],
    [{ argument: 'depth', side: '>', at: 1 }, /a wall with kappa=… \(kJ\/mol per unit of depth squared\)/],
  ] as const)
    assert.throws(() => confinePlumedInput(input, along, {}, [wall]), { code: 'bad-argument', message });
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
