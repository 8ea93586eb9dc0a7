// npm runs this when the package is installed. The package holds the Node addon for Linux on x86-64 and on arm64; where
// that does not load (musl, a C library older than RHEL 8's, another processor) it is compiled with node-gyp. A failure
// does not fail the installation, because most commands work without the addon, and because npm hides what a script that
// succeeds or an aborted installation prints: `latentcv doctor` says what is missing and how to mend it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import load from 'node-gyp-build';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Why no addon loads; undefined where one does. */
function problem() {
  try {
    load(root);
    return undefined;
  } catch (error) {
    return error.message.trim().split('\n')[0];
  }
}

function compile() {
  const nodeGyp = join(root, 'native', 'gyp', 'node-gyp.mjs');
  return spawnSync(process.execPath, [nodeGyp, 'rebuild', '--release'], { cwd: root, stdio: 'inherit' });
}

const withoutCompiling = problem();
if (withoutCompiling !== undefined) {
  console.error(`latentcv: no Node addon in the package loads here (${withoutCompiling}); compiling it`);
  if (compile().status !== 0 || problem() !== undefined) {
    console.error(
      [
        'latentcv: the Node addon could not be compiled. Without it, tables are learned from and PLUMED runs; reading',
        'trajectories and evaluating models as the plugin does need it, and say so.',
        'It needs a C++17 compiler, make and python3 (on Debian: apt-get install g++ make python3).',
        `Then run: npm rebuild latentcv (or: node ${fileURLToPath(import.meta.url)})`,
      ].join('\n'),
    );
  }
}
