import '../support/no-telemetry.js';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inCheckout, libc, LatentcvError, packageRoot } from '../support/index.js';
import type { Addon } from './addon-types.js';

const require = createRequire(import.meta.url);

/** How to get an addon. npm may run no script of a package, and says nothing of it: the script itself is named. */
function hint(): string {
  if (inCheckout()) return 'in a checkout: npm run setup';
  const script = join(packageRoot(), 'scripts', 'install.mjs');
  return `npm rebuild latentcv (or: node ${script}), with a C++17 compiler, make and python3 on PATH`;
}

/**
 * The addon for this machine: the one that the package holds, or the one that the installation compiled where none of
 * those fits; before both the one that `LATENTCV_ADDON` names, such as one with sanitizers.
 * @throws LatentcvError `missing-tool` where there is none.
 */
export function addonPath(): string {
  const named = process.env.LATENTCV_ADDON;
  if (named !== undefined && !existsSync(named))
    throw new LatentcvError('missing-tool', `expected the native addon at LATENTCV_ADDON=${named}`);
  if (named !== undefined) return named;
  try {
    return (require('node-gyp-build') as { resolve: (folder: string) => string }).resolve(packageRoot());
  } catch {
    const machine = `${process.platform} on ${process.arch}${libc() === 'musl' ? ' with musl' : ''}`;
    const problem = `expected a native addon for ${machine} in ${packageRoot()} but there is none`;
    throw new LatentcvError('missing-tool', problem, hint());
  }
}

/** ONNX Runtime's library in onnxruntime-node; empty where it has none for this machine. */
export function packagedOnnxRuntime(): string {
  const build = require(join(packageRoot(), 'native', 'build.cjs')) as { onnxruntime: () => string };
  return build.onnxruntime();
}

let loaded: Addon | undefined;

/**
 * Loads the addon.
 * @throws LatentcvError `missing-tool` where it is not built or does not load.
 */
export function loadAddon(): Addon {
  if (loaded) return loaded;
  const path = addonPath();
  try {
    const addon = require(path) as Addon;
    addon.useOnnxRuntime(packagedOnnxRuntime());
    loaded = addon;
    return addon;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('missing-tool', `the native addon does not load: ${reason}`, hint());
  }
}
