import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { Random } from '../../src/support/random.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('inputs');
const at = (name: string): string => join(folder, name);
const quick = '--latent 1 --lag 1ps --epochs 12 --layers 4'.split(' ');
const random = new Random(4);
let slow = 0;
const angles = Array.from({ length: 400 }, () => {
  slow = 0.95 * slow + 0.3 * random.normal();
  return [Math.atan2(Math.sin(slow), Math.cos(slow)), random.uniform(-3, 3)];
});

const fields = 'phi psi cv.node-0 opes.bias opes.rct opes.zed uwall.bias uwall.force2 ene pot n'.split(' ');
writeFileSync(
  at('COLVAR'),
  `#! FIELDS time ${fields.join(' ')}\n` +
    ['phi', 'psi'].map((label) => `#! SET min_${label} -pi\n#! SET max_${label} pi\n`).join('') +
    angles
      .map(([phi, psi], i) =>
        [
          i,
          phi,
          psi,
          phi / 3,
          9 + phi,
          1 / (i + 1),
          psi ** 2,
          0,
          0,
          random.normal(),
          random.normal(),
          3 * i,
        ].join(' '),
      )
      .join('\n') +
    '\n',
);
writeFileSync(
  at('pandas.csv'),
  `Unnamed: 0,Step,time,phi,psi\n${angles.map((row, i) => [i, 500 * i, i, ...row].join(',')).join('\n')}\n`,
);
const inputsOf = async (file: string): Promise<string[]> =>
  (await loadModel(at(file))).metadata!.inputs.map(({ label }) => label);

suite('what is learned from', () => {
  test('neither biases, energies, counters nor earlier CVs, which is told in one line', async () => {
    for (const args of [[], ['--columns', '*']]) {
      const { code, stderr } = runCli(['train', at('COLVAR'), ...args, '-o', at('a.onnx'), ...quick]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(await inputsOf('a.onnx'), ['phi', 'psi']);
      assert.match(
        stderr,
        /^warning: not learned from, .*: cv\.node-0 \(earlier CV\), opes\.bias, .* \(bias\), ene, pot \(energy\), n \(counter\) \(--columns/m,
      );
    }
  });

  test('what is named is, and what weighs the frames is none of it', async () => {
    const { code, stderr } = runCli(
      [
        'train',
        at('COLVAR'),
        '--columns',
        'phi,opes.*',
        '--bias',
        'opes.bias',
        '--temperature',
        '300',
      ].concat(['-o', at('b.onnx')], quick),
    );
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /not learned from/);
    assert.deepEqual(await inputsOf('b.onnx'), ['phi', 'opes.rct', 'opes.zed']);
  });

  test('row numbers of pandas and steps are no inputs, from TypeScript and on disk too', async () => {
    for (const stream of [false, true]) {
      const lines: string[] = [];
      await trainFromTables({
        files: [at('pandas.csv')],
        output: at('c.onnx'),
        training: { latent: 1, lag: 1, epochs: 2, hidden: [4] },
        stream,
        onWarning: (line) => lines.push(line),
      });
      assert.deepEqual(await inputsOf('c.onnx'), ['phi', 'psi']);
      assert.match(lines.join('\n'), /not learned from, .*: Unnamed: 0, Step \(counter\)/);
    }
  });

  test('a PLUMED input tells an energy by its action', async () => {
    writeFileSync(at('plumed.dat'), 'phi: TORSION ATOMS=1,2,3,4\nx: ENERGY\nt: TORSION ATOMS=2,3,4,5\n');
    const rows = angles.map(([phi, t], i) => [i, phi, random.normal(), t].join(' '));
    const periods = ['phi', 't'].map((label) => `#! SET min_${label} -pi\n#! SET max_${label} pi\n`);
    writeFileSync(at('energies'), `#! FIELDS time phi x t\n${periods.join('')}${rows.join('\n')}\n`);
    const { code, stderr } = runCli(
      ['train', at('energies'), '--plumed', at('plumed.dat'), '-o', at('d.onnx')].concat(quick),
    );
    assert.equal(code, 0, stderr);
    assert.match(stderr, /not learned from, .*: x \(energy\)/);
    assert.deepEqual(await inputsOf('d.onnx'), ['phi', 't']);
  });

  test('nothing but such columns is refused', () => {
    writeFileSync(at('energy'), `#! FIELDS time ene\n${angles.map(([x], i) => `${i} ${x}`).join('\n')}\n`);
    const { code, stderr } = runCli(['train', at('energy'), '-o', at('e.onnx'), ...quick]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /expected columns to learn from but found only ene \(energy\)\nhint: name with --columns/,
    );
  });

  test('search says the same', () => {
    const { code, stdout, stderr } = runCli([
      'search',
      at('COLVAR'),
      '--method',
      'tica,pca',
      '--latent',
      '1',
      '--lag',
      '1ps',
    ]);
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(/not learned from/g)?.length, 1);
    assert.match(stdout, /^tica/m);
  });
});

suite('what is told of a training', () => {
  const train = (...args: string[]) => runCli(['train', at('COLVAR'), '-o', at('m.onnx'), ...args]);

  test('a linear method has no network, no rate and no epochs', () => {
    const { code, stdout, stderr } = train('--method', 'tica', '--latent', '1', '--lag', '1ps');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^method tica, 1 linear, lag 1 ps, .*, solved in one go$/m);
    assert.match(stdout, /^validation loss -0\.\d+$/m);
    assert.doesNotMatch(stdout + stderr, /epoch|rate|encoder/);
  });

  test('a method without pairs has no lag, and steps are told', () => {
    const { code, stdout, stderr } = train('--method', 'autoencoder', '--latent', '1', '--epochs', '2');
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /lag/);
    assert.match(stdout, /^10 steps an epoch, of 32 frames each, at most 2 epochs \(patience 120\)$/m);
    assert.match(stdout, /^learning rate 0\.005, plateau$/m);
  });
});

suite('files that are no tables of frames', () => {
  test('a TPR, and one that is not there', () => {
    writeFileSync(at('input.tpr'), Buffer.of(0, 1, 2));
    const given = runCli(['train', at('input.tpr'), '-o', at('x.onnx')]);
    assert.match(
      given.stderr,
      /hint: give the trajectory of its run with --structure conf.gro, which gmx editconf/,
    );
    const missing = runCli(['run', '--tpr', at('missing.tpr'), '--folder', at('run')]);
    assert.equal(missing.code, 2);
    assert.match(
      missing.stderr,
      /cannot read GROMACS's run input .*missing\.tpr: there is no such file\nhint: gmx grompp/,
    );
  });

  test('hills are refused by fes too, and one file by two names is taken once', () => {
    writeFileSync(at('HILLS'), '#! FIELDS time phi sigma_phi height biasf\n 1 1 .2 1.2 10\n');
    const fes = (...files: string[]) =>
      runCli(['fes', ...files, '--cv', 'phi', '--temperature', '300', '--bias', 'opes.bias']);
    assert.match(
      fes(at('HILLS')).stderr,
      /it holds the hills of METAD \(HILLS\)\nhint: give the file that PRINT wrote/,
    );
    mkdirSync(at('again'), { recursive: true });
    symlinkSync(at('COLVAR'), at('again/COLVAR'));
    const twice = fes(at('COLVAR'), at('again/COLVAR'));
    assert.equal(twice.code, 0, twice.stderr);
    assert.match(
      twice.stderr,
      /again\/COLVAR is left out: it is the same as .*COLVAR, whose frames would count twice/,
    );
    assert.equal(twice.stdout, fes(at('COLVAR')).stdout);
  });

  test('states that are a torsion are refused with words', () => {
    const { stderr } = runCli([
      'train',
      at('COLVAR'),
      '--labels',
      'phi',
      '--method',
      'deep-tda',
      '--latent',
      '1',
      '-o',
      at('x.onnx'),
    ]);
    assert.match(
      stderr,
      /expected whole numbers for the states in phi but received -?\d\.\d+\nhint: states are whole/,
    );
  });
});
