import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { findPlumed } from '../../src/programs/index.js';
import { muellerBrownDeltaF, prepareMuellerBrown } from '../../src/quickstart/systems/mueller-brown.js';
import { basinBoundary } from '../../src/quickstart/systems/mueller-brown-surface.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runPesmd } from '../../src/programs/index.js';
import '../optimised-plumed.js';

test('pesmd samples the surface as quadrature says', async () => {
  const folder = temporaryFolder('pesmd');
  const temperature = 6;
  const run = prepareMuellerBrown({ folder, temperature, steps: 300_000, seed: 1 });
  await runPesmd({ plumed: await findPlumed(), cwd: folder, input: run.input });
  const { data, frames, columns } = await readTables(run.colvar);
  assert.equal(columns.length, 13);
  assert.equal(frames, 3001);
  const progress = columns.findIndex((column) => column.label === 'progress');
  const inB = Array.from({ length: frames }, (_, i) => data[i * columns.length + progress] < basinBoundary);
  const part = inB.filter(Boolean).length / frames;
  // F(B) − F(A) = −kT ln(p / (1 − p))
  const exact = 1 / (1 + Math.exp(muellerBrownDeltaF(temperature) / temperature));
  // 351 crossings in this run, so p is known to about 0.03
  assert.ok(Math.abs(part - exact) < 0.1, `${part} against ${exact}`);
});
