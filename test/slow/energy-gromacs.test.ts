import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { temporaryFolder } from '../temporary-folder.js';
import { chainDescriptors, deviation, restrained } from './energy-drift.js';
import { saveRandomModel } from './mixed-model.js';
import { buildPlugin, findGromacs, findPlumed, runMdrun } from '../../src/programs/index.js';

const gromacs = await findGromacs();
const plumed = await findPlumed();
/** Alanine dipeptide's C, N, CA, C, N. */
const backbone = chainDescriptors([5, 7, 9, 15, 17]);
const folder = temporaryFolder('energy');
const model = join(folder, 'model.onnx');
/** Length of the runs, and how often energies are written, in fs. */
const [length, between] = [200, 2];

before(async () => {
  await prepareAlanine({ gromacs: gromacs.executable, folder, temperature: 300, nanoseconds: 1, seed: 3 });
  await saveRandomModel(model, backbone);
});

/** Constant energy, no constraints, nothing cut off: forces are the gradient of the energy, but for single precision. */
async function runInput(step: number): Promise<string> {
  const mdp = readFileSync(join(folder, 'run.mdp'), 'utf8')
    .replace(/^constraints .*$/m, 'constraints = none')
    .replace(/^integrator .*$/m, 'integrator = md-vv')
    .replace(/^dt .*$/m, `dt = ${step / 1000}`)
    .replace(/^(nstcalcenergy|nstenergy) .*$/gm, `$1 = ${between / step}`)
    .replace(/^(tc-grps|tau-t|ref-t|ld-seed) .*$/gm, '');
  const name = `nve-${step}`;
  writeFileSync(join(folder, `${name}.mdp`), mdp);
  // the one warning: the motion of the molecule as a whole is left alone
  const words = `grompp -f ${name}.mdp -c minimise.gro -p topol.top -o ${name}.tpr -po ${name}-out.mdp -maxwarn 1`;
  const args = ['-quiet', '-nobackup', ...words.split(' ')];
  await runProgram({ command: gromacs.executable, args, cwd: folder, logPath: join(folder, `${name}.log`) });
  return join(folder, `${name}.tpr`);
}

function totalEnergies(cwd: string): number[] {
  const args = ['-quiet', 'energy', '-f', 'md.edr', '-o', 'energy.xvg', '-dp'];
  const { status, stderr } = spawnSync(gromacs.executable, args, { cwd, input: 'Total-Energy\n\n' });
  assert.equal(status, 0, String(stderr));
  const lines = readFileSync(join(cwd, 'energy.xvg'), 'utf8').trim().split('\n');
  return lines.filter((line) => !/^[#@]/.test(line)).map((line) => Number(line.trim().split(/\s+/)[1]));
}

/** Deviation of the total energy with the bias in it, kJ/mol; `excess` makes the bias forces wrong. */
async function deviationAt(step: number, excess = 0): Promise<number> {
  const cwd = temporaryFolder('nve');
  const { path } = await buildPlugin(plumed);
  const input = restrained({
    plugin: path,
    model,
    atoms: backbone.atoms,
    kappa: 100,
    excess,
    stride: between / step,
  });
  writeFileSync(join(cwd, 'plumed.dat'), input);
  const steps = length / step;
  const plumedFile = join(cwd, 'plumed.dat');
  await runMdrun({ gromacs, plumed, cwd, tpr: await runInput(step), plumedFile, steps });
  const bias = (await readTables(join(cwd, 'COLVAR'), { columns: ['counted.bias'] })).data;
  const energies = totalEnergies(cwd);
  assert.equal(bias.length, energies.length);
  return deviation(energies.map((energy, i) => energy + bias[i]));
}

// The next order is (ω dt)² smaller: 8 % at 0.5 fs for the C–H bonds' ω of 0.56 / fs. Single precision adds 0.003 kJ/mol.
test('GROMACS at constant energy: half the time step, a quarter of the deviation', async () => {
  const [coarse, fine] = [await deviationAt(0.5), await deviationAt(0.25)];
  assert.ok(Math.abs(coarse / fine - 4) < 0.4, `${coarse} and ${fine} kJ/mol`);
});

test('it tells: forces 5 % too strong for the bias do work at any time step', async () => {
  const [coarse, fine] = [await deviationAt(0.5, 0.05), await deviationAt(0.25, 0.05)];
  assert.ok(coarse / fine < 1.1 && fine > 1, `${coarse} and ${fine} kJ/mol`);
});

test('two threads give what one gives', async () => {
  const tpr = await runInput(0.5);
  const { path } = await buildPlugin(plumed);
  const first = async (threads: number): Promise<Float64Array> => {
    const cwd = temporaryFolder('threads');
    const plumedFile = join(cwd, 'plumed.dat');
    const restraint = { plugin: path, model, atoms: backbone.atoms, kappa: 100, excess: 0, stride: 1 };
    writeFileSync(plumedFile, restrained(restraint));
    await runMdrun({ gromacs, plumed, cwd, tpr, plumedFile, steps: 10, threads });
    return (await readTables(join(cwd, 'COLVAR'))).data;
  };
  const [one, two] = [await first(1), await first(2)];
  const row = one.length / 11;
  // at step 0 the positions are the same numbers; later GROMACS itself adds forces in another order, in single precision
  assert.deepEqual(one.slice(0, row), two.slice(0, row));
  one.forEach((value, i) => assert.ok(Math.abs(value - two[i]) < 1e-4 * Math.max(1, Math.abs(value))));
});
