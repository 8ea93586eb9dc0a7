// Makes the site's example of a report, site/public/example-report.html, from the run that is kept in site/example: what
// latentcv run, states and train left of round 2 of examples/campaign-alanine with seed 2, its numbers to four or five decimals.
// usage: node scripts/docs-report.mjs
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './parts/paths.mjs';

const kept = join(root, 'site', 'example');
const page = join(root, 'site', 'public', 'example-report.html');

/** The words that site/report.md tells. */
const words = [
  ...[
    'report',
    'run',
    '--cv',
    'cv.node-0',
    '--against',
    'phi,psi',
    '--model',
    'model.onnx',
    '--states',
    'states',
  ],
  ...['--basin', 'C7ax:phi=0..2.3', '--cores', 'phi=-2.8..-0.6,0.5..1.7', '--reference', '9.97'],
  ...['--title', 'Alanine dipeptide along a learned CV', '-o', 'report.html'],
];

const folder = mkdtempSync(join(tmpdir(), 'latentcv-report-'));
try {
  for (const i of [0, 1]) {
    const replica = join(folder, 'run', `replica-${i}`);
    mkdirSync(replica, { recursive: true });
    writeFileSync(join(replica, 'COLVAR'), gunzipSync(readFileSync(join(kept, `replica-${i}.gz`))));
    copyFileSync(join(kept, `replica-${i}.json`), join(replica, 'run.json'));
  }
  copyFileSync(join(kept, 'model.onnx'), join(folder, 'model.onnx'));
  cpSync(join(kept, 'states'), join(folder, 'states'), { recursive: true });
  const main = join(root, 'dist', 'src', 'cli', 'main.js');
  const { status } = spawnSync(process.execPath, [main, ...words], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('expected latentcv report to write the page but it failed: see above');
  copyFileSync(join(folder, 'report.html'), page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
