import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { columnValues, readTables } from '../../src/frames/index.js';
import { affine, constant, input, tanh } from '../../src/graph/index.js';
import { loadModel, saveModel } from '../../src/onnx/index.js';
import {
  parsePlumedInput,
  patchPlumedInput,
  plumedModel,
  type BiasRequest,
  type PatchedInput,
  type PatchOptions,
} from '../../src/plumed/index.js';
import { buildPlugin, findPlumed, runDriver } from '../../src/programs/index.js';
import { gasConstant } from '../../src/sampling/index.js';
import { runFolder, writeTrajectory } from './helpers.js';

const plumed = await findPlumed();
const plugin = await buildPlugin(plumed);
const kT = 300 * gasConstant;
const [frames, timestep] = [40, 1];

/** node-0 = tanh(2 d1 − d2) and node-1 = tanh(d1 + d2), of the distances 1–2 and 2–3 in nm, which were in 0.1 to 0.3. */
async function writeModel(folder: string): Promise<string> {
  const path = join(folder, 'model.onnx');
  const x = input('x', ['n', 2]);
  const cv = tanh(affine(x, constant([2, 1, -1, 1], [2, 2], 'weight'), constant([0, 0], [2], 'bias')));
  await saveModel(path, {
    x,
    cv,
    metadata: {
      method: 'autoencoder',
      network: '2-2 tanh',
      inputs: ['d1', 'd2'].map((label) => ({ label, unit: 'nm', min: 0.1, max: 0.3 })),
      outputs: ['node-0', 'node-1'].map((name) => ({ name, min: 0, max: 0.5 })),
      descriptors: descriptorSet([
        { kind: 'distance', atoms: [1, 2] },
        { kind: 'distance', atoms: [2, 3] },
      ]),
      check: { inputs: [[0.1, 0.2]] },
      training: {},
    },
  });
  return path;
}

interface Ran {
  patched: PatchedInput;
  column: (label: string) => Float64Array;
  cwd: string;
}

/** A trajectory through PLUMED's driver with the bias asked for. */
async function driven(
  options: Partial<PatchOptions>,
  text = '',
  extra: readonly string[] = [],
): Promise<Ran> {
  const cwd = runFolder();
  const modelPath = await writeModel(cwd);
  const patched = patchPlumedInput(parsePlumedInput(text), {
    model: plumedModel(modelPath, await loadModel(modelPath)),
    modelPath,
    pluginPath: plugin.path,
    print: { stride: 1 },
    ...options,
  });
  const plumedFile = join(cwd, 'plumed.dat');
  // twelve digits, to compare with
  await writeFile(plumedFile, patched.text.replace(/^PRINT .*/m, '$& FMT=%.12g'));
  const trajectory = await writeTrajectory(cwd, frames);
  await runDriver({ plumed, cwd, plumedFile, trajectory, timestep, extra });
  if (extra.includes('--parse-only')) return { patched, cwd, column: () => new Float64Array() };
  const set = await readTables(join(cwd, patched.colvar), { columns: patched.columns });
  assert.equal(set.frames, frames);
  return { patched, cwd, column: (label) => columnValues(set, label) };
}

function expectClose(actual: Float64Array, expected: (frame: number) => number, within = 1e-9): void {
  actual.forEach((value, frame) => {
    const wanted = expected(frame);
    assert.ok(
      Math.abs(value - wanted) <= within * Math.max(1, Math.abs(wanted)),
      `frame ${frame}: ${value} is not ${wanted}`,
    );
  });
}

test('a restraint is half of kappa times the square, of each component', async () => {
  const bias = { kind: 'restraint', at: [0.2, 0.4], kappa: [100, 50], temperature: 300 } as const;
  const { column } = await driven({ bias });
  const [a, b] = [column('cv.node-0'), column('cv.node-1')];
  expectClose(column('restraint.bias'), (i) => 50 * (a[i] - 0.2) ** 2 + 25 * (b[i] - 0.4) ** 2);
});

test('in kcal/mol a restraint is as stiff', async () => {
  const bias = { kind: 'restraint', at: 0.2, kappa: 100, components: ['node-0'] } as const;
  const { column } = await driven({ bias }, 'UNITS ENERGY=kcal/mol\n');
  const a = column('cv.node-0');
  expectClose(column('restraint.bias'), (i) => (50 * (a[i] - 0.2) ** 2) / 4.184);
});

test('a steered restraint moves from at to its end, and tells its work', async () => {
  const move = { at: 0.1, to: 0.3, steps: 20, kappa: 100 };
  const bias = { kind: 'steered', components: ['node-0'], ...move } as const;
  const { column } = await driven({ bias });
  const a = column('cv.node-0');
  const centre = (i: number): number => 0.1 + (0.2 * Math.min(i, 20)) / 20;
  expectClose(column('steered.bias'), (i) => 50 * (a[i] - centre(i)) ** 2);
  // what the restraint would pull, times how far it went, by the trapezoidal rule that PLUMED uses
  let work = 0;
  const expected = Array.from(a, (_, i) => {
    if (i === 0) return 0;
    const pull = (j: number): number => 100 * (centre(j) - a[j]);
    work += ((pull(i) + pull(i - 1)) / 2) * (centre(i) - centre(i - 1));
    return work;
  });
  expectClose(column('steered.work'), (i) => expected[i], 1e-8);
});

test('walls on CVs, on what an input has, and on the training ranges act beyond their places alone', async () => {
  const walls = [
    { argument: 'cv.node-0', side: '<', at: 0.2, kappa: 70 },
    { argument: 'node-1', side: '>', at: 0.4, kappa: 30 },
    { argument: 'd1', side: '<', at: 0.35, kappa: 500 },
    { argument: 'outside', side: '<', at: 0.2, kappa: 8 },
  ] as const;
  const text = 'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=2,3\n';
  for (const mode of ['arg', 'atoms'] as const) {
    const { column, patched } = await driven(
      { bias: { kind: 'none' }, walls, mode },
      mode === 'arg' ? text : 'd1: DISTANCE ATOMS=1,2\n',
    );
    const [a, b, x, outside] = ['cv.node-0', 'cv.node-1', 'd1', 'cv.outside'].map(column);
    const over = (value: number): number => Math.max(0, value) ** 2;
    const y = x.map((d1) => Math.hypot(d1, 0.2));
    // 0.1 to 0.3 and a fifth of that range: 0.06 to 0.34
    expectClose(
      column('uwall.bias'),
      (i) =>
        70 * over(a[i] - 0.2) +
        500 * over(x[i] - 0.35) +
        (8 / 0.04) * (over(x[i] - 0.34) + over(y[i] - 0.34)),
    );
    expectClose(column('lwall.bias'), (i) => 30 * over(0.4 - b[i]));
    expectClose(outside, (i) => Math.max(0, (x[i] - 0.3) / 0.2, (y[i] - 0.3) / 0.2), 1e-6);
    assert.ok(patched.notes.some((note) => note.startsWith('outside has no derivatives')));
  }
});

test('OPES is told of walls by EXTRA_BIAS, and writes a STATE with every kernel', async () => {
  const walls = [{ argument: 'node-0', side: '<', at: 0.35 }] as const;
  const common = { barrier: 20, pace: 5, temperature: 300, sigma: 0.05 };
  const { patched, cwd, column } = await driven({ walls, bias: { kind: 'opes', ...common } });
  assert.match(patched.text, /OPES_METAD ARG=\S+ PACE=5 .* EXTRA_BIAS=uwall\.bias /);
  const [kernels, state] = await Promise.all(
    ['KERNELS', 'STATE'].map(async (name) => {
      const lines = (await readFile(join(cwd, name), 'utf8')).split('\n');
      return lines.filter((line) => /^ *\d/.test(line));
    }),
  );
  const last = kernels.at(-1)!.trim().split(/ +/)[0];
  assert.equal(Number(last), frames - 5);
  assert.ok(
    state.some((line) => line.trim().startsWith(`${last} `)),
    state.join('\n'),
  );
  assert.ok(/\d\.\d{13,}/.test(await readFile(join(cwd, 'KERNELS'), 'utf8')));
  // 10 kT at a twentieth of the training range, which is 0.5 wide
  const a = column('cv.node-0');
  expectClose(column('uwall.bias'), (i) => ((10 * kT) / 0.025 ** 2) * Math.max(0, a[i] - 0.35) ** 2, 5e-3);
});

const barrier = 20;
const kinds: [BiasRequest, RegExp, string[]][] = [
  [{ kind: 'opes', temperature: 300, pace: 2 }, /OPES_METAD /, ['KERNELS', 'STATE']],
  [
    { kind: 'opes', temperature: 300, pace: 5, sigma: [0.1, 0.05], barrier },
    /SIGMA=0\.1,0\.05 /,
    ['KERNELS', 'STATE'],
  ],
  [{ kind: 'opes-explore', temperature: 300, pace: 2 }, /OPES_METAD_EXPLORE /, ['KERNELS', 'STATE']],
  [
    { kind: 'metad', temperature: 300, pace: 5 },
    /METAD .*HEIGHT=1\.2 SIGMA=0\.01,0\.01 BIASFACTOR=10 /,
    ['HILLS'],
  ],
  [
    { kind: 'pbmetad', temperature: 300, pace: 5, barrier: 40 },
    /BIASFACTOR=16 /,
    ['HILLS.node-0', 'HILLS.node-1'],
  ],
];
test('kernels do not get narrower than SIGMA_MIN, in PLUMED itself; above SIGMA it is refused', async () => {
  for (const kind of ['opes', 'opes-explore'] as const) {
    const bias = { kind, temperature: 300, pace: 1, barrier, sigma: [0.05, 0.04], sigmaMin: [0.05, 0.03] };
    const widths = async (more: object): Promise<number[]> => {
      const { cwd } = await driven({ bias: { ...bias, ...more } });
      const rows = (await readFile(join(cwd, 'KERNELS'), 'utf8')).split('\n');
      const fields = rows[0].split(' ').slice(2);
      const at = fields.findIndex((field) => field.startsWith('sigma_'));
      const numbers = rows
        .filter((row) => /^ *\d/.test(row))
        .map((row) => row.trim().split(/ +/).map(Number));
      return [at, at + 1].map((column) => Math.min(...numbers.map((row) => row[column])));
    };
    const [free, held] = [await widths({ sigmaMin: undefined }), await widths({})];
    // of OPES_METAD_EXPLORE they begin wider
    if (kind === 'opes') assert.ok(free[0] < 0.049 && free[1] < 0.04, free.join());
    assert.ok(held[0] >= 0.05 - 1e-9 && held[1] >= 0.03 - 1e-9, held.join());
  }
  const bias = { kind: 'opes', temperature: 300, barrier, sigma: 0.05, sigmaMin: [0.01, 0.06] } as const;
  await assert.rejects(driven({ bias }), {
    code: 'bad-argument',
    message: /expected at most SIGMA, 0\.05, for .*sigmaMin.* but received 0\.06/,
  });
});

for (const [bias, line, files] of kinds) {
  test(`${bias.kind} with defaults runs in PLUMED and grows: ${line.source}`, async () => {
    const { patched, cwd, column } = await driven({
      bias,
      walls: [{ argument: 'node-1', side: '<', at: 0.75 }],
    });
    assert.match(patched.text, line);
    assert.deepEqual(patched.biasFiles, files);
    for (const file of files) assert.match(await readFile(join(cwd, file), 'utf8'), /^#! FIELDS/);
    const values = column(`${patched.labels.bias}.bias`);
    assert.ok(values.some((value) => value !== values[0]));
    assert.equal(
      patched.notes.some((note) => note.includes('no EXTRA_BIAS')),
      bias.kind === 'opes-explore',
    );
  });
}

test('multithermal OPES is read by PLUMED, with its own ENERGY or that of the input', async () => {
  const bias = { kind: 'opes-expanded', temperatures: [300, 600], temperature: 300 } as const;
  for (const [text, energy] of [
    ['', 'ene'],
    ['u: ENERGY\n', 'u'],
  ]) {
    const { patched } = await driven({ bias }, text, ['--parse-only', '--natoms', '3']);
    assert.ok(
      patched.text.includes(`ecv: ECV_MULTITHERMAL ARG=${energy} TEMP_MIN=300 TEMP_MAX=600 TEMP=300`),
    );
    assert.ok(patched.text.includes(`opes: OPES_EXPANDED ARG=ecv.${energy} PACE=500 FILE=DELTAFS `));
    assert.deepEqual(
      patched.columns.slice(-2),
      patched.text.includes('u: ENERGY') ? ['u', 'opes.bias'] : ['ene', 'opes.bias'],
    );
    assert.ok(patched.notes.some((note) => note.startsWith('GROMACS 2024 to 2026 leave ENERGY 0')));
  }
});
