import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlumedText } from '../../src/plumed/input-text.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = join(temporaryFolder('input-text'), 'plumed.dat');

const refused: [string, number[], RegExp][] = [
  ['gzip', [0x1f, 0x8b, 8, 0], /packed by gzip/],
  ['an archive', [0x50, 0x4b, 3, 4], /a ZIP archive/],
  ['UTF-16', [0xff, 0xfe, 0x41, 0], /UTF-16/],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x41], /byte order mark/],
  ['a binary file', [0x41, 0x42, 0], /byte 2 is 0/],
];
for (const [what, bytes, message] of refused)
  test(`${what} is no input`, () => {
    writeFileSync(path, Buffer.from(bytes));
    assert.throws(() => readPlumedText(path), { code: 'plumed-input', message });
  });

test('text is read, a file that is not there is told as what it was to be', () => {
  writeFileSync(path, 'd: DISTANCE ATOMS=1,2 # Å\n');
  assert.equal(readPlumedText(path), 'd: DISTANCE ATOMS=1,2 # Å\n');
  assert.throws(() => readPlumedText(`${path}.not`), { code: 'file-not-found', message: /the PLUMED input/ });
});
