// Regression tests and timings of ONNX Runtime on one device; bench/cuda.sh calls it with `cuda`.
// usage: node bench/cuda.mjs cuda|cpu
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { argv } from 'node:process';
import { affine, constant, input, tanh } from '../dist/src/graph/index.js';
import { loadNativeModel } from '../dist/src/native/index.js';
import { decodeOnnx, writeModelFile } from '../dist/src/onnx/index.js';
import { buildPlugin } from '../dist/src/plumed/plugin.js';
import { findPlumed } from '../dist/src/plumed/plumed-install.js';
import { runProgram } from '../dist/src/programs/run-program.js';
import { root } from '../scripts/parts/paths.mjs';

const device = argv[2] ?? 'cuda';
const regtests = join(root, 'plumed-plugin', 'regtest');
const networks = [
  [10, 32, 32, 1],
  [45, 64, 32, 2],
  [1000, 256, 64, 2],
  [3000, 512, 128, 2],
];
const scratch = mkdtempSync(join(tmpdir(), 'latentcv-cuda-'));

/** Those whose file has a Jacobian, which ONNX Runtime needs, with the references that they always have. */
async function runRegtests() {
  const plumed = await findPlumed();
  const plugin = await buildPlugin(plumed);
  const names = readdirSync(regtests).filter(
    (name) => name.startsWith('rt-') && hasJacobian(join(regtests, name, 'model.onnx')),
  );
  let failed = 0;
  for (const name of names) {
    const problem = await regtest(name, plumed, plugin.path);
    console.log(`${problem === undefined ? 'ok' : 'not ok'} - ${name} with DEVICE=${device}${problem ?? ''}`);
    if (problem !== undefined) failed++;
  }
  return failed;
}

const hasJacobian = (path) => decodeOnnx(readFileSync(path)).outputs.some(({ name }) => name === 'jacobian');

async function regtest(name, plumed, plugin) {
  const cwd = join(scratch, name);
  cpSync(join(regtests, name), cwd, { recursive: true });
  symlinkSync(plugin, join(cwd, 'libLatentcvPlumed.so'));
  const text = readFileSync(join(cwd, 'plumed.dat'), 'utf8').replace(/ (EVALUATOR|PRECISION)=\w+/g, '');
  writeFileSync(
    join(cwd, 'plumed.dat'),
    text.replace('FILE=model.onnx', `FILE=model.onnx EVALUATOR=onnxruntime DEVICE=${device}`),
  );
  const words = /arg="([^"]*)"/.exec(readFileSync(join(cwd, 'config'), 'utf8'))[1].split(' ');
  try {
    await runProgram({
      command: plumed.executable,
      args: ['--no-mpi', 'driver', ...words],
      cwd,
      env: plumed.env,
      logPath: join(cwd, 'log'),
    });
  } catch (error) {
    return `: ${error.message}`;
  }
  return difference(cwd, 'COLVAR') ?? difference(cwd, 'forces');
}

/** The first number that is off by more than the last printed digit. */
function difference(cwd, file) {
  const [received, expected] = [file, `${file}.reference`].map(
    (name) => readFileSync(join(cwd, name), 'utf8').match(/-?\d+(\.\d+)?/g) ?? [],
  );
  if (received.length !== expected.length)
    return `: ${file} has ${received.length} numbers, not ${expected.length}`;
  const at = expected.findIndex((text, i) => {
    const decimals = text.split('.')[1]?.length ?? 0;
    return !(Math.abs(Number(text) - Number(received[i])) <= 1.001 * 10 ** -decimals);
  });
  return at < 0 ? undefined : `: ${file}: ${received[at]}, not ${expected[at]}`;
}

function time(sizes) {
  const name = sizes.join('-');
  const path = join(scratch, `${name}.onnx`);
  writeFileSync(path, writeModelFile(encoder(sizes)));
  const x = Float64Array.from({ length: sizes[0] }, (_, i) => Math.sin(i));
  const variants = [
    ['native, double', { evaluator: 'native' }],
    ['native, float', { evaluator: 'native', precision: 'float' }],
    ['ONNX Runtime on the CPU', { evaluator: 'onnxruntime' }],
    [`ONNX Runtime, ${device}`, { evaluator: 'onnxruntime', device }],
  ];
  for (const [what, options] of variants) {
    const model = loadNativeModel(path, options);
    console.log(`${name}, ${what}: ${median(() => model.evaluateWithJacobian(x)).toFixed(1)} µs`);
  }
  console.log(`${name}, DEVICE=auto: ${loadNativeModel(path, { device: 'auto' }).reason}`);
}

/** Of value and Jacobian of one frame, through the addon, which adds about a microsecond. */
function median(body) {
  for (let i = 0; i < 50; i++) body();
  const times = Array.from({ length: 201 }, () => {
    const began = performance.now();
    body();
    return 1000 * (performance.now() - began);
  });
  return times.sort((a, b) => a - b)[100];
}

function encoder([d, ...widths]) {
  const x = input('x', ['n', d]);
  let seed = 1;
  const random = () => ((seed = (seed * 48271) % 2147483647) / 2147483647) * 2 - 1;
  const numbers = (count, scale) => Float64Array.from({ length: count }, () => scale * random());
  let cv = x;
  widths.forEach((width, layer) => {
    const before = layer === 0 ? d : widths[layer - 1];
    const weights = constant(numbers(before * width, 1 / Math.sqrt(before)), [before, width]);
    const next = affine(cv, weights, constant(numbers(width, 0.1), [width]));
    cv = layer < widths.length - 1 ? tanh(next) : next;
  });
  const range = { min: -1, max: 1 };
  return {
    x,
    cv,
    metadata: {
      method: 'random weights',
      network: `${[d, ...widths].join('-')} tanh`,
      inputs: Array.from({ length: d }, (_, i) => ({ label: `d${i}`, unit: '', ...range })),
      outputs: Array.from({ length: widths.at(-1) }, (_, i) => ({ name: `node-${i}`, ...range })),
      check: { inputs: [Array.from({ length: d }, (_, i) => Math.sin(i))] },
      training: null,
    },
  };
}

try {
  const failed = await runRegtests();
  for (const sizes of networks) time(sizes);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
