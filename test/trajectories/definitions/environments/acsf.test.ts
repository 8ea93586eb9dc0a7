import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorLabels } from '../../../../src/descriptors/index.js';
import { expand, linesOf, rejected } from './salt.js';

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

test('what is wrong with a statement of acsf is said', async () => {
  await rejected('acsf all', /expected cutoff=…, in nm/);
  await rejected('acsf all cutoff=0.4 functions=g3', /expected functions=g1,g2,g4 or some of them/);
  await rejected('acsf all cutoff=0.4 zeta=0.5', /expected zeta of at least 1/);
  await rejected('acsf all cutoff=0.4 lambda=2', /lambda 1 or -1/);
});
