import { LatentcvError, cacheFolder, inCaches, onPath } from '../support/index.js';

/** Where a program is looked for, and how it is told. */
export interface ProgramSearch<Program> {
  /** As messages call it: `GROMACS`. */
  name: string;
  /** The variable that names the executable: where it is set, nothing else is tried. */
  env: string;
  /** Names of the executable on PATH, the first that is there. */
  names: readonly string[];
  /** Where the set-up puts it, below the cache folder. */
  cache: readonly string[];
  /** What the program says of itself; undefined where it does not run. */
  probe: (executable: string) => Promise<Program | undefined>;
  /** Whether a program can all that is wanted: one that can goes before one found earlier that cannot. */
  suits: (program: Program) => boolean;
  /** What to do where there is none. */
  hint: string;
}

/**
 * A program: the one that a variable names, else that on PATH, else that of the set-up.
 * @throws LatentcvError `missing-tool`
 */
export async function findProgram<Program>(search: ProgramSearch<Program>): Promise<Program> {
  const { name, env, hint } = search;
  const named = process.env[env];
  if (named) return (await search.probe(named)) ?? notRun(name, `${env}=${named}`);
  const cached = inCaches(...search.cache);
  let best: Program | undefined;
  for (const executable of [await onPath(...search.names), cached]) {
    const found = executable === undefined ? undefined : await search.probe(executable);
    if (found && search.suits(found)) return found;
    best ??= found;
  }
  if (best) return best;
  throw new LatentcvError(
    'missing-tool',
    `expected ${name} on PATH, at ${env} or in ${cacheFolder()} but found none`,
    hint,
  );
}

function notRun(name: string, place: string): never {
  throw new LatentcvError('missing-tool', `expected ${name} at ${place} but cannot run it`);
}
