import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('weighing');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

/** A run that hops between x = −1 and 1 every ten frames, under a bias of `high` where x = −1, and a wall at times. */
function writeTable(name: string, { high = 2, step = 1, fields = 'x y opes.bias uwall.bias' } = {}): void {
  const width = fields.split(' ').length;
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const right = Math.floor(i / 10) % 2;
    const values = [
      (right ? 1 : -1) + 0.1 * Math.sin(i),
      Math.cos(1.7 * i),
      right ? 0 : high,
      i % 100 === 0 ? 9 : 0,
    ];
    return [i * step, ...values.slice(0, width)].map((value) => value.toFixed(6)).join(' ');
  });
  writeFileSync(join(folder, name), [`#! FIELDS time ${fields}`, ...rows, ''].join('\n'));
}

const basin = ['--cv', 'x', '--basin', 'x=0..2', '--discard', '0', '--points', '20', '--json'];
const deltaF = ({ stdout, stderr }: ReturnType<typeof latentcv>): number => {
  assert.notEqual(stdout, '', stderr);
  return (JSON.parse(stdout) as { deltaF: { value: number } }).deltaF.value;
};
const quick = [
  '--columns',
  'x,y',
  '--layers',
  '4',
  '--lag',
  '5ps',
  '--batch',
  '256',
  '--epochs',
  '2',
  '--latent',
  '1',
];
interface Settings {
  settings: { bias: string[]; temperature?: number; temperatures: Record<string, number>; replicas: string };
}
const settingsOf = ({ stdout, stderr }: ReturnType<typeof latentcv>): Settings['settings'] => {
  assert.notEqual(stdout, '', stderr);
  return (JSON.parse(stdout) as Settings).settings;
};

writeTable('COLVAR');
writeTable('plain', { fields: 'x y' });
const opes = 'opes: OPES_METAD ARG=x PACE=500 BARRIER=10\nuwall: UPPER_WALLS ARG=x AT=1 KAPPA=10\n';

test('a wall stays in the ensemble and is told, unless all biases are summed', () => {
  const stays = latentcv('fes', 'COLVAR', ...basin.slice(0, -1), '--temperature', '300');
  assert.match(stays.stderr, /^bias: opes\.bias, by name$/m);
  assert.match(stays.stderr, /^uwall\.bias bounds the ensemble.*: 20 of 2000 frames have V_wall > kT/m);
  const only = deltaF(latentcv('fes', 'COLVAR', ...basin, '--temperature', '300'));
  assert.ok(Math.abs(only - 2) < 1e-9, String(only));
  const sum = deltaF(latentcv('fes', 'COLVAR', ...basin, '--temperature', '300', '--bias', 'all'));
  const named = deltaF(
    latentcv('fes', 'COLVAR', ...basin, '--temperature', '300', '--bias', 'opes.bias,uwall.bias'),
  );
  assert.equal(sum, named);
  assert.ok(Math.abs(sum - only) > 0.1);
});

test('a bias in kcal/mol is converted, as its PLUMED input or an option says', () => {
  writeTable('KCAL', { high: 2 / 4.184, step: 1000 });
  writeFileSync(join(folder, 'kcal.dat'), `UNITS ENERGY=kcal/mol TIME=fs\n${opes}`);
  const told = latentcv('fes', 'KCAL', ...basin.slice(0, -1), '--temperature', '300', '--plumed', 'kcal.dat');
  assert.match(told.stderr, /^energies are in kcal\/mol: converted to kJ\/mol$/m);
  assert.match(told.stderr, /^times are in fs: converted to ps$/m);
  assert.match(told.stderr, /^bias: opes\.bias \(OPES_METAD\), as kcal\.dat says$/m);
  for (const how of [
    ['--plumed', 'kcal.dat'],
    ['--energy-unit', 'kcal/mol'],
  ]) {
    const value = deltaF(latentcv('fes', 'KCAL', ...basin, '--temperature', '300', ...how));
    assert.ok(Math.abs(value - 2) < 1e-5, `${value}`);
  }
  const trained = latentcv('train', 'KCAL', '--plumed', 'kcal.dat', ...quick, '-o', 'k.onnx', '--json');
  assert.match(trained.stderr, /cannot be evaluated from atoms|no label x/);
  const { stdout, stderr, code } = latentcv('train', 'KCAL', '--time-unit', 'fs', ...quick, '-o', 'k.onnx');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /1 ps apart/);
});

test('a run is all that has to be said: its notes tell table, bias, units and temperature', () => {
  for (const replica of ['replica-0', 'replica-1']) {
    mkdirSync(join(folder, 'run', replica), { recursive: true });
    writeTable(join('run', replica, 'COLVAR'), { high: 2 / 4.184 });
    writeTable(join('run', replica, 'OTHER'), { fields: 'x y' });
    const notes = {
      temperature: 300,
      engine: { name: 'gromacs', version: '2025.2' },
      plumed: '2.11.0',
      units: { length: 1, energy: 4.184, time: 1, natural: false },
      biases: [
        { label: 'opes', action: 'OPES_METAD', parameters: { PACE: '500', BARRIER: '10' } },
        { label: 'uwall', action: 'UPPER_WALLS', parameters: {} },
      ],
      tables: ['OTHER', 'COLVAR'].map((file) => ({ file, columns: ['x'] })),
    };
    writeFileSync(
      join(folder, 'run', replica, 'run.json'),
      JSON.stringify({ fingerprint: '', finished: true, notes }),
    );
  }
  assert.ok(Math.abs(deltaF(latentcv('fes', 'run', ...basin)) - 2) < 1e-5);
  assert.ok(Math.abs(deltaF(latentcv('fes', 'run/replica-*', ...basin)) - 2) < 1e-5);
  assert.ok(Math.abs(deltaF(latentcv('fes', 'run/replica-1/COLVAR', ...basin)) - 2) < 1e-5);
  const hotter = latentcv('fes', 'run', ...basin, '--temperature', '310');
  assert.match(hotter.stderr, /expected the temperature of .*, 300 K, but received 310 K/);
  const trained = settingsOf(latentcv('train', 'run', ...quick, '-o', 'r.onnx', '--json'));
  assert.deepEqual(
    [trained.bias, trained.temperature, trained.replicas],
    [['opes.bias'], 300, 'independent'],
  );
  const found = latentcv('search', 'run', ...quick, '--epochs', '1');
  assert.equal(found.code, 0, found.stderr);
  assert.match(found.stderr, /^bias: opes\.bias \(OPES_METAD\)/m);
  const missing = latentcv('fes', 'run', '--cv', 'z');
  assert.match(
    missing.stderr,
    /expected one table with z in the run .*replica-0 but found .*COLVAR \(x y opes\.bias uwall\.bias\)/,
  );
  assert.match(latentcv('fes', 'run', '--cv', 'bias').stderr, /did you mean opes\.bias\?/);
  const report = latentcv('report', 'run', '--cv', 'x', '-o', 'page.html');
  assert.equal(report.code, 0, report.stderr);
  const page = readFileSync(join(folder, 'page.html'), 'utf8');
  for (const fact of ['300 K', 'OPES_METAD PACE=500 BARRIER=10 (energies in kcal/mol)', '2025.2', '2.11.0'])
    assert.ok(page.includes(fact), `${fact} is not on the page`);
});

test('files of several temperatures, with and without a bias, are learned from together, each saying its own', () => {
  const hot = ['--temperature', '300', '--temperature', 'plain=600'];
  const lacking = latentcv(
    'train',
    'COLVAR',
    'plain',
    ...quick,
    ...hot,
    '--bias',
    'opes.bias',
    '-o',
    'm.onnx',
  );
  assert.equal(lacking.code, 2);
  assert.match(lacking.stderr, /expected a column opes\.bias in plain .*\nhint: .*--unbiased/);
  const both = [
    'train',
    'plain',
    'COLVAR',
    ...quick,
    ...hot,
    '--unbiased',
    'plain',
    '-o',
    'm.onnx',
    '--json',
  ];
  const settings = settingsOf(latentcv(...both));
  assert.deepEqual(settings.bias, ['opes.bias']);
  assert.deepEqual([settings.temperature, settings.temperatures], [600, { COLVAR: 300 }]);
  const streamed = settingsOf(latentcv(...both, '--stream'));
  assert.deepEqual(streamed, settings);
  const mixed = latentcv('fes', 'COLVAR', 'plain', ...basin, ...hot);
  assert.match(mixed.stderr, /COLVAR is at 300 K and plain at 600 K\nhint: .*MBAR/);
  const partly = latentcv(
    'fes',
    'COLVAR',
    'plain',
    ...basin,
    '--temperature',
    '300',
    '--unbiased',
    'plain',
    '--notes',
  );
  assert.match(partly.stderr, /^COLVAR: an estimate of its own, as MBAR takes static biases alone$/m);
  assert.match(
    latentcv('train', 'COLVAR', ...quick, '--unbiased', 'other', '-o', 'm.onnx').stderr,
    /fits none: COLVAR/,
  );
});

test('a temperature is never assumed', () => {
  const weighed = latentcv('train', 'COLVAR', ...quick, '--bias', 'opes.bias', '-o', 't.onnx');
  assert.equal(weighed.code, 2, weighed.stderr);
  assert.match(weighed.stderr, /expected the temperature of COLVAR, whose frames weigh by opes\.bias/);
  const alike = latentcv('train', 'COLVAR', ...quick, '-o', 't.onnx', '--json');
  assert.match(alike.stderr, /^warning: frames weigh alike, though opes\.bias biased them: --temperature/m);
  assert.deepEqual(settingsOf(alike).bias, []);
  const meant = latentcv('train', 'COLVAR', ...quick, '--bias', 'none', '-o', 't.onnx', '--json');
  assert.doesNotMatch(meant.stderr, /weigh alike, though/);
  for (const command of ['train', 'search', 'fes', 'report']) {
    const output = command === 'train' || command === 'report' ? ['-o', 'never'] : [];
    const cv = command === 'fes' || command === 'report' ? ['--cv', 'x'] : [];
    const { code, stderr } = latentcv(
      command,
      'COLVAR',
      ...cv,
      ...output,
      '--temperature',
      '300',
      '--kt',
      '2.5',
    );
    assert.equal(code, 2, stderr);
    assert.match(stderr, /expected --temperature \(K\) or --kt, not both/);
  }
});

test('lengths in Å become nm where the model takes nm, and only there', () => {
  const rows = (unit: number): string[] =>
    Array.from(
      { length: 1000 },
      (_, i) => `${i} ${(unit * (1 + 0.3 * Math.sin(i / 40) + 0.1 * Math.sin(i))).toFixed(7)}`,
    );
  for (const [name, unit] of [
    ['NM', 1],
    ['A', 10],
  ] as const)
    writeFileSync(join(folder, name), ['#! FIELDS time d', ...rows(unit), ''].join('\n'));
  writeFileSync(join(folder, 'nm.dat'), 'd: DISTANCE ATOMS=1,2\n');
  writeFileSync(join(folder, 'a.dat'), 'UNITS LENGTH=A\nd: DISTANCE ATOMS=1,2\n');
  const distance = quick.map((word) => (word === 'x,y' ? 'd' : word));
  const train = (table: string, output: string, ...more: string[]) =>
    latentcv('train', table, ...distance, '-o', output, ...more);
  assert.equal(train('NM', 'nm.onnx', '--plumed', 'nm.dat').code, 0);
  const converted = train('A', 'a.onnx', '--plumed', 'a.dat');
  assert.equal(converted.code, 0, converted.stderr);
  assert.match(converted.stderr, /^lengths are in A: converted to nm$/m);
  const predicted = (model: string, table: string, ...more: string[]): number[] => {
    const { code, stderr } = latentcv('predict', model, table, '-o', 'cv.csv', ...more);
    assert.equal(code, 0, stderr);
    const lines = readFileSync(join(folder, 'cv.csv'), 'utf8').trim().split('\n').slice(1);
    return lines.map((line) => Number(line.split(',')[1]));
  };
  const inNm = predicted('nm.onnx', 'NM');
  const sets = [predicted('nm.onnx', 'A', '--length-unit', 'A'), predicted('a.onnx', 'NM')];
  for (const found of sets)
    found.forEach((value, i) =>
      assert.ok(Math.abs(value - inNm[i]) < 1e-4, `frame ${i}: ${value}, ${inNm[i]}`),
    );
  assert.equal(train('A', 'plain.onnx').code, 0);
  assert.match(
    latentcv('predict', 'plain.onnx', 'A', '-o', 'cv.csv', '--length-unit', 'A').stderr,
    /inputs in nm/,
  );
  assert.match(train('A', 'x.onnx', '--length-unit', 'A').stderr, /expected --plumed with --length-unit/);
});
