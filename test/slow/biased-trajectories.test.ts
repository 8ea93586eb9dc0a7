import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readColumns } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { findGromacs, findPlumed, runDriver } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli, type CliResult } from '../cli/run-cli.js';
import '../optimised-plumed.js';

const folder = temporaryFolder('biased-trajectories');
const latentcv = (...args: string[]): CliResult => runCli(args, { cwd: folder });
const at = (...names: string[]): string => join(folder, ...names);
const gromacs = await findGromacs().catch(() => undefined);
const without = gromacs?.plumed ? false : 'no GROMACS with -plumed';

const quick = '--method autoencoder --layers 4 --epochs 2 --latent 1'.split(' ');

interface Trained {
  settings: { bias: string[]; temperature?: number; temperatures: Record<string, number> };
  frames: number;
}
const trained = (...args: string[]): Trained & { stderr: string } => {
  const { stdout, stderr } = latentcv('train', ...args, ...quick, '--json', '--notes');
  assert.notEqual(stdout, '', stderr);
  return { ...(JSON.parse(stdout) as Trained), stderr };
};

/** Alanine dipeptide: two biased runs at 300 K, a plain one at 600 K; COLVAR every 0.02 ps, frames every 0.1. */
before(async () => {
  if (!gromacs?.plumed) return;
  const plumed = [
    'phi: TORSION ATOMS=5,7,9,15',
    'opes: OPES_METAD ARG=phi PACE=100 BARRIER=30 TEMP=300',
    'PRINT ARG=phi,opes.bias FILE=COLVAR STRIDE=10',
    '',
  ];
  writeFileSync(at('plumed.dat'), plumed.join('\n'));
  const { executable } = gromacs;
  for (const [name, temperature, seed] of [
    ['run1', 300, 1],
    ['run2', 300, 2],
    ['hot', 600, 3],
  ] as const) {
    const system = { temperature, seed, nanoseconds: 1, framesEvery: 50 };
    await prepareAlanine({ gromacs: executable, folder: at('system', name), ...system });
    const input = temperature === 300 ? ['--plumed', 'plumed.dat'] : [];
    const tpr = at('system', name, 'topol.tpr');
    const { code, stderr } = latentcv('run', '--tpr', tpr, ...input, '--folder', name, '--length', '12ps');
    assert.equal(code, 0, stderr);
  }
});

test(
  'folders of biased, unbiased and hot runs train together, each at its own temperature',
  { skip: without },
  () => {
    const { settings, frames, stderr } = trained('run1', 'run2', 'hot', '-o', 'all.onnx');
    assert.deepEqual(settings.bias, ['opes.bias']);
    assert.equal(settings.temperature, 300);
    assert.deepEqual(settings.temperatures, { [join('hot', 'md.xtc')]: 600 });
    assert.equal(frames, 3 * 121);
    assert.match(
      stderr,
      /^run1\/md\.xtc and run1\/COLVAR: 121 frames at common times, 0 to 12 ps; .* 480 rows .*in 1 more$/m,
    );
  },
);

test(
  'a trajectory and its COLVAR by name are the same frames as the folder of their run',
  { skip: without },
  async () => {
    mkdirSync(at('bare'));
    cpSync(at('run1', 'md.xtc'), at('bare', 'traj.xtc'));
    cpSync(at('run1', 'COLVAR'), at('bare', 'bias.dat'));
    const structure = ['--structure', join('run1', 'md.gro')];
    const weights = ['--weights-from', 'bare/bias.dat'];
    trained('run1', '-o', 'folder.onnx');
    trained('bare/traj.xtc', ...structure, ...weights, '--temperature', '300', '-o', 'bare.onnx');
    const [byFolder, byName] = [await loadModel(at('folder.onnx')), await loadModel(at('bare.onnx'))];
    assert.deepEqual(byName.metadata!.check, byFolder.metadata!.check);
    const alike = trained('run1', '--bias', 'none', '-o', 'alike.onnx');
    assert.deepEqual(alike.settings.bias, []);
    assert.notDeepEqual((await loadModel(at('alike.onnx'))).metadata!.check, byFolder.metadata!.check);
    // on disk the same weights
    const streamed = trained('run1', '--stream', '-o', 'streamed.onnx');
    assert.deepEqual([streamed.settings.bias, streamed.frames], [['opes.bias'], 121]);
    const untold = latentcv(
      'train',
      'bare/traj.xtc',
      ...structure,
      '--bias',
      'opes.bias',
      ...quick,
      '-o',
      'x.onnx',
    );
    assert.match(
      untold.stderr,
      /expected a table with opes\.bias beside the trajectories .*\n.*--weights-from names/,
    );
    const cold = latentcv(
      'train',
      'bare/traj.xtc',
      ...structure,
      ...weights,
      '--bias',
      'opes.bias',
      ...quick,
      '-o',
      'x.onnx',
    );
    assert.match(cold.stderr, /expected the temperature of bare\/traj\.xtc/);
    const mixed = ['bare/traj.xtc', 'hot/md.xtc', ...structure, '--weights-from', 'bare/bias.dat'];
    const one = latentcv('train', ...mixed, '--temperature', '300', ...quick, '-o', 'x.onnx');
    assert.match(one.stderr, /hot\/md\.xtc \(.*run\.json\), 600 K, but received 300 K/);
    const both = trained(...mixed, '--temperature', '300', '--temperature', 'hot=600', '-o', 'x.onnx');
    assert.equal(both.frames, 242);
  },
);

test(
  'a table of descriptors knows its atoms, and trains to the model of its trajectory',
  { skip: without },
  async () => {
    for (const table of ['table.h5', 'table.colvar', 'table.csv']) {
      assert.equal(latentcv('descriptors', 'run1', '-o', table).code, 0);
      trained(table, '--temperature', '300', '-o', 'table.onnx');
      const [{ metadata }, of] = [await loadModel(at('table.onnx')), await loadModel(at('folder.onnx'))];
      assert.deepEqual(metadata!.descriptors, of.metadata!.descriptors);
      assert.deepEqual(metadata!.check, of.metadata!.check, table);
    }
    // and PLUMED's values from the atoms are those of predict
    assert.equal(latentcv('plumed', '--model', 'table.onnx', '--bias', 'none', '-o', 'cv.dat').code, 0);
    const input = readFileSync(at('cv.dat'), 'utf8');
    assert.match(input, /ATOMS=1,5,6,7,9,11,15,16,17,19/);
    writeFileSync(at('cv.dat'), input.replace(/STRIDE=.*/, 'STRIDE=1 FILE=CV FMT=%.9f'));
    await runDriver({
      plumed: await findPlumed(),
      cwd: folder,
      plumedFile: at('cv.dat'),
      trajectory: at('run1', 'md.xtc'),
    });
    const { stderr } = latentcv('predict', 'table.onnx', 'run1', '-o', 'predicted.colvar');
    assert.match(stderr, /121 frames at common times/);
    const [ours, theirs] = [await readColumns(at('predicted.colvar')), await readColumns(at('CV'))];
    assert.deepEqual([ours.frames, theirs.frames], [121, 121]);
    assert.deepEqual(
      ours.columns.map(({ label }) => label),
      ['node-0', 'opes.bias'],
    );
    const values = theirs.values('cv.node-0');
    assert.ok(new Set(values).size > 100);
    ours
      .values('node-0')
      .forEach((value, i) =>
        assert.ok(Math.abs(value - values[i]) < 1e-6, `frame ${i}: ${value}, PLUMED ${values[i]}`),
      );
    // another's column makes it a model of arguments, which is told
    const lines = readFileSync(at('table.colvar'), 'utf8').split('\n');
    writeFileSync(
      at('more.colvar'),
      lines
        .map((line, i) =>
          i === 0 ? `${line} phi` : line.startsWith('#') || line === '' ? line : `${line} ${Math.sin(i)}`,
        )
        .join('\n'),
    );
    const more = trained('more.colvar', '--bias', 'none', '-o', 'more.onnx');
    assert.match(
      more.stderr,
      /phi is no descriptor that the table keeps: the model takes its inputs by their labels/,
    );
    assert.equal((await loadModel(at('more.onnx'))).metadata!.descriptors, undefined);
  },
);

test('copies and links of a run count once', { skip: without }, () => {
  cpSync(at('run1'), at('copy'), { recursive: true });
  symlinkSync('run2', at('link'));
  const names = ['run1', 'run2', 'copy', 'link'];
  const { frames, stderr } = trained(...names, '-o', 'once.onnx');
  assert.equal(frames, 242);
  assert.match(stderr, /^copy\/md\.xtc is left out: it is the same as run1\/md\.xtc/m);
  assert.match(stderr, /^link\/md\.xtc is left out: it is the same as run2\/md\.xtc/m);
  const table = latentcv('inspect', 'table.onnx', 'table.h5', 'table.h5', '--temperature', '300');
  assert.match(table.stderr, /^table\.h5 is given twice and taken once$/m);
});

test('inspect judges by the weights of the bias', { skip: without }, () => {
  const judged = (...args: string[]): string => {
    const { stdout, stderr } = latentcv('inspect', 'all.onnx', ...args, '--lag', '1ps', '--json');
    assert.notEqual(stdout, '', stderr);
    return JSON.stringify((JSON.parse(stdout) as { diagnostics: unknown }).diagnostics);
  };
  const byFolder = judged('run1');
  const weights = ['--weights-from', 'bare/bias.dat', '--temperature', '300'];
  const byName = judged('bare/traj.xtc', '--structure', 'run1/md.gro', ...weights);
  assert.equal(byName.replaceAll('bare/traj.xtc', 'run1/md.xtc'), byFolder);
  assert.notEqual(judged('run1', '--bias', 'none'), byFolder);
});

test('COLVAR that a restart wrote on counts as the restart wrote it', { skip: without }, () => {
  const lines = readFileSync(at('run1', 'COLVAR'), 'utf8').trimEnd().split('\n');
  cpSync(at('run1', 'md.xtc'), at('bare', 'again.xtc'));
  const rows = lines.filter((line) => !line.startsWith('#'));
  writeFileSync(at('bare', 'again.dat'), [...lines.slice(0, -200), ''].join('\n'));
  appendFileSync(at('bare', 'again.dat'), [lines[0], ...rows.slice(-350), ''].join('\n'));
  const { frames, stderr } = trained(
    ...['bare/again.xtc', '--structure', 'run1/md.gro', '--weights-from', 'bare/again.dat'],
    ...['--temperature', '300', '-o', 'again.onnx'],
  );
  assert.equal(frames, 121);
  assert.match(stderr, /again\.dat: a restart within it wrote 150 frames from .* again/);
});
