import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, losslessText, pathOf } from '../../src/support/lossless-text.js';

test('bytes of any kind come back as they were', () => {
  let seed = 1;
  const random = (): number => (seed = (seed * 48271) % 2147483647);
  const pieces = ['plain', 'é', '€', '😀', '\uFEFF', '\r\n'].map((text) => Buffer.from(text));
  for (let i = 0; i < 300; i++) {
    const parts = Array.from({ length: 6 }, () =>
      random() % 2 ? pieces[random() % pieces.length] : Buffer.of(random() % 256, random() % 256),
    );
    const bytes = Buffer.concat(parts);
    assert.deepEqual(bytesOf(losslessText(bytes)), bytes, bytes.toString('hex'));
  }
});

test('UTF-8 is text as ever; a byte that is none stands alone', () => {
  assert.equal(losslessText(Buffer.from('φ = 😀')), 'φ = 😀');
  assert.deepEqual(bytesOf('φ = 😀'), Buffer.from('φ = 😀'));
  assert.equal(losslessText(Buffer.from('caf\xe9 f\xfcr', 'latin1')), 'caf\udce9 f\udcfcr');
  // overlong and cut sequences, and surrogates written out, are no UTF-8
  for (const hex of ['c080', 'e282', 'eda080', 'f4908080', 'ff'])
    assert.equal(losslessText(Buffer.from(hex, 'hex')).length, hex.length / 2, hex);
});

test('a path is text where it can be', () => {
  assert.equal(pathOf('é/COLVAR'), 'é/COLVAR');
  assert.deepEqual(pathOf(losslessText(Buffer.from('caf\xe9', 'latin1'))), Buffer.from('caf\xe9', 'latin1'));
});
