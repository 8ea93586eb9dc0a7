import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readStructure } from '../../../src/trajectories/index.js';
import { alanine } from '../../trajectories/fixtures.js';
import { mixtureRun, three } from '../../states/mixture.js';
import { turnedAlanine } from '../../states/turned-alanine.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('states');

interface StatesJson {
  states: {
    name: string;
    population: number;
    error: number | null;
    deltaF: number;
    deltaFError: number | null;
    transitions: number;
    foundAgain: boolean | null;
    differences: { column: string }[];
    representative: { source: string; time: number; values: Record<string, number> };
    structures?: { gro: string; pdb: string; moreGro: string; morePdb: string };
  }[];
  transitions: number[][];
  outside: number;
  analysedFrames: number;
}

const frames = 4000;
const run = mixtureRun(three, { seed: 6, frames, leave: 0.1 });

function writeColvar(name: string): string {
  const rows = Array.from({ length: frames }, (_, i) => `${i} ${run.x[i]} ${run.y[i]} ${run.component[i]}`);
  writeFileSync(join(folder, name), ['#! FIELDS time x y which', ...rows, ''].join('\n'));
  return join(folder, name);
}

const colvar = writeColvar('COLVAR');
const common = [colvar, '--temperature', '300', '--bias', 'none'];

test('modes as JSON and as words', () => {
  const { code, stdout, stderr } = runCli(['states', ...common, '--cv', 'x,y', '--json']);
  assert.equal(code, 0, stderr);
  const found = JSON.parse(stdout) as StatesJson;
  assert.deepEqual(
    found.states.map(({ name, foundAgain }) => [name, foundAgain]),
    [
      ['M1', true],
      ['M2', true],
      ['M3', true],
    ],
  );
  found.states.forEach(({ population, error }, i) => {
    const drawn = run.component.filter((component) => component === i).length / frames;
    assert.ok(
      Math.abs(population - drawn) < 1e-3 && error! > 0.005 && error! < 0.05,
      `${population} ${error}`,
    );
  });
  assert.equal(found.states[0].deltaF, 0);
  assert.equal(found.transitions.length, 3);
  assert.equal(found.outside, 0);
  const words = runCli(['states', ...common, '--cv', 'x,y', '--columns', 'which']).stdout;
  assert.match(
    words,
    /^state +sure +population +ΔF \(kJ\/mol\) +transitions +round trips +differs in +stands for it$/m,
  );
  assert.match(words, /^M1 +yes +6\d\.\d ± \d\.\d % +0 /m);
  assert.match(words, /^M3 .* which 2 \(0\.5\) /m);
  assert.match(words, /^3 modes in all frames; first half 3, second half 3: each is found again$/m);
});

test('states by rules; without transitions the exit code says so', () => {
  const { code, stdout } = runCli([
    'states',
    ...common,
    '--basin',
    'left: x < 0.6 and y < 1; right: x > 1.9',
    '--json',
  ]);
  assert.equal(code, 0);
  const found = JSON.parse(stdout) as StatesJson;
  assert.deepEqual(
    found.states.map(({ name, foundAgain }) => [name, foundAgain]),
    [
      ['left', null],
      ['right', null],
    ],
  );
  assert.ok(found.outside > 0.05);
  const few = runCli([
    'states',
    ...common,
    '--cv',
    'x',
    '--end',
    '40',
    '--basin',
    'A: x < 1; B: x > 2',
    '--json',
  ]);
  assert.equal(few.code, 4);
  const none = runCli(['states', ...common]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /expected --cv or --basin but found neither/);
  const cores = runCli(['states', ...common, '--cv', 'x', '--cores', 'x=0..1,2..3']);
  assert.equal(cores.code, 2);
  assert.match(cores.stderr, /expected --basin with --cores but found none/);
});

test('one mode alone is told with exit code 0, a state that no frame visits with 4', () => {
  const one = runCli(['states', ...common, '--cv', 'x', '--end', '30']);
  assert.equal(one.code, 0, one.stderr);
  assert.match(one.stdout, /^M1 +yes +\(100\.0 %\) +0 /m);
  const unvisited = runCli(['states', ...common, '--basin', 'A: x < 9; B: x > 9']);
  assert.equal(unvisited.code, 4);
  assert.match(unvisited.stdout, /^B .* no frame$/m);
  assert.match(unvisited.stderr, /no frame lies in basin B, x > 9/);
});

test('structures of states, whole and laid on the first', async () => {
  const trajectory = join(folder, 'traj.gro');
  writeFileSync(trajectory, turnedAlanine(run.component));
  const output = join(folder, 'out');
  const files = ['--frames', trajectory, '--structure', alanine, '-o', output];
  const { code, stderr } = runCli(['states', ...common, '--cv', 'x,y', ...files]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /400 frames of 4000 are in the trajectories/);
  const { states } = JSON.parse(readFileSync(join(output, 'states.json'), 'utf8')) as StatesJson;
  assert.deepEqual(states[0].structures, {
    gro: 'M1.gro',
    pdb: 'M1.pdb',
    moreGro: 'M1-more.gro',
    morePdb: 'M1-more.pdb',
    confined: null,
  });
  const table = readFileSync(join(output, 'states.csv'), 'utf8').split('\n');
  assert.equal(table.length, 5);
  assert.match(table[0], /^name,population,error,deltaF,deltaFError,transitions,/);
  assert.match(table[3], /^M3,0\.\d+,0\.\d+,\d/);
  const [first] = states;
  const own = (await readStructure(alanine)).places().positions;
  const reference = (await readStructure(join(output, 'M1.gro'))).places().positions;
  const distance = (p: Float64Array, i: number, q: Float64Array, j: number): number =>
    Math.hypot(...[0, 1, 2].map((k) => p[3 * i + k] - q[3 * j + k]));
  for (const [state, { structures, representative }] of states.entries()) {
    assert.equal(representative.time % 10, 0);
    assert.equal(run.component[representative.time], state);
    for (const file of [structures!.gro, structures!.pdb]) {
      const { positions } = (await readStructure(join(output, file))).places();
      for (let i = 0; i < 21; i++) {
        // as far from one another as in the molecule, and where the first one's are
        for (let j = 0; j < i; j++)
          assert.ok(Math.abs(distance(positions, i, positions, j) - distance(own, i, own, j)) < 5e-4, file);
        assert.ok(distance(positions, i, reference, i) < 1e-3, `${file}: atom ${i}`);
      }
      assert.ok(Math.abs(distance(positions, 21, reference, 21) - 0.05 * state) < 1e-3, file);
    }
  }
  const more = readFileSync(join(output, first.structures!.morePdb), 'utf8');
  assert.equal(more.match(/^MODEL/gm)?.length, 10);
});

test('a run folder has its trajectory beside it; without one no structures are written', () => {
  const inRun = join(folder, 'run');
  mkdirSync(inRun);
  const tables = [{ file: 'COLVAR', columns: ['x', 'y', 'which'] }];
  const notes = {
    temperature: 300,
    biases: [],
    tables,
    units: { length: 1, energy: 1, time: 1, natural: false },
  };
  writeFileSync(join(inRun, 'run.json'), JSON.stringify({ notes }));
  writeFileSync(join(inRun, 'COLVAR'), readFileSync(colvar));
  const output = join(folder, 'without');
  const without = runCli(['states', inRun, '--cv', 'x,y', '-o', output]);
  assert.equal(without.code, 0, without.stderr);
  assert.match(without.stderr, /no structures: no trajectory lies in the folders of the runs/);
  assert.equal(existsSync(join(output, 'M1.gro')), false);
  const { states } = JSON.parse(readFileSync(join(output, 'states.json'), 'utf8')) as StatesJson;
  assert.equal(states[0].structures, null);
  const half = runCli(['states', inRun, '--cv', 'x,y', '--structure', alanine, '-o', output]);
  assert.equal(half.code, 2);
  assert.match(half.stderr, /expected --frames beside --structure but found none/);
});
