import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { columnValues, readTables } from '../../../src/frames/index.js';
import {
  confinementLines,
  confinementOf,
  halfBox,
  reachOf,
  formatReferencePdb,
  NameTable,
  parsePlumedInput,
  runFacts,
  inputUnits,
  type ConfinementRequest,
  type ConfinementShape,
  type Vector,
} from '../../../src/plumed/index.js';
import { findPlumed, hasModule, runDriver } from '../../../src/programs/index.js';
import { wallEnergy, type Confinement } from '../../../src/sampling/index.js';
import { Random } from '../../../src/support/index.js';
import { runFolder } from '../helpers.js';
import { cube, flatRing, placed, ring } from './ring-host.js';

// In PLUMED, on frames in which a rigid host is turned at random and cut by the box: distances are those that the guest was put at.

const plumed = await findPlumed();
const box = cube(5);
const kappa = 3000;

/** Guests at a depth and a distance from the axis (along z), whose two atoms lie 0.1 nm to both sides of their centre. */
function frames(
  host: readonly Vector[],
  inBox: readonly Vector[],
  count: number,
): {
  places: Vector[][];
  at: [number, number][];
} {
  const random = new Random(11);
  const at = Array.from({ length: count }, (): [number, number] => [
    random.uniform(-0.6, 1.7),
    random.uniform(0.001, 0.9),
  ]);
  const places = at.map(([depth, radial]) => {
    const angle = 2 * Math.PI * random.uniform();
    const centre = [radial * Math.cos(angle), radial * Math.sin(angle), depth];
    const guest = [-0.1, 0.1].map((x): Vector => [centre[0] + x, centre[1], centre[2]]);
    return placed([...host, ...guest], inBox, random);
  });
  return { places, at };
}

const requestOf = (shape: ConfinementShape, host: readonly Vector[], inBox = box): ConfinementRequest => ({
  shape,
  pose: {
    host: { serials: host.map((_, i) => i + 1), places: host },
    guest: { serials: [host.length + 1, host.length + 2], places: [] },
    box: inBox,
  },
  ...(shape.kind !== 'sphere' && { axis: { direction: [0, 0, 1], through: [0, 0, 0] } }),
});

async function expectConfined(
  request: ConfinementRequest,
  host: readonly Vector[],
  { length = 1, energy = 1, units = '' } = {},
): Promise<void> {
  const cwd = runFolder();
  const inBox = request.pose.box!;
  const before = parsePlumedInput(units);
  const made = confinementLines(request, { names: new NameTable(before), units: inputUnits(before) });
  const text = [units, ...made.lines, `PRINT ARG=${made.printed.join(',')} FILE=COLVAR FMT=%16.10f`, ''].join(
    '\n',
  );
  const plumedFile = join(cwd, 'plumed.dat');
  writeFileSync(plumedFile, text);
  if (request.reference !== undefined)
    writeFileSync(
      join(cwd, request.reference),
      formatReferencePdb({
        atoms: host.map((_, i) => i + 1),
        weights: host.map(() => 1),
        positions: host.map(
          (x) => x.map((value) => Math.round(value * 1e4) / 1e4) as [number, number, number],
        ),
      }),
    );
  const { places, at } = frames(host, inBox, 200);
  const lines = places.map((frame) =>
    [
      `${frame.length}`,
      inBox.flat().join(' '),
      ...frame.map((x) => `C ${x.map((v) => v.toFixed(9)).join(' ')}`),
    ].join('\n'),
  );
  const trajectory = join(cwd, 'frames.xyz');
  writeFileSync(trajectory, `${lines.join('\n')}\n`);
  await runDriver({ plumed, cwd, plumedFile, trajectory, timestep: 1, extra: ['--length-units', 'nm'] });
  const table = await readTables([join(cwd, 'COLVAR')]);
  // PDB rounds the host to a thousandth of an Å
  const tolerance = request.reference === undefined ? 1e-6 : 2e-4;
  const column = (label: string): Float64Array => Float64Array.from(columnValues(table, label), (x) => x);
  const { confinement } = made;
  const biases = made.labels.map((label) => column(`${label}.bias`));
  let felt = 0;
  at.forEach(([depth, radial], i) => {
    const expected = { distance: Math.hypot(depth, radial), depth, radial };
    for (const [coordinate, label] of Object.entries(columnsOf(confinement))) {
      const value = column(label)[i] * length;
      const wanted = expected[coordinate as keyof typeof expected];
      assert.ok(Math.abs(value - wanted) < tolerance, `${label} ${value} ${wanted}`);
    }
    const bias = biases.reduce((sum, each) => sum + each[i] * energy, 0);
    const exact = wallEnergy(confinement, expected);
    if (exact > 1) felt++;
    assert.ok(Math.abs(bias - exact) < 1e-4 + 1e4 * tolerance * Math.sqrt(exact / 1e3), `${bias} ${exact}`);
  });
  assert.ok(felt > 40, String(felt));
  // the comment says what the statements are, and notes of a run tell it
  assert.deepEqual(confinementOf(parsePlumedInput(text)), confinement);
  assert.deepEqual(runFacts(parsePlumedInput(text)).confinement, confinement);
}

function columnsOf(confinement: Confinement): Record<string, string> {
  const { distance } = confinement;
  if (confinement.kind === 'sphere') return { distance };
  return { distance, depth: confinement.depth, radial: confinement.radial };
}

const sphere: ConfinementShape = { kind: 'sphere', radius: 1, kappa };
const cylinder: ConfinementShape = { kind: 'cylinder', from: -0.3, to: 1.4, radius: 0.4, kappa };
const funnel: ConfinementShape = { ...cylinder, kind: 'funnel', radius: 0.2, neck: 0.5, angle: 0.6 };

test('a sphere', () => expectConfined(requestOf(sphere, ring), ring));

test('a cylinder, also in other units', async () => {
  await expectConfined(requestOf(cylinder, ring), ring);
  const units = 'UNITS LENGTH=A ENERGY=kcal/mol';
  await expectConfined(requestOf(cylinder, ring), ring, { length: 0.1, energy: 4.184, units });
});

test('a cylinder in a truncated octahedron, whose images are farther apart than it is high', async () => {
  const apart = 4;
  const long: ConfinementShape = { ...cylinder, to: 1.6 };
  const octahedron: Vector[] = [
    [apart, 0, 0],
    [apart / 3, apart * Math.sqrt(8 / 9), 0],
    [-apart / 3, apart * Math.sqrt(2 / 9), apart * Math.sqrt(2 / 3)],
  ];
  assert.ok(reachOf(long) + 0.1 > octahedron[2][2] / 2);
  assert.ok(Math.abs(halfBox(octahedron) - apart / 2) < 1e-12);
  await expectConfined(requestOf(long, ring, octahedron), ring);
});

test('a cylinder on a flat host, whose normal is the axis', () => {
  const flat = flatRing.map(([x, y]): Vector => [x, y, 0]);
  return expectConfined(requestOf(cylinder, flat), flat);
});

test('a funnel by centres, and by FUNNEL_PS', async () => {
  await expectConfined(requestOf(funnel, ring), ring);
  if (await hasModule(plumed, 'funnel'))
    await expectConfined({ ...requestOf(funnel, ring), reference: 'host.pdb' }, ring);
});

test('walls that were changed are not what the comment says', () => {
  const { lines } = confinementLines(requestOf(sphere, ring), {
    names: new NameTable(parsePlumedInput('')),
    units: inputUnits(parsePlumedInput('')),
  });
  const input = parsePlumedInput(lines.join('\n').replace('AT=1 ', 'AT=2 '), 'plumed.dat');
  assert.throws(() => confinementOf(input), {
    code: 'plumed-input',
    message: /plumed\.dat:1: expected the statement that this line speaks of, wall_sphere: UPPER_WALLS/,
  });
  assert.equal(runFacts(input).confinement, undefined);
});

test('a confinement that does not fit into the box, and an axis that atoms do not tell, are refused', () => {
  const context = { names: new NameTable(parsePlumedInput('')), units: inputUnits(parsePlumedInput('')) };
  assert.throws(() => confinementLines(requestOf({ ...sphere, radius: 2.45 }, ring), context), {
    code: 'bad-argument',
    message: /half of the periodic box, 2\.5 nm/,
  });
  const tilted = {
    ...requestOf(cylinder, flatRing),
    axis: { direction: [1, 0, 1] as Vector, through: [0, 0, 0] as Vector },
  };
  assert.throws(() => confinementLines(tilted, context), { code: 'bad-argument', message: /they are flat/ });
});
