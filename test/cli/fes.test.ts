import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from './run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('fes');

interface FesJson {
  bias: string | null;
  frames: number;
  deltaF: { value: number; error: number };
  transitions: { count: number };
  freeEnergy: { coordinate: number[]; energy: (number | null)[]; error: (number | null)[] };
}

/** A run that hops between x = −1 and x = 1 every ten frames, with a bias that favours x = 1 by 2 kJ/mol. */
function writeColvar(name: string, fields: string): string {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const right = Math.floor(i / 10) % 2;
    return `${i} ${(right ? 1 : -1) + 0.1 * Math.sin(i)} ${right ? 0 : 2}`;
  });
  writeFileSync(join(folder, name), [`#! FIELDS time x ${fields}`, ...rows, ''].join('\n'));
  return join(folder, name);
}

const colvar = writeColvar('COLVAR', 'opes.bias');
const common = ['--cv', 'x', '--temperature', '300'];

test('ΔF comes from the bias: as many frames on both sides, 2 kJ/mol of bias on one', () => {
  const args = [
    'fes',
    colvar,
    ...common,
    '--basin',
    'x=0..2',
    '--cores',
    'x=-2..-0.5,0.5..2',
    '--json',
    '--discard',
    '0',
  ];
  const { code, stdout, stderr } = runCli(args);
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout) as FesJson;
  assert.equal(result.bias, 'opes.bias');
  assert.equal(result.frames, 2000);
  assert.ok(Math.abs(result.deltaF.value - 2) < 1e-9, `${result.deltaF.value}`);
  assert.equal(result.transitions.count, 199);
  assert.equal(Math.min(...result.freeEnergy.energy.filter((e) => e !== null)), 0);
});

test('with --kt energies are in its units, with the decimals they deserve', () => {
  const basin = ['--basin', 'x=0..2', '--discard', '0'];
  const inKelvin = runCli(['fes', colvar, ...common, ...basin]);
  assert.match(inKelvin.stderr, /ΔF\(B − A\) = 2\.00 ± 0\.\d\d kJ\/mol/);
  const natural = runCli(['fes', colvar, '--cv', 'x', '--kt', '0.2', ...basin]);
  assert.match(natural.stderr, /ΔF\(B − A\) = 2\.000 ± 0\.\d\d\d$/m);
});

test('the table is one that PLUMED tools and gnuplot read', () => {
  const output = join(folder, 'fes.dat');
  const { code, stdout } = runCli(['fes', colvar, ...common, '--points', '50', '-o', output, '--quiet']);
  assert.equal(code, 0);
  assert.equal(stdout, '');
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  assert.deepEqual(lines.slice(0, 3), [
    '#! FIELDS x free error',
    '#! SET temperature 300',
    '#! SET energy_unit kJ/mol',
  ]);
  assert.ok(lines.includes('#! SET nbins_x 49') && lines.includes('#! SET periodic_x false'));
  const rows = lines.filter((line) => !line.startsWith('#'));
  assert.equal(rows.length, 50);
  assert.ok(rows.every((line) => line.trim().split(/\s+/).length === 3));
});

test('a run without a bias has to be called that', () => {
  const plain = writeColvar('plain', 'energy');
  const missing = runCli(['fes', plain, ...common]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /expected a column of the bias[^]*--bias none/);
  assert.equal(runCli(['fes', plain, ...common, '--bias', 'none', '--quiet']).code, 0);
});

test('a misspelt column is answered with the closest one', () => {
  const phases = writeColvar('phases', 'opes.bias').replace('phases', 'COLVAR');
  const { code, stderr } = runCli(['fes', phases, '--cv', 'X', '--temperature', '300']);
  assert.equal(code, 1);
  assert.match(stderr, /expected a column X .*\nhint: did you mean x\?/);
});

test('a missing file is named', () => {
  const { code, stderr } = runCli(['fes', 'nowhere/COLVAR', ...common]);
  assert.equal(code, 1);
  assert.match(stderr, /^error: .*nowhere\/COLVAR/);
});
