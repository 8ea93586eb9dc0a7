import { copiesAmong } from '../../support/index.js';
import type { Terminal } from '../terminal.js';

/** Files without those that are another one, by another name or as a copy, which is told: frames of one run do not count twice. */
export async function withoutCopies<File extends { path: string }>(
  files: readonly File[],
  terminal: Pick<Terminal, 'note'>,
): Promise<File[]> {
  const kept = files.filter(({ path }, i) => files.findIndex((file) => file.path === path) === i);
  if (kept.length < files.length) {
    const again = files.find((file) => !kept.includes(file))!.path;
    terminal.note(`${again} is given twice and taken once`);
  }
  const copies = await copiesAmong(kept.map(({ path }) => path));
  for (const [path, original] of copies)
    terminal.note(`${path} is left out: it is the same as ${original}, whose frames would count twice`);
  return kept.filter(({ path }) => !copies.has(path));
}
