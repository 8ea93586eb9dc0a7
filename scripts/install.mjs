// npm runs this when the package is installed: builds the Node addon with node-gyp. A failure does not fail the
// installation, because most commands work without the addon, and because npm hides what a script that succeeds
// or an aborted installation prints: `latentcv doctor` says what is missing and how to mend it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const addon = join(root, 'build', 'Release', 'latentcv.node');

/** Node's headers beside the running Node, so that node-gyp need not download them. */
function headers() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

function build() {
  const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
  const args = [nodeGyp, 'rebuild', '--jobs=max', ...headers()];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

if (!existsSync(addon) && !build()) {
  console.error(
    [
      'latentcv: the Node addon could not be built; commands that need it will say so.',
      'It needs a C++17 compiler, make and python3 (on Debian: apt-get install g++ make python3).',
      'Then run: npm rebuild latentcv',
    ].join('\n'),
  );
}
