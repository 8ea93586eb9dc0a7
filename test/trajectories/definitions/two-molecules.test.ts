import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSystem } from '../../../src/campaign/index.js';
import { descriptorKinds } from '../../../src/descriptors/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import { automaticDefinition, parseDefinition, readStructure } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('two-molecules');
const bases = join(packageRoot(), 'examples', 'nucleobases', 'bases.gro');
const hostAndGuest = join(packageRoot(), 'test', 'fixtures', 'host-guest', 'acd-cbu.gro');

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, [...lines, ''].join('\n'));
  return path;
}

/** Lines of the atoms of a GRO file that are kept, numbered anew. */
function part(path: string, keep: (line: string) => boolean): string[] {
  const [title, , ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const atoms = lines.slice(0, -1).filter(keep);
  const numbered = atoms.map((line, i) => line.slice(0, 15) + String(i + 1).padStart(5) + line.slice(20));
  return [title, String(atoms.length), ...numbered, lines.at(-1)!];
}

const kindsOf = (items: readonly { kind: keyof typeof descriptorKinds }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

test('two stiff small molecules: every contact between their heavy atoms, and nothing within them', async () => {
  const { expanded, reason } = await describeSystem({ files: [bases], expectAtoms: true });
  assert.equal(reason, 'two small molecules: resname MAD; resname MUR');
  const { items, atoms } = expanded.set;
  assert.deepEqual(kindsOf(items), { contact: 11 * 9 });
  // hydrogens come last in each
  assert.deepEqual(
    [...atoms].sort((a, b) => a - b),
    [...Array.from({ length: 11 }, (_, i) => i + 1), ...Array.from({ length: 9 }, (_, i) => i + 19)],
  );
});

test('a host of equal residues and its guest: counted together, which way the guest points, its torsions, water', async () => {
  const { expanded, reason } = await describeSystem({ files: [hostAndGuest], expectAtoms: true });
  assert.match(reason, /^a host \(resname MGO\), whose residues are alike .* guest \(resname CBU\)/);
  const { set, groups, expansions } = expanded;
  assert.deepEqual(
    groups.map(({ name, atoms }) => [name, atoms]),
    [
      ['host', 126],
      ['guest', 13],
      ['low', 12],
      ['high', 12],
    ],
  );
  // 11 heavy atoms in each glucose, around the guest and around its oxygen; then water around that and in the host
  assert.deepEqual(kindsOf(set.items), { coordination: 11 + 11 + 2, torsion: 6, depth: 3, radius: 1 });
  const [first] = expansions[0].descriptors;
  assert.ok(first.kind === 'coordination');
  assert.equal(first.atoms.length, 5);
  assert.equal(first.partners?.length, 6);
  const last = expansions.find(({ statement }) => statement.includes('water'))!.descriptors[0];
  assert.ok(last.kind === 'coordination');
  assert.equal(set.names?.[set.atoms.indexOf(last.atoms[0])], 'CBU 7 O1');
  assert.equal(last.partners?.length, 12);
});

test('without water there is none; groups of one’s own take the place of host and guest', async () => {
  const dry = write(
    'dry.gro',
    part(hostAndGuest, (line) => !line.includes('WAT')),
  );
  const whole = await describeSystem({ files: [dry], expectAtoms: true });
  assert.deepEqual(kindsOf(whole.expanded.set.items), { coordination: 22, torsion: 6, depth: 3, radius: 1 });
  const definition = parseDefinition(['host = resid 1-3']);
  const { expanded } = await describeSystem({ files: [dry], definition, expectAtoms: true });
  // half of the ring is none
  assert.deepEqual(kindsOf(expanded.set.items), { coordination: 22, torsion: 6, distance: 1 });
  const [{ descriptors }] = expanded.expansions;
  assert.ok(descriptors[0].kind === 'coordination');
  assert.equal(descriptors[0].partners?.length, 3);
});

test('a host of one residue and its guest: contacts that ever come near', async () => {
  // as if it were one residue, its atoms numbered through
  let serial = 0;
  const lines = part(hostAndGuest, (line) => !line.includes('WAT')).map((line) =>
    line.slice(5, 8) === 'MGO'
      ? `    1HST  ${`${line.slice(10, 15).trim()[0]}${++serial}`.padStart(5)}${line.slice(15)}`
      : line,
  );
  const path = write('one.gro', lines);
  const { reason } = automaticDefinition(await readStructure(path));
  assert.match(reason, /^a host \(resname HST\) and its guest \(resname CBU\)/);
  const { expanded } = await describeSystem({ files: [path], expectAtoms: true });
  const counts = kindsOf(expanded.set.items);
  // the guest lies in the cavity: most of 66 × 5 are within 1.2 nm, and that is told
  assert.ok(counts.contact > 200 && counts.contact <= 330, `${counts.contact}`);
  assert.match(expanded.notes.join('\n'), /pairs within 1\.2 nm in .*; where trajectories are read/);
});

test('three molecules are not chosen for, and the message says so', async () => {
  const lines = part(hostAndGuest, (line) => !line.includes('WAT'));
  const guest = lines.filter((line) => line.slice(5, 8) === 'CBU');
  const away = guest.map((line) => `    8${line.slice(5, 20)}   0.100${line.slice(28)}`);
  const all = [...lines.slice(2, -1), ...away];
  const path = write('three.gro', ['three', String(all.length), ...all, lines.at(-1)!]);
  const structure = await readStructure(path);
  assert.throws(() => automaticDefinition(structure), /two molecules or a protein .* 76 heavy atoms/);
});

test('pairs that are ever near are those of the frames, whichever of them it is', async () => {
  const [, count, ...lines] = readFileSync(bases, 'utf8').trimEnd().split('\n');
  const box = lines.at(-1)!;
  // uracil goes away, and comes near once, far from the first frame
  const heights = Array.from({ length: 40 }, (_, frame) => (frame === 33 ? 0.35 : 0.7 + 0.04 * frame));
  const frames = heights.map((height) => {
    const moved = lines.slice(0, -1).map((line) => {
      const z = Number(line.slice(36, 44)) + (line.slice(5, 8) === 'MUR' ? height - 0.7 : 0);
      return line.slice(0, 36) + z.toFixed(3).padStart(8) + line.slice(44);
    });
    return [count, ...moved, box];
  });
  const trajectory = write(
    'moving.gro',
    frames.flatMap((frame, i) => [`bases t= ${i}.0`, ...frame]),
  );
  const definition = parseDefinition([
    'contacts (resname MAD and heavy) (resname MUR and heavy) ever 0.5 r0=0.45',
  ]);
  const { expanded } = await describeSystem({ files: [trajectory], structure: bases, definition });
  const positions = frames[33]
    .slice(1, -1)
    .map((line) => [0, 1, 2].map((k) => Number(line.slice(20 + 8 * k, 28 + 8 * k))));
  const distance = (i: number, j: number): number =>
    Math.hypot(...positions[i].map((x, k) => x - positions[j][k]));
  const expected: number[][] = [];
  for (let i = 0; i < 11; i++)
    for (let j = 18; j < 27; j++) if (distance(i, j) < 0.5) expected.push([i + 1, j + 1]);
  assert.ok(expected.length > 5 && expected.length < 90, `${expected.length}`);
  assert.deepEqual(
    expanded.expansions[0].descriptors.map(({ atoms }) => atoms),
    expected,
  );
  assert.deepEqual(expanded.notes, []);
  const far = parseDefinition(['distances (resname MAD and heavy) (resname MUR and heavy) ever 0.1']);
  await assert.rejects(
    describeSystem({ files: [trajectory], structure: bases, definition: far }),
    /found none of 99 pairs within 0\.1 nm in the frames in "distances/,
  );
  const sum = parseDefinition(['coordination (resname MAD) (resname MUR) r0=0.45 ever 0.5']);
  await assert.rejects(describeSystem({ files: [bases], definition: sum, expectAtoms: true }), {
    code: 'bad-argument',
    message: /ever with distances/,
  });
});

test('a protein and its ligand: contacts that come near, the ligand’s torsions, water around its polar atoms', async () => {
  const guest = part(hostAndGuest, (line) => /CBU|WAT/.test(line)).slice(2, -1);
  // six residues in a stretched chain, a nanometre to the side
  const chain = Array.from({ length: 6 }, (_, i) =>
    Object.entries({ N: [0, 0], CA: [0.12, 0.08], C: [0.248, 0.01], O: [0.25, -0.12], CB: [0.12, 0.22] }).map(
      ([name, [x, y]]) =>
        `${String(i + 1).padStart(5)}ALA  ${name.padStart(5)}    1` +
        [0.8 + 0.38 * i + x, 0.9 + 0.2 * (i % 2) + y, 1.7].map((c) => c.toFixed(3).padStart(8)).join(''),
    ),
  ).flat();
  const lines = [
    ...chain,
    ...guest.map((line) => `${String(Number(line.slice(0, 5)) + 100).padStart(5)}${line.slice(5)}`),
  ];
  const path = write('bound.gro', ['bound', String(lines.length), ...lines, '4 4 4']);
  const structure = await readStructure(path);
  const { reason, definition } = automaticDefinition(structure);
  assert.match(
    reason,
    /^a protein with a ligand; the guest's centre and axes in the frame of 6 atoms of the host$/,
  );
  assert.deepEqual(
    definition.statements.slice(1).map(({ text }) => text.replaceAll(path, 'FILE')),
    [
      'contacts (name CA and protein) separation 4 cutoff 1.2 r0=0.8',
      'contacts (ligand and heavy) (protein and heavy) cutoff 2 ever 0.6 r0=0.45',
      'torsions (ligand and heavy)',
      'coordination (ligand and name O1) (water and element O) r0=0.35 dmax=0.8',
      'positions (centre (ligand and heavy)) aligned "FILE" on frame',
      'direction (ligand and name C1) (ligand and name O1) aligned "FILE" on frame',
      'direction (ligand and name C2) (ligand and name C4) aligned "FILE" on frame',
      'coordination pocket (water and element O) r0=0.45 dmax=0.8',
    ],
  );
  const { set } = (
    await describeSystem({
      files: [path],
      definition: { ...definition, statements: definition.statements.slice(2) },
      expectAtoms: true,
    })
  ).expanded;
  const counts = kindsOf(set.items);
  assert.ok(counts.contact > 0 && counts.contact <= 5 * 30, `${counts.contact}`);
  assert.deepEqual([counts.torsion, counts.coordination, counts['aligned-x']], [6, 2, 1]);
});
