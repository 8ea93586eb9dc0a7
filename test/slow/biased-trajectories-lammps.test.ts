import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readColumns } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { findLammps } from '../../src/programs/index.js';
import { runCli, type CliResult } from '../cli/run-cli.js';
import { chainData } from '../faults/systems.js';
import { temporaryFolder } from '../temporary-folder.js';

const lammps = await findLammps().catch(() => undefined);
const works = lammps !== undefined && (lammps.plumed || lammps.plumedPlugin !== undefined);
const skip = works ? false : 'no LAMMPS with fix plumed on this machine';

const folder = temporaryFolder('biased-lammps');
const at = (...names: string[]): string => join(folder, ...names);
const latentcv = (...args: string[]): CliResult => runCli(args, { cwd: folder });
const done = (...args: string[]): CliResult => {
  const result = latentcv(...args);
  assert.equal(result.code, 0, result.stderr);
  return result;
};

/** Five atoms in a chain, a frame each 50 steps of 2 fs; a biased run prints a row each 10. */
const script = (kelvin: number, plumed: string): string => `units real
atom_style angle
bond_style harmonic
angle_style harmonic
pair_style lj/cut 15
special_bonds lj 0 0 1
read_data chain.data
bond_coeff 1 200 1.5
angle_coeff 1 60 110
pair_coeff 1 1 0.2 3.2
velocity all create ${kelvin} 4711
timestep 2
fix integrate all nve
${plumed}
fix bath all langevin ${kelvin} ${kelvin} 200 4711
dump frames all custom 50 traj.lammpstrj id type x y z
dump_modify frames format float %.9f
run 5000
`;
const fix = 'fix bias all plumed plumedfile plumed.dat outfile plumed.log';
const bias = `d: DISTANCE ATOMS=1,5
opes: OPES_METAD ARG=d PACE=100 BARRIER=15 TEMP=300
PRINT ARG=d,opes.bias FILE=COLVAR STRIDE=10 FMT=%.9f
`;

/** A structure that names the atoms, which neither LAMMPS nor its dumps do. */
function structure(): string {
  const atoms = [...chainData.matchAll(/^(\d) 1 1 (\S+) (\S+) (\S+)$/gm)].map(([, serial, ...xyz]) => {
    const place = xyz.map((value) => Number(value).toFixed(3).padStart(8)).join('');
    return `HETATM    ${serial}  C${serial}  CHN A   1    ${place}  1.00  0.00           C`;
  });
  const box = 'CRYST1   40.000   40.000   40.000  90.00  90.00  90.00 P 1           1';
  return [box, ...atoms, 'END', ''].join('\n');
}

before(() => {
  if (!works) return;
  writeFileSync(at('chain.data'), chainData);
  writeFileSync(at('chain.pdb'), structure());
  writeFileSync(at('plumed.dat'), bias);
  writeFileSync(at('biased.in'), script(300, fix));
  writeFileSync(at('plain.in'), script(450, ''));
  done('run', '--lammps', 'biased.in', '--plumed', 'plumed.dat', '--folder', 'run1');
  done('run', '--lammps', 'plain.in', '--folder', 'hot');
});

test('a run of LAMMPS: its dump and its COLVAR are joined by time, in their units', { skip }, async () => {
  const { stderr } = done('descriptors', 'run1', '--structure', 'chain.pdb', '-o', 'table.colvar');
  assert.match(stderr, /101 frames at common times, 0 to 10 ps; .* 400 rows/);
  const [joined, printed] = [await readColumns(at('table.colvar')), await readColumns(at('run1', 'COLVAR'))];
  assert.equal(joined.frames, 101);
  const [distance, weigh] = [joined.values('d_1_5'), joined.values('opes.bias')];
  const [own, ownBias] = [printed.values('d'), printed.values('opes.bias')];
  assert.ok(new Set(ownBias).size > 10);
  for (let i = 0; i < joined.frames; i++) {
    assert.ok(Math.abs(joined.time.at(i)! - printed.time.at(5 * i)!) < 1e-6);
    // Å in the dump, nm in both tables
    assert.ok(Math.abs(distance[i] - own[5 * i]) < 2e-9, `${i}: ${distance[i]}, ${own[5 * i]}`);
    assert.equal(weigh[i], ownBias[5 * i]);
  }
});

const quick = '--method autoencoder --layers 4 --epochs 2 --latent 1'.split(' ');

test(
  'LAMMPS: folders, a dump with its COLVAR, and the table of both train to one model',
  { skip },
  async () => {
    mkdirSync(at('bare'));
    cpSync(at('run1', 'traj.lammpstrj'), at('bare', 'dump.lammpstrj'));
    cpSync(at('run1', 'COLVAR'), at('bare', 'bias.dat'));
    const named = ['bare/dump.lammpstrj', '--structure', 'chain.pdb', '--weights-from', 'bare/bias.dat'];
    const untimed = latentcv('train', ...named, '--temperature', '300', ...quick, '-o', 'x.onnx');
    assert.match(untimed.stderr, /expected frames whose times are told.*\n.*--timestep/);
    const cold = latentcv('train', ...named, '--timestep', '2fs', ...quick, '-o', 'x.onnx');
    assert.match(
      cold.stderr,
      /expected the temperature of bare\/dump\.lammpstrj, whose frames weigh by opes\.bias/,
    );

    const structureOf = ['--structure', 'chain.pdb'];
    done('train', 'run1', ...structureOf, ...quick, '-o', 'folder.onnx');
    done('train', ...named, '--temperature', '300', '--timestep', '2fs', ...quick, '-o', 'bare.onnx');
    done('train', 'table.colvar', '--temperature', '300', ...quick, '-o', 'table.onnx');
    const [byFolder, byName, byTable] = await Promise.all(
      ['folder', 'bare', 'table'].map((name) => loadModel(at(`${name}.onnx`))),
    );
    assert.deepEqual(byName.metadata!.check, byFolder.metadata!.check);
    assert.deepEqual(byTable.metadata!.check, byFolder.metadata!.check);
    assert.deepEqual(byTable.metadata!.descriptors, byFolder.metadata!.descriptors);

    const { stdout } = done('train', 'run1', 'hot', ...structureOf, ...quick, '-o', 'all.onnx', '--json');
    const { settings, frames } = JSON.parse(stdout) as {
      settings: { bias: string[]; temperature: number; temperatures: Record<string, number> };
      frames: number;
    };
    assert.deepEqual([settings.bias, settings.temperature, frames], [['opes.bias'], 300, 202]);
    assert.deepEqual(settings.temperatures, { 'hot/traj.lammpstrj': 450 });
  },
);

test(
  'predict: of a run, of a dump with its COLVAR and of their table the same CVs and bias',
  { skip },
  async () => {
    done('predict', 'folder.onnx', 'run1', '--structure', 'chain.pdb', '-o', 'run.cv');
    const [named, weights] = ['bare/dump.lammpstrj', 'bare/bias.dat'];
    const dump = ['predict', 'folder.onnx', named, '--structure', 'chain.pdb', '--timestep', '2fs'];
    done(...dump, '--weights-from', weights, '-o', 'dump.cv');
    done('predict', 'folder.onnx', 'table.colvar', '--bias', 'opes.bias', '-o', 'table.cv');
    const [byRun, byDump, byTable] = await Promise.all(
      ['run', 'dump', 'table'].map((name) => readColumns(at(`${name}.cv`))),
    );
    assert.deepEqual(
      byRun.columns.map(({ label }) => label),
      ['node-0', 'opes.bias'],
    );
    assert.equal(byRun.frames, 101);
    for (const label of ['node-0', 'opes.bias']) {
      assert.deepEqual(byDump.values(label), byRun.values(label));
      assert.deepEqual(byTable.values(label), byRun.values(label));
    }
    const untold = latentcv(...dump, '--bias', 'opes.bias', '-o', 'x.cv');
    assert.match(untold.stderr, /expected a table with opes\.bias .*\n.*--weights-from names it/);
    // a model of columns takes the table of the run
    done('train', 'run1', '--columns', 'd', ...quick, '-o', 'columns.onnx');
    const { stdout } = done('predict', 'columns.onnx', 'run1', '-o', 'columns.cv');
    assert.equal(stdout, 'columns.cv: 501 frames of node-0\n');
  },
);
