import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf, rejected } from './salt.js';

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

test('what is wrong with a statement of soap is said', async () => {
  await rejected('soap all average', /expected cutoff=…, in nm/);
  await rejected('soap all cutoff=0.09', /expected a cutoff above 0.1 nm/);
  await rejected('soap all cutoff=0.4 n=13', /expected 1 to 12 radial functions/);
  await rejected('soap all cutoff=0.4 l=2.5', /expected a degree from 0 to 12/);
  await rejected('soap all cutoff=0.4 average=all', /expected average=outer or inner but received "all"/);
  await rejected('soap all cutoff=0.4 weighting=exp', /expected weighting=poly or uniform/);
});
