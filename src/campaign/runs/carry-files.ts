import { copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, normalize, resolve } from 'node:path';
import {
  namedFiles,
  foundFile,
  readPlumedText,
  withNames,
  withWords,
  type RenamedFile,
  type WordEdit,
} from '../../plumed/index.js';
import type { PlumedInput } from '../../plumed/index.js';
import { writeProblem, writeWhole, bytesOf, pathOf } from '../../support/index.js';

/** A file that an input reads, with its name in the run's folder. */
interface CarriedFile {
  from: string;
  to: string;
  /** Files that it reads itself, under names that are others there. */
  renamed: RenamedFile[];
}

/** An input, and what it reads, as they are to lie in the folder of a run. */
export interface CarriedInput {
  text: string;
  files: CarriedFile[];
  /** Which names are others there, a line each. */
  notes: string[];
}

/** Names that the engines and this program write into a run's folder. */
const ownNames = ['plumed.dat', 'pesmd.in', 'run.json', 'COLVAR', 'HILLS', 'KERNELS'];

/** Names that are given out, each to one file. */
class Names {
  private readonly taken = new Map<string, string>();

  constructor(reserved: readonly string[]) {
    for (const name of reserved) this.taken.set(normalize(name), '');
  }

  /** The name itself where it stays within the folder and is free, else the first free one of that end. */
  for(name: string, from: string): string {
    const inside = !normalize(name).startsWith('..');
    if (inside && (this.taken.get(normalize(name)) ?? from) === from) return this.take(name, from);
    const ending = extname(name);
    const stem = basename(name, ending);
    for (let n = 1; ; n++) {
      const own = `${stem}${n > 1 ? `-${n}` : ''}${ending}`;
      if ((this.taken.get(own) ?? from) === from) return this.take(own, from);
    }
  }

  private take(name: string, from: string): string {
    this.taken.set(normalize(name), from);
    return name;
  }
}

/**
 * Finds the files that an input reads by a relative name and gives each a name in the run's folder: its own, or, where that
 * leads out of the folder (`../x`) or is another file's, a free one, which the input then reads.
 * @param folders where names are looked for, in order
 */
export function carriedInput(input: PlumedInput, folders: readonly string[]): CarriedInput {
  const named = namedFiles(input.all);
  const read = new Set(named.map(({ statement, keyword }) => `${statement.firstLine} ${keyword}`));
  const written = input.all.flatMap(({ firstLine, keywords }) =>
    [...keywords].flatMap(([key, value]) =>
      key.endsWith('FILE') && !read.has(`${firstLine} ${key}`) ? [value] : [],
    ),
  );
  const names = new Names([...ownNames, ...written]);
  const files = new Map<string, CarriedFile>();
  const renamed = new Map<string | undefined, RenamedFile[]>();
  for (const file of named) {
    const from = foundFile(file, folders);
    if (from === undefined) continue; // PLUMED tells of it
    const free = names.for(file.name, resolve(from));
    // a library without a slash would be looked for on the paths of the system alone
    const to =
      file.statement.action === 'LOAD' && !free.includes('/') && free !== file.name ? `./${free}` : free;
    files.set(to, { from, to, renamed: [] });
    if (to === file.name) continue;
    const { path } = file.statement;
    renamed.set(path, [...(renamed.get(path) ?? []), { ...file, to }]);
  }
  const own = renamed.get(input.path) ?? [];
  for (const file of files.values()) file.renamed = renamed.get(file.from) ?? [];
  const notes = [...renamed.values()]
    .flat()
    .map(({ name, to }) => `${name} is read as ${to} in the run's folder`);
  return { text: withNames(input.text, own), files: [...files.values()], notes: [...new Set(notes)] };
}

/**
 * Puts the files where the input finds them.
 * @param edits of statements, those of the files among them
 */
export async function copyCarried(
  { files }: CarriedInput,
  folder: string,
  edits: readonly WordEdit[] = [],
): Promise<void> {
  for (const { from, to, renamed } of files) {
    const path = join(folder, to);
    if (resolve(from) === resolve(path)) continue;
    const own = edits.filter(({ statement }) => statement.path === from);
    const changes = renamed.length + own.length > 0;
    try {
      await mkdir(pathOf(dirname(path)), { recursive: true });
      if (!changes) await copyFile(pathOf(from), pathOf(path));
    } catch (error) {
      throw writeProblem(path, error);
    }
    if (changes) await writeWhole(path, bytesOf(withWords(withNames(readPlumedText(from), renamed), own)));
  }
}
