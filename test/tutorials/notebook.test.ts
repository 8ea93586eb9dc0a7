import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { findPlumed } from '../../src/programs/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { pythonOfTests } from '../onnx/python.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { expectPrinted } from './printed.js';

const root = packageRoot();
const tutorials = join(root, 'docs', 'tutorials');
const kept = readFileSync(join(tutorials, 'double-well.ipynb'), 'utf8');

interface Cell {
  id: string;
  cell_type: string;
  outputs?: { text: string[] }[];
}

test('the notebook is its page', async () => {
  const address = pathToFileURL(join(root, 'scripts', 'parts', 'notebook.mjs')).href;
  const { notebookOf } = (await import(address)) as { notebookOf: (page: string) => string };
  const page = readFileSync(join(tutorials, 'notebook.md'), 'utf8');
  assert.equal(kept, notebookOf(page), 'node scripts/docs-notebook.mjs writes it anew');
});

/** Environment in which Python finds the module of the checkout, and the module the command. */
async function environment(folder: string): Promise<NodeJS.ProcessEnv> {
  const command = join(folder, 'latentcv');
  writeFileSync(
    command,
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist', 'src', 'cli', 'main.js')}' "$@"\n`,
  );
  chmodSync(command, 0o755);
  const plumed = await findPlumed();
  return {
    ...process.env,
    ...plumed.env,
    PLUMED_KERNEL: plumed.kernel,
    PATH: [folder, process.env.PATH ?? ''].join(delimiter),
    PYTHONPATH: join(root, 'python'),
    PYTHONDONTWRITEBYTECODE: '1',
    MPLBACKEND: 'Agg',
  };
}

test('the cells of the notebook print what stands below them', async () => {
  const folder = temporaryFolder('notebook');
  const notebook = join(folder, 'double-well.ipynb');
  // the biased run is shorter here
  writeFileSync(notebook, kept.replace('400000', '160000'));
  const words = [join(root, 'test', 'tutorials', 'run-cells.py'), notebook];
  const env = await environment(temporaryFolder('notebook-bin'));
  const { stdout } = await promisify(execFile)(pythonOfTests(), words, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  const printed = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { cell: string; printed: string })
      .map((each) => [each.cell, each.printed]),
  );
  const cells = (JSON.parse(kept) as { cells: Cell[] }).cells.filter((cell) => cell.cell_type === 'code');
  assert.equal(printed.size, cells.length);
  for (const { id, outputs = [] } of cells)
    expectPrinted(
      printed.get(id)!,
      outputs.flatMap(({ text }) => text).map((line) => line.trimEnd()),
    );
});
