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
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('environments');

/** Two sodium and three chlorine atoms in a box of 1 nm. */
const salt = join(folder, 'salt.gro');
writeFileSync(
  salt,
  [
    'salt',
    '5',
    ...['NA', 'NA', 'CL', 'CL', 'CL'].map(
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

test('soap: components of the mean power spectrum, by degree and then by functions', async () => {
  assert.deepEqual(await linesOf('soap all average n=2 l=1 cutoff=0.4 sigma=0.05'), [
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 0 0 0',
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 0 1 0',
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 1 1 0',
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 0 0 1',
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 0 1 1',
    'soap 0-4 basis 2 1 0.4 0.05 poly outer spectrum 1 1 1',
  ]);
  // four functions and degrees up to four
  assert.equal((await linesOf('soap all cutoff=0.4')).length, 50);
  const [first] = await linesOf('soap (element Na) (element Cl) cutoff=0.4 average=inner weighting=uniform');
  assert.equal(first, 'soap 0 1 / 2-4 basis 4 4 0.4 0.05 uniform inner spectrum 0 0 0');
});

test('soap by elements: of each pair of densities around all centres, zeros of those that lack', async () => {
  const pairs = async (text: string): Promise<string[]> => [
    ...new Set((await linesOf(text)).map((line) => line.replace(/ basis.*/, ''))),
  ];
  const small = 'n=2 l=1 cutoff=0.4';
  assert.deepEqual(await pairs(`soap all ${small} by elements`), [
    'soap 0-4 / 0 1 species 11',
    'soap 0-4 / 0 1 / 2-4 species 11 17',
    'soap 0-4 / 2-4 species 17',
  ]);
  // the second and the third are both not there, and stay two
  const several = `soap all ${small} elements=Cl,K,Rb,Na`;
  assert.deepEqual(await pairs(several), [
    'soap 0-4 / 2-4 species 17',
    'soap 0-4 / 2-4 / species 17 19',
    'soap 0-4 / 2-4 / species 17 37',
    'soap 0-4 / 2-4 / 0 1 species 17 11',
    'soap 0-4 / species 19',
    'soap 0-4 / / species 19 37',
    'soap 0-4 / / 0 1 species 19 11',
    'soap 0-4 / species 37',
    'soap 0-4 / / 0 1 species 37 11',
    'soap 0-4 / 0 1 species 11',
  ]);
  // of one density six components, of two eight
  assert.equal((await linesOf(several)).length, 4 * 6 + 6 * 8);
  const labels = descriptorLabels((await expand(several)).set);
  assert.equal(new Set(labels).size, labels.length);
  assert.equal(labels[0], 'soap_Cl.1-1-l0');
  assert.ok(labels.includes('soap_K_Rb.2-1-l1'));
});

test('acsf: shells of neighbours and angles between them, of centres and neighbours by element', async () => {
  assert.deepEqual(await linesOf('acsf all cutoff=0.4'), [
    ...[0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35].map((rs) => `acsf 0-4 cutoff 0.4 radial 200 ${rs}`),
    ...[1, 4, 16].flatMap((zeta) =>
      [1, -1].map((lambda) => `acsf 0-4 cutoff 0.4 angular 12.5 ${zeta} ${lambda}`),
    ),
  ]);
  const numbers = 'functions=g1,g2,g4 eta=5,50 rs=0,0.2 angular-eta=3 zeta=2 lambda=-1';
  const own = await linesOf(`acsf all cutoff=0.4 ${numbers}`);
  assert.deepEqual(own, [
    'acsf 0-4 cutoff 0.4 radial 0 0',
    'acsf 0-4 cutoff 0.4 radial 5 0',
    'acsf 0-4 cutoff 0.4 radial 5 0.2',
    'acsf 0-4 cutoff 0.4 radial 50 0',
    'acsf 0-4 cutoff 0.4 radial 50 0.2',
    'acsf 0-4 cutoff 0.4 angular 3 2 -1',
  ]);
  assert.deepEqual(
    await linesOf('acsf all cutoff=0.4 functions=g1,g4 angular-eta=3 zeta=2 lambda=1 elements=Na,Cl'),
    [
      'acsf 0 1 / 0 1 species 11 11 cutoff 0.4 radial 0 0',
      'acsf 0 1 / 2-4 species 11 17 cutoff 0.4 radial 0 0',
      'acsf 0 1 / 0 1 species 11 11 cutoff 0.4 angular 3 2 1',
      'acsf 0 1 / 0 1 / 2-4 species 11 11 17 cutoff 0.4 angular 3 2 1',
      'acsf 0 1 / 2-4 species 11 17 cutoff 0.4 angular 3 2 1',
      'acsf 2-4 / 0 1 species 17 11 cutoff 0.4 radial 0 0',
      'acsf 2-4 / 2-4 species 17 17 cutoff 0.4 radial 0 0',
      'acsf 2-4 / 0 1 species 17 11 cutoff 0.4 angular 3 2 1',
      'acsf 2-4 / 0 1 / 2-4 species 17 11 17 cutoff 0.4 angular 3 2 1',
      'acsf 2-4 / 2-4 species 17 17 cutoff 0.4 angular 3 2 1',
    ],
  );
  const { set } = await expand(`acsf all cutoff=0.4 ${numbers}`);
  assert.deepEqual(descriptorLabels(set).slice(0, 3), [
    'acsf_1to5.g1',
    'acsf_1to5.g2-5-0',
    'acsf_1to5.g2-5-0p2',
  ]);
  assert.equal(descriptorLabels(set).at(-1), 'acsf_1to5.g4-3-2-m1');
});

test('what is wrong with a statement is said', async () => {
  await rejected('soap all average', /expected cutoff=…, in nm/);
  await rejected('soap all cutoff=0.09', /expected a cutoff above 0.1 nm/);
  await rejected('soap all cutoff=0.4 n=13', /expected 1 to 12 radial functions/);
  await rejected('soap all cutoff=0.4 l=2.5', /expected a degree from 0 to 12/);
  await rejected('soap all cutoff=0.4 average=all', /expected average=outer or inner but received "all"/);
  await rejected('soap all cutoff=0.4 weighting=exp', /expected weighting=poly or uniform/);
  await rejected('soap all cutoff=0.4 elements=Na,K', /expected atoms of Na, K but .*salt.gro has Cl/);
  await rejected('soap all cutoff=0.4 elements=Na,Na', /expected symbols of different elements .* "Na,Na"/);
  await rejected('soap all cutoff=0.4 elements=Na,Xx', /expected symbols of different elements .* "Xx"/);
  await rejected('acsf all', /expected cutoff=…, in nm/);
  await rejected('acsf all cutoff=0.4 functions=g3', /expected functions=g1,g2,g4 or some of them/);
  await rejected('acsf all cutoff=0.4 zeta=0.5', /expected zeta of at least 1/);
  await rejected('acsf all cutoff=0.4 lambda=2', /lambda 1 or -1/);
});

test('lines of environments read back, and what is wrong with them is refused', () => {
  for (const line of [
    'soap 0-3 basis 4 3 0.5 0.05 poly outer spectrum 1 2 3',
    'soap 0-3 / 0 1 / 2 3 basis 4 3 0.5 0.05 uniform inner spectrum 2 1 0',
    'soap 0-3 / / 2 3 basis 4 3 0.5 0.05 poly outer spectrum 2 1 0',
    'acsf 0-3 cutoff 0.5 radial 20.5 0.3',
    'acsf 0 1 / 2 / 3 cutoff 0.5 angular 2 1.5 -1',
    'acsf 0 1 / cutoff 0.5 radial 0 0',
    'soap 0-3 / / 2 3 species 22 8 basis 4 3 0.5 0.05 poly outer spectrum 2 1 0',
    'acsf 0 1 / 2 / 3 species 38 22 8 cutoff 0.5 angular 2 1.5 -1',
  ])
    assert.deepEqual(formatDescriptors([parseDescriptor(line, 4)]), [line]);
  for (const line of [
    'soap 0-3 basis 4 3 0.5 0.05 poly outer spectrum 2 1 0',
    'soap 0-3 basis 4 3 0.5 poly outer spectrum 1 1 0',
    'soap 0-3 basis 4 3 0.5 0.05 outer poly spectrum 1 1 0',
    'soap 0-3 / 0 / 1 / 2 basis 4 3 0.5 0.05 poly outer spectrum 1 1 0',
    'soap 0-3 / 0 / 1 1 basis 4 3 0.5 0.05 poly outer spectrum 1 1 0',
    'soap 0-3 species 8 22 basis 4 3 0.5 0.05 poly outer spectrum 1 1 0',
    'soap 0-3 species 0 basis 4 3 0.5 0.05 poly outer spectrum 1 1 0',
    'acsf 0-3 / 1 species 8 cutoff 0.5 radial 1 0',
    'acsf 0-3 radial 1 0',
    'acsf 0-3 / 0 1 / 1 2 cutoff 0.5 angular 2 4 1',
    'acsf 0-3 / 0 1 / 2 cutoff 0.5 radial 2 0',
  ])
    assert.throws(() => parseDescriptor(line, 4), { code: 'bad-model' }, line);
});

test('the same number is known whichever way its groups are named', () => {
  const key = (line: string): string => descriptorKey(parseDescriptor(line, 6));
  const end = 'basis 4 3 0.5 0.05 poly outer spectrum';
  assert.equal(key(`soap 3 1 0 2 / 0 2 / 1 3 ${end} 1 2 0`), key(`soap 0-3 / 1 3 / 0 2 ${end} 2 1 0`));
  assert.equal(
    key('acsf 0 / 2 / 3 species 8 1 22 cutoff 0.5 angular 2 4 -1'),
    key('acsf 0 / 3 / 2 cutoff 0.5 angular 2 4 -1'),
  );
  assert.notEqual(key(`soap 0-3 / species 8 ${end} 1 2 0`), key(`soap 0-3 / species 9 ${end} 1 2 0`));
  assert.notEqual(key(`soap 0-3 / 0 2 / 1 3 ${end} 1 2 0`), key(`soap 0-3 / 1 3 / 0 2 ${end} 1 2 0`));
  assert.equal(key(`soap 0-3 ${end} 1 2 0`), key(`soap 0-3 / 0-3 ${end} 1 2 0`));
  assert.equal(
    key('acsf 0 1 / 2 / 3 cutoff 0.5 angular 2 4 -1'),
    key('acsf 1 0 / 3 / 2 cutoff 0.5 angular 2 4 -1'),
  );
});
