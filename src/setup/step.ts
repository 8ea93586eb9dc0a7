import { join } from 'node:path';
import { cacheFolder } from '../support/index.js';
import type { Tool } from './tools.js';

/** Runs a command for a step: what it prints goes to the step's log, and is returned. */
export type Run = (
  command: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<string>;

/** A step of set-up. It is done where its result is missing, or was made from something else. */
export interface Step {
  /** What a person reads. */
  name: string;
  /** Keys of the steps that must be done first. */
  after?: readonly string[];
  /** Files and folders of the package that it is made from. */
  sources?: readonly string[];
  /** What else it is made from, as text. */
  also?: () => readonly (string | boolean | undefined)[];
  /** Path of something that is there when it is done. */
  result: string;
  /** Where that is more than a path. */
  isDone?: () => boolean;
  /** What this machine has already, in words; it is used instead. */
  onMachine?: () => Promise<string | undefined>;
  /** Commands and modules of Python that make it. */
  needs?: readonly Tool[];
  /** What they are needed for. */
  purpose?: string;
  /** The script of the package that makes it. */
  script?: string;
  /** The words that the script takes. */
  words?: () => readonly string[] | Promise<readonly string[]>;
  /** What makes it where no script does. */
  make?: (run: Run) => unknown;
  /** What is done without it, where a machine cannot have it. */
  optional?: string;
}

/** The scripts that fetch parts of others. */
const fetching = 'scripts/fetch';

/** How a step is fetched: a script of `scripts/fetch` makes a folder of the cache. */
export interface Fetching extends Omit<Step, 'script' | 'result'> {
  script: string;
  folder: string;
  /** In that folder; there when it is done. */
  file: string;
  /** The list of versions and hashes in `scripts/fetch/pins` by which pip fetches. */
  pinned?: string;
}

/** A step that a script makes in a folder of the cache; by default told where that is. */
export function fetchedStep({ script, folder, file, pinned, sources = [], words, ...rest }: Fetching): Step {
  const place = join(cacheFolder(), folder);
  const pins = pinned === undefined ? [] : [pinsFile(pinned)];
  return {
    ...rest,
    script: `${fetching}/${script}`,
    result: join(place, file),
    sources: [`${fetching}/${script}`, ...sources, ...pins],
    words: words ?? (() => [place]),
  };
}

/** Versions and hashes of what pip fetches; `scripts/parts/pin.mjs` writes them. */
export const pinsFile = (name: string): string => `${fetching}/pins/${name}.txt`;
