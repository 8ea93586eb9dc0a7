import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { columnValues, readTables } from '../../src/frames/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

test('from a biased run of alanine dipeptide that crosses to a CV of its two states and the way between', async () => {
  const folder = temporaryFolder('path-frames');
  const latentcv = (...args: string[]) => runCli(args, { cwd: folder });
  // φ, ψ and the bias of 15 ns of OPES along φ: 7501 frames
  copyFileSync(join(packageRoot(), 'test', 'fixtures', 'alanine-phi-psi.gz'), join(folder, 'COLVAR.gz'));
  const labels = 'C7eq: -2.8 < phi < -0.6; C7ax: 0.5 < phi < 1.7';
  const frames = ['COLVAR.gz', '--columns', 'phi,psi', '--bias', 'none', '--labels', labels];
  const network = ['--latent', '1', '--layers', '16,16', '--epochs', '120', '--learning-rate', '5e-3'];
  const how = ['--method', 'tpi-deep-tda', ...network, '-o', 'model.onnx'];
  const trained = latentcv('train', ...frames, ...how);
  assert.equal(trained.code, 0, trained.stderr);
  assert.match(trained.stderr, /states: C7eq \(4677 frames\), C7ax \(1490\); 1334 frames in none/);
  assert.match(
    trained.stdout,
    /path frames are those of path, between C7eq and C7ax; 456 path frames on 295 passages/,
  );

  const predicted = latentcv('predict', 'model.onnx', 'COLVAR.gz', '-o', 'cv');
  assert.equal(predicted.code, 0, predicted.stderr);
  const cv = columnValues(await readTables(join(folder, 'cv')), 'node-0');
  const phi = columnValues(await readTables(join(folder, 'COLVAR.gz')), 'phi');
  const mean = (inState: (phi: number) => boolean): number => {
    const own = cv.filter((_, i) => inState(phi[i]));
    return own.reduce((sum, value) => sum + value / own.length, 0);
  };
  const [eq, ax] = [mean((at) => at > -2.8 && at < -0.6), mean((at) => at > 0.5 && at < 1.7)];
  // the barrier at φ = 0, which nearly all passages go over
  const top = mean((at) => Math.abs(at) < 0.3);
  assert.ok(eq < top - 0.3 && top + 0.3 < ax, `C7eq at ${eq}, φ = 0 at ${top}, C7ax at ${ax}`);

  const none = latentcv('train', ...frames.slice(0, -1), 'low: phi < 0; high: phi >= 0', ...how);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /expected trajectories that go from low to high or back, with frames between/);
});
