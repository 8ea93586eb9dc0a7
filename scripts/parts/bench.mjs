// What the scripts of the benches do: set-up, then the compiled bench with the script's own arguments.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setUpOrExit } from '../setup.mjs';
import { root } from './paths.mjs';

export const benchArguments = process.argv.slice(2);

/** Sets up for `purpose` and runs `dist/bench/NAME/main.js`; its exit code becomes ours. `env()` is asked after set-up. */
export async function runBench(name, purpose, env = () => ({})) {
  await setUpOrExit(purpose);
  const { status } = spawnSync(
    process.execPath,
    ['--enable-source-maps', join(root, 'dist', 'bench', name, 'main.js'), ...benchArguments],
    { stdio: 'inherit', env: { ...process.env, ...env() } },
  );
  process.exitCode = status ?? 1;
}
