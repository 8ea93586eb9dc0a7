// Where things are. These scripts run before npm has installed anything, so they use Node alone.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cache = process.env.LATENTCV_CACHE ?? join(root, '.cache');
export const logs = join(cache, 'logs');
export const parts = join(root, 'scripts', 'parts');
export const nativeTestsFolder = join(cache, 'native-tests');
export const python = join(cache, 'python', 'bin', 'python');

/** The script that npm would run for a package's command: one path for every shell and platform. */
export const packageScript = (...path) => join(root, 'node_modules', ...path);

/** Whether a module is the script that Node was asked to run. */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;
