// Removes what was built; `--all` removes downloads and packages too.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './parts/paths.mjs';

const built = ['dist', 'build', 'prebuilds'].map((name) => join(root, name));
const fetched = [cache, join(root, 'node_modules')];
const kept = [join(cache, 'stamps'), join(cache, 'plugin'), join(cache, 'native-tests')];
for (const path of process.argv.includes('--all') ? [...built, ...fetched] : [...built, ...kept]) {
  rmSync(path, { recursive: true, force: true });
}
