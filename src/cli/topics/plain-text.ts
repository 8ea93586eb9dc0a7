import { wrapped } from '../../support/index.js';

/** Markdown of our docs as text for a terminal: paragraphs and rows of tables wrapped, links and emphasis as words. */
export function plainText(markdown: string, width: number): string {
  const lines: string[] = [];
  for (const block of blocksOf(markdown.replace(/<!--[^]*?-->\n?/g, '')))
    lines.push(...inText(block, width), '');
  return lines.join('\n').trimEnd();
}

/** A part of a page, from a heading to the next one of its level, the heading left out; undefined where there is none. */
export function sectionOf(markdown: string, heading: string): string | undefined {
  const lines = markdown.split('\n');
  const first = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (first < 0) return undefined;
  const level = /^#+/.exec(lines[first])![0].length;
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => (/^(#+) /.exec(line)?.[1].length ?? Infinity) <= level);
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

interface Block {
  kind: 'text' | 'code' | 'heading' | 'table' | 'list';
  lines: string[];
}

const kindOf = (line: string): Block['kind'] =>
  /^( {4}|\t)/.test(line)
    ? 'code'
    : line.startsWith('#')
      ? 'heading'
      : line.startsWith('|')
        ? 'table'
        : /^(- |\d+\. )/.test(line)
          ? 'list'
          : 'text';

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) {
      fenced = !fenced;
      open = fenced ? { kind: 'code', lines: [] } : undefined;
      if (open) blocks.push(open);
    } else if (fenced) open!.lines.push(`    ${line}`);
    else if (line.trim() === '') open = undefined;
    else {
      const kind = kindOf(line);
      // what stands below a list's item, or within a paragraph, goes on with it
      const goesOn =
        open && (open.kind === kind || ((kind === 'text' || kind === 'code') && open.kind === 'list'));
      if (!goesOn) blocks.push((open = { kind, lines: [] }));
      open!.lines.push(line);
    }
  }
  return blocks;
}

function inText({ kind, lines }: Block, width: number): string[] {
  if (kind === 'code') return lines;
  if (kind === 'heading') return lines.map((line) => words(line.replace(/^#+ /, '')));
  if (kind === 'table') return lines.flatMap((line, i) => rowInText(line, i, width));
  if (kind === 'list') return itemsOf(lines).flatMap((item) => wrapped(words(item), width, '  '));
  return wrapped(words(lines.join(' ')), width);
}

/** An item of a list with what goes on with it. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (/^(- |\d+\. )/.test(line) || items.length === 0) items.push(line);
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return items;
}

/** A row as its first cell and, indented, the others; the line below the heads of the columns is left out. */
function rowInText(line: string, i: number, width: number): string[] {
  const cells = line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => words(cell.trim()));
  if (cells.every((cell) => /^:?-*:?$/.test(cell))) return [];
  const [first, ...others] = cells;
  const rest = others.filter((cell) => cell !== '' && cell !== '–').join(' – ');
  if (i === 0) return wrapped([first, rest].filter((part) => part !== '').join(' – '), width);
  if (first === '' || rest === '')
    return wrapped(`  ${first}${rest}`, width, '      ').map((each, j) => (j === 0 ? `  ${each}` : each));
  const [begin, ...more] = wrapped(`${first}: ${rest}`, width - 2, '    ');
  return [`  ${begin}`, ...more.map((each) => `  ${each}`)];
}

const words = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(?<!\\)`/g, '')
    .replace(/\\([|*`])/g, '$1')
    .replaceAll('&lt;', '<');
