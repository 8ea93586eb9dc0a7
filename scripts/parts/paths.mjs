// Where things are. These scripts run before npm has installed anything, so they use Node alone.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cache = process.env.LATENTCV_CACHE ?? join(root, '.cache');
export const logs = join(cache, 'logs');
export const parts = join(root, 'scripts', 'parts');
export const python = join(cache, 'python', 'bin', 'python');

/** The script that npm would run for a package's command: one path for every shell and platform. */
export const packageScript = (...path) => join(root, 'node_modules', ...path);
