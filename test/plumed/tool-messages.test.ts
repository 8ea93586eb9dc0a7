import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolError } from '../../src/plumed/tool-messages.js';

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
