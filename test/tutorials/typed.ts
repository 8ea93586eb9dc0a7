import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/support/folders.js';
import { readPage, type Step } from './page.js';
import { expectPrinted } from './printed.js';
import { tutorials } from './tutorials.js';

const run = promisify(execFile);
const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

/** The programs that a reader has on `PATH`, by the commands that stand for them. */
export interface Programs {
  gmx?: string;
  env?: NodeJS.ProcessEnv;
}

interface Said {
  output: string;
  code: number;
}

/** Types a command; what it printed, on either stream, and its exit code. */
async function typed(command: string, cwd: string, { gmx, env }: Programs): Promise<Said> {
  const functions = [
    `latentcv() { "${process.execPath}" "${main}" "$@"; }`,
    ...(gmx === undefined ? [] : [`gmx() { "${gmx}" "$@"; }`]),
  ];
  const shell = [...functions, command].join('\n');
  try {
    const { stdout, stderr } = await run('bash', ['-c', shell], {
      ...{ cwd, encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, ...env } },
    });
    return { output: stdout + stderr, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { output: stdout + stderr, code };
  }
}

/**
 * Does what a page of docs/tutorials tells, in a folder of its name: writes its files and types its commands in their order, each in the
 * short form that the table has for it. What a step printed is held to what the page shows of it.
 */
export async function typeTutorial(
  t: TestContext,
  name: string,
  root: string,
  programs: Programs = {},
): Promise<void> {
  const { shorter, steps: count, exits = {}, otherwise } = tutorials[name];
  const short = (text: string): string =>
    Object.entries(shorter).reduce((shortened, [long, its]) => shortened.replaceAll(long, its), text);
  const { files, steps } = readPage(name);
  assert.equal(steps.length, count, 'as many steps as the table of tutorials says');
  const cwd = join(root, name);
  mkdirSync(cwd);
  for (const [file, text] of files) writeFileSync(join(cwd, file), short(text));
  const codeOf = (command: string): number =>
    Object.entries(exits).find(([begins]) => command.startsWith(begins))?.[1] ?? 0;
  const step = async ({ commands, printed }: Step): Promise<void> => {
    let said = '';
    for (const command of commands) {
      const { output, code } = await typed(short(command), cwd, programs);
      assert.equal(code, codeOf(command), `${short(command)}\n${output}`);
      said += `${output}\n`;
    }
    expectPrinted(said, printed, otherwise);
  };
  for (const each of steps) await t.test(`${name}: ${each.commands.at(-1)!.slice(0, 60)}`, () => step(each));
}
