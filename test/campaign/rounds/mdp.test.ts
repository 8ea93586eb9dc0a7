import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectUsable, mdpOfRun, mdpValue } from '../../../src/campaign/rounds/engines/index.js';

const mdp = (text: string) => ({ path: 'run.mdp', lines: text.split('\n') });

const given = mdp(`integrator = sd ; Langevin
dt = 0.002
tc_grps = Protein Non-Protein
tau-t = 1 1
Ref_T = 300 300
gen-vel = yes
gen_temp = 300
gen_seed = -1
pcoupl = C-rescale
; nsteps = 1
`);

test('a run has its temperature for every group, seeds and a length; the barostat stays at the temperature of production', () => {
  const own = mdp(mdpOfRun(given, { temperature: 300, seed: 7, length: 100, stride: 250, hot: false }));
  const values = [
    'ref-t',
    'gen-temp',
    'gen-seed',
    'ld-seed',
    'nsteps',
    'nstxout-compressed',
    'pcoupl',
    'tau_t',
  ];
  assert.deepEqual(
    values.map((key) => mdpValue(own, key)),
    ['300 300', '300', '7', '7', '50000', '250', 'C-rescale', '1 1'],
  );
  assert.equal(own.lines.filter((line) => /^ref.t/i.test(line)).length, 1);
});

test('a hot run is one at constant volume', () => {
  const hot = mdp(mdpOfRun(given, { temperature: 600, seed: 7, length: 100, stride: 250, hot: true }));
  assert.deepEqual(
    ['ref-t', 'gen-temp', 'pcoupl'].map((key) => mdpValue(hot, key)),
    ['600 600', '600', 'no'],
  );
});

test('velocities that are not generated are left alone', () => {
  const own = mdp(
    mdpOfRun(mdp('integrator = sd\ndt = 0.001\nref-t = 300'), {
      ...{ temperature: 600, seed: 1, length: 1, stride: 5, hot: true },
    }),
  );
  assert.equal(mdpValue(own, 'gen-temp'), undefined);
  assert.equal(mdpValue(own, 'nsteps'), '1000');
});

const refused: readonly [string, string, RegExp][] = [
  ['a minimisation', 'integrator = steep', /expected a run of dynamics but received integrator = steep/],
  ['no thermostat', 'integrator = md', /expected a thermostat/],
  ['annealing', 'integrator = sd\nannealing = single', /annealing/],
  ['replicas that would be one', 'integrator = md\ntcoupl = nose-hoover', /all replicas would be one/],
];

for (const [what, text, message] of refused)
  test(`run parameters are refused: ${what}`, () => {
    assert.throws(() => expectUsable(mdp(text)), { code: 'bad-data', message });
  });

test('stochastic dynamics and a stochastic thermostat do', () => {
  for (const text of ['integrator = sd', 'tcoupl = V-rescale', 'tcoupl = nose-hoover\ngen_vel = yes'])
    expectUsable(mdp(text));
});
