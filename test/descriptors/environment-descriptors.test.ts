import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorKey, formatDescriptors, parseDescriptor } from '../../src/descriptors/index.js';

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
