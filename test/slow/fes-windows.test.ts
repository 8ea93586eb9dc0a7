import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPlumed, runPesmd } from '../../src/programs/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli, type CliResult } from '../cli/run-cli.js';
import '../optimised-plumed.js';

const folder = temporaryFolder('fes-windows');
const centres = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];

// In units of kT: a barrier of 5, the right well higher than the left by about 1.6.
const potential = (x: number): number => 5 * (x * x - 1) ** 2 + 0.8 * x;

/** By the midpoint rule. */
function exactDeltaF(): number {
  const side = (sign: number): number => {
    let sum = 0;
    for (let x = 5e-5; x < 4; x += 1e-4) sum += Math.exp(-potential(sign * x));
    return sum;
  };
  return -Math.log(side(1) / side(-1));
}

const inputOf = (bias: string, columns: string): string =>
  [
    'UNITS NATURAL',
    'p: DISTANCE ATOMS=1,2 COMPONENTS',
    'v: CUSTOM ARG=p.x FUNC=5*(x^2-1)^2+0.8*x PERIODIC=NO',
    'surface: BIASVALUE ARG=v',
    'w: UPPER_WALLS ARG=p.x AT=1.8 KAPPA=200',
    bias,
    `PRINT ARG=p.x,w.bias${columns} STRIDE=10 FILE=COLVAR`,
    '',
  ].join('\n');

/** A run of pesmd in a folder of its own, with nothing but its input and its table in it. */
async function run(name: string, bias: string, columns: string, start: number, seed: number): Promise<void> {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const scratch = temporaryFolder('pesmd');
  writeFileSync(join(scratch, 'plumed.dat'), inputOf(bias, columns));
  const settings = {
    temperature: 1,
    tstep: 0.01,
    friction: 2,
    dimension: 1,
    ipos: start,
    periodic: 'false',
    nstep: 30000,
    idum: seed,
  };
  writeFileSync(
    join(scratch, 'in'),
    Object.entries(settings)
      .map((pair) => pair.join(' '))
      .join('\n') + '\n',
  );
  await runPesmd({ plumed: await findPlumed(), cwd: scratch, input: join(scratch, 'in') });
  for (const file of ['plumed.dat', 'COLVAR']) cpSync(join(scratch, file), join(cwd, file));
}

const restraint = (at: number): string => `r: RESTRAINT ARG=p.x AT=${at} KAPPA=15`;
for (const [i, centre] of centres.entries()) await run(`w${i}`, restraint(centre), ',r.bias', centre, 11 + i);

const common = ['--cv', 'p.x', '--kt', '1', '--basin', 'p.x=0..4'];
const fes = (...args: string[]): CliResult => runCli(['fes', ...args, ...common], { cwd: folder });

interface Result {
  bias: null;
  frames: number;
  analysedFrames: number;
  deltaF: { value: number; error: number | null };
  combined?: {
    value: number | null;
    error: number | null;
    reason: string | null;
    estimates: { error: number | null }[];
  }[];
  freeEnergy: { coordinate: number[]; energy: (number | null)[]; error: (number | null)[] };
  windows: {
    windows: { name: string; inefficiency: number; effectiveFrames: number; analysedFrames: number }[];
    overlap: number[][];
    states: { name: string }[];
  };
}
const parsed = ({ code, stdout, stderr }: CliResult): Result => {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Result;
};

/** All windows, what is told of them on the way as well. */
const once = fes('w?', '--json', '--notes');

test('states of windows: both wells, found again in the halves of the windows, with the ΔF of fes', () => {
  const words = ['states', 'w?', '--cv', 'p.x', '--kt', '1', '--json'];
  const { code, stdout, stderr } = runCli(words, { cwd: folder });
  assert.equal(code, 0, stderr);
  const { states } = JSON.parse(stdout) as {
    states: { deltaF: number; deltaFError: number | null; foundAgain: boolean | null }[];
  };
  assert.deepEqual(
    states.map(({ foundAgain }) => foundAgain),
    [true, true],
  );
  const { value, error } = parsed(once).deltaF;
  // the states part at the barrier, not at 0
  assert.ok(Math.abs(states[1].deltaF - value) < 0.1, `${states[1].deltaF}, fes ${value}`);
  assert.ok(Math.abs(states[1].deltaFError! / error! - 1) < 0.2, `${states[1].deltaFError}, fes ${error}`);
});

test('windows by their folders: ΔF and profile of the potential, with their errors', () => {
  const result = parsed(once);
  const { value, error } = result.deltaF;
  assert.ok(error !== null && error > 0.02 && error < 0.6, `± ${error}`);
  assert.ok(Math.abs(value - exactDeltaF()) < 3 * error, `${value} ± ${error}, exact ${exactDeltaF()}`);
  const { coordinate, energy } = result.freeEnergy;
  const lowest = Math.min(...coordinate.map(potential));
  coordinate.forEach((x, i) => {
    if (Math.abs(x) > 1.3 || energy[i] === null) return;
    assert.ok(
      Math.abs(energy[i] - potential(x) + lowest) < 0.9,
      `${x}: ${energy[i]}, ${potential(x) - lowest}`,
    );
  });
  const { windows, overlap, states } = result.windows;
  assert.deepEqual(
    windows.map(({ name }) => name),
    centres.map((_, i) => `w${i}`),
  );
  assert.equal(
    result.analysedFrames,
    windows.reduce((sum, window) => sum + window.analysedFrames, 0),
  );
  assert.ok(result.analysedFrames < 0.91 * result.frames);
  assert.equal(states.length, 7);
  for (const row of overlap) assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-6);
  for (const window of windows)
    assert.ok(Math.abs(window.effectiveFrames * window.inefficiency - window.analysedFrames) < 1e-6);
});

test('what was done is told: MBAR, the statements, walls that stay, frames, how windows overlap', () => {
  const { stderr } = once;
  assert.match(stderr, /7 runs under 7 different biases .* by MBAR, to the ensemble without bias at kT = 1/);
  assert.match(stderr, /\(RESTRAINT\) on printed columns; 14 of 14 were compared with what the runs printed/);
  assert.match(stderr, /w \(UPPER_WALLS\).* acts? on all runs alike and stays in the ensemble/);
  assert.match(stderr, /the first 0\.1 of every biased run is left out \(--discard\)/);
  assert.match(stderr, /^w3 +\d+ +[\d.]+ +\d+/m);
  assert.match(stderr, /^overlap /m);
});

test('windows far apart are told of, and a copy of one counts once', () => {
  const { stderr } = fes('w0', 'w1', 'w6');
  assert.match(stderr, /share no frame|hardly overlap/);
  cpSync(join(folder, 'w2'), join(folder, 'copy'), { recursive: true });
  const twice = fes('w?/COLVAR', 'copy', 'w0', '--json', '--notes');
  assert.match(twice.stderr, /copy\/COLVAR is left out: it is the same as w2\/COLVAR/);
  assert.match(twice.stderr, /w0\/COLVAR is given twice and taken once/);
  assert.deepEqual(parsed(twice).deltaF, parsed(once).deltaF);
});

/** A copy of the windows with one changed. */
function changed(name: string, change: (input: string) => string): string {
  const place = join(folder, name);
  for (const i of [2, 3]) cpSync(join(folder, `w${i}`), join(place, `w${i}`), { recursive: true });
  const path = join(place, 'w3', 'plumed.dat');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return `${name}/w?`;
}

test('an input that is not the one that ran is refused with both numbers', () => {
  const { code, stderr } = fes(changed('kappa', (text) => text.replace('KAPPA=15', 'KAPPA=30')));
  assert.equal(code, 1);
  assert.match(
    stderr,
    /expected r\.bias in kappa\/w3\/COLVAR as kappa\/w3\/plumed\.dat gives it, [\d.]+ at [\d.]+ ps, but found [\d.]+: the input is not the one that ran/,
  );
});

test('windows that cannot be weighed are refused with the reason', () => {
  const refused = (name: string, change: (text: string) => string, words: RegExp): void => {
    const { code, stderr } = fes(changed(name, change));
    assert.ok(code === 1 || code === 2, stderr);
    assert.match(stderr, words);
  };
  refused(
    'moved',
    (text) => text.replace(/r: .*/, 'r: MOVINGRESTRAINT ARG=p.x STEP0=0 AT0=0 KAPPA0=15 STEP1=9 AT1=1'),
    /MOVINGRESTRAINT moved with time[^]*frames that windows start from/,
  );
  refused(
    'other',
    (text) => text.replace('ATOMS=1,2', 'ATOMS=1,3'),
    /expected p\.x to be one quantity but .*ATOMS=1,2.*ATOMS=1,3/,
  );
  refused(
    'unprinted',
    (text) => text.replace('r: RESTRAINT ARG=p.x', 'q: DISTANCE ATOMS=1,2\nr: RESTRAINT ARG=q'),
    /r \(RESTRAINT\) is not: q is not printed\nhint: print q in every window/,
  );
  refused(
    'units',
    (text) => text.replace('UNITS NATURAL', 'UNITS ENERGY=kcal/mol'),
    /whose energies have a unit, but received kT = 1/,
  );
  const without = join(folder, 'without');
  mkdirSync(without);
  cpSync(join(folder, 'w0', 'COLVAR'), join(without, 'COLVAR'));
  const { code, stderr } = fes('w1', 'without');
  assert.equal(code, 2);
  assert.match(stderr, /expected a run in the folder without but found no run\.json, no PLUMED input/);
});

test('an input by another name is found where it is the only one, and windows as latentcv run leaves them', () => {
  const moved = join(folder, 'moved-names');
  for (const i of centres.keys()) cpSync(join(folder, `w${i}`), join(moved, `w${i}`), { recursive: true });
  renameSync(join(moved, 'w1', 'plumed.dat'), join(moved, 'w1', 'umbrella.dat'));
  mkdirSync(join(moved, 'w2', 'run'));
  for (const file of ['plumed.dat', 'COLVAR'])
    cpSync(join(moved, 'w2', file), join(moved, 'w2', 'run', file));
  rmSync(join(moved, 'w2', 'COLVAR'));
  writeFileSync(join(moved, 'w2', 'run', 'run.json'), '{}');
  // a pattern that fits it too means the folders
  writeFileSync(join(moved, 'windows.json'), '{}');
  assert.deepEqual(parsed(fes('moved-names/w*', '--json')).deltaF, parsed(once).deltaF);
});

test('a run whose bias was built as it ran stands beside the windows, and both are one number where they agree', async () => {
  await run('opes', 'o: OPES_METAD ARG=p.x PACE=100 BARRIER=8 TEMP=1 SIGMA=0.15', ',o.bias', -1, 5);
  const result = fes('w?', 'opes', '--json', '--notes');
  const { combined, deltaF } = JSON.parse(result.stdout) as Result;
  assert.equal(combined?.length, 1, result.stderr);
  const [{ value, error, reason, estimates }] = combined;
  const known = error !== null && estimates.every((estimate) => estimate.error !== null);
  assert.equal(result.code, known ? 0 : 4);
  assert.ok(value !== null || reason !== null);
  if (error !== null) assert.ok(error < deltaF.error!);
  assert.match(result.stderr, /opes\/COLVAR: an estimate of its own, as MBAR takes static biases alone/);
});

test('the report has a chapter on windows', () => {
  const args = ['report', 'w?', ...common, '-o', 'page.html', '--quiet'];
  const { code, stderr } = runCli(args, { cwd: folder });
  assert.ok(code === 0 || code === 4, stderr);
  assert.ok(existsSync(join(folder, 'page.html')));
  const page = readFileSync(join(folder, 'page.html'), 'utf8');
  for (const part of [
    '<h2>Windows</h2>',
    'figure-window-overlap',
    'figure-window-histograms',
    'RESTRAINT ARG=p.x',
  ])
    assert.ok(page.includes(part), part);
});
