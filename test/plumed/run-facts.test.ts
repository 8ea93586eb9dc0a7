import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlumedInput, runFacts } from '../../src/plumed/index.js';

test('an input tells units, what biases, and which tables have which columns', () => {
  const facts = runFacts(
    parsePlumedInput(
      `UNITS ENERGY=kcal/mol TIME=fs LENGTH=A
phi: TORSION ATOMS=5,7,9,15
opes: OPES_METAD ...
  ARG=phi PACE=500 BARRIER=7.2 TEMP=300 FILE=KERNELS
...
METAD ARG=phi SIGMA=0.1 HEIGHT=0.3 PACE=500 BIASFACTOR=8 LABEL=metad GRID_MIN=-pi GRID_MAX=pi CALC_RCT
uwall: UPPER_WALLS ARG=phi AT=1 KAPPA=150
mr: MOVINGRESTRAINT ARG=phi STEP0=0 AT0=0 KAPPA0=10 STEP1=1000 AT1=1 KAPPA1=20
PRINT ARG=phi,opes.bias STRIDE=500 FILE=COLVAR
PRINT ARG=(d.*,x),metad.* FILE=OTHER
PRINT ARG=phi
`,
      'plumed.dat',
    ),
  );
  assert.deepEqual(facts.units, { length: 0.1, energy: 4.184, time: 0.001, natural: false });
  assert.deepEqual(
    facts.biases.map(({ label, action }) => [label, action]),
    [
      ['opes', 'OPES_METAD'],
      ['metad', 'METAD'],
      ['uwall', 'UPPER_WALLS'],
      ['mr', 'MOVINGRESTRAINT'],
    ],
  );
  assert.deepEqual(facts.biases[0].parameters, {
    ARG: 'phi',
    PACE: '500',
    BARRIER: '7.2',
    TEMP: '300',
    FILE: 'KERNELS',
  });
  assert.equal(facts.biases[1].parameters.CALC_RCT, 'yes');
  assert.equal(facts.biases[3].parameters.AT1, '1');
  assert.deepEqual(facts.tables, [
    { file: 'COLVAR', columns: ['phi', 'opes.bias'] },
    { file: 'OTHER', columns: ['(d.*,x)', 'metad.*'] },
  ]);
});
