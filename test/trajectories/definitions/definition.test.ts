import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorKey, descriptorsBySerial } from '../../../src/descriptors/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import {
  automaticDefinition,
  expandDefinition,
  parseDefinition,
  readDefinitionFile,
  readStructure,
  renumbered,
  selectAtoms,
  type ExpandedDefinition,
} from '../../../src/trajectories/index.js';
import { atomNames } from '../../../src/trajectories/structure/atom-names.js';
import { randomBelow } from '../../fuzz/mutator.js';
import { alanine } from '../fixtures.js';

const structure = await readStructure(alanine);
const serials = (selection: string): number[] => Array.from(selectAtoms(structure, selection), (i) => i + 1);
const expand = async (text: string): Promise<ExpandedDefinition> =>
  expandDefinition(parseDefinition([text]), structure);

const heavy = [1, 5, 6, 7, 9, 11, 15, 16, 17, 19];

test('short forms, groups, ranges and names select the atoms that a reader of the GRO file would', () => {
  const cases: [string, number[]][] = [
    ['heavy', heavy],
    ['backbone', [5, 6, 7, 9, 15, 16, 17]],
    ['name CA', [9]],
    ['CA', [9]],
    ['name C N', [5, 7, 15, 17]],
    ['resid 1-2 and heavy', [1, 5, 6, 7, 9, 11, 15, 16]],
    ['ALA and not hydrogen', [7, 9, 11, 15, 16]],
    ['serial 1-3', [1, 2, 3]],
    ['serial == 4', [4]],
    ['index 0 2-4', [1, 3, 4, 5]],
    ['element N O', [6, 7, 16, 17]],
  ];
  for (const [selection, expected] of cases) assert.deepEqual(serials(selection), expected, selection);
});

test('what no selection means is refused with what it may have been', () => {
  for (const bad of ['heavi', 'resid x', 'name', 'heavy and and', 'name XX', 'pairs: all'])
    assert.throws(() => selectAtoms(structure, bad), { code: 'bad-argument' }, bad);
});

test('an XTC file tells no names: short forms and the automatic choice ask for a structure', async () => {
  const nameless = await readStructure(join(packageRoot(), 'examples', 'peptide', 'hot-1.xtc'));
  const refused = {
    code: 'bad-argument',
    message: /expected names of atoms .* tells none/,
    hint: /‘structure’/,
  };
  assert.throws(() => selectAtoms(nameless, 'heavy'), refused);
  assert.throws(() => automaticDefinition(nameless), refused);
  assert.equal(selectAtoms(nameless, 'all').length, 32);
  assert.equal(selectAtoms(nameless, 'index 3-5').length, 3);
});

test('statements mean as many descriptors as the chemistry says', async () => {
  // 10 heavy atoms: 45 pairs, 9 bonds without rings: 11 angles and 10 torsions along them, counted by hand
  const cases: [string, number][] = [
    ['distances heavy', 45],
    ['distances (resid 1 and heavy) (resid 3)', 18],
    ['torsions backbone', 2],
    ['torsions phi psi omega chi1', 4],
    ['torsions heavy', 10],
    ['angles heavy', 11],
    ['coordination heavy r0=0.3', 1],
    ['sorted-distances heavy', 45],
    ['distances heavy; distances heavy', 45],
    [`positions heavy aligned ${alanine}`, 30],
    [`rmsd heavy aligned ${alanine}`, 1],
    ['gyration heavy', 1],
    // two N–H with O, O and the other N
    ['hydrogen-bonds all', 6],
    ['hydrogen-bonds (name N) (name O)', 4],
    ['hydrogen-bonds all summed', 1],
  ];
  for (const [text, count] of cases) assert.equal((await expand(text)).set.items.length, count, text);
});

test('radii of gyration weigh atoms alike, or by their masses', async () => {
  assert.deepEqual((await expand('gyration (name CA CB)')).set.items, [{ kind: 'gyration', atoms: [0, 1] }]);
  assert.deepEqual((await expand('gyration (name CA HA O and resid 2) by mass')).set.items, [
    { kind: 'gyration', atoms: [0, 1, 2], weights: [12.011, 1.008, 15.999] },
  ]);
  assert.match((await expand('gyration heavy by mass')).notes.join(), /by mass: .* tells no masses/);
});

test('hydrogens come from the bonds of the structure, and every donor misses itself as an acceptor', async () => {
  const { set } = await expand('hydrogen-bonds (resid 3) (resid 1)');
  const [bond] = set.items;
  assert.ok(bond.kind === 'hydrogen-bonds');
  const told = [bond.atoms, bond.hydrogens, bond.acceptors].map((group) => group.map((i) => set.atoms[i]));
  assert.deepEqual(told, [
    serials('resid 3 and name N'),
    serials('resid 3 and name H'),
    serials('resid 1 and name O'),
  ]);
  assert.deepEqual(bond.switching, { form: 'rational', r0: 0.25, d0: 0, nn: 6, mm: 12 });
  const summed = (await expand('hydrogen-bonds all summed r0=0.2')).set.items[0];
  assert.ok(summed.kind === 'hydrogen-bonds' && summed.switching.form === 'rational');
  assert.deepEqual([summed.hydrogens.length, summed.acceptors.length, summed.switching.r0], [2, 4, 0.2]);
  await assert.rejects(expand('hydrogen-bonds (name CA) all'), {
    code: 'bad-argument',
    message: /expected a donor \(N, O, F or S with a hydrogen\) but found none/,
  });
});

test('distances to equivalent groups are the same whichever is which', async () => {
  // the hydrogens of two methyl groups, as if they were arms
  const arms = ['(name HH31 HH32 and resid 1)', '(name HB1 HB2)', '(name HH31 HH32 and resid 3)'];
  const text = (order: number[]): string =>
    `equivalent-distances (name CA O) ${order.map((i) => arms[i]).join(' ')}`;
  const plain = (await expand(text([0, 1, 2]))).set;
  // three atoms, two places, three arms
  assert.equal(plain.items.length, 18);
  assert.ok(plain.items.every(({ kind }) => kind === 'sorted-distance'));
  const keys = async (order: number[]): Promise<string[]> =>
    descriptorsBySerial((await expand(text(order))).set).map(descriptorKey);
  assert.deepEqual(await keys([2, 0, 1]), descriptorsBySerial(plain).map(descriptorKey));
});

test('groups that are not equivalent are refused', async () => {
  const refused = async (groups: string, message: RegExp): Promise<void> =>
    assert.rejects(expand(`equivalent-distances ${groups}`), { code: 'bad-argument', message });
  await refused('(name CA) (name CB)', /expected 3 to 64 groups of atoms but received 2/);
  await refused(
    '(name CA) (name O) (name N)',
    /the same elements in their order but atoms \d+ and \d+ differ/,
  );
  await refused('(name CA) (name CB HB1) (name CB)', /of as many atoms but the first has 2 and the 2. has 1/);
  await refused('(name CA) (name CB) (name CA)', /without atoms in common/);
});

test('an RMSD is of a group onto itself, or of a guest in the frame of its host', async () => {
  const own = (await expand(`rmsd (resid 1 and heavy) aligned ${alanine}`)).set;
  assert.deepEqual(own.items, [{ kind: 'rmsd', atoms: [0, 1, 2], reference: 0 }]);
  assert.deepEqual(own.references![0].weights, [1, 1, 1]);
  const { set } = await expand(`rmsd (resid 3 and heavy) aligned ${alanine} on (resid 2 and heavy)`);
  const [host, guest] = [serials('resid 2 and heavy'), serials('resid 3 and heavy')];
  assert.deepEqual(
    (set.items[0].atoms as number[]).map((i) => set.atoms[i]),
    guest,
  );
  const [reference] = set.references!;
  assert.deepEqual(
    reference.atoms.map((i) => set.atoms[i]),
    [...host, ...guest],
  );
  assert.deepEqual(reference.weights, [...host.map(() => 1), ...guest.map(() => 0)]);
  const { positions } = structure.places();
  assert.deepEqual(
    reference.positions[0],
    [0, 1, 2].map((axis) => positions[3 * (host[0] - 1) + axis]),
  );
});

test('an RMSD with equivalent atoms is the least over the poses in which they are exchanged', async () => {
  const methyl = '(resid 1 and name HH31) (resid 1 and name HH32) (resid 1 and name HH33)';
  const of = async (clauses: string): Promise<ExpandedDefinition['set']> =>
    (await expand(`rmsd (resid 1 2) aligned ${alanine} ${clauses}`)).set;
  const least = async (clauses: string): Promise<[number, number]> => {
    const [item] = (await of(clauses)).items;
    assert.ok(item.kind === 'least-rmsd');
    return [item.references.length, item.beta];
  };
  assert.deepEqual(await least(`permuted ${methyl}`), [6, 100]);
  assert.deepEqual(await least(`cyclic ${methyl} beta=20`), [3, 20]);
  const other = 'permuted (name HB1) (name HB2)';
  assert.deepEqual(await least(`cyclic ${methyl} ${other}`), [6, 100]);
  // a way that is there already is none more
  assert.deepEqual(await least(`${other} ${other}`), [2, 100]);

  const { atoms, references } = await of(other);
  const { positions } = structure.places();
  const place = (serial: number): number[] => [0, 1, 2].map((axis) => positions[3 * (serial - 1) + axis]);
  const [first, second] = [serials('name HB1')[0], serials('name HB2')[0]];
  const swapped = new Map([
    [first, second],
    [second, first],
  ]);
  assert.equal(references?.length, 2);
  references.forEach((reference, n) =>
    reference.atoms.forEach((atom, i) => {
      const wanted = n === 0 ? atoms[atom] : (swapped.get(atoms[atom]) ?? atoms[atom]);
      // made whole across the box, a place may differ in its last digit
      const off = Math.max(...place(wanted).map((x, axis) => Math.abs(x - reference.positions[i][axis])));
      assert.ok(off < 1e-12, `atom ${atoms[atom]} of reference ${n}`);
    }),
  );
  // in the order in which they are written, and not that of the structure
  const set = await of('permuted ((resid 1 and name HH31) (name HB1)) ((name HB2) (resid 1 and name HH33))');
  const [, exchanged] = set.references!;
  const of31 = exchanged.atoms.findIndex((atom) => set.atoms[atom] === serials('resid 1 and name HH31')[0]);
  assert.deepEqual(exchanged.positions[of31], place(second));
});

test('arms of a host may be turned around, in the frame that they carry', async () => {
  const { set } = await expand(
    `rmsd (resid 3 and heavy) aligned ${alanine} on (resid 1) cyclic (resid 1 and name HH31) (resid 1 and name HH32) (resid 1 and name HH33)`,
  );
  assert.deepEqual(
    set.references!.map(({ weights }) => weights.filter((weight) => weight > 0).length),
    [6, 6, 6],
  );
  assert.equal(set.items[0].atoms.length, serials('resid 3 and heavy').length);
});

test('atoms that are not equivalent are not exchanged', async () => {
  const refused = async (clauses: string, message: RegExp): Promise<void> =>
    assert.rejects(expand(`rmsd (resid 1 2) aligned ${alanine} ${clauses}`), {
      code: 'bad-argument',
      message,
    });
  await refused('permuted (name HB1)', /expected two groups or more after permuted but received 1/);
  await refused('permuted (name HB1) (name CB)', /same elements in their order but atoms \d+ and \d+ differ/);
  await refused('permuted (name HB1 HB2) (name HB2 HB3)', /without atoms in common/);
  await refused('cyclic (name HB1 HB2) (name HB3)', /of as many atoms/);
  await refused('permuted (name HB1) hb', /expected a group of atoms after what is exchanged/);
  await refused(
    'permuted (name HB1) (resid 3 and name HH31)',
    /expected atoms of the pose to be exchanged but atom \d+ is none of its group or host/,
  );
  await refused('permuted (name HB1) (name HB2) beta=0', /expected beta above 0/);
  await refused(
    'permuted (name HB1) (name HB2) (name HB3) (name HA) (resid 1 and name HH31) (resid 1 and name HH32)',
    /at most 120 ways to exchange atoms but 6 groups have more orders/,
  );
  await refused(
    'on (resid 1) permuted (name HB1) (resid 1 and name HH31)',
    /expected atoms of the host to be exchanged among themselves/,
  );
});

test('an RMSD without a pose, and a host that is no group, are refused', async () => {
  await assert.rejects(expand('rmsd heavy'), { code: 'bad-argument', message: /expected "aligned FILE"/ });
  await assert.rejects(expand(`rmsd heavy aligned ${alanine} on hevy`), {
    code: 'bad-argument',
    message: /expected a group of atoms after on but received "hevy"/,
  });
});

test('phi and psi are those of the literature: C N CA C and N CA C N', async () => {
  const { set } = await expand('torsions backbone');
  assert.deepEqual(
    set.items.map(({ atoms }) => atoms.map((i) => set.atoms[i])),
    [
      [5, 7, 9, 15],
      [7, 9, 15, 17],
    ],
  );
});

test('a cutoff keeps the pairs that are nearer in the structure', async () => {
  const { expansions } = await expand('distances heavy cutoff 0.2');
  // the nine bonds
  assert.equal(expansions[0].descriptors.length, 9);
});

test('groups are named once and used later, in text and in YAML', async () => {
  const yaml = 'groups:\n  cap: resname ACE and heavy\ndescriptors:\n  - distances cap CA\n';
  for (const definition of [
    parseDefinition(['cap = resname ACE and heavy; distances cap CA']),
    readDefinitionFile(yaml, 'd.yaml'),
  ]) {
    const { set, groups } = await expandDefinition(definition, structure);
    assert.equal(set.items.length, 3);
    assert.deepEqual(groups, [{ name: 'cap', selection: 'resname ACE and heavy', atoms: 3 }]);
  }
});

test('definitions that mean nothing are refused', async () => {
  for (const text of [
    'distance heavy',
    'distances',
    'contacts heavy',
    'distances heavy heavy heavy',
    'positions heavy',
    'distances heavy cutof=2',
    'distances heavy cutoff x',
  ])
    await assert.rejects(async () => expand(text), { code: 'bad-argument' }, text);
  assert.throws(() => readDefinitionFile('descriptor: [x]', 'd.yaml'), {
    code: 'file-format',
    message: /d\.yaml/,
  });
  assert.throws(() => readDefinitionFile('a: [', 'd.yaml'), { code: 'file-format' });
});

test('any text is a definition or is refused, never anything else', async () => {
  const below = randomBelow(11);
  const words =
    'distances torsions heavy ( ) " \' = == r0=0.3 cutoff 0.5 resid 1-2 name CA and or not [x] aligned in frame rmsd positions permuted cyclic on ; # é -1 1e9 all'.split(
      ' ',
    );
  for (let i = 0; i < 500; i++) {
    const text = Array.from({ length: 1 + below(7) }, () => words[below(words.length)]).join(
      below(10) > 0 ? ' ' : '',
    );
    await expand(text).catch((error: { code?: string }) =>
      assert.ok(
        ['bad-argument', 'bad-data', 'file-not-found'].includes(error.code ?? ''),
        `${text}: ${error.code}`,
      ),
    );
  }
});

test('a small molecule gets its heavy-atom distances without being asked', async () => {
  const { definition, reason } = automaticDefinition(structure);
  assert.equal(reason, 'a small molecule');
  assert.equal((await expandDefinition(definition, structure)).set.items.length, 45);
});

test('a model finds its atoms by name in a system that numbers them otherwise', async () => {
  const { set } = await expand('distances heavy');
  const names = atomNames(structure, set.atoms);
  assert.equal(names[4], 'ALA 2 CA');
  const shuffled = { ...set, names: names.toReversed() };
  assert.deepEqual(renumbered(shuffled, structure).set.atoms, heavy.toReversed());
  assert.throws(() => renumbered({ ...set, names: names.map(() => 'ALA 2 CA') }, structure), {
    code: 'bad-argument',
  });
  assert.throws(() => renumbered({ ...set, names: ['ALA 9 CA', ...names.slice(1)] }, structure), /ALA 9 CA/);
  assert.throws(() => renumbered(set, structure), { code: 'bad-argument' });
});
