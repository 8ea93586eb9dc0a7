// Writes the notebook of docs/tutorials/notebook.md anew.
// usage: node scripts/docs-notebook.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notebookOf } from './parts/notebook.mjs';
import { root } from './parts/paths.mjs';

const folder = join(root, 'docs', 'tutorials');
writeFileSync(
  join(folder, 'double-well.ipynb'),
  notebookOf(readFileSync(join(folder, 'notebook.md'), 'utf8')),
);
