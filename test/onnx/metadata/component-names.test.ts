import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  decodeMetadata,
  decodeOnnx,
  encodeMetadata,
  writeModelFile,
  type ModelMetadata,
} from '../../../src/onnx/index.js';
import { LatentcvError } from '../../../src/support/errors.js';
import { packageRoot } from '../../../src/support/folders.js';
import { smallMetadata, smallModel } from '../models.js';

const file = join(packageRoot(), 'test', 'fixtures', 'component-names.txt');
const table = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [verdict, name] = line.split('\t');
    const bytes = name.replace(/\\x(..)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    return { verdict, name: Buffer.from(bytes, 'latin1').toString('utf8') };
  });

const renamed = <M extends Pick<ModelMetadata, 'outputs'>>(metadata: M, name: string): M => ({
  ...metadata,
  outputs: metadata.outputs.map((output, i) => (i === 0 ? { ...output, name } : output)),
});

describe('names of outputs', () => {
  const text = decodeOnnx(writeModelFile(smallModel())).metadata;
  const metadata = decodeMetadata(text);
  const read = (name: string): string[] => {
    const names = text['latentcv.outputs'].split('\n').with(0, name).join('\n');
    return decodeMetadata({ ...text, 'latentcv.outputs': names }).outputs.map((output) => output.name);
  };

  it('are read where PLUMED can use them, as the core says (native/test/core/model/metadata_test.cpp)', () => {
    for (const { verdict, name } of table)
      if (verdict === 'accepted') assert.equal(read(name)[0], name);
      else assert.throws(() => read(name), /in latentcv\.outputs/, JSON.stringify(name));
  });

  it('are not written otherwise', () => {
    for (const { verdict, name } of table)
      if (verdict === 'accepted') assert.ok(encodeMetadata(renamed(metadata, name)));
      else assert.throws(() => encodeMetadata(renamed(metadata, name)), LatentcvError, JSON.stringify(name));
    assert.throws(
      () => writeModelFile({ ...smallModel(), metadata: renamed(smallMetadata(), 'bias') }),
      /PLUMED adds up/,
    );
  });

  it('are shown so that a terminal obeys nothing in them', () => {
    assert.throws(() => read('a\x1b[2J'), {
      message: 'expected names of letters, digits, _ and - in latentcv.outputs but received "a\\u001b[2J"',
    });
  });
});
