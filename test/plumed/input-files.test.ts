import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOfInput, leftBehind, namedFiles } from '../../src/plumed/input-files.js';
import { parsePlumedInput } from '../../src/plumed/parse-input.js';
import { temporaryFolder } from '../temporary-folder.js';

test('files that are read, by keyword or by what the action does with FILE; absolute ones keep their place', () => {
  const text = [
    'MOLINFO STRUCTURE=a.pdb',
    'ONNX_MODEL FILE=cv.onnx ARG=d',
    'PRINT ARG=* FILE=COLVAR',
    'RMSD REFERENCE=/abs/r.pdb',
    'PATHMSD REFERENCE1=p1.pdb',
  ].join('\n');
  assert.deepEqual(
    namedFiles(parsePlumedInput(text).all).map(({ keyword, name }) => [keyword, name]),
    [
      ['STRUCTURE', 'a.pdb'],
      ['FILE', 'cv.onnx'],
      ['REFERENCE1', 'p1.pdb'],
    ],
  );
});

test('an input that runs elsewhere leaves behind what lies beside it, what it goes on from too', () => {
  const folder = temporaryFolder('input-files');
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  for (const name of ['a.pdb', 'HILLS', 'both.pdb']) writeFileSync(join(folder, name), '');
  writeFileSync(join(elsewhere, 'both.pdb'), '');
  const text =
    'MOLINFO STRUCTURE=a.pdb\nMOLINFO STRUCTURE=both.pdb\nMOLINFO STRUCTURE=none.pdb\nMETAD ARG=d RESTART=YES\n';
  assert.deepEqual(leftBehind(parsePlumedInput(text), folder, elsewhere), ['a.pdb', 'HILLS']);
  const path = join(folder, 'plumed.dat');
  writeFileSync(path, text);
  assert.deepEqual(filesOfInput(path), [path, join(folder, 'a.pdb'), join(folder, 'both.pdb')]);
});
