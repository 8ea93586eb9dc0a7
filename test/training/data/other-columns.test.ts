import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherColumns } from '../../../src/training/index.js';
import { Random } from '../../../src/support/random.js';
import { tableOf } from '../data.js';

/** A table of noise with these columns, or with what is given for one of them. */
function noise(labels: readonly string[], given: Record<string, (frame: number) => number> = {}) {
  const random = new Random(1);
  const frames = 50;
  const rows = Array.from({ length: frames }, (_, i) =>
    labels.map((label) => given[label]?.(i) ?? random.normal()),
  );
  return tableOf(
    labels.map((label) => ({ label })),
    Float64Array.from(rows.flat()),
  );
}
const found = (labels: readonly string[], actions?: Map<string, string>): Record<string, string> =>
  Object.fromEntries(otherColumns(noise(labels), actions).map(({ label, kind }) => [label, kind]));

const descriptors =
  'phi psi d_2_5 d1 cn coord.mean d.x gyr.rg1 rmsd volume end-to-end e2e frac pocket turn steps_open x1'.split(
    ' ',
  );

test('what PLUMED prints of biases, weights, energies, models and steps is told by its name', () => {
  const others: Record<string, string[]> = {
    bias: (
      'opes.bias opes.rct opes.zed opes.neff opes.nker opes.nlker opes.work metad.rbias metad.bias metad.acc uwall.bias ' +
      'uwall.force2 mr.phi_cntr mr.phi_work mr.phi_kappa b.d_bias opes.made-up bias'
    ).split(' '),
    weight: ['weight', 'logweights'],
    energy: 'ene energy pot potential poteng md.ene'.split(' '),
    'earlier CV': ['cv.node-0', 'cv.node-1', 'node-0', 'cv.uncertainty', 'cv.committor', 'kolmogorov'],
    counter: ['Unnamed: 0', 'Unnamed: 0.1', 'Step', 'step', 'frame', 'index', 't', 'walker', 'time_ns'],
  };
  const all = [...descriptors, ...Object.values(others).flat()];
  const expected = Object.entries(others).flatMap(([kind, labels]) => labels.map((label) => [label, kind]));
  assert.deepEqual(found(all), Object.fromEntries(expected));
});

test('so is what OpenMM and LAMMPS report', () => {
  const labels = [
    'Potential Energy (kJ/mole)',
    'Total Energy (kJ/mole)',
    'Temperature (K)',
    'PotEng',
    'Elapsed Time (s)',
  ];
  assert.deepEqual(Object.values(found(labels)), ['energy', 'energy', 'engine', 'energy', 'engine']);
});

test('the action goes before the name', () => {
  const actions = new Map([
    ['u', 'ENERGY'],
    ['w', 'REWEIGHT_BIAS'],
    ['n', 'TIME'],
    ['s', 'PYTORCH_MODEL'],
    ['ecv', 'ECV_MULTITHERMAL'],
    ['t', 'TORSION'],
    ['pot', 'DISTANCE'],
  ]);
  assert.deepEqual(found(['u', 'w', 'n', 's.out', 'ecv.ene', 't', 'pot', 'phi'], actions), {
    ...{ u: 'energy', w: 'weight', n: 'counter', 's.out': 'earlier CV', 'ecv.ene': 'energy' },
  });
});

test('a column that counts is told by that, whatever it is called', () => {
  const straight = {
    a: (i: number) => 500 * i,
    b: (i: number) => -0.002 * i + 7,
    c: (i: number) => Math.fround(1e6 + i),
  };
  const bent = {
    d: (i: number) => i * i,
    e: (i: number) => Math.min(i, 48),
    f: () => 3,
    g: (i: number) => Math.sin(i / 1e3),
  };
  const table = noise([...Object.keys(straight), ...Object.keys(bent)], { ...straight, ...bent });
  assert.deepEqual(
    otherColumns(table).map(({ label }) => label),
    ['a', 'b', 'c'],
  );
  const uneven = { ...table, time: table.time.map((ps) => ps ** 1.5) };
  assert.deepEqual(otherColumns(uneven).length, 3);
});
