import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../../src/frames/index.js';
import { parsePlumedInput, patchPlumedInput } from '../../../src/plumed/index.js';
import { findPlumed } from '../../../src/programs/index.js';
import { runFolder, writeTrajectory } from '../../plumed/helpers.js';
import { runDriver, runPesmd, type RunProgress } from '../../../src/programs/index.js';

const plumed = await findPlumed();

test('driver writes a table that we read, restarts included', async () => {
  const cwd = runFolder();
  const plumedFile = join(cwd, 'plumed.dat');
  await writeFile(
    plumedFile,
    'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=2,3\nPRINT ARG=d1,d2 FILE=COLVAR\n',
  );
  const run = { plumed, cwd, plumedFile, timestep: 0.5 };
  await runDriver({ ...run, trajectory: await writeTrajectory(cwd, 5) });
  await runDriver({ ...run, trajectory: await writeTrajectory(cwd, 4, 10), restartAt: 3 });
  const set = await readTables(join(cwd, 'COLVAR'));
  assert.deepEqual([...set.time], [0, 0.5, 1, 1.5, 2, 2.5, 3]);
  const d1 = [0.1, 0.11, 0.12, 0.2, 0.21, 0.22, 0.23];
  // Six decimals are printed.
  assert.deepEqual(
    [...set.data],
    d1.flatMap((d) => [d, Number(Math.hypot(d, 0.2).toFixed(6))]),
  );
  assert.match(await readFile(join(cwd, 'driver.log'), 'utf8'), /END FILE: /);
});

test("PLUMED's own words reach the user, with the log", async () => {
  const cwd = runFolder();
  const plumedFile = join(cwd, 'plumed.dat');
  const trajectory = await writeTrajectory(cwd, 1);
  const cases: [string, RegExp][] = [
    [
      'phi: TORSION ATOMS=1,2,3',
      /^plumed driver ended by SIG.*: ERROR in input to action TORSION.* with label phi : ATOMS should specify 4 atoms$/,
    ],
    // in the words of 2.10 and later, and of 2.9
    [
      'd: DISTANC ATOMS=1,2',
      /: (Action "DISTANC" is not known\.|ERROR I cannot understand line: DISTANC LABEL=d .*)$/,
    ],
    ['d: DISTANCE ATOMS=1,2 NOSUCH', /cannot understand the following words from the input line : NOSUCH/],
  ];
  for (const [text, message] of cases) {
    await writeFile(plumedFile, text + '\n');
    const hint = `all it printed is in ${join(cwd, 'driver.log')}`;
    await assert.rejects(runDriver({ plumed, cwd, plumedFile, trajectory }), {
      code: 'tool-failed',
      message,
      hint,
    });
  }
});

test('a command that is not there is told', async () => {
  const cwd = runFolder();
  const gone = { ...plumed, executable: join(cwd, 'plumed') };
  await assert.rejects(runDriver({ plumed: gone, cwd, plumedFile: 'plumed.dat' }), { code: 'missing-tool' });
});

const pesmdInput = (steps: number): string =>
  `nstep ${steps}\ntstep 0.005\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nidum 1\nipos 0.5\nplumed plumed.dat\n`;
const harmonic =
  'UNITS NATURAL\np: DISTANCE ATOMS=1,2 COMPONENTS\nv: CUSTOM ARG=p.x FUNC=2*x^2 PERIODIC=NO\nBIASVALUE ARG=v\n' +
  'PRINT ARG=p.x STRIDE=100 FILE=COLVAR\n';

test('pesmd runs on a surface and tells its progress', async () => {
  const cwd = runFolder();
  const input = join(cwd, 'pesmd.in');
  await writeFile(input, pesmdInput(20000));
  await writeFile(join(cwd, 'plumed.dat'), harmonic);
  const seen: RunProgress[] = [];
  await runPesmd({ plumed, cwd, input, colvar: join(cwd, 'COLVAR'), onProgress: (p) => seen.push(p) });
  assert.equal((await readTables(join(cwd, 'COLVAR'))).frames, 201);
  assert.deepEqual([seen.at(-1)?.step, seen.at(-1)?.steps], [20000, 20000]);
});

test('a run stops on request', async () => {
  const cwd = runFolder();
  const input = join(cwd, 'pesmd.in');
  await writeFile(input, pesmdInput(2e9));
  await writeFile(join(cwd, 'plumed.dat'), harmonic);
  const abort = new AbortController();
  const onProgress = ({ step, remaining }: RunProgress): void => {
    if (step > 0 && remaining !== undefined) abort.abort();
  };
  const run = runPesmd({ plumed, cwd, input, colvar: join(cwd, 'COLVAR'), signal: abort.signal, onProgress });
  await assert.rejects(run, { code: 'interrupted' });
});

// In place of the plugin's action one of PLUMED's own that has components and takes atoms.
const standIn = (text: string): string =>
  text
    .replace(/^LOAD .*\r?\n/m, '')
    .replace(/ONNX_MODEL FILE=\S+ ATOMS=1,2/, 'DISTANCE ATOMS=1,2 COMPONENTS');

test('PLUMED runs patched inputs, with either bias, in any units, and restarts them', async () => {
  const model = {
    inputs: ['d'],
    outputs: ['x', 'y'],
    outputMin: [-3, -3],
    outputMax: [3, 3],
    descriptors: {
      atoms: [1, 2],
      items: [{ kind: 'distance' as const, atoms: [0, 1] as [number, number] }],
      pbc: true,
      lengthUnit: 'nm' as const,
    },
  };
  const files = { modelPath: 'model.onnx', pluginPath: 'plugin.so', model };
  const inputs = [
    '',
    '# nothing but a comment\r\nUNITS ENERGY=kcal/mol LENGTH=A TIME=fs\r\nMOLINFO STRUCTURE=x.pdb\r\n'.replace(
      /MOLINFO.*\r\n/,
      '',
    ),
    'cv: DISTANCE ...\n  ATOMS=2,3 # LOAD FILE=x\n... cv:\nopes: RESTRAINT ARG=cv AT=0.2 KAPPA=1\nPRINT ARG=* FILE=COLVAR\nENDPLUMED\nnothing here',
  ];
  const biases = [
    { kind: 'opes', barrier: 10, pace: 2, temperature: 300, components: ['x'] },
    { kind: 'metad', height: 1, sigma: 0.2, biasFactor: 5, pace: 2, temperature: 300, components: ['x'] },
  ] as const;
  for (const input of inputs) {
    for (const bias of biases) {
      const cwd = runFolder();
      const patched = patchPlumedInput(parsePlumedInput(input), { ...files, bias, print: { stride: 1 } });
      const plumedFile = join(cwd, 'plumed.dat');
      await writeFile(plumedFile, standIn(patched.text));
      const run = { plumed, cwd, plumedFile, trajectory: await writeTrajectory(cwd, 40) };
      await runDriver(run);
      await runDriver({ ...run, restartAt: 40 });
      const set = await readTables(join(cwd, patched.colvar));
      assert.equal(set.frames, 80);
      assert.deepEqual(
        set.columns.map(({ label }) => label),
        patched.columns,
      );
      for (const file of patched.biasFiles.slice(0, 1))
        assert.ok((await readFile(join(cwd, file))).length > 0);
    }
  }
});
