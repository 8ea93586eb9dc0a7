import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolError } from '../../src/programs/tool-messages.js';

// As GROMACS 2025.2 and PLUMED 2.11-dev printed them.
test("GROMACS's message is found between its lines", () => {
  const output = `
Using 1 OpenMP thread
-------------------------------------------------------
Program:     gmx mdrun, version 2025.2
Function:    gmx::PlumedForceProvider::PlumedForceProvider(const gmx::PlumedOptions&)

Internal error (bug):
An error occurred while initializing the PLUMED force provider:

(core/Action.cpp:372) void PLMD::Action::error(const std::string&) const
ERROR in input to action TORSION_SCALAR with label phi : ATOMS should specify
4 atoms

For more information and tips for troubleshooting, please check the GROMACS
website at https://manual.gromacs.org/current/user-guide/run-time-errors.html
-------------------------------------------------------
`;
  assert.equal(
    toolError(output),
    'An error occurred while initializing the PLUMED force provider: ERROR in input to action TORSION_SCALAR ' +
      'with label phi : ATOMS should specify 4 atoms',
  );
});

test("PLUMED's message is found in its frame", () => {
  const output = `
PLUMED: Action DISTANCE
PLUMED: ################################################################################
PLUMED:
PLUMED:
PLUMED: (core/PlumedMain.cpp:1136) void PLMD::PlumedMain::readInputWords()
PLUMED: ERROR
PLUMED: I cannot understand line: DISTANC LABEL=d ATOMS=1,2
PLUMED: ################################################################################
PLUMED:                                               Cycles        Total
`;
  assert.equal(toolError(output), 'ERROR I cannot understand line: DISTANC LABEL=d ATOMS=1,2');
});

test('of anything else the last lines are told', () => {
  assert.equal(toolError('one\n\ntwo\n'), 'one\ntwo');
});

/** As PLUMED frames its errors. */
const framed = (message: string): string =>
  ['#'.repeat(80), '', '(core/PlumedMain.cpp:1136) void f()', message, '#'.repeat(80), ''].join('\n');

// As 2.9.5, 2.10.1 and 2.11-dev printed them.
const hints: [string, RegExp][] = [
  [
    'Could not load library /x/libLatentcvPlumed.so: /x/libLatentcvPlumed.so: undefined symbol: _ZN4PLMD15ActionWithValue23addValueWithDerivativesERKSt6vectorImSaImEE',
    /\(the plugin was built for another PLUMED: run latentcv plumed again, or latentcv plugin and change LOAD\)$/,
  ],
  [
    // as glibc's loader has it
    "Could not load library /x/libLatentcvPlumed.so: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /x/libLatentcvPlumed.so)",
    /\(the plugin was built where libraries are newer: run latentcv plugin --rebuild on the older machine/,
  ],
  [
    'undefined symbol: _ZTv0_n144_N4PLMD19ActionWithArguments29calculateNumericalDerivativesEPNS_15ActionWithValueE',
    /built for another PLUMED/,
  ],
  [
    'ERROR I cannot understand line: OPES_METAD LABEL=opes ARG=cv PACE=500 BARRIER=40 Maybe a missing space or a typo?',
    /\(OPES_METAD is in PLUMED's module opes: latentcv doctor says/,
  ],
  ['ERROR I cannot understand line: opes: OPES_METAD ARG=cv Maybe a missing space or a typo?', /module opes/],
  [
    'Action "COORDINATIONNUMBER" is not known. An Action with this name is available in module "symfunc".',
    /module symfunc/,
  ],
  ['Action "ONNX_MODEL" is not known.', /\(LOAD FILE=… of the plugin must stand before it/],
  [
    'ERROR in input to action METAD with label m : your MD engine does not pass the temperature to plumed, you must specify it using TEMP',
    /\(PLUMED was not told the temperature: give the bias one \(TEMP=\)\)$/,
  ],
];
for (const [message, expected] of hints) {
  test(`what to do is told beside: ${message.slice(0, 60)}`, () => {
    assert.match(toolError(framed(message)), expected);
  });
}

test('a misspelled action gets no hint', () => {
  assert.equal(toolError(framed('Action "DISTANC" is not known.')), 'Action "DISTANC" is not known.');
});
