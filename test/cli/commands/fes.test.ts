import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('fes');

interface FesJson {
  bias: string | null;
  frames: number;
  analysedFrames: number;
  deltaF: { value: number | null; error: number | null; reason: string | null; transitions: number };
  deltaFs: { from: string; to: string; value: number; error: number | null }[];
  transitions: { analysed: number; all: number };
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
  assert.ok(Math.abs(result.deltaF.value! - 2) < 1e-9, `${result.deltaF.value}`);
  assert.deepEqual(result.transitions, { analysed: 199, all: 199 });
  assert.equal(Math.min(...result.freeEnergy.energy.filter((e) => e !== null)), 0);
});

test('with --kt energies are in its units, with the decimals they deserve', () => {
  const basin = ['--basin', 'x=0..2', '--discard', '0'];
  const inKelvin = runCli(['fes', colvar, ...common, ...basin]);
  assert.match(
    inKelvin.stderr,
    /ΔF\(B − A\) = 2\.00 ± 0\.\d\d kJ\/mol, 199 transitions in the analysed frames$/m,
  );
  const natural = runCli(['fes', colvar, '--cv', 'x', '--kt', '0.2', ...basin]);
  assert.match(natural.stderr, /ΔF\(B − A\) = 2\.000 ± 0\.\d\d\d, 199/);
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
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /expected a column of the bias[^]*--bias none/);
  assert.equal(runCli(['fes', plain, ...common, '--bias', 'none', '--quiet']).code, 0);
});

test('a misspelt column is answered with the closest one', () => {
  const phases = writeColvar('phases', 'opes.bias').replace('phases', 'COLVAR');
  const { code, stderr } = runCli(['fes', phases, '--cv', 'X', '--temperature', '300']);
  assert.equal(code, 2);
  assert.match(stderr, /expected a column X .*\nhint: did you mean x\?/);
});

test('a missing file is named', () => {
  const { code, stderr } = runCli(['fes', 'nowhere/COLVAR', ...common]);
  assert.equal(code, 2);
  assert.match(stderr, /^error: .*nowhere\/COLVAR/);
});

/** A run that goes from x = −1 to x = 1 after `left` frames, and back and forth before. */
function writeRun(name: string, sides: (frame: number) => boolean, frames = 1000): string {
  const rows = Array.from({ length: frames }, (_, i) => {
    const right = sides(i);
    return `${i} ${(right ? 1 : -1) + 0.1 * Math.sin(i)} ${right ? 0 : 2}`;
  });
  writeFileSync(join(folder, name), ['#! FIELDS time x opes.bias', ...rows, ''].join('\n'));
  return join(folder, name);
}

test('a run without transitions in the analysed frames has no error: the words, null, exit code 4', () => {
  // all transitions lie in the first fifth, but for two
  const run = writeRun('few', (i) => (i < 200 ? i % 20 < 10 : i >= 400 && i < 600));
  const args = ['fes', run, ...common, '--basin', 'x=0..2'];
  const { code, stderr } = runCli(args);
  assert.equal(code, 4);
  assert.match(
    stderr,
    /ΔF\(B − A\) not determined: 2 transitions in the analysed frames \(\S+ kJ\/mol in them\)/,
  );
  assert.doesNotMatch(stderr, /ΔF\(B − A\).*±/);
  assert.match(stderr, /800 of 1000 frames are analysed: the first 200 are left out/);
  const { stdout, code: again } = runCli([...args, '--json']);
  assert.equal(again, 4);
  const { deltaF, transitions } = JSON.parse(stdout) as FesJson;
  assert.equal(deltaF.error, null);
  assert.match(deltaF.reason!, /not determined: 2 transitions/);
  assert.equal(transitions.analysed, 2);
  assert.ok(transitions.all > 10);
});

test('a run without a bias loses no frames', () => {
  const { stderr } = runCli(['fes', colvar, ...common, '--bias', 'none']);
  assert.match(stderr, /2000 of 2000 frames are analysed/);
});

test('every two of several basins are compared', () => {
  const basins = ['--basin', 'left:x=-2..-1', '--basin', 'right:x=0..2', '--basin', 'middle:x=-1..0'];
  const { stdout, stderr } = runCli(['fes', colvar, ...common, ...basins, '--json']);
  const { deltaFs } = JSON.parse(stdout) as FesJson;
  assert.deepEqual(
    deltaFs.map(({ from, to }) => `${from} ${to}`),
    ['left right', 'left middle', 'right middle'],
    stderr,
  );
  const [ab, ac, bc] = deltaFs.map(({ value }) => value);
  assert.ok(Math.abs(ab + bc - ac) < 1e-9);
});

test('basins that overlap, and cores that are not as many, are refused', () => {
  const overlap = runCli(['fes', colvar, ...common, '--basin', 'x=0..2', '--basin', 'x=-2..1']);
  assert.equal(overlap.code, 2);
  assert.match(
    overlap.stderr,
    /expected basins that do not overlap but \d+ frames lie in more than one of A, B/,
  );
  const cores = runCli(['fes', colvar, ...common, '--basin', 'x=0..2', '--cores', 'x=-2..-1,0..1,1..2']);
  assert.equal(cores.code, 2);
  assert.match(cores.stderr, /expected a core for each of A, B but received 3/);
});

test('replicas are told one by one', () => {
  const one = writeRun('one', (i) => i % 20 < 10);
  const two = writeRun('two', (i) => i % 20 < 12);
  const { stderr } = runCli(['fes', one, two, ...common, '--basin', 'x=0..2']);
  assert.match(stderr, /one: -?\d\.\d\d ± 0\.\d\d kJ\/mol, 79 transitions/);
  assert.match(stderr, /two: /);
});

/** The folder of a run at 300 K with a copy of a table of x and a bias, which noted that the bias is of OPES, and more. */
function runUnderOpes(name: string, table: string, label: string, more: object = {}): string {
  const run = join(folder, name);
  mkdirSync(run);
  writeFileSync(join(run, 'COLVAR'), readFileSync(table));
  const notes = {
    units: { length: 1, energy: 1, time: 1, natural: false },
    biases: [{ label, action: 'OPES_METAD', parameters: {} }],
    tables: [{ file: 'COLVAR', columns: ['x', `${label}.bias`] }],
    temperature: 300,
    ...more,
  };
  writeFileSync(join(run, 'run.json'), JSON.stringify({ notes }));
  return run;
}

test('windows of differing static biases are refused where no input tells them', () => {
  const window = (name: string, centre: number): string => {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const x = centre + 0.2 * Math.sin(i);
      return `${i} ${x} ${75 * (x - centre) ** 2}`;
    });
    writeFileSync(join(folder, name), ['#! FIELDS time x mr.bias', ...rows, ''].join('\n'));
    return join(folder, name);
  };
  const files = [0, 0.3, 0.6].map((centre, i) => window(`window${i}`, centre));
  const { code, stderr } = runCli(['fes', ...files, ...common, '--bias', 'mr.bias']);
  assert.equal(code, 1);
  assert.match(stderr, /static and differ[^]*MBAR, which takes the PLUMED input of each/);
  assert.equal(runCli(['fes', files[0], ...common, '--bias', 'mr.bias', '--quiet']).code, 0);
  // a bias that is known to have been built as its run went is no window's, however still it was in frames of one basin
  const runs = files.map((file, i) => runUnderOpes(`still-${i}`, file, 'mr'));
  const still = runCli(['fes', ...runs, '--cv', 'x', '--discard', '0', '-o', join(folder, 'still.dat')]);
  assert.equal(still.code, 0, still.stderr);
  assert.doesNotMatch(still.stderr, /static/);
});

test('widths and ranges are those asked for, and refused where they have no meaning', () => {
  const output = join(folder, 'ranged.dat');
  const args = ['fes', colvar, ...common, '--range', 'x=-1.05..1', '--bandwidth', '0.05', '--points', '11'];
  const { stderr } = runCli([...args, '-o', output]);
  assert.match(stderr, /^kernels of width 0\.05 in x$/m);
  const rows = readFileSync(output, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(Number(rows[0].trim().split(/\s+/)[0]), -1.05);
  assert.equal(Number(rows[10].trim().split(/\s+/)[0]), 1);
  for (const [bad, words] of [
    [['--bandwidth', '0.1,0.2'], /expected 1 widths for --bandwidth/],
    [['--bandwidth', '0.1', '--method', 'histogram'], /--bandwidth with --method kde/],
    [['--range', 'y=0..1'], /expected --range of x but received one of y/],
  ] as const) {
    const refused = runCli(['fes', colvar, ...common, ...bad]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, words);
  }
});

test('a core that no frame visits is told, a basin beyond the domain refused', () => {
  const cores = runCli(['fes', colvar, ...common, '--basin', 'x=0..2', '--cores=x=-160..-35,30..97']);
  assert.equal(cores.code, 4);
  assert.match(
    cores.stderr,
    /no frame lies in core A, x=-160\.\.-35: of 2000 frames x goes from -1\.1 to 1\.1/,
  );
  const degrees = join(folder, 'periodic');
  const head = '#! FIELDS time phi opes.bias\n#! SET min_phi -pi\n#! SET max_phi pi\n';
  writeFileSync(degrees, head + Array.from({ length: 100 }, (_, i) => `${i} ${Math.sin(i)} 0\n`).join(''));
  const phi = ['fes', degrees, '--cv', 'phi', '--temperature', '300'];
  const basin = runCli([...phi, '--basin', 'phi=0..130']);
  assert.equal(basin.code, 2);
  assert.match(basin.stderr, /expected basin B within -3\.14159 to 3\.14159[^]*is it in degrees/);
});

test('a run that was trapped in its second half is told', () => {
  const trapped = writeRun('trapped', (i) => (i < 600 ? i % 20 < 10 : i < 950));
  const { stderr } = runCli(['fes', trapped, ...common, '--basin', 'x=0..2', '--discard', '0']);
  assert.match(
    stderr,
    /warning: transitions are uneven in time, \d+ in the first half and \d+ in the second/,
  );
});

test('a replica that hardly crossed is told: it cannot be compared', () => {
  const well = writeRun('well', (i) => i % 20 < 10);
  const stuck = writeRun('stuck', () => false);
  const { stderr } = runCli(['fes', well, stuck, ...common, '--basin', 'x=0..2']);
  assert.match(stderr, /stuck: one state was never visited, 0 transitions/);
  assert.match(stderr, /1 of 2 replicas have fewer than 10 transitions: whether they agree is not known/);
});

test('a basin that is densest at its border has no minimum of its own, and is told', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    // falls from x = −1 through 0 to 0.3 without a second well
    const x = -1 + 1.3 * ((i * 0.618034) % 1) ** 2;
    return `${i} ${x} 0`;
  });
  writeFileSync(join(folder, 'slope'), ['#! FIELDS time x opes.bias', ...rows, ''].join('\n'));
  const { stderr } = runCli(['fes', join(folder, 'slope'), ...common, '--basin', 'x=0..2']);
  assert.match(stderr, /basin B is densest at its border along x: it has no minimum of its own/);
});

test('a basin at a hard wall of its coordinate is no such basin', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const x = i % 20 < 10 ? 0.05 * ((i * 0.618034) % 1) : 1 + 0.1 * Math.sin(i);
    return `${i} ${x} 0`;
  });
  writeFileSync(join(folder, 'wall'), ['#! FIELDS time x opes.bias', ...rows, ''].join('\n'));
  const { stderr } = runCli(['fes', join(folder, 'wall'), ...common, '--basin', 'x=0.5..2']);
  assert.match(stderr, /ΔF\(B − A\) = .* ± /);
  assert.doesNotMatch(stderr, /no minimum of its own/);
});

test('one block gives no error', () => {
  const { code, stderr } = runCli(['fes', colvar, ...common, '--basin', 'x=0..2', '--blocks', '1']);
  assert.equal(code, 4);
  assert.match(stderr, /not determined: one block of 1 carries the weight/);
});

test('a run that begins within another keeps all frames; as a part, what it replaces is told', () => {
  const early = writeRun('early', (i) => i % 20 < 10);
  const rows = Array.from({ length: 500 }, (_, i) => `${i + 400} ${Math.sin(i)} 0`);
  writeFileSync(join(folder, 'later'), ['#! FIELDS time x opes.bias', ...rows, ''].join('\n'));
  const frames = (stdout: string): number => (JSON.parse(stdout) as { frames: number }).frames;
  for (const files of [
    [early, join(folder, 'later')],
    [join(folder, 'later'), early],
  ]) {
    const own = runCli(['fes', ...files, ...common, '--json', '-o', join(folder, 'own')]);
    assert.equal(frames(own.stdout), 1500);
    assert.match(
      own.stderr,
      /later begins at 400 ps and \S*early ends at 999 ps: .*runs of their own; --parts/,
    );
    const parts = runCli(['fes', ...files, ...common, '--parts', '--json', '-o', join(folder, 'parts')]);
    assert.equal(frames(parts.stdout), 900);
    assert.match(parts.stderr, /early: 600 frames from 400 ps on are replaced by those of \S*later/);
  }
});

test('a PLUMED input beside the file tells its units', () => {
  const place = temporaryFolder('beside');
  const kcal = join(place, 'COLVAR');
  writeFileSync(kcal, readFileSync(colvar));
  writeFileSync(
    join(place, 'plumed.dat'),
    'UNITS ENERGY=kcal/mol\nx: POSITION ATOM=1\nopes: OPES_METAD ARG=x.x BARRIER=5 PACE=10 TEMP=300\nPRINT ARG=x.x,opes.bias FILE=COLVAR\n',
  );
  const { stderr } = runCli(['fes', kcal, ...common, '--basin', 'x=0..2', '--discard', '0']);
  assert.match(stderr, /kcal\/mol: converted/);
  assert.match(stderr, /ΔF\(B − A\) = 8\.37 ± /); // 2 kcal/mol
});

/** Three states on x and y, each held for 20 frames, in turn: (−1, −1), (1, −1), (1, 1). */
function writeThree(): string {
  const places = [
    [-1, -1],
    [1, -1],
    [1, 1],
  ];
  const rows = Array.from({ length: 3000 }, (_, i) => {
    const [x, y] = places[Math.floor(i / 20) % 3];
    return `${i} ${x + 0.1 * Math.sin(i)} ${y + 0.1 * Math.cos(1.3 * i)} ${y > 0 ? 2 : 0}`;
  });
  writeFileSync(join(folder, 'three'), ['#! FIELDS time x y opes.bias', ...rows, ''].join('\n'));
  return join(folder, 'three');
}

test('states are rules of several columns, and every two of them are compared', () => {
  const rules = 'left: x < 0; low: x > 0 and y < 0; high: x > 0 and not y < 0';
  const cores = 'high: 0.8 < x < 1.2 and y > 0.8; left: x=-1.2..-0.8; low: x > 0.8 and y < -0.8';
  const args = ['fes', writeThree(), ...common, '--discard', '0', '--basin', rules, '--cores', cores];
  const { code, stdout, stderr } = runCli([...args, '--json']);
  const { deltaFs, transitions } = JSON.parse(stdout) as FesJson;
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    deltaFs.map(({ from, to, value, error }) => [from, to, Number(value.toFixed(6)), error !== null]),
    [
      // as many frames in each, of which the bias says that high is 2 kJ/mol lower
      ['left', 'low', 0, true],
      ['left', 'high', -2, true],
      ['low', 'high', -2, true],
    ],
  );
  // 150 stays: left follows high, and low left
  assert.deepEqual(transitions, { analysed: 99, all: 99 });
  const found = runCli(args.slice(0, -2));
  assert.equal(found.code, 0);
  assert.match(found.stderr, /low within x = 0\.9\d*\.\.1\.\d+ and y = -1\.\d+\.\.-0\.9\d*/);
});

test('rules are refused with their place, and frames in two states with theirs', () => {
  const bad = runCli(['fes', colvar, ...common, '--basin', 'A: x < 0; B: x >']);
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /expected a number or a column at character 17 of --basin "A: x < 0; B: x >" but/);
  // x is 1 + 0.1 sin i from frame 10 on: 0.946, 0.900, 0.946, 1.042
  const two = runCli(['fes', colvar, ...common, '--basin', 'A: x < 0; B: x > 0; C: x > 0.95']);
  assert.equal(two.code, 2);
  assert.match(
    two.stderr,
    /frames lie in more than one of A, B, C; the first, at 13 ps of \S*COLVAR, in B and C/,
  );
  const none = runCli(['fes', colvar, ...common, '--basin', 'B: x > 57', '--quiet']);
  assert.equal(none.code, 4);
  const told = runCli(['fes', colvar, ...common, '--basin', 'B: x > 57']);
  assert.match(
    told.stderr,
    /no frame lies in basin B, x > 57: of 2000 frames x goes from -1\.1 to 1\.1; are its/,
  );
});

test('the geometric free energy stands beside the plain one', () => {
  // as many frames around −1 and 1, where the gradient is four times as long: kT ln 4 lower there
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const right = Math.floor(i / 10) % 2;
    return `${i} ${(right ? 1 : -1) + 0.3 * ((0.6180339887 * i) % 1)} ${right ? 4 : 1} 0`;
  });
  const path = join(folder, 'gradients');
  writeFileSync(path, ['#! FIELDS time cv.a cv.a-gradient opes.bias', ...rows, ''].join('\n'));
  const asked = [
    '--cv',
    'cv.a',
    '--temperature',
    '300',
    '--discard',
    '0',
    '--method',
    'histogram',
    '--points',
    '5',
    '--geometric',
  ];
  const { code, stdout, stderr } = runCli(['fes', path, ...asked, '--json']);
  assert.equal(code, 0, stderr);
  const { freeEnergy, geometric } = JSON.parse(stdout) as FesJson & { geometric: FesJson['freeEnergy'] };
  const least = (energy: readonly (number | null)[], side: number): number =>
    Math.min(...energy.filter((e, i): e is number => e !== null && freeEnergy.coordinate[i] * side > 0));
  const difference = ({ energy }: FesJson['freeEnergy']): number => least(energy, -1) - least(energy, 1);
  assert.ok(Math.abs(difference(freeEnergy)) < 0.05, `${difference(freeEnergy)}`);
  const expected = 300 * 8.31446261815324e-3 * Math.log(4);
  assert.ok(Math.abs(difference(geometric) - expected) < 0.05, `${difference(geometric)}`);
  assert.match(
    runCli(['fes', path, ...asked]).stdout,
    /^#! FIELDS cv\.a free error geometric geometric_error$/m,
  );
  const without = runCli(['fes', colvar, ...common, '--geometric']);
  assert.equal(without.code, 2);
  assert.match(without.stderr, /x-gradient/);
});

test('a bias that one of the files has besides is not left out of its weights', () => {
  const more = (name: string, column: string): string => {
    const lines = readFileSync(colvar, 'utf8').split('\n');
    const text = lines.map((line, i) => (i === 0 ? `${line} ${column}` : line && `${line} 1`));
    writeFileSync(join(folder, name), text.join('\n'));
    return join(folder, name);
  };
  const both = (path: string, ...words: string[]) => runCli(['fes', colvar, path, ...common, ...words]);
  const refused = both(more('metad', 'metad.bias'));
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /same columns, but \S*COLVAR has opes\.bias and \S*metad opes\.bias \+ metad\.bias/,
  );
  const unclear = both(more('other', 'vk.bias'));
  assert.equal(unclear.code, 2);
  assert.match(unclear.stderr, /which of opes\.bias, vk\.bias weigh/);
  // walls bound the ensemble and weigh nowhere
  assert.doesNotMatch(both(more('walled', 'uwall.bias')).stderr, /same columns/);
});

test('of a run that noted another temperature than it was to have no error is known, of a particle it is told', () => {
  const inRun = (name: string, kelvin: number, error: number, engine = 'gromacs'): string =>
    runUnderOpes(name, colvar, 'opes', {
      kineticTemperature: { mean: kelvin, error },
      engine: { name: engine },
    });
  const asked = ['--cv', 'x', '--basin', 'x=0..2', '--cores', 'x=-2..-0.5,0.5..2'];
  const [hot, own] = [inRun('hot-run', 333.6, 3.1), inRun('run-at-300', 304, 0.1)];
  const warning =
    /: the run was at 333\.6 ± 3\.1 K by its kinetic energy where 300\.0 K was asked for: free energies by its frames are off/;
  const found = runCli(['fes', hot, ...asked, '--json']);
  assert.equal(found.code, 4, found.stderr);
  const { deltaF, notes } = JSON.parse(found.stdout) as {
    deltaF: { value: number; error: number | null; reason: string };
    notes: string[];
  };
  assert.match(deltaF.reason, /^not determined: .*hot-run.COLVAR: the run was at/);
  assert.equal(deltaF.error, null);
  assert.ok(Number.isFinite(deltaF.value));
  assert.match(notes.join(), warning);
  assert.equal(found.stderr.split('the run was at').length, 2, found.stderr);
  // without states, too
  assert.match(runCli(['fes', hot, '--cv', 'x']).stderr, warning);
  const page = join(folder, 'hot-run.html');
  const told = runCli(['report', hot, ...asked, '-o', page]);
  assert.match(told.stderr, warning);
  assert.match(readFileSync(page, 'utf8'), warning);
  assert.match(runCli(['states', hot, '--basin', 'left: x < 0; right: x > 0']).stderr, warning);
  // a particle's two degrees of freedom take up tenths of kT, which is told
  const particle = runCli(['fes', inRun('particle', 333.6, 3.1, 'pesmd'), ...asked, '--json']);
  assert.equal(particle.code, 0, particle.stderr);
  const doubted = (JSON.parse(particle.stdout) as { deltaF: { error: number; warnings: string[] } }).deltaF;
  assert.ok(doubted.error > 0);
  assert.match(doubted.warnings.join(), warning);
  const beside = runCli(['fes', own, ...asked, '--json']);
  assert.equal(beside.code, 0, beside.stderr);
  assert.doesNotMatch(beside.stderr + beside.stdout, /kinetic energy/);
});
