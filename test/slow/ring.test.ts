import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import { readTables, writeTable } from '../../src/frames/index.js';
import { findPlumed, runPesmd } from '../../src/programs/index.js';
import { runCli } from '../cli/run-cli.js';
import { overdamped, walkDataset, type Landscape, type Walk } from '../models/langevin.js';
import { temporaryFolder } from '../temporary-folder.js';
import '../optimised-plumed.js';

// A particle on a ring with two wells: its angle learned from frames with a low barrier, biased by PLUMED where the barrier is high.

const folder = temporaryFolder('ring');
const tilt = 0.75;

/** In kT, by the height of the barrier: wells at angles of 0 and π. */
const ring = (barrier: number): Landscape => ({
  energy: ({ 0: x, 1: y }) => 30 * (x * x + y * y - 1) ** 2 + barrier * y * y + tilt * x,
  gradient: ({ 0: x, 1: y }) => {
    const radial = 120 * (x * x + y * y - 1);
    return [radial * x + tilt, radial * y + 2 * barrier * y];
  },
});

const barrier = 5;
const input = [
  'UNITS NATURAL',
  'p: DISTANCE ATOMS=1,2 COMPONENTS',
  'x: CUSTOM ARG=p.x FUNC=x PERIODIC=NO',
  'y: CUSTOM ARG=p.y FUNC=x PERIODIC=NO',
  `v: CUSTOM ARG=x,y FUNC=30*(x^2+y^2-1)^2+${barrier}*y^2+${tilt}*x PERIODIC=NO`,
  'surface: BIASVALUE ARG=v',
  '',
].join('\n');

const pesmd = [
  ...['temperature 1', 'tstep 0.01', 'friction 2', 'dimension 2', 'nstep 150000', 'ipos 1.0,0.0'],
  ...['periodic false', 'plumed biased.dat', 'idum 4', ''],
].join('\n');

/** F(x < 0) − F(x > 0) in kT, by quadrature. */
function exactDeltaF(): number {
  const landscape = ring(barrier);
  const sums = [0, 0];
  for (let x = -1.7925; x < 1.8; x += 0.015)
    for (let y = -1.8; y < 1.8; y += 0.015) sums[x < 0 ? 0 : 1] += Math.exp(-landscape.energy([x, y]));
  return -Math.log(sums[0] / sums[1]);
}

const run = (...args: string[]): string => {
  const { code, stdout, stderr } = runCli(args, { cwd: folder });
  assert.equal(code, 0, stderr);
  return stdout;
};

test('a learned angle: periodic in PLUMED, biased around, and ΔF as by quadrature', async () => {
  const walk: Walk = { start: [1, 0], step: 5e-4, stride: 40, frames: 4000, seed: 3 };
  await writeTable(join(folder, 'frames'), walkDataset(overdamped(ring(2), walk), walk));
  await trainFromTables({
    ...{ files: [join(folder, 'frames')], output: join(folder, 'ring.onnx') },
    training: {
      ...{ method: 'autoencoder', methodOptions: { angles: 1 }, latent: 1, hidden: [24, 24] },
      ...{ batch: 400, epochs: 40, learningRate: 3e-3 },
    },
  });
  writeFileSync(join(folder, 'plumed.dat'), input);
  writeFileSync(join(folder, 'pesmd.in'), pesmd);
  const bias = ['--kt', '1', '--barrier', '7', '--pace', '100'];
  run('plumed', 'plumed.dat', '--model', 'ring.onnx', ...bias, '-o', 'biased.dat');
  await runPesmd({ plumed: await findPlumed(), cwd: folder, input: join(folder, 'pesmd.in') });
  // which side of the ring the wells are on, and where between them it is cut
  writeFileSync(join(folder, 'wells.csv'), 'x,y\n1,0\n-1,0\n0,1\n0,-1\n');
  run('predict', 'ring.onnx', 'wells.csv', '-o', 'predicted.csv');
  const { data } = await readTables(join(folder, 'predicted.csv'));
  const [right, left, ...barriers] = data;
  assert.ok(Math.abs(Math.abs(right - left) - Math.PI) < 0.4, `wells at ${right} and ${left}`);
  const cut = barriers.find((angle) => Math.abs(angle) < 2)!;
  const [low, high] = right < left ? ['A', 'B'] : ['B', 'A'];
  const states = `${low}: cv.node-0 < ${cut}; ${high}: cv.node-0 > ${cut}`;
  const fes = [
    'fes',
    'COLVAR',
    '--cv',
    'cv.node-0',
    '--kt',
    '1',
    '--basin',
    states,
    '-o',
    'fes.dat',
    '--json',
  ];
  const { deltaF } = JSON.parse(run(...fes)) as {
    deltaF: { value: number; error: number };
  };
  const { value, error } = deltaF;
  const exact = (left < right ? -1 : 1) * exactDeltaF();
  const words = `${value} ± ${error}, exactly ${exact}`;
  assert.ok(error < 0.5 && Math.abs(value - exact) < 3 * error, words);
  assert.match(readFileSync(join(folder, 'fes.dat'), 'utf8'), /periodic_cv.node-0 true/);
});
