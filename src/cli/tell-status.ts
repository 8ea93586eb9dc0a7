import { RunsByName, type WatchOptions } from './frames/index.js';
import type { Terminal } from './terminal.js';
import { lookInJson, statusLines } from './words/index.js';

/**
 * How far runs are, and whether they live: one look at what is written, which takes no lock. A line a run, or with `--json`
 * what `latentcv watch --json` prints.
 * @throws LatentcvError `file-not-found` for a folder without a run
 */
export async function tellStatus(
  folders: readonly string[],
  options: WatchOptions,
  terminal: Pick<Terminal, 'print' | 'json' | 'note'>,
): Promise<void> {
  const look = await new RunsByName(folders, options, terminal, true).look();
  for (const line of statusLines(look)) terminal.print(line);
  for (const line of [...(look.found === undefined ? [] : [look.found]), ...look.notes]) terminal.note(line);
  terminal.json(lookInJson(look));
}
