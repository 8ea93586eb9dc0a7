import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  descriptorKey,
  descriptorLabels,
  formatDescriptors,
  parseDescriptor,
} from '../../../src/descriptors/index.js';
import {
  expandDefinition,
  parseDefinition,
  readStructure,
  type ExpandedDefinition,
} from '../../../src/trajectories/index.js';
import { latticeEnvironments } from '../../../src/trajectories/definitions/distributions/lattices.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('distributions');

/** Two sodium and three chlorine atoms in a box of 1 nm. */
const salt = join(folder, 'salt.gro');
const atoms = ['NA', 'NA', 'CL', 'CL', 'CL'];
writeFileSync(
  salt,
  [
    'salt',
    '5',
    ...atoms.map(
      (name, i) =>
        `${String(i + 1).padStart(5)}${name.padEnd(5)}${name.padStart(5)}${String(i + 1).padStart(5)}` +
        [0.1 * i, 0.2 * i, 0.05 * i].map((x) => x.toFixed(3).padStart(8)).join(''),
    ),
    '   1.00000   1.00000   1.00000',
    '',
  ].join('\n'),
);
const structure = await readStructure(salt);
const expand = async (text: string): Promise<ExpandedDefinition> =>
  expandDefinition(parseDefinition([text]), structure);
const linesOf = async (text: string): Promise<string[]> => formatDescriptors((await expand(text)).set.items);

const rejected = async (text: string, message: RegExp): Promise<void> =>
  assert.rejects(expand(text), { code: 'bad-argument', message }, text);

test('coordination of each atom: mean, moments, and bins around whole numbers', async () => {
  const settings = 'r0=0.3 dmax=0.45';
  assert.deepEqual(await linesOf(`coordination all ${settings}`), [
    'coordination 0 1 2 3 4 rational 0.3 0 6 12 0.45',
  ]);
  const line = 'coordination-number 0-4 rational 0.3 0 6 12 0.45';
  assert.deepEqual(await linesOf(`coordination all ${settings} mean`), [`${line} mean`]);
  assert.deepEqual(await linesOf(`coordination all ${settings} moments=2,3 histogram 2..4`), [
    `${line} mean`,
    `${line} moment 2`,
    `${line} moment 3`,
    `${line} bin 1.5 2.5 0.5`,
    `${line} bin 2.5 3.5 0.5`,
    `${line} bin 3.5 4.5 0.5`,
  ]);
  assert.deepEqual(await linesOf(`coordination all ${settings} histogram=0..4 bins=2 sigma=0.1`), [
    `${line} mean`,
    `${line} bin 0 2 0.1`,
    `${line} bin 2 4 0.1`,
  ]);
  const labels = descriptorLabels(
    (await expand(`coordination all ${settings} moments=2 histogram 2..3`)).set,
  );
  assert.deepEqual(labels, [
    'cna_1to5.mean',
    'cna_1to5.moment-2',
    'cna_1to5.1500to2500',
    'cna_1to5.2500to3500',
  ]);
  await rejected('coordination all r0=0.3 mean', /expected dmax=…, in nm/);
  await rejected('coordination all r0=0.3 dmax=0.45 moments=1', /expected a moment from 2/);
});

test('by elements: each with each, the other way round where that is another number', async () => {
  const { set } = await expand('coordination all r0=0.3 dmax=0.45 mean by elements');
  assert.deepEqual(descriptorLabels(set), [
    'cna_1to2.mean',
    'cna_1to2_by_3to5.mean',
    'cna_3to5_by_1to2.mean',
    'cna_3to5.mean',
  ]);
  assert.deepEqual(descriptorLabels((await expand('debye all q=20 window=0.4 by elements')).set), [
    'debye_20000_1to2',
    'debye_20000_1to2_by_3to5',
    'debye_20000_3to5',
  ]);
  // a group and another one
  assert.equal(
    (await expand('debye (serial 1-3) (serial 4-5) q=20 window=0.4 by elements')).set.items.length,
    2,
  );
  await rejected('distances all by elements', /by/);
});

test('radial distribution functions, entropies and scattering take their grids', async () => {
  const bins = await linesOf('rdf all rmax=0.4 sigma=0.1');
  assert.deepEqual(
    bins,
    [0, 1, 2, 3].map((bin) => `rdf 0-4 grid 0.4 0.1 4 bin ${bin}`),
  );
  assert.equal((await linesOf('rdf all rmax=0.4 sigma=0.1 bins=7')).length, 7);
  // a group that is called as an option is
  assert.equal((await linesOf('q = all; debye q q=20 window=0.4')).length, 1);
  assert.deepEqual(await linesOf('pair-entropy (serial 1-2) (serial 3-5) rmax=0.4 sigma=0.02'), [
    'pair-entropy 0 1 / 2-4 grid 0.4 0.02 40',
  ]);
  assert.deepEqual(await linesOf('debye all q=10..20:5,40 window=0.45'), [
    'debye 0-4 q 10 window 0.45',
    'debye 0-4 q 15 window 0.45',
    'debye 0-4 q 20 window 0.45',
    'debye 0-4 q 40 window 0.45',
  ]);
  await rejected('rdf all sigma=0.1', /expected rmax=…, in nm/);
  await rejected('rdf all rmax=0.4', /expected sigma=…, in nm/);
  await rejected('rdf all rmax=0.4 sigma=0', /expected rmax and sigma above 0/);
  await rejected('debye all window=0.45', /expected q=…, in 1\/nm/);
  await rejected('debye all q=10..0:1 window=0.45', /expected a number from 0 after q/);
  await rejected('debye all q=10', /expected window=…, in nm/);
  await rejected('rdf (serial 1) rmax=0.4 sigma=0.1', /expected a pair of atoms/);
});

test('a permutation invariant vector has blocks by elements, of which the nearest pairs are kept', async () => {
  const lines = await linesOf('piv all r0=0.3 first=2 volume=1.1 by elements');
  assert.deepEqual(lines, [
    'piv 0 1 rational 0.3 0 6 12 rank 0 volume 1.1',
    'piv 0 1 / 2-4 rational 0.3 0 6 12 rank 0 volume 1.1',
    'piv 0 1 / 2-4 rational 0.3 0 6 12 rank 1 volume 1.1',
    'piv 2-4 rational 0.3 0 6 12 rank 0 volume 1.1',
    'piv 2-4 rational 0.3 0 6 12 rank 1 volume 1.1',
  ]);
  assert.equal((await linesOf('piv all r0=0.3')).length, 10);
  await rejected('piv all r0=0.3 first=1.5', /expected first=… to be a whole number/);
});

test('similarity is to a lattice, or to environments in files', async () => {
  const [mean, share] = await linesOf('similarity all sc=0.3 sigma=0.02 above=0.5');
  assert.match(mean, /^similarity 0-4 sigma 0.02 lambda 100 environment( -?[\d.]+){18} mean$/);
  assert.match(share, / above 0.5$/);
  const counts = { sc: [6], fcc: [12], bcc: [14], hcp: [12, 12], diamond: [4, 4] } as const;
  for (const [name, expected] of Object.entries(counts)) {
    const environments = latticeEnvironments(name as keyof typeof counts, [0.4, 0.65]);
    assert.deepEqual(
      environments.map(({ length }) => length),
      expected,
      name,
    );
    for (const vectors of environments) assert.equal(new Set(vectors.map(String)).size, vectors.length);
  }
  const environment = join(folder, 'environment.xyz');
  writeFileSync(environment, '3\n\nX 0 0 0\nX 3 0 0\nX 0 -2.5 1\n');
  assert.deepEqual(
    await linesOf(`similarity (serial 1-2) (serial 3-5) like "${environment}" sigma=0.02 lambda=50`),
    ['similarity 0 1 / 2-4 sigma 0.02 lambda 50 environment 0.3 0 0 0 -0.25 0.1 mean'],
  );
  await rejected('similarity all sigma=0.02', /expected either a lattice with its constants/);
  await rejected('similarity all fcc=0.4', /expected sigma=…, in nm/);
  await rejected('similarity all hcp=0.4 sigma=0.02', /expected two constants above 0 of hcp/);
  await rejected('similarity all fcc=0.4 sigma=0.02 above=0', /expected a threshold above 0/);
});

test('lines of distributions read back, and what is wrong with them is refused', () => {
  for (const line of [
    'coordination-number 0 1 / 2 3 gaussian 0.3 0.1 0.6 moment 4',
    'coordination-number 0-2 cubic 0.2 0.4 bin 1 2 0.5',
    'rdf 0-3 grid 0.5 0.02 25 bin 24',
    'pair-entropy 0-3 grid 0.5 0.02 25',
    'debye 0 1 / 2 3 q 21.5 window 0.7',
    'piv 0-3 fermi 0.3 20 rank 5',
    'piv 0-3 rational 0.3 0 6 12 rank 2 volume 3.5',
    'similarity 0-3 sigma 0.02 lambda 100 environment 0.1 0.2 -0.3 environment 0 1 0 1 0 0 above 0.5',
  ])
    assert.deepEqual(formatDescriptors([parseDescriptor(line, 4)]), [line]);
  for (const line of [
    'coordination-number 0-3 gaussian 0.3 0 mean',
    'coordination-number 0-3 gaussian 0.3 0 0.6',
    'rdf 0-3 grid 0.5 0.02 25 bin 25',
    'rdf 0-3 grid 0.5 0.02 25',
    'debye 0-3 q 0 window 0.7',
    'piv 0-3 gaussian 0.3 0 rank 6',
    'similarity 0-3 sigma 0.02 lambda 100 environment 0.1 0.2 mean',
  ])
    assert.throws(() => parseDescriptor(line, 4), { code: 'bad-model' }, line);
});

test('the same number is known whichever way its groups are named, where it is the same', () => {
  const key = (line: string): string => descriptorKey(parseDescriptor(line, 6));
  assert.equal(key('debye 3 1 / 2 q 9 window 1'), key('debye 2 / 1 3 q 9 window 1'));
  assert.notEqual(
    key('coordination-number 3 1 / 2 gaussian 0.3 0 1 mean'),
    key('coordination-number 2 / 1 3 gaussian 0.3 0 1 mean'),
  );
});
