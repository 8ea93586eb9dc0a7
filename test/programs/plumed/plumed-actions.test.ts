import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { hasModule } from '../../../src/programs/plumed/plumed-actions.js';
import { runFolder } from '../../plumed/helpers.js';
import { expectActions, findPlumed, type PlumedRuntime } from '../../../src/programs/index.js';

const plumed = await findPlumed();
const parse = (text: string) => parsePlumedInput(text, 'plumed.dat');

test('PLUMED itself says which modules and actions it has', async () => {
  assert.equal(await hasModule(plumed, 'colvar'), true);
  assert.equal(await hasModule(plumed, 'nosuchmodule'), false);
  const known =
    'UNITS LENGTH=A\nMOLINFO STRUCTURE=x.pdb\nd: DISTANCE ATOMS=1,2\ncom: COM ATOMS=1-3\nf: CUSTOM ARG=d FUNC=x PERIODIC=NO\n' +
    'METAD ARG=d SIGMA=1 HEIGHT=1 PACE=1\nopes: OPES_METAD ARG=d PACE=500 BARRIER=10\nPRINT ARG=* FILE=COLVAR\nFLUSH STRIDE=1\n';
  await expectActions(plumed, parse(known));
  await assert.rejects(expectActions(plumed, parse('UNITS LENGTH=A\nd: DISTANC ATOMS=1,2\n')), {
    code: 'plumed-input',
    message: /^plumed\.dat:2: expected a PLUMED with DISTANC but the 2\.\d+\.\d+ at .* does not know it$/,
  });
});

test('ONNX_MODEL needs LOAD; with a plugin of somebody else any action may be there', async () => {
  const model = 'cv: ONNX_MODEL FILE=m.onnx ATOMS=1,2\n';
  await expectActions(plumed, parse(`LOAD FILE=/x/libLatentcvPlumed.so\n${model}`));
  await expectActions(plumed, parse('LOAD FILE=./mine.so\nx: MY_OWN_ACTION ATOMS=1,2\n'));
  await assert.rejects(expectActions(plumed, parse(model)), { code: 'plumed-input', hint: /LOAD FILE=/ });
});

/** A PLUMED without the module opes, as its command answers. */
async function withoutOpes(): Promise<PlumedRuntime> {
  const executable = join(runFolder(), 'plumed');
  const script = [
    '#!/bin/sh',
    'case "$*" in',
    '  *"config module opes") echo "opes off"; exit 1;;',
    '  *"--action OPES_"*) echo "specified action is not registered" >&2; exit 1;;',
    '  *) echo 2.9;;',
    'esac',
  ];
  await writeFile(executable, script.join('\n'), { mode: 0o755 });
  return { executable, kernel: '/x/libplumedKernel.so', env: {}, version: [2, 9, 5] };
}

test('an input that needs a module which is not there is refused with its name', async () => {
  const bare = await withoutOpes();
  assert.equal(await hasModule(bare, 'opes'), false);
  await assert.rejects(expectActions(bare, parse('d: DISTANCE ATOMS=1,2\nopes: OPES_METAD ARG=d PACE=1\n')), {
    code: 'missing-tool',
    message:
      'plumed.dat:2: expected a PLUMED with OPES_METAD but the 2.9.5 at /x/libplumedKernel.so does not know it: ' +
      'it was compiled without the module opes',
    hint: /--enable-modules=\+opes/,
  });
});

test('where PLUMED cannot be asked, nothing is claimed', async () => {
  const gone = { ...(await withoutOpes()), executable: '/nowhere/plumed' };
  assert.equal(await hasModule(gone, 'opes'), undefined);
  await expectActions(gone, parse('opes: OPES_METAD ARG=d PACE=1\n'));
});
