import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { loadNativeModel } from '../../src/native/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { plugin, plumed } from './driver.js';
import { temporaryFolder } from '../temporary-folder.js';

const scratch = temporaryFolder('private-kernel');

it('the plugin works in an engine that loads the kernel privately, and gives what the addon gives', () => {
  const host = join(scratch, 'host');
  const fixture = join(packageRoot(), 'test', 'fixtures', 'private_host.c');
  execFileSync('cc', ['-I', plumed.includeDir, fixture, '-o', host, '-ldl']);
  const path = join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-orthorhombic', 'model.onnx');
  const env = { ...process.env, ...plumed.env };
  const printed = execFileSync(host, [plugin.path, path], { env, encoding: 'utf8', cwd: scratch });
  const all = Array.from({ length: 18 }, (_, i) => 0.1 * i + 0.02 * (i % 3) ** 2);
  const used = [2, 3, 5, 6].flatMap((serial) => all.slice(3 * serial - 3, 3 * serial));
  const box = Float64Array.from([3, 0, 0, 0, 3, 0, 0, 0, 3]);
  const { cv } = loadNativeModel(path).evaluateAtoms(Float64Array.from(used), box);
  // the bias is (cv - 0)² for KAPPA=2
  const bias = Number(/^bias (\S+)$/m.exec(printed)?.[1]);
  assert.ok(Math.abs(bias - cv[0] ** 2) < 1e-10, `${bias}, not ${cv[0] ** 2}`);
});
