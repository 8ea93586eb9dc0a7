import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../src/support/folders.js';

/** The PLUMED that set-up made, where the machine has none of its own, for a package whose cache starts empty. */
export function plumedOfTheCheckout(): NodeJS.ProcessEnv {
  if (process.env.PLUMED_KERNEL) return {};
  const prefix = join(cacheFolder(), 'plumed', 'plumed', '_lib');
  if (!existsSync(prefix)) return {};
  return {
    PLUMED_KERNEL: join(prefix, 'lib', 'libplumedKernel.so'),
    PLUMED_ROOT: join(prefix, 'lib', 'plumed'),
    PATH: `${join(prefix, 'bin')}:${process.env.PATH}`,
    LD_LIBRARY_PATH: [join(prefix, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
}
