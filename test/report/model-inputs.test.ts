import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputsInWords } from '../../src/report/model-inputs.js';
import type { ModelMetadata } from '../../src/onnx/index.js';

const inputs = (...units: string[]) => units.map((unit) => ({ unit })) as unknown as ModelMetadata['inputs'];

test('inputs are told by their kinds and atoms, or by number and unit', () => {
  const descriptors = {
    atoms: [1, 5, 7],
    items: [{ kind: 'distance' }, { kind: 'distance' }, { kind: 'angle' }],
    names: ['ACE 1 C', 'ALA 2 N', 'ALA 2 CA'],
  } as unknown as NonNullable<ModelMetadata['descriptors']>;
  assert.equal(
    inputsInWords({ inputs: inputs('nm', 'nm', 'rad'), descriptors }),
    '2 distances, 1 angle of 3 atoms: ACE 1 C, ALA 2 N, ALA 2 CA',
  );
  assert.equal(inputsInWords({ inputs: inputs('nm', 'nm', '') }), '3 inputs (nm)');
  assert.equal(inputsInWords({ inputs: inputs('') }), '1 input');
});
