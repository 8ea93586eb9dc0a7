import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeTable } from '../../../src/frames/index.js';
import { hiddenJumps, withColumns } from '../../training/data.js';
import { runCli } from '../run-cli.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

/** Starts a training without end and presses Ctrl-C; the number of epochs that it says it has done. */
async function interrupted(folder: string, ...more: string[]): Promise<number> {
  const args = ['train', 'COLVAR', '--columns', 'd*', '--layers', '8', '--lag', '5ps', '--batch', '256'];
  const endless = ['--epochs', '1000000', '--patience', '1000000', '-o', 'a.onnx', ...more];
  const child = spawn(process.execPath, [main, ...args, ...endless], { cwd: folder });
  let [stderr, pressed] = ['', false];
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    // its first line of progress, after five seconds at most; a second Ctrl-C would end it at once
    if (stderr.includes('validation') && !pressed) pressed = child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 130, stderr);
  assert.ok(existsSync(join(folder, 'a.onnx.checkpoint')));
  assert.ok(!existsSync(join(folder, 'a.onnx')));
  const [, epochs] =
    /interrupted: training was stopped after (\d+) epochs\nhint: .*--resume/.exec(stderr) ?? [];
  return Number(epochs);
}

suite('latentcv train and search', () => {
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latentcv-train-'));
    const { dataset, state } = hiddenJumps(2000);
    const table = withColumns(dataset, {
      'opes.bias': Float64Array.from(state, (s) => 2 * s),
      state: state,
      still: new Float64Array(2000).fill(0.1),
    });
    await writeTable(join(folder, 'COLVAR'), table);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const quick = ['--layers', '8', '--lag', '5ps', '--batch', '256', '--epochs', '4', '--seed', '3'];
  const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

  test('labels that a shortcut of the PLUMED input makes give a model of arguments, and that is told', async () => {
    const { dataset, state } = hiddenJumps(400);
    const c_mean = Float64Array.from(state, (s, i) => s + Math.sin(i));
    await writeTable(join(folder, 'SHORTCUTS'), withColumns(dataset, { c_mean }));
    const [first] = dataset.columns;
    const text = `${first.label}: DISTANCE ATOMS=1,2\nc: COORDINATIONNUMBER SPECIES=1-9 R_0=1 MEAN\n`;
    writeFileSync(join(folder, 'shortcuts.dat'), text);
    const words = [
      'train',
      'SHORTCUTS',
      '--columns',
      `${first.label},c_mean`,
      '--method',
      'pca',
      '--latent',
      '1',
    ];
    const { code, stderr } = latentcv(...words, '--plumed', 'shortcuts.dat', '-o', 'shortcuts.onnx');
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /shortcuts\.dat defines no label c_mean, which COORDINATIONNUMBER \(shortcuts\.dat:2\) makes within PLUMED: the model takes its inputs by their labels/,
    );
    const patched = latentcv('plumed', 'shortcuts.dat', '--model', 'shortcuts.onnx', '--plugin', '/opt/p.so');
    assert.equal(patched.code, 0, patched.stderr);
    assert.match(patched.stdout, new RegExp(`ONNX_MODEL FILE=\\S+ ARG=${first.label},c_mean\\n`));
    assert.match(patched.stderr, /shortcuts\.dat:2: c_mean is left to PLUMED/);
  });

  test('weights from a bias, with the columns that are named read beside those learned from', () => {
    const { code, stdout, stderr } = latentcv(
      ...[
        'train',
        'COLVAR',
        '--columns',
        'd*',
        '--bias',
        'opes.bias',
        '--temperature',
        '350',
        '-o',
        'w.onnx',
        '--json',
      ],
      ...quick,
    );
    assert.equal(code, 0, stderr);
    const record = JSON.parse(stdout) as {
      settings: { bias: string[]; temperature: number };
      engine: string;
    };
    assert.deepEqual([record.settings.bias, record.settings.temperature], [['opes.bias'], 350]);
    assert.match(record.engine, /^onnxruntime, cpu: the fastest on a CPU$/);
    const model = JSON.parse(latentcv('inspect', 'w.onnx', '--json').stdout) as {
      metadata: { inputs: { label: string }[] };
    };
    assert.deepEqual(
      model.metadata.inputs.map(({ label }) => label),
      ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'],
    );
  });

  test('--kt stands for the temperature', () => {
    const weighted = ['train', 'COLVAR', '--columns', 'd*', '--bias', 'opes.bias', '-o', 'k.onnx', '--json'];
    const { code, stdout, stderr } = latentcv(...weighted, '--kt', '0.831446261815324', ...quick);
    assert.equal(code, 0, stderr);
    const { settings } = JSON.parse(stdout) as { settings: { temperature: number } };
    assert.ok(Math.abs(settings.temperature - 100) < 1e-9);
  });

  test('a constant column is left out with a warning', () => {
    const { code, stderr } = latentcv('train', 'COLVAR', '--columns', 'd*,still', '-o', 'c.onnx', ...quick);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^warning: 1 of 7 inputs are left out: still \(it is constant\)$/m);
  });

  test('every kind of optimizer, schedule and split, in double', () => {
    const { code, stdout, stderr } = latentcv(
      ...[
        'train',
        'COLVAR',
        '--columns',
        'd*',
        '-o',
        'o.onnx',
        '--json',
        '--precision',
        'double',
        '--optimizer',
        'adam',
      ],
      ...['--schedule', 'cosine', '--clip', '1', '--split', 'random', '--folds', '2', ...quick],
    );
    assert.equal(code, 0, stderr);
    const { settings, folds } = JSON.parse(stdout) as { settings: Record<string, unknown>; folds: unknown[] };
    const { precision, optimizer, schedule, clip, split } = settings;
    assert.deepEqual(
      [precision, optimizer, schedule, clip, split],
      ['double', 'adam', 'cosine', 1, 'random'],
    );
    assert.equal(folds.length, 2);
  });

  test('streamed from disk', () => {
    const { code, stdout, stderr } = latentcv(
      'train',
      'COLVAR',
      '--columns',
      'd*',
      '-o',
      's.onnx',
      '--stream',
      ...quick,
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^2000 frames, 6 columns/m);
    assert.ok(existsSync(join(folder, 'COLVAR.frames', 'frames.json')));
  });

  test('Ctrl-C keeps what was reached, and --resume goes on from there', async () => {
    const first = await interrupted(folder);
    const second = await interrupted(folder, '--resume');
    assert.ok(first > 0 && second > first, `stopped after ${first} epochs, then after ${second}`);
    const { code, stderr } = latentcv('train', 'COLVAR', '--columns', 'd*', '-o', 'a.onnx', '--resume');
    assert.equal(code, 2);
    assert.match(stderr, /checkpoint .* is of a training with hidden \[8\], not \[64,32\]\nhint: /);
  });

  test('a search prints a table of every combination, best score first', () => {
    const args = [
      'search',
      'COLVAR',
      '--columns',
      'd*',
      '--latent',
      '1..2',
      '--layers',
      '4;8,4',
      '--lag',
      '5ps',
    ];
    const more = ['--epochs', '5', '--batch', '256', '--folds', '2', '--learning-rate', '0.01'];
    const { code, stdout, stderr } = latentcv(...args, ...more, '--json');
    assert.equal(code, 0, stderr);
    const rows = JSON.parse(stdout) as { latent: number; layers: string; vamp2: { mean: number } }[];
    assert.deepEqual(rows.map(({ latent, layers }) => `${latent} ${layers}`).sort(), [
      '1 4',
      '1 8,4',
      '2 4',
      '2 8,4',
    ]);
    const scores = rows.map(({ vamp2 }) => vamp2.mean);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.match(latentcv(...args, '--epochs', '1').stdout, /^method +CVs +layers +lag, ps +VAMP-2/);
  });
});
