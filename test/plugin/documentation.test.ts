import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

const source = await readFile(join(packageRoot(), 'plumed-plugin', 'onnx_model.cpp'), 'utf8');
const [documentation] = /^\/\/\+PLUMEDOC[\s\S]*^\/\/\+ENDPLUMEDOC$/m.exec(source)!;
const examples = [...documentation.matchAll(/^\\plumedfile\n([\s\S]*?)^\\endplumedfile$/gm)].map(
  ([, text]) => text,
);

it('every LOAD of the examples names a file by a path', () => {
  assert.ok(examples.length >= 4);
  for (const example of examples) assert.match(example, /^LOAD FILE=\.\/libLatentcvPlumed\.so\n/);
});

it('the documentation names what changes how the action works', () => {
  for (const word of [
    'ADAPTIVE=GEOM',
    'DUMPPROJECTIONS',
    'RESTART',
    'STRIDE',
    'NUMERICAL_DERIVATIVES',
    'UNITS',
    'NL_STRIDE',
    'NL_SKIN',
  ])
    assert.ok(documentation.includes(word), word);
});
