import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadNativeModel } from '../../src/native/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runFixture } from './fixtures.js';

const folder = temporaryFolder('hostile');
runFixture('hostile_models.py', folder);

/** What is odd about these does not matter to what they compute. */
const harmless = new Set([
  'right',
  'celu-zero',
  'deep',
  'deep-powers',
  'input-least',
  'input-negative',
  'lying-output',
  'nested-unknown',
  'opset-huge',
  'slice-all',
  'slice-back',
]);

describe('models that ask for too much, lie, or hold what is never read (hostile_models.py), in the core', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.onnx'));
  for (const file of names) {
    const name = file.replace(/\.onnx$/, '');
    it(name, () => {
      const load = (): Float64Array => {
        const model = loadNativeModel(join(folder, file));
        return model.evaluate(new Float64Array(model.inputs).fill(0.5));
      };
      if (harmless.has(name)) assert.ok(load().every(Number.isFinite));
      else
        assert.throws(load, (error: unknown) => {
          assert.ok(error instanceof LatentcvError && error.code === 'bad-model', String(error));
          // eslint-disable-next-line no-control-regex
          assert.doesNotMatch(error.message, /[\x00-\x1f]/);
          assert.ok(error.message.length < 600, error.message);
          return true;
        });
    });
  }
});
