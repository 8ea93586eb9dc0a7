import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeModelFile } from '../../../src/onnx/index.js';
import { smallModel } from '../../onnx/models.js';
import { ring } from '../../plumed/confinement/ring-host.js';
import { guestRun, inCylinder } from '../../states/guest-in-well.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('confinement');
const [model, pose] = [join(folder, 'model.onnx'), join(folder, 'pose.gro')];
writeFileSync(model, writeModelFile(smallModel()));
const guest = [0.03, 0.17].map((z) => [0.02, 0, z]);
const atoms = [...ring.map((x) => ['HST', x] as const), ...guest.map((x) => ['GST', x] as const)];
const line = ([residue, x]: (typeof atoms)[number], i: number): string =>
  `${String(residue === 'HST' ? 1 : 2).padStart(5)}${residue.padEnd(5)}${`C${i + 1}`.padStart(5)}${String(i + 1).padStart(5)}` +
  x.map((value) => (value + 2).toFixed(3).padStart(8)).join('');
writeFileSync(
  pose,
  ['ring', String(atoms.length), ...atoms.map(line), '   6.00000   6.00000   6.00000', ''].join('\n'),
);
const words = [
  'plumed',
  '--model',
  model,
  '--bias',
  'none',
  '--plugin',
  '/opt/plugin.so',
  '--temperature',
  '300',
];
const both = ['--pose', pose, '--host', 'resname HST', '--guest', 'resname GST'];

test('a guest is confined by its pose, and what is left to it is told; states finds it and tells ΔG°', () => {
  const run = join(folder, 'run');
  mkdirSync(run);
  const output = join(run, 'plumed.dat');
  const limits = ['--radius', '0.4', '--depth', '-0.3..2', '--wall-kappa', '2000'];
  const written = runCli([...words, '--cylinder', ...both, ...limits, '-o', output]);
  assert.equal(written.code, 0, written.stderr);
  assert.match(written.stderr, /a cylinder along \(0\.000, -?0\.000, 1\.000\)/);
  assert.match(written.stderr, /depth +-0\.30 +2\.00 +0\.10 +-0\.25\.\.0\.25/);
  assert.match(written.stderr, /1 mol\/l is one in 1\.6605 nm³/);
  const text = readFileSync(output, 'utf8');
  assert.match(text, /\n# latentcv confinement: cylinder from=-0\.3 to=2 radius=0\.4 kappa=2000 /);
  assert.match(text, /\nwall_side: UPPER_WALLS ARG=radial AT=0\.4 KAPPA=2000\n/);
  // a table of such a run, whose input lies beside it
  const { values, dataset } = guestRun(inCylinder, 4, 1500, 0.2);
  const [depth, bias] = ['depth', 'opes.bias'].map(values);
  const rows = Array.from(
    { length: dataset.frames },
    (_, i) => `${i} ${depth[i]} 0.1 ${Math.abs(depth[i])} ${bias[i]}`,
  );
  const table = join(run, 'COLVAR');
  writeFileSync(table, ['#! FIELDS time depth radial distance opes.bias', ...rows, ''].join('\n'));
  const asked = [
    'states',
    table,
    '--basin',
    'bound: depth < 0.9; unbound: depth > 0.9',
    '--bias',
    'opes.bias',
  ];
  const found = runCli([
    ...asked,
    '--unbound',
    'depth > 0.9',
    '--temperature',
    '300',
    '--discard',
    '0',
    '--json',
  ]);
  assert.ok(found.code === 0, found.stderr);
  const { binding } = JSON.parse(found.stdout) as {
    binding: { confinement: { radius: number }; total: { deltaG: number; error: number }; volume: number };
  };
  assert.equal(binding.confinement.radius, 0.4);
  assert.ok(binding.total.deltaG < -7 && binding.total.deltaG > -13, String(binding.total.deltaG));
  assert.ok(binding.total.error > 0.1 && binding.total.error < 2);
});

test('a run whose guest never left has states and no ΔG°: the reason is told, in words, JSON and on the page', () => {
  const [run, states, page] = ['never-left', 'never-left-states', 'never-left.html'].map((name) =>
    join(folder, name),
  );
  mkdirSync(run);
  const input = join(run, 'plumed.dat');
  const made = runCli([...words, '--cylinder', ...both, '-o', input]);
  assert.equal(made.code, 0, made.stderr);
  const depth = Array.from({ length: 400 }, (_, i) => (i % 8 < 4 ? 0.1 : 0.4) + 0.01 * (i % 5));
  const rows = depth.map((value, i) => `${i} ${value} 0.1 ${value}`);
  const table = join(run, 'COLVAR');
  writeFileSync(table, ['#! FIELDS time depth radial distance', ...rows, ''].join('\n'));
  const weighed = [table, '--bias', 'none', '--temperature', '300', '--discard', '0'];
  const rules = ['--basin', 'in: depth < 0.3; out: depth > 0.3', '--unbound', 'depth > 1'];
  const found = runCli(['states', ...weighed, ...rules, '-o', states]);
  assert.equal(found.code, 4, found.stderr);
  const why = 'not determined: 0 transitions in the analysed frames; state unbound was never visited in them';
  assert.match(found.stdout, new RegExp(`\\n  total +ΔG° ${why}\\n  in +ΔG° ${why}\\n`));
  assert.match(
    found.stderr,
    /no frame lies in basin unbound, depth > 1: of 400 frames depth goes from 0\.1 to 0\.44/,
  );
  const { binding } = JSON.parse(readFileSync(join(states, 'states.json'), 'utf8')) as {
    binding: { total: Record<string, unknown>; modes: { name: string; reason: string }[] };
  };
  const { deltaG, error, reason } = binding.total;
  assert.deepEqual([deltaG, error, reason], [null, null, why]);
  assert.deepEqual(binding.modes.map(({ name, reason: its }) => `${name} ${its}`).sort(), [
    `in ${why}`,
    `out ${why}`,
  ]);
  const told = runCli(['report', ...weighed, '--cv', 'depth', '--states', states, '-o', page]);
  assert.equal(told.code, 0, told.stderr);
  const html = readFileSync(page, 'utf8').replaceAll(/\s+/g, ' ');
  assert.match(html, /the guest is unbound where depth &gt; 1, and has/);
  assert.match(
    html,
    new RegExp(`<td>all that is bound</td><td>–</td><td>0</td><td>${why}</td>`.replaceAll('><', '>\\s*<')),
  );
});

test('without a model what keeps the guest is all: an input for the frames of a first one', () => {
  const output = join(folder, 'first.dat');
  const made = runCli(['plumed', '--sphere', ...both, '--stride', '250', '-o', output, '--json', '--notes']);
  assert.equal(made.code, 0, made.stderr);
  assert.match(
    made.stderr,
    /without a model: a run of it makes frames to learn from; they go to COLVAR: distance/,
  );
  const text = readFileSync(output, 'utf8');
  assert.match(text, /^# latentcv confinement: sphere radius=/);
  assert.match(text, /\nPRINT ARG=distance,wall_sphere\.bias STRIDE=250 FILE=COLVAR\n$/);
  const told = JSON.parse(made.stdout) as { text: string; confinement: { kind: string }; confined: object };
  assert.equal(told.text, text);
  assert.equal(told.confinement.kind, 'sphere');
  assert.ok('unboundVolume' in told.confined);
  for (const [args, message] of [
    [['--sphere', ...both, '--barrier', '40'], /expected --model with --barrier but found none/],
    [['--sphere', ...both, '--bias', 'metad'], /expected --model with --bias but found none/],
    [['--pose', pose], /expected --model but found none/],
    [[], /expected --model but found none/],
  ] as const) {
    const { code, stderr } = runCli(['plumed', ...args]);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.match(stderr, /hint: without a model there are --sphere, --cylinder and --funnel/);
  }
});

test('a lower wall on depth pulls the guest out, with a model or without one', () => {
  const pull = ['--cylinder', ...both, '--wall', 'depth > 0.9 kappa=200'];
  for (const start of [['plumed', '--temperature', '300'], words]) {
    const made = runCli([...start, ...pull, '--json', '--notes']);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /\\nlwall: LOWER_WALLS ARG=depth AT=0\.9 KAPPA=200\\n/);
    assert.match(made.stderr, /the wall on depth leaves another volume than the cylinder/);
  }
});

test('options that are missing, or speak of no confinement, are refused', () => {
  for (const [args, message] of [
    [['--sphere'], /expected --pose with --sphere/],
    [['--sphere', '--funnel', ...both], /expected one of --sphere, --cylinder, --funnel/],
    [['--radius', '1'], /with --radius/],
    [['--sphere', '--pose', pose, '--host', 'resname HST', '--guest', 'all'], /without an atom in common/],
  ] as const) {
    const { code, stderr } = runCli([...words, ...args]);
    assert.notEqual(code, 0);
    assert.match(stderr, message);
  }
});
