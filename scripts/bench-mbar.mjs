// npm run bench:mbar: compiles, then MBAR on 50 windows; beside pymbar where `--python` names a Python that has it.
// usage: node scripts/bench-mbar.mjs [--quick] [--json] [--record] [--python PYTHON]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { benchArguments } from './parts/bench.mjs';
import { root } from './parts/paths.mjs';

const run = (...command) => spawnSync(process.execPath, command, { stdio: 'inherit', cwd: root }).status ?? 1;
const compiled = run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.');
process.exitCode = compiled || run(join(root, 'dist', 'bench', 'mbar', 'main.js'), ...benchArguments);
