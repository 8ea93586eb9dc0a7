import '../support/no-telemetry.js';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ort from 'onnxruntime-node';
import { libc, LatentcvError, packageRoot } from '../support/index.js';

const require = createRequire(import.meta.url);

/** What a package of ONNX Runtime meets: where it is, and for which machine. */
interface Machine {
  platform: string;
  arch: string;
  libc?: string;
}

const here = (): Machine => ({ platform: process.platform, arch: process.arch, libc: libc() });

/**
 * The folder of the onnxruntime-node whose libraries are used. The package has those for Linux alone; elsewhere it is the
 * one that stands beside it.
 */
export function onnxRuntimePackage(): string {
  const build = require(join(packageRoot(), 'native', 'build.cjs')) as { onnxruntimePackage: () => string };
  return build.onnxruntimePackage();
}

let loaded: typeof ort | undefined;

/**
 * ONNX Runtime, loaded where it is first used, so that what needs none runs where there is none.
 * @throws LatentcvError `missing-tool` where its library does not load, with the reason.
 */
export function loadOnnxRuntime(): typeof ort {
  if (loaded) return loaded;
  try {
    loaded = require(onnxRuntimePackage()) as typeof ort;
    return loaded;
  } catch (error) {
    throw whyNoOnnxRuntime(error instanceof Error ? error.message : String(error), here());
  }
}

/** What to tell where ONNX Runtime does not load: the system's words say little where there is no library for it. */
export function whyNoOnnxRuntime(reason: string, { platform, arch, libc }: Machine): LatentcvError {
  const machine = `${platform} on ${arch}${libc === 'musl' ? ' with musl' : ''}`;
  const ours = "expected ONNX Runtime's library for Linux with glibc, on x64 or arm64, but this is";
  const { version } = require('onnxruntime-node/package.json') as { version: string };
  if (platform !== 'linux' || !['x64', 'arm64'].includes(arch))
    return new LatentcvError(
      'missing-tool',
      `${ours} ${machine}`,
      `where npm has it for this machine: npm install onnxruntime-node@${version}`,
    );
  if (libc === 'musl')
    return new LatentcvError(
      'missing-tool',
      `${ours} ${machine}`,
      'training, and what ONNX Runtime evaluates, takes a Linux with glibc: node:22-slim in place of node:22-alpine, say',
    );
  const first = reason.trim().split('\n')[0];
  return new LatentcvError(
    'missing-tool',
    `ONNX Runtime's library does not load: ${first}`,
    `npm install onnxruntime-node@${version} --ignore-scripts`,
  );
}
