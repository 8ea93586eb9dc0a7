import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/support/folders.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';

const run = promisify(execFile);
const page = readFileSync(join(packageRoot(), 'docs', 'tutorials', 'failing-cv.md'), 'utf8');
const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

/** Every command of the page, with what it is said to print: the block below it. */
const steps = page
  .split(/^(?= {4}latentcv )/m)
  .slice(1)
  .map((text) => ({
    command: /^ {4}(latentcv .*)$/m.exec(text)![1],
    printed: (/^```text\n([^]*?)\n```$/m.exec(text)?.[1] ?? '').split('\n').filter((line) => line !== ''),
  }));

/** Types a command of the page; what it printed, on either stream, and its exit code. */
async function typed(command: string, cwd: string): Promise<{ output: string; code: number }> {
  const shell = `latentcv() { "${process.execPath}" "${main}" "$@"; }; ${command}`;
  try {
    const { stdout, stderr } = await run('bash', ['-c', shell], { cwd, encoding: 'utf8' });
    return { output: stdout + stderr, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { output: stdout + stderr, code };
  }
}

const number = /-?\d[\d,]*(?:\.\d+)?/g;
const wordsOf = (line: string): string => line.replaceAll(number, '#').replaceAll(/\s+/g, ' ').trim();
const measured = (line: string): [number, number][] =>
  [...line.matchAll(/(-?\d+\.\d+) ± (\d+\.\d+)/g)].map(([, value, error]) => [Number(value), Number(error)]);

/** The words of each line as they are, its measured numbers within four of both errors. */
function expectPrinted(output: string, lines: readonly string[]): void {
  const there = output.split('\n');
  let from = 0;
  for (const line of lines) {
    const at = there.findIndex((text, i) => i >= from && wordsOf(text).startsWith(wordsOf(line)));
    assert.ok(at >= 0, `expected the line\n${line}\nin\n${output}`);
    const found = measured(there[at]);
    measured(line).forEach(([value, error], i) => {
      const off = Math.abs(value - found[i][0]) / Math.hypot(error, found[i][1]);
      assert.ok(off < 4, `expected ${line} but received ${there[at]}`);
    });
    from = at + 1;
  }
}

test('a CV that fails: the page tells to type what tells it, and what is printed', async (t) => {
  const cwd = temporaryFolder('failing-cv');
  for (const [, name, text] of page.matchAll(/^`(\S+)`[^\n]*:\n\n```\w+\n([^]*?)\n```$/gm))
    // the long runs are shorter here
    writeFileSync(join(cwd, name), `${text.replace('nstep 400000', 'nstep 60000')}\n`);
  const commands = steps.map(({ command }) => command);
  assert.equal(commands.length, 12);
  const isOf = (model: string) => (command: string) => command.includes(model) && !command.includes('pilot');
  const outputs = new Map<string, { output: string; code: number }>();
  const typeAll = async (some: readonly string[]): Promise<void> => {
    for (const command of some) outputs.set(command, await typed(command, cwd));
  };
  await typeAll(commands.slice(0, 1));
  await Promise.all([typeAll(commands.filter(isOf('pca'))), typeAll(commands.filter(isOf('tica')))]);
  await typeAll(commands.filter((command) => command.includes('pilot')));

  for (const [i, { command, printed }] of steps.entries())
    await t.test(command.slice(0, 60), () => {
      const { output, code } = outputs.get(command)!;
      const fails = command.startsWith('latentcv fes pca');
      assert.equal(code, fails ? 4 : 0, output);
      if (fails) assert.match(output, /ΔF\(B − A\) not determined: (no|\d) transitions?/);
      else if (command.startsWith('latentcv pilot')) {
        const counted = (model: string): number =>
          Number(new RegExp(`^${model} +(\\d+) `, 'm').exec(output)?.[1]);
        assert.ok(counted('tica') > 5 && counted('pca') < 3, output);
        expectPrinted(output, ['tica crosses most often']);
      } else expectPrinted(output, i === steps.length - 1 ? printed.slice(0, 1) : printed);
    });
});
