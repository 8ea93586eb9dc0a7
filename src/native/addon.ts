import '../support/no-telemetry.js';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LatentcvError, packageRoot } from '../support/index.js';
import type { Addon } from './addon-types.js';

/** Where both builds, cmake-js and node-gyp, put the addon; or another build of it, such as one with sanitizers. */
export function addonPath(): string {
  return process.env.LATENTCV_ADDON ?? join(packageRoot(), 'build', 'Release', 'latentcv.node');
}

/**
 * Loads the addon.
 * @throws LatentcvError `missing-tool` where it is not built or does not load.
 */
export function loadAddon(): Addon {
  const path = addonPath();
  const hint = 'build it with: npx cmake-js compile';
  if (!existsSync(path)) {
    throw new LatentcvError('missing-tool', `expected the native addon at ${path} but it is not built`, hint);
  }
  try {
    return createRequire(import.meta.url)(path) as Addon;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('missing-tool', `the native addon does not load: ${reason}`, hint);
  }
}
