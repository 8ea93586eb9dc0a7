import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { findGromacs, runProgram } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { runCli, type CliResult } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';
import '../optimised-plumed.js';

const folder = temporaryFolder('windows-driver');
const latentcv = (...args: string[]): CliResult => runCli(args, { cwd: folder });
const gromacs = await findGromacs().catch(() => undefined);
const without = gromacs?.plumed ? false : 'no GROMACS with -plumed';
const centres = [-1.7, -1.3, -0.9];

const inputOf = (bias: string, printed: string): string =>
  [
    'phi: TORSION ATOMS=5,7,9,15',
    'psi: TORSION ATOMS=7,9,15,17',
    bias,
    `PRINT ARG=${printed} STRIDE=50 FILE=COLVAR`,
    '',
  ].join('\n');
const restraint = (at: number): string => `r: RESTRAINT ARG=phi AT=${at} KAPPA=60`;

/** Alanine dipeptide at 300 K in three windows along φ, rows and frames every 0.1 ps; frames with as many digits as rows. */
before(async () => {
  if (!gromacs?.plumed) return;
  const system = join(folder, 'system');
  await prepareAlanine({
    ...{ gromacs: gromacs.executable, folder: system },
    ...{ temperature: 300, seed: 7, nanoseconds: 1, framesEvery: 50 },
  });
  const mdp = readFileSync(join(system, 'run.mdp'), 'utf8').replace(/^compressed-x-precision.*$/m, '');
  writeFileSync(join(system, 'fine.mdp'), `${mdp}\ncompressed-x-precision = 1000000\n`);
  const words = 'grompp -f fine.mdp -c minimise.gro -p topol.top -o fine.tpr -po fine-out.mdp';
  await runProgram({
    command: gromacs.executable,
    args: ['-quiet', '-nobackup', ...words.split(' ')],
    ...{ cwd: system, logPath: join(system, 'grompp.log') },
  });
  for (const [i, at] of centres.entries()) {
    writeFileSync(join(folder, `w${i}.dat`), inputOf(restraint(at), 'phi,psi,r.bias'));
    const { code, stderr } = latentcv(
      ...['run', '--tpr', join('system', 'fine.tpr'), '--plumed', `w${i}.dat`],
      ...['--folder', `w${i}`, '--length', '40ps'],
    );
    assert.equal(code, 0, stderr);
    const unprinted = join(folder, `u${i}`);
    mkdirSync(unprinted);
    for (const file of ['md.xtc', 'md.gro']) cpSync(join(folder, `w${i}`, file), join(unprinted, file));
    // the first has a bias without a label, of which nothing is printed
    const kept = i === 0 ? ['psi'] : ['psi', 'r.bias'];
    const bias = i === 0 ? restraint(at).slice(3) : restraint(at);
    writeFileSync(join(unprinted, 'plumed.dat'), inputOf(bias, kept.join(',')));
    const lines = readFileSync(join(folder, `w${i}`, 'COLVAR'), 'utf8').split('\n');
    const columns = lines[0].split(' ').slice(2);
    const rows = lines.map((line) => {
      if (line.startsWith('#! FIELDS')) return `#! FIELDS time ${kept.join(' ')}`;
      if (line.startsWith('#')) return line.includes('phi') ? undefined : line;
      const values = line.trim().split(/\s+/);
      return line === '' ? line : ['time', ...kept].map((label) => values[columns.indexOf(label)]).join(' ');
    });
    writeFileSync(join(unprinted, 'COLVAR'), rows.filter((line) => line !== undefined).join('\n'));
  }
});

interface Result {
  deltaF: { value: number };
  analysedFrames: number;
  windows: { states: { freeEnergy: number }[] };
}
const fes = (pattern: string): Result & { stderr: string } => {
  const { stdout, stderr } = latentcv(
    ...['fes', pattern, '--cv', 'psi', '--temperature', '300', '--basin', 'psi=0..3.1', '--json', '--notes'],
  );
  assert.notEqual(stdout, '', stderr);
  return { ...(JSON.parse(stdout) as Result), stderr };
};

test(
  'windows along what is not printed: plumed driver gives the free energies that printed columns give',
  { skip: without },
  () => {
    const [printed, driven] = [fes('w?'), fes('u?')];
    assert.match(driven.stderr, /energies are those that plumed driver gives the frames/);
    const [, off] = /u1: r\.bias by plumed driver and as printed differ by ([\d.]+) kJ\/mol/.exec(
      driven.stderr,
    )!;
    assert.ok(Number(off) < 2e-3, off);
    assert.match(printed.stderr, /own statements \(RESTRAINT\) on printed columns/);
    assert.equal(driven.analysedFrames, printed.analysedFrames);
    const energies = ({ windows }: Result): number[] => windows.states.map(({ freeEnergy }) => freeEnergy);
    // the last digits of φ in rows and of positions in frames, times κ
    energies(driven).forEach((energy, i) =>
      assert.ok(Math.abs(energy - energies(printed)[i]) < 2e-3, `${energy}, ${energies(printed)[i]}`),
    );
    assert.ok(Math.abs(driven.deltaF.value - printed.deltaF.value) < 2e-3, `${driven.deltaF.value}`);
  },
);

test('a model trains on the trajectories of such windows', { skip: without }, () => {
  const { code, stdout, stderr } = latentcv(
    ...[
      'train',
      'u?',
      '--weights-from',
      'u?/COLVAR',
      '--structure',
      join('u0', 'md.gro'),
      '--temperature',
      '300',
    ],
    ...'--method autoencoder --layers 4 --epochs 2 --latent 1 -o model.onnx --json --notes'.split(' '),
  );
  assert.equal(code, 0, stderr);
  const { frames, settings } = JSON.parse(stdout) as { frames: number; settings: { weights: string } };
  assert.equal(frames, 3 * 401);
  assert.equal(settings.weights, 'mbar.weight');
  assert.match(stderr, /3 windows weighed together by MBAR at 300 K/);
});

test('without its trajectory a window is refused, with both ways out', { skip: without }, () => {
  cpSync(join(folder, 'u0'), join(folder, 'bare0'), { recursive: true });
  mkdirSync(join(folder, 'bare1'));
  for (const file of ['plumed.dat', 'COLVAR']) cpSync(join(folder, 'u1', file), join(folder, 'bare1', file));
  const { code, stderr } = latentcv('fes', 'bare?', '--cv', 'psi', '--temperature', '300');
  assert.equal(code, 2);
  assert.match(
    stderr,
    /RESTRAINT\) is not: phi is not printed[^]*print phi in every window[^]*plumed driver/,
  );
});
