import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeTable } from '../../src/frames/index.js';
import { constant, input, matmul, tanh, type Tensor } from '../../src/graph/index.js';
import { writeOnnx } from '../../src/onnx/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const folder = temporaryFolder('signals');

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line and does something to it, once it has said something or after a while. */
function signalled(
  args: string[],
  when: string | number,
  act: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { ...process.env, DEBUG: '' } });
  let [stdout, stderr, acted] = ['', '', false];
  const once = (): void => {
    if (!acted) act(child);
    acted = true;
  };
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (typeof when === 'string' && stderr.includes(when)) once();
  });
  if (typeof when === 'number') setTimeout(once, when);
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
}

/** A network that takes seconds to read and longer to differentiate. */
function writeLarge(path: string): void {
  const width = 1500;
  const weights = Float64Array.from({ length: width * width }, (_, i) => Math.sin(i) / width);
  const hidden = constant(weights, [width, width]);
  const layers = Array.from({ length: 60 }).reduce<Tensor>(
    (x) => tanh(matmul(x, hidden)),
    matmul(input('x', ['n', 4]), constant(new Float64Array(4 * width).fill(0.01), [4, width])),
  );
  const cv = matmul(layers, constant(new Float64Array(width).fill(0.01), [width, 1]));
  writeFileSync(path, writeOnnx({ outputs: { cv }, precision: 'float' }));
}

const large = join(folder, 'large.onnx');
writeLarge(large);

for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`${name} ends a command while it computes`, async () => {
    const { signal, code: own } = await signalled(
      ['differentiate', large, '-o', 'never.onnx'],
      1500,
      (child) => child.kill(name),
    );
    // killed by the signal, which shells tell as 128 and its number
    assert.deepEqual([own, signal], [null, name], String(code));
    assert.ok(!readdirSync(folder).some((file) => file.startsWith('never')));
  });

test('Ctrl-C ends at once what reads frames to look at them', async () => {
  const lines = Array.from({ length: 2_000_000 }, (_, i) => `${i} ${Math.sin(i)} ${Math.sin(i / 7)}`);
  writeFileSync(join(folder, 'run'), `#! FIELDS time phi psi\n${lines.join('\n')}\n`);
  const page = ['report', 'run', '--cv', 'phi', '--temperature', '300', '--bias', 'none', '-o', 'never.html'];
  const surface = [
    'fes',
    'run',
    '--cv',
    'phi,psi',
    '--temperature',
    '300',
    '--bias',
    'none',
    '-o',
    'never.dat',
  ];
  for (const args of [page, surface]) {
    const { signal } = await signalled(args, 1500, (child) => child.kill('SIGINT'));
    assert.equal(signal, 'SIGINT', args[0]);
    assert.ok(!readdirSync(folder).some((file) => file.startsWith('never')));
  }
});

test('a pipe, a device and a folder are no model files', async () => {
  const pipe = join(folder, 'pipe.onnx');
  execFileSync('mkfifo', [pipe]);
  for (const [path, message] of [
    [pipe, /expected a model file but .*pipe\.onnx is not a file/],
    ['/dev/zero', /expected a model file but \/dev\/zero is not a file/],
    [folder, /is a folder/],
  ] as const)
    for (const command of ['inspect', 'differentiate']) {
      const { code, stderr } = await signalled([command, path], '', () => undefined);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
});

const endless = ['--epochs', '1000000', '--patience', '1000000', '--layers', '8', '--lag', '5ps'];
const train = ['train', 'COLVAR', '--columns', 'd*', ...endless, '--batch', '256'];

test('a second Ctrl-C ends a training at once, says so and leaves nothing half-written', async () => {
  await writeTable(join(folder, 'COLVAR'), hiddenJumps(2000).dataset);
  // two signals, since a second one of a kind may be lost while the first waits
  const { signal, stderr } = await signalled([...train, '-o', 'a.onnx'], 'validation', (child) => {
    child.kill('SIGINT');
    child.kill('SIGTERM');
  });
  assert.ok(signal === 'SIGINT' || signal === 'SIGTERM', stderr);
  assert.match(stderr, /stopping in good order; once more ends at once/);
  assert.match(stderr, /interrupted again: ended at once/);
  assert.deepEqual(
    readdirSync(folder).filter((file) => /\.(part|lock)$/.test(file)),
    [],
  );
});

test('Ctrl-C is heard while frames are read', async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, i) => `${i} ${i % 7} ${i % 11} ${i % 13}`);
  writeFileSync(join(folder, 'long'), `#! FIELDS time d1 d2 d3\n${lines.join('\n')}\n`);
  for (const more of [[], ['--stream']]) {
    const { code, stderr } = await signalled(
      ['train', 'long', '--lag', '5ps', ...more, '-o', 'c.onnx'],
      'lag 5 ps',
      (child) => setTimeout(() => child.kill('SIGINT'), 100),
    );
    assert.equal(code, 130, stderr);
    assert.match(stderr, /interrupted: the reading of frames was stopped on request/);
    assert.deepEqual(
      readdirSync(folder).filter((file) => /^(c\.onnx|long\.frames)/.test(file)),
      [],
    );
  }
});

test('SIGUSR1, as batch systems send it, opens no debugger', async () => {
  const { code, stderr } = await signalled([...train, '-o', 'b.onnx'], 'validation', (child) => {
    child.kill('SIGUSR1');
    setTimeout(() => child.kill('SIGINT'), 500);
  });
  assert.equal(code, 130);
  assert.match(stderr, /training was stopped/);
  assert.doesNotMatch(stderr, /Debugger|inspector/);
});
