import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTable } from '../../src/frames/index.js';
import { packageRoot } from '../../src/support/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';
import { runCli } from './run-cli.js';

const page = readFileSync(join(packageRoot(), 'docs', 'json.md'), 'utf8');

/** Keys that docs/json.md gives a command, and of them those that are always there. */
function documented(command: string): { all: string[]; always: string[] } {
  const section = page.split(/^## /m).find((text) => text.startsWith(`\`latentcv ${command}\``)) ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]*) \|(?:[^|]*)\| ?(.*?) ?\|$/gm)].map(([, names, absent]) => ({
    names: [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    absent,
  }));
  return {
    all: rows.flatMap(({ names }) => names),
    always: rows.filter(({ absent }) => absent === '').flatMap(({ names }) => names),
  };
}

function expectDocumented(command: string, printed: object): void {
  const { all, always } = documented(command);
  const keys = Object.keys(printed);
  assert.ok(all.length > 0, command);
  assert.deepEqual(
    keys.filter((key) => !all.includes(key)),
    [],
    `${command} prints what docs/json.md does not tell`,
  );
  assert.deepEqual(
    always.filter((key) => !keys.includes(key)),
    [],
    `docs/json.md tells what ${command} does not print`,
  );
}

const folder = temporaryFolder('json');
const run = (...args: string[]): object => {
  const { stdout, stderr } = runCli([...args, '--json'], { cwd: folder });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as object;
};

test('docs/json.md has the keys that commands print', async () => {
  await writeTable(join(folder, 'COLVAR'), hiddenJumps(500).dataset);
  const inputs = ['COLVAR', '--columns', 'd*', '--lag', '5ps', '--latent', '1'];
  expectDocumented('train', run('train', ...inputs, '--method', 'tica', '-o', 'model.onnx'));
  expectDocumented('inspect', run('inspect', 'model.onnx'));
  expectDocumented('inspect', run('inspect', 'model.onnx', 'COLVAR'));
  expectDocumented('predict', run('predict', 'model.onnx', 'COLVAR', '-o', 'CV'));
  const [row] = run('search', ...inputs, '--method', 'pca') as object[];
  expectDocumented('search', row);
  const fes = ['fes', 'CV', '--cv', 'node-0', '--temperature', '300', '--bias', 'none'];
  expectDocumented('fes', run(...fes));
  expectDocumented('fes', run(...fes, '--basin', 'node-0=0..1'));
  expectDocumented('setup', run('setup'));
  expectDocumented('doctor', run('doctor'));
});
