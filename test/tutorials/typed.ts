import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/support/folders.js';
import { readPage, type Page, type Step } from './page.js';
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

/** Types a command; what it printed and its exit code. */
async function typed(command: string, cwd: string, { gmx, env }: Programs): Promise<Said> {
  const functions = [
    `latentcv() { "${process.execPath}" "${main}" "$@"; }`,
    ...(gmx === undefined ? [] : [`gmx() { "${gmx}" "$@"; }`]),
  ];
  // one stream: lines in the order in which a terminal shows them
  const shell = ['exec 2>&1', ...functions, command].join('\n');
  try {
    const { stdout } = await run('bash', ['-c', shell], {
      ...{ cwd, encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, ...env } },
    });
    return { output: stdout, code: 0 };
  } catch (error) {
    const { stdout, code } = error as { stdout: string; code: number };
    return { output: stdout, code };
  }
}

/** The value of the longest beginning that a command has among these; undefined where it has none. */
function byBeginning<T>(beginnings: Record<string, T>, command: string): T | undefined {
  const those = Object.entries(beginnings).filter(([begins]) => command.startsWith(begins));
  return those.sort(([a], [b]) => b.length - a.length)[0]?.[1];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A page in its short form; a text to be shortened that it does not have is a mistake in the table. */
function shortened(name: string, { files, steps }: Page): Page {
  const { shorter } = tutorials[name];
  const all = [...files.values(), ...steps.flatMap(({ commands }) => commands)].join('\n');
  for (const long of Object.keys(shorter)) assert.ok(all.includes(long), `${name}.md has no ‘${long}’`);
  // at one go, so that nothing is shortened twice
  const pieces = new RegExp(`(${Object.keys(shorter).map(escaped).join('|')})`);
  const short = (text: string): string =>
    text
      .split(pieces)
      .map((piece) => shorter[piece] ?? piece)
      .join('');
  return {
    files: new Map([...files].map(([file, text]) => [file, short(text)])),
    steps: steps.map(({ commands, printed }) => ({ commands: commands.map(short), printed })),
  };
}

/** Does what a page of docs/tutorials tells, in a folder of its name below `root`, as {@link typePage} does. */
export async function typeTutorial(
  t: TestContext,
  name: string,
  root: string,
  programs: Programs = {},
): Promise<void> {
  const cwd = join(root, name);
  mkdirSync(cwd);
  await typePage(t, { name, page: readPage(name), cwd }, programs);
}

/**
 * Writes a page's files and types its commands in their order, each in the short form that the table has for it. What a step printed is
 * held to what the page shows of it. The first step that is not as the page says is the last one.
 */
export async function typePage(
  t: TestContext,
  { name, page, cwd }: { name: string; page: Page; cwd: string },
  programs: Programs = {},
): Promise<void> {
  const { steps: count, exits = {}, otherwise } = tutorials[name];
  const { files, steps } = shortened(name, page);
  assert.equal(steps.length, count, 'as many steps as the table of tutorials says');
  for (const [file, text] of files) writeFileSync(join(cwd, file), text);
  let stopped = false;
  const step = async ({ commands, printed }: Step): Promise<void> => {
    assert.ok(!stopped, 'a step before it is not as the page says');
    stopped = true;
    let said = '';
    for (const command of commands) {
      const { output, code } = await typed(command, cwd, programs);
      assert.equal(code, byBeginning(exits, command) ?? 0, `${command}\n${output}`);
      said += `${output}\n`;
    }
    expectPrinted(said, printed, otherwise);
    stopped = false;
  };
  for (const each of steps) await t.test(`${name}: ${each.commands.at(-1)!.slice(0, 60)}`, () => step(each));
}
