import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignSchema, parsePlan } from '../../../src/campaign/rounds/index.js';

const alanine = `
gromacs: {mdp: run.mdp, structure: conf.gro, topology: topol.top}
temperature: 300
production: {length: 10ns}
`;

test('a file of four lines is a campaign: paths are from its folder, times in ps, all else has a default', () => {
  const plan = parsePlan(alanine, '/a/b/campaign.yaml');
  assert.equal(plan.gromacs?.mdp, '/a/b/run.mdp');
  assert.deepEqual(plan.production, { length: 10_000, replicas: 2 });
  assert.equal(plan.temperature, 300);
  assert.equal(plan.natural, false);
  assert.equal(plan.training.seeds, 3);
  assert.deepEqual(plan.stop, { transitions: 20, sigmas: 2 });
});

const refused: readonly [string, string, RegExp][] = [
  [
    'no engine',
    'temperature: 300\nproduction: {length: 1ns}',
    /expected one of gromacs, lammps and pesmd but received 0/,
  ],
  [
    'two engines',
    `${alanine}pesmd: {input: p.in}\n`,
    /expected one of gromacs, lammps and pesmd but received 2/,
  ],
  ['no temperature', alanine.replace('temperature: 300', ''), /expected temperature \(K\), or kT/],
  ['both', `${alanine}kT: 1\n`, /expected temperature \(K\), or kT/],
  ['a word that it does not know', `${alanine}replicas: 3\n`, /replicas/],
  ['a time that is none', alanine.replace('10ns', 'long'), /expected a time such as 5ns but received long/],
  ['one replica', alanine.replace('10ns', '10ns, replicas: 1'), /replicas/],
  ['nothing to try', `${alanine}training: {seeds: 0}\n`, /expected CVs to try/],
  [
    'states without columns',
    `${alanine}states: [{basin: 'phi=0..2'}]\n`,
    /expected print to name the columns/,
  ],
  [
    'pilots of more than a third',
    `${alanine}pilots: {length: 5ns}\n`,
    /pilots of 10 ns in all along 4 CVs.*20 ns.*at most a third of both, 2.5 ns each/,
  ],
  ['no YAML', 'a: [', /campaign.yaml: /],
];

for (const [what, text, message] of refused)
  test(`a campaign's file is refused: ${what}`, () => {
    assert.throws(() => parsePlan(text, 'campaign.yaml'), { code: 'file-format', message });
  });

test('the schema names every part of the file', () => {
  const { properties } = campaignSchema() as { properties: object };
  for (const part of ['gromacs', 'lammps', 'pesmd', 'production', 'stop', 'budget', 'slurm'])
    assert.ok(part in properties, part);
});
