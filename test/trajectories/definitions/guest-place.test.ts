import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSystem } from '../../../src/campaign/index.js';
import { descriptorLabels } from '../../../src/descriptors/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import {
  automaticDefinition,
  parseDefinition,
  readStructure,
  readTrajectory,
} from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

// Where a guest is, as it is chosen where nothing is named: α-cyclodextrin's six glucoses and cyclobutanol, and parts of them.

const folder = temporaryFolder('guest-place');
const fixture = join(packageRoot(), 'test', 'fixtures', 'host-guest', 'acd-cbu.gro');

type Vector = [number, number, number];
interface Atom {
  residue: number;
  molecule: string;
  name: string;
  place: Vector;
}

const lines = readFileSync(fixture, 'utf8').trimEnd().split('\n').slice(2);
lines.pop();
const atoms = lines.map((line): Atom => ({
  residue: Number(line.slice(0, 5)),
  molecule: line.slice(5, 10).trim(),
  name: line.slice(10, 15).trim(),
  place: [20, 28, 36].map((at) => Number(line.slice(at, at + 8))) as Vector,
}));
const isHeavy = ({ name }: Atom): boolean => !name.startsWith('H');

function write(name: string, list: readonly Atom[], edges: readonly number[] = [6, 6, 6]): string {
  const path = join(folder, name);
  const rows = list.map(
    ({ residue, molecule, name: own, place }, i) =>
      `${String(residue).padStart(5)}${molecule.padEnd(5)}${own.padStart(5)}${String(i + 1).padStart(5)}` +
      place.map((x) => x.toFixed(3).padStart(8)).join(''),
  );
  writeFileSync(path, ['host and guest', String(list.length), ...rows, edges.join(' '), ''].join('\n'));
  return path;
}

/** What is chosen in a structure, by label, in the first of the frames of a file. */
async function valuesOf(structure: string, frames = structure): Promise<Map<string, number>> {
  const { expanded, atoms: count } = await describeSystem({ files: [frames], structure });
  const { data } = await readTrajectory([frames], { set: expanded.set, atoms: count });
  return new Map(descriptorLabels(expanded.set).map((label, i) => [label, data[i]]));
}

const statementsOf = async (path: string, ...named: string[]): Promise<string[]> => {
  const { groups } = named.length > 0 ? parseDefinition(named) : { groups: [] };
  const { definition } = automaticDefinition(await readStructure(path), groups);
  return definition.statements.map(({ text }) => text);
};

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const scaled = (a: Vector, t: number): Vector => [t * a[0], t * a[1], t * a[2]];
const unit = (a: Vector): Vector => scaled(a, 1 / Math.hypot(...a));
const centreOf = (list: readonly Atom[]): Vector =>
  [0, 1, 2].map((k) => list.reduce((sum, { place }) => sum + place[k], 0) / list.length) as Vector;
const near = (value: number | undefined, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(value! - expected) <= tolerance, `${what}: ${value}, not ${expected}`);

// all of it in the middle of a box of 6 nm
const middle = centreOf(atoms);
const placed = atoms.map((atom) => ({ ...atom, place: minus(atom.place, minus(middle, [3, 3, 3])) }));
const ofGuest = ({ molecule }: Atom): boolean => molecule === 'CBU';
const ofHost = ({ molecule }: Atom): boolean => molecule === 'MGO';
const dry = placed.filter((atom) => ofHost(atom) || ofGuest(atom));

/** Moved along, turned, and put into the box atom by atom. */
function moved(list: readonly Atom[], by: Vector, turn: (x: Vector) => Vector = (x) => x): Atom[] {
  return list.map((atom) => {
    const turned = turn(minus(atom.place, [3, 3, 3]));
    return { ...atom, place: turned.map((x, k) => (((x + 3 + by[k]) % 6) + 6) % 6) as Vector };
  });
}
/** By 1 rad about x, then by 2 about z. */
const turn = ([x, y, z]: Vector): Vector => {
  const [v, w] = [y * Math.cos(1) - z * Math.sin(1), y * Math.sin(1) + z * Math.cos(1)];
  return [x * Math.cos(2) - v * Math.sin(2), x * Math.sin(2) + v * Math.cos(2), w];
};

test('of a ring: depth and radius of the guest along its axis, and which of its ends lies deeper', async () => {
  const path = write('ring.gro', dry);
  const { expanded, reason } = await describeSystem({ files: [path], expectAtoms: true });
  assert.match(
    reason,
    /; the guest's centre and its ends along the axis of the host's ring \(from low to high\);/,
  );
  assert.match(reason, /host = …; guest = …; low = …; high = …$/);
  const faces = ['low', 'high'].map(
    (name) => expanded.groups.find((group) => group.name === name)!.selection,
  );
  assert.deepEqual(faces, ['centre (host and name C2 C3)', 'centre (host and name C5 O5)']);
  const guest = centreOf(dry.filter((atom) => ofGuest(atom) && isHeavy(atom)));
  const [low, high] = [
    ['C2', 'C3'],
    ['C5', 'O5'],
  ].map((names) => centreOf(dry.filter((atom) => ofHost(atom) && names.includes(atom.name))));
  const axis = unit(minus(high, low));
  // the normal of the ring of the glycosidic oxygens
  const oxygens = dry.filter((atom) => ofHost(atom) && atom.name === 'O1').map(({ place }) => place);
  const own = centreOf(oxygens.map((place) => ({ ...dry[0], place })));
  const normal = unit(
    oxygens.reduce<Vector>(
      (sum, place, i) => {
        const next = cross(minus(place, own), minus(oxygens[(i + 1) % 6], own));
        return minus(sum, scaled(next, -1));
      },
      [0, 0, 0],
    ),
  );
  assert.ok(Math.abs(dot(axis, normal)) > Math.cos((10 * Math.PI) / 180), `${dot(axis, normal)}`);
  const away = minus(guest, low);
  const depth = dot(away, axis);
  const expected = [depth, Math.hypot(...minus(away, scaled(axis, depth)))];
  for (const [name, by] of [
    ['whole.gro', [0, 0, 0]],
    ['cut.gro', [2.9, -3.1, 0.4]],
  ] as const) {
    const values = [...(await valuesOf(path, write(name, moved(dry, [...by]))))];
    const found = ['depth_centre_', 'radius_centre_'].map(
      (start) => values.find(([key]) => key.startsWith(start))![1],
    );
    found.forEach((value, i) => near(value, expected[i], 2e-3, name));
    // ends: O1 and the carbon across the ring
    assert.equal(values.filter(([key]) => /^depth_(127|138)_by_/.test(key)).length, 2);
  }
});

test('its faces are named alike whichever way it lies', async () => {
  for (const by of [(x: Vector): Vector => x, turn, ([x, y, z]: Vector): Vector => [x, -y, -z]]) {
    const path = write('turned.gro', moved(dry, [0, 0, 0], by));
    const { definition } = automaticDefinition(await readStructure(path));
    assert.deepEqual(
      definition.groups.slice(2).map(([, text]) => text),
      ['centre (host and name C2 C3)', 'centre (host and name C5 O5)'],
    );
  }
});

// two thirds of the ring, as one residue: open, and nothing to go through
let count = 0;
const open = placed
  .filter((atom) => !ofHost(atom) || atom.residue <= 4)
  .map((atom) =>
    ofHost(atom) ? { ...atom, residue: 1, molecule: 'HST', name: `${atom.name[0]}${++count}` } : atom,
  );

test('of another host: x, y, z of the centre and directions of two axes in its frame, and water in the pocket', async () => {
  const path = write('open.gro', open);
  const { expanded, reason } = await describeSystem({ files: [path], expectAtoms: true });
  assert.match(reason, /; the guest's centre and axes in the frame of \d+ atoms of the host; others by/);
  assert.deepEqual(
    (await statementsOf(path)).slice(-4).map((text) => text.replaceAll(path, 'FILE')),
    [
      'positions (centre (guest and heavy)) aligned "FILE" on frame',
      'direction (guest and name C1) (guest and name O1) aligned "FILE" on frame',
      'direction (guest and name C2) (guest and name C4) aligned "FILE" on frame',
      'coordination pocket (water and element O) r0=0.45 dmax=0.8',
    ],
  );
  const frame = expanded.groups.find(({ name }) => name === 'frame')!;
  // rings and what joins them: neither hydroxyls nor what carries them
  assert.equal(frame.atoms, 4 * 6 + 3);
  const guest = open.filter((atom) => ofGuest(atom) && isHeavy(atom));
  const at = (name: string): Vector => guest.find((atom) => atom.name === name)!.place;
  const expected = [
    ...centreOf(guest),
    ...unit(minus(at('O1'), at('C1'))),
    ...unit(minus(at('C4'), at('C2'))),
  ];
  const placesIn = async (frames: string, structure = path): Promise<number[]> =>
    [...(await valuesOf(structure, frames))]
      .filter(([key]) => /^(al|dir)_/.test(key))
      .map(([, value]) => value);
  // in the structure itself, and turned and cut by the box
  for (const [name, by, turned] of [
    ['as-is.gro', [0, 0, 0], (x: Vector) => x],
    ['elsewhere.gro', [2.8, 3.1, -2.7], turn],
  ] as const) {
    const values = await placesIn(write(name, moved(open, [...by], turned)));
    assert.equal(values.length, 9);
    values.forEach((value, i) => near(value, expected[i], 1e-2, `${name} ${i}`));
  }
  // a structure that the box cuts carries the same frame, moved as a whole
  const cut = write('cut-open.gro', moved(open, [2.8, 3.1, -2.7]));
  const values = await placesIn(path, cut);
  values.slice(3).forEach((value, i) => near(value, expected[3 + i], 1e-2, `cut ${i}`));
  const moves = values.slice(0, 3).map((value, k) => value - expected[k] - [2.8, 3.1, -2.7][k]);
  for (const move of moves) near(Math.abs(move - 6 * Math.round(move / 6)), 0, 1e-2, 'moved by whole boxes');
  const water = [...(await valuesOf(path))].at(-1)!;
  const [pocketLabel] = descriptorLabels(expanded.set).slice(-1);
  assert.equal(water[0], pocketLabel);
  const switched = open
    .filter(({ molecule, name }) => molecule === 'WAT' && name.startsWith('O'))
    .map(({ place }) => Math.hypot(...minus(place, centreOf(guest))))
    .filter((r) => r < 0.8)
    .map((r) => {
      const s = (x: number): number => (1 - x ** 6) / (1 - x ** 12);
      return (s(r / 0.45) - s(0.8 / 0.45)) / (1 - s(0.8 / 0.45));
    })
    .reduce((sum, s) => sum + s, 0);
  assert.ok(switched > 0.05);
  near(water[1], switched, 2e-2, 'water in the pocket');
});

test('which molecule is host and which guest may be said where there are three', async () => {
  const away = dry
    .filter(ofGuest)
    .map((atom) => ({ ...atom, residue: 8, place: minus(atom.place, [1.5, 0, 0]) }));
  const path = write('three.gro', [...dry, ...away]);
  const structure = await readStructure(path);
  assert.throws(() => automaticDefinition(structure), { hint: /host = …; guest = …/ });
  const texts = await statementsOf(path, 'host = resname MGO', 'guest = resid 8');
  assert.ok(texts.includes('depth (centre (guest and heavy)) low high'), texts.join('\n'));
  const definition = parseDefinition(['host = resname MGO', 'guest = resid 8']);
  const { expanded } = await describeSystem({ files: [path], definition, expectAtoms: true });
  const [depth] = expanded.expansions.find(({ statement }) => statement.startsWith('depth'))!.descriptors;
  assert.equal(depth.kind, 'depth');
  assert.deepEqual(expanded.points.at(-depth.atoms[0] - 1)?.kind, 'centre');
  const serials = expanded.points.at(-depth.atoms[0] - 1) as { atoms: number[] };
  assert.ok(serials.atoms.every((serial) => serial > dry.length));
});
