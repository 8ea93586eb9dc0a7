import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';

/** Commands that a page tells to type one after the other, and what it says that they print. */
export interface Step {
  commands: string[];
  /** Lines of the block below them; empty where the page shows none. */
  printed: string[];
}

/** A page of docs/tutorials: what a reader writes into files, and what is typed. */
export interface Page {
  /** By their names, in the page's order. */
  files: Map<string, string>;
  steps: Step[];
}

const fence = '`'.repeat(3);

/**
 * A page's blocks: files (`` `name`…: `` and a fence below it, or a link to one in its line), commands (four spaces), what they print (a
 * fence `text` below them).
 */
export function readPage(name: string): Page {
  const folder = join(packageRoot(), 'docs', 'tutorials');
  const text = readFileSync(join(folder, `${name}.md`), 'utf8');
  const page = parsePage(text);
  for (const [, file, link] of text.matchAll(/^`(\S+)`: \[.*?\]\((\S+?)\)/gm))
    page.files.set(file, readFileSync(join(folder, link), 'utf8'));
  return page;
}

/** The same of README's two parts that take frames to free energies and states. */
export function readReadme(): Page {
  const parts = readFileSync(join(packageRoot(), 'README.md'), 'utf8').split(/^(?=## )/m);
  const wanted = ['## From frames to a free energy', '## Which states there are'];
  return parsePage(parts.filter((part) => wanted.some((title) => part.startsWith(title))).join('\n'));
}

/** The same of a page's text. */
export function parsePage(text: string): Page {
  const page: Page = { files: new Map(), steps: [] };
  let [named, typing]: [string | undefined, boolean] = [undefined, false];
  for (const { kind, lines } of blocks(text)) {
    if (kind === 'typed') {
      if (typing) page.steps.at(-1)!.commands.push(...lines);
      else page.steps.push({ commands: lines, printed: [] });
    } else if (kind === 'words') named = /^`(\S+)`.*:$/.exec(lines.at(-1)!)?.[1];
    else if (named !== undefined) page.files.set(named, `${lines.join('\n')}\n`);
    else if (kind === 'text') page.steps.at(-1)!.printed.push(...lines.filter((line) => line !== ''));
    typing = kind === 'typed';
    if (kind !== 'words') named = undefined;
  }
  return page;
}

/** Runs of lines of one kind: `typed`, `words` (a paragraph), or a fence by its language. */
function blocks(text: string): { kind: string; lines: string[] }[] {
  const found: { kind: string; lines: string[] }[] = [];
  let [fenced, open]: [boolean, boolean] = [false, false];
  for (const line of text.split('\n')) {
    if (line.startsWith(fence)) {
      fenced = !fenced;
      if (fenced) found.push({ kind: line.slice(fence.length) || 'plain', lines: [] });
      open = false;
    } else if (fenced) found.at(-1)!.lines.push(line);
    else if (line === '') open = false;
    else {
      const kind = line.startsWith('    ') ? 'typed' : 'words';
      if (!open || found.at(-1)!.kind !== kind) found.push({ kind, lines: [] });
      found.at(-1)!.lines.push(kind === 'typed' ? line.slice(4) : line);
      open = true;
    }
  }
  return found;
}
