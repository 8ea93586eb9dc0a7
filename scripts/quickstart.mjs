// npm run quickstart: set-up, then the main job.
// usage: node scripts/quickstart.mjs [options of `latentcv quickstart`]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

// as in src/cli/signals.ts: a batch system's signal opens no debugger
process.on('SIGUSR1', () => undefined);

const args = process.argv.slice(2);
const asked = args.join(' ');
const { seconds } = await setUpOrExit(/--engine[ =]pesmd/.test(asked) ? 'pesmd' : 'quickstart');
const child = spawn(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist', 'src', 'cli', 'main.js'), 'quickstart', ...args],
  { stdio: 'inherit', env: { ...process.env, LATENTCV_SETUP_SECONDS: seconds.toFixed(1) } },
);
// Ctrl-C reaches the job too; it ends in its own way, and its exit code is ours
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
