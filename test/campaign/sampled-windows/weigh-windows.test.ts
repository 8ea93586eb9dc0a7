import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { groupRuns, weighWindows, type WindowsRequest } from '../../../src/campaign/index.js';
import { answerOf, freeEnergyProfile } from '../../../src/free-energy/index.js';
import { fileConditions, thermalEnergy } from '../../../src/sampling/index.js';
import { Random } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('weigh-windows');
const stiffness = 40;

interface Made {
  name: string;
  kelvin: number;
  /** κ and s₀ of a restraint. */
  kappa?: number;
  at?: number;
  frames?: number;
  /** Another column, by the frame. */
  y?: (random: Random) => number;
}

/** Independent draws of a particle in ½ k x², restrained or not, printed with six decimals; its table and input. */
function made(
  { name, kelvin, kappa = 0, at = 0, frames = 2000, y }: Made,
  seed: number,
): { path: string; x: number[] } {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const random = new Random(seed);
  const total = stiffness + kappa;
  const width = Math.sqrt(thermalEnergy(kelvin) / total);
  const x = Array.from({ length: frames }, () =>
    Number(((kappa * at) / total + width * random.normal()).toFixed(6)),
  );
  const biased = kappa > 0;
  const rows = x.map(
    (value, i) =>
      `${i} ${value.toFixed(6)}${biased ? ` ${(0.5 * kappa * (value - at) ** 2).toFixed(6)}` : ''}${y ? ` ${y(random).toFixed(6)}` : ''}`,
  );
  writeFileSync(
    join(cwd, 'COLVAR'),
    [`#! FIELDS time x${biased ? ' r.bias' : ''}${y ? ' y' : ''}`, ...rows, ''].join('\n'),
  );
  const input = [
    'x: DISTANCE ATOMS=1,2',
    ...(y ? ['y: DISTANCE ATOMS=3,4'] : []),
    ...(biased ? [`r: RESTRAINT ARG=x AT=${at} KAPPA=${kappa}`] : []),
    `PRINT ARG=x${biased ? ',r.bias' : ''}${y ? ',y' : ''} FILE=COLVAR`,
    '',
  ];
  writeFileSync(join(cwd, 'plumed.dat'), input.join('\n'));
  return { path: join(cwd, 'COLVAR'), x };
}

async function weighed(runs: readonly Made[], paths: readonly string[], more: Partial<WindowsRequest> = {}) {
  const files = fileConditions(
    paths.map((path) => ({ path, input: path.replace('COLVAR', 'plumed.dat') })),
    { temperatures: runs.map(({ kelvin }, i) => ({ kelvin, files: [paths[i]] })) },
  );
  const groups = await groupRuns(files);
  assert.ok(groups && groups.others.length === 0);
  return weighWindows(groups.windows, { columns: ['x'], temperature: 300, ...more });
}

/** ⟨x²⟩ of the weighted frames. */
function meanSquare({ values, sample }: Awaited<ReturnType<typeof weighed>>['run']): number {
  let sum = 0;
  values('x').forEach((x, i) => (sum += sample.weights[i] * x * x));
  return sum;
}

test('harmonic windows in a harmonic well: the well, and free energies of the windows in closed form', async () => {
  const runs = [-0.4, -0.2, 0, 0.2, 0.4].map((at, i) => ({ name: `w${i}`, kelvin: 300, kappa: 60, at }));
  const paths = runs.map((run, i) => made(run, 100 + i).path);
  const { run, analysis } = await weighed(runs, paths);
  const kT = thermalEnergy(300);
  assert.ok(Math.abs(meanSquare(run) / (kT / stiffness) - 1) < 0.06, String(meanSquare(run)));
  // F(s₀) − F(0) = ½ k κ/(k + κ) s₀²
  const scale = (0.5 * stiffness * 60) / (stiffness + 60);
  const energies = analysis.states.map(({ freeEnergy }) => freeEnergy - analysis.states[2].freeEnergy);
  runs.forEach(({ at }, i) =>
    assert.ok(Math.abs(energies[i] - scale * at * at) < 0.1, `${at}: ${energies[i]}`),
  );
  const { coordinate, energy, error } = freeEnergyProfile(run.values('x'), run.sample, {
    range: [-0.4, 0.4],
    points: 9,
  });
  coordinate.forEach((x, i) => {
    const away = Math.abs(energy[i] - 0.5 * stiffness * x * x);
    assert.ok(error[i] < 0.4 && away < 3 * error[i] + 0.05, `${x}: ${energy[i]} ± ${error[i]}`);
  });
});

test('ΔF is not determined between states of a column in which neighbours hold something else at one place of the CV', async () => {
  const question = {
    basins: [
      { column: 'y', interval: [0, 1.5] },
      { column: 'y', interval: [1.5, 3] },
    ],
  } as const;
  const asked = async (name: string, side: (random: Random, at: number) => number) => {
    const runs = [-0.4, -0.2, 0, 0.2, 0.4].map((at, i): Made => {
      const y = (random: Random): number => 1 + side(random, at) + 0.1 * random.normal();
      return { name: `${name}${i}`, kelvin: 300, kappa: 60, at, y };
    });
    const paths = runs.map((run, i) => made(run, 40 + i).path);
    const { run, analysis } = await weighed(runs, paths, { question });
    return { deltaF: answerOf(run, question, 'x')!.deltaFs[0], warnings: analysis.warnings };
  };
  const stuck = await asked('stuck', (_, at) => (at < 0.1 ? 0 : 1));
  assert.deepEqual([stuck.deltaF.error, stuck.deltaF.value === null], [null, false]);
  assert.equal(stuck.deltaF.reason, 'not determined: windows stuck2 and stuck3 hold another y at the same x');
  assert.match(stuck.warnings.join(), /windows stuck2 and stuck3 do not hold the same at the same x/);
  const free = await asked('free', (random) => (random.uniform() < 0.5 ? 0 : 1));
  assert.ok(free.deltaF.error! > 0 && Math.abs(free.deltaF.value!) < 4 * free.deltaF.error!);
  assert.deepEqual(free.warnings, []);
});

test('an unbiased run and a restrained one, which share a state with a third', async () => {
  const runs = [
    { name: 'free', kelvin: 300 },
    { name: 'a', kelvin: 300, kappa: 60, at: 0.3 },
    { name: 'b', kelvin: 300, kappa: 60, at: 0.3 },
  ];
  const { run, analysis } = await weighed(
    runs,
    runs.map((each, i) => made(each, 7 + i).path),
  );
  assert.deepEqual(
    analysis.states.map(({ name }) => name),
    ['free', 'a'],
  );
  assert.deepEqual(
    analysis.windows.map(({ state, analysedFrames }) => [state, analysedFrames]),
    [
      [0, 2000],
      [1, 1800],
      [1, 1800],
    ],
  );
  assert.ok(Math.abs(meanSquare(run) / (thermalEnergy(300) / stiffness) - 1) < 0.08);
});

/** The potential energy of frames as gmx energy writes it; every second frame where sparse. */
function writeXvg(path: string, x: readonly number[], more = '', volume?: (i: number) => number): void {
  const rows = x.flatMap((value, i) =>
    more === 'sparse' && i % 2 === 1
      ? []
      : [`${i} ${(0.5 * stiffness * value * value - 5000).toFixed(6)}${volume ? ` ${volume(i)}` : ''}`],
  );
  writeFileSync(
    path,
    ['@ s0 legend "Potential"', ...(volume ? ['@ s1 legend "Volume"'] : []), ...rows, ''].join('\n'),
  );
}

test('runs at two temperatures by their potential energies, of the frames that have one', async () => {
  const runs = [
    { name: 'cold', kelvin: 300, frames: 400 },
    { name: 'hot', kelvin: 450, frames: 8000 },
  ];
  const all = runs.map((run, i) => made(run, 21 + i));
  const paths = all.map(({ path }) => path);
  await assert.rejects(weighed(runs, paths), {
    code: 'bad-argument',
    message: /potential energy of the run of .*cold\/COLVAR, since temperatures differ/,
  });
  const files = all.map(({ path, x }, i) => {
    const file = path.replace('COLVAR', 'energy.xvg');
    writeXvg(file, x, i === 1 ? 'sparse' : '');
    return file;
  });
  const { run } = await weighed(runs, paths, { sources: { files } });
  assert.equal(run.dataset.frames, 4400);
  assert.ok(
    run.notes.some((note) =>
      /hot: the potential energy of 4000 of 8000 frames is told by .*; the others are left out/.test(note),
    ),
  );
  // hot frames weigh, but for less: of them alone ⟨x²⟩ would be 1.5 times that
  assert.ok(Math.abs(meanSquare(run) / (thermalEnergy(300) / stiffness) - 1) < 0.08, String(meanSquare(run)));
  const ofHot = Array.from(run.sample.weights).slice(400);
  assert.ok(ofHot.reduce((a, b) => a + b) > 0.5);

  writeXvg(files[0], all[0].x, '', (i) => 30 + 0.1 * Math.sin(i));
  await assert.rejects(weighed(runs, paths, { sources: { files } }), {
    message: /pressure of the barostat, since the volume in .*cold\/energy\.xvg changes/,
  });
  writeFileSync(files[0], ['@ s0 legend "Potential"', ...all[0].x.map((_, i) => `${i} 0`), ''].join('\n'));
  await assert.rejects(weighed(runs, paths, { sources: { files } }), {
    message: /but all are 0/,
    hint: /GROMACS leaves PLUMED’s ENERGY 0/,
  });
});

test('an ideal gas at constant pressure, by pV: volumes of both temperatures are those of either', async () => {
  const [atoms, bar] = [20, 1000];
  const perParticle = (kelvin: number): number => thermalEnergy(kelvin) / (bar * 0.0602214076);
  const runs = [
    { name: 'npt-cold', kelvin: 300 },
    { name: 'npt-hot', kelvin: 345 },
  ];
  const paths = runs.map(({ name, kelvin }, i) => {
    const { path } = made({ name, kelvin, frames: 1 }, 1);
    const random = new Random(51 + i);
    // p(V) ∝ V^N exp(−PV/kT): a sum of N + 1 draws of an exponential
    const volumes = Array.from({ length: 6000 }, () => {
      const draws = Array.from({ length: atoms + 1 }, () => -Math.log(1 - random.uniform()));
      return perParticle(kelvin) * draws.reduce((sum, draw) => sum + draw);
    });
    const rows = volumes.map((volume, frame) => `${frame} ${volume.toFixed(8)}`);
    writeFileSync(path, ['#! FIELDS time x', ...rows, ''].join('\n'));
    const energies = volumes.map((volume, frame) => `${frame} -5 ${volume.toFixed(8)}`);
    const legends = ['@ s0 legend "Potential"', '@ s1 legend "Volume"'];
    writeFileSync(path.replace('COLVAR', 'energy.xvg'), [...legends, ...energies, ''].join('\n'));
    return path;
  });
  const sources = { files: paths.map((path) => path.replace('COLVAR', 'energy.xvg')), pressure: bar };
  for (const temperature of [300, 320, 345]) {
    const { run } = await weighed(runs, paths, { sources, temperature });
    const mean = Array.from(run.values('x')).reduce((sum, x, i) => sum + run.sample.weights[i] * x, 0);
    // independent draws: a standard error of 0.002 to 0.003 of the mean
    assert.ok(
      Math.abs(mean / (perParticle(temperature) * (atoms + 1)) - 1) < 0.01,
      `${temperature}: ${mean}`,
    );
  }
});

test('runs at two temperatures by the logs of LAMMPS', async () => {
  const runs = [
    { name: 'lmp-cold', kelvin: 300, kappa: 60, at: 0.2, frames: 1500 },
    { name: 'lmp-hot', kelvin: 400, frames: 1500 },
  ];
  const all = runs.map((run, i) => made(run, 31 + i));
  all.forEach(({ path, x }, i) => {
    const rows = x.map((value, frame) => {
      const bias = i === 0 ? (30 * (value - 0.2) ** 2) / 4.184 : 0;
      const energy = (0.5 * stiffness * value * value) / 4.184 - 100;
      return `${frame * 500} ${bias.toFixed(8)} ${(energy + bias).toFixed(8)}`;
    });
    const head = [
      'units real',
      'timestep 2.0',
      ...(i === 0 ? ['fix p all plumed plumedfile plumed.dat outfile p.log'] : []),
    ];
    writeFileSync(
      path.replace('COLVAR', 'log.lammps'),
      [...head, '   Step   f_p   PotEng', ...rows, 'Loop time of 1 on 1 procs', ''].join('\n'),
    );
  });
  const { run } = await weighed(
    runs,
    all.map(({ path }) => path),
  );
  assert.equal(run.dataset.frames, 3000);
  assert.ok(Math.abs(meanSquare(run) / (thermalEnergy(300) / stiffness) - 1) < 0.08, String(meanSquare(run)));
});
