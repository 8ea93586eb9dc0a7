import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { runCli } from './run-cli.js';

const commands = [
  'train',
  'search',
  'inspect',
  'plumed',
  'run',
  'fes',
  'report',
  'plugin',
  'setup',
  'doctor',
  'quickstart',
];

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal(runCli(['--version']).stdout, `${version}\n`);
});

test('the help names every command', () => {
  const { code, stdout } = runCli(['--help']);
  assert.equal(code, 0);
  for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
});

for (const command of commands) {
  test(`${command} --help has an example of its own, and the exit codes`, () => {
    const { code, stdout } = runCli([command, '--help']);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`Example:\\n  latentcv ${command}`));
    assert.match(stdout, /--json/);
    assert.match(stdout, /Exit codes: 0 done/);
  });
}

const misuses: [string[], RegExp][] = [
  [
    ['setup', 'plumd'],
    /expected a part \(plumed, gromacs, lammps, chemfiles, cuda, all\) but received "plumd"/,
  ],
  [['trian'], /unknown command 'trian'[^]*Did you mean train/],
  [['inspect'], /missing required argument 'model'/],
  [['inspect', 'a.onnx', '--jsn'], /unknown option '--jsn'[^]*Did you mean --json/],
  [['fes', 'COLVAR', '--temperature', '300'], /required option '--cv <columns>'/],
  [['fes', 'COLVAR', '--cv', 'x', '--discard', '2'], /from 0 to below 1 for --discard but received "2"/],
  [['fes', 'COLVAR', '--cv', 'x'], /expected --temperature/],
  [['report', 'COLVAR', '--cv', 'x,y', '-o', 'r.html'], /expected one column for --cv but received x,y/],
  [
    ['report', 'COLVAR', '--cv', 'x', '--against', 'a,b,c', '-o', 'r.html'],
    /expected one or two columns for --against but received a,b,c/,
  ],
  [['train', 'COLVAR', '-o', 'm.onnx', '--layers', '64,none'], /64,32 for --layers but received "64,none"/],
  [['train', 'COLVAR', '-o', 'm.onnx', '--lag', 'long'], /10ps for --lag but received "long"/],
  [
    ['train', 'COLVAR', '-o', 'm.onnx', '--method', 'pca2'],
    /auto, vamp-autoencoder.* for --method but received "pca2"/,
  ],
  [['train', 'COLVAR', '-o', 'm.onnx', '--set', 'beta'], /beta=0\.5.*for --set/],
  [['search', 'COLVAR', '--latent', '4..1'], /1\.\.4 for --latent but received "4\.\.1"/],
  [['search', 'COLVAR', '--method', 'autoencoder,none'], /vamp-autoencoder.*for --method/],
  [
    ['plumed', 'plumed.dat', '--model', 'm.onnx', '--bias', 'abf'],
    /opes, .*umbrella or none for --bias but received "abf"/,
  ],
  [
    ['plumed', 'plumed.dat', '--model', 'm.onnx', '--bias', 'restraint'],
    /expected --at with --bias restraint/,
  ],
  [
    ['plumed', 'a.dat', '--model', 'm.onnx', '--barrier', '3', '-o', 'a.dat'],
    /another file to write than a\.dat, which is read/,
  ],
];
for (const [args, message] of misuses) {
  test(`wrong usage ends with 2 and a hint: latentcv ${args.join(' ')}`, () => {
    const { code, stdout, stderr } = runCli(args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.match(stderr, /^error: /);
    assert.ok(!/\n\s+at /.test(stderr), 'no stack');
  });
}

test('--verbose shows where an error came from', () => {
  const { stderr } = runCli(['inspect', 'nowhere.onnx', '--verbose']);
  assert.match(stderr, /\n\s+at /);
});

test('a reader that closes the pipe early is no failure', () => {
  const script = `"${process.execPath}" "${join(packageRoot(), 'dist', 'src', 'cli', 'main.js')}" train --help | head -n 1`;
  const { stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], { encoding: 'utf8' });
  assert.match(stdout, /^Usage: latentcv train/);
  assert.equal(stderr, '');
});
