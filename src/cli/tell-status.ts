import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notesFile } from '../sampling/index.js';
import { expandFolders, RunsByName, type WatchOptions } from './frames/index.js';
import { stateSettings } from './options/index.js';
import type { Terminal } from './terminal.js';
import { withFlagsOf } from './with-flags.js';
import { lookInJson, statusLines } from './words/index.js';

/** A window's run is in a folder in it. */
const runOf = (folder: string): string =>
  !existsSync(join(folder, notesFile)) && existsSync(join(folder, 'run', notesFile))
    ? join(folder, 'run')
    : folder;

/** Settings that it tells of are those of `watch`. */
const inWords = <T extends string | undefined>(line: T): T =>
  line && (withFlagsOf(line, stateSettings, 'latentcv watch') as T);

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
  const looks = [];
  // windows have biases of their own, which no weights are asked for here
  for (const folder of (await expandFolders(folders)).map(runOf)) {
    const seen = await new RunsByName([folder], options, terminal, true).look();
    const look = { ...seen, found: inWords(seen.found), notes: seen.notes.map(inWords) };
    for (const line of statusLines(look)) terminal.print(line);
    for (const line of [...(look.found === undefined ? [] : [look.found]), ...look.notes])
      terminal.note(line);
    looks.push(lookInJson(look));
  }
  terminal.json({ ...looks[0], runs: looks.flatMap(({ runs }) => runs) });
}
