// Makes the site's examples of a report, site/public/example-*.html, from runs that are kept beside it: what latentcv run, states and
// train left, numbers to four or five decimals. site/example is of round 2 of examples/campaign-alanine with seed 2, site/example-modes
// of docs/tutorials/nucleobases.md.
// usage: node scripts/docs-report.mjs
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './parts/paths.mjs';

/** Folders of kept runs and the words that site/report.md and site/modes.md tell. */
const examples = [
  {
    kept: 'example',
    page: 'example-report.html',
    words: [
      ...['report', 'run', '--cv', 'cv.node-0', '--against', 'phi,psi', '--model', 'model.onnx'],
      ...['--states', 'states', '--basin', 'C7ax:phi=0..2.3', '--cores', 'phi=-2.8..-0.6,0.5..1.7'],
      ...['--reference', '9.97', '--title', 'Alanine dipeptide along a learned CV', '-o', 'report.html'],
    ],
  },
  {
    kept: 'example-modes',
    page: 'example-modes.html',
    words: [
      ...['report', 'run', '--states', 'states', '--temperature', '300'],
      ...['--title', 'How two nucleobases bind', '-o', 'report.html'],
    ],
  },
];

/** A run as latentcv leaves it, of files that are kept beside one another; replicas have a folder each, one alone has the run's. */
function unpack(kept, folder) {
  const names = readdirSync(kept).filter((name) => name.endsWith('.gz'));
  for (const name of names.map((file) => file.replace(/\.gz$/, ''))) {
    const place = join(folder, 'run', name.startsWith('replica-') ? name : '.');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'COLVAR'), gunzipSync(readFileSync(join(kept, `${name}.gz`))));
    cpSync(join(kept, `${name}.json`), join(place, 'run.json'));
  }
  for (const name of readdirSync(kept).filter((each) => !/\.(gz|json)$/.test(each)))
    cpSync(join(kept, name), join(folder, name), { recursive: true });
}

for (const { kept, page, words } of examples) {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-report-'));
  try {
    unpack(join(root, 'site', kept), folder);
    const main = join(root, 'dist', 'src', 'cli', 'main.js');
    const { status } = spawnSync(process.execPath, [main, ...words], { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error('expected latentcv report to write the page but it failed: see above');
    cpSync(join(folder, 'report.html'), join(root, 'site', 'public', page));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
