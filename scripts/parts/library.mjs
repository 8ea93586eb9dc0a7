// The library that TypeScript built. It is loaded when it is asked, since set-up compiles it first.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** A room of the library, for `import`. @param {string} room */
export const libraryFile = (room) => pathToFileURL(join(root, 'dist', 'src', room, 'index.js')).href;

/** The PLUMED that the library finds: its folders, kernel, version and environment. */
export async function findPlumed() {
  return (await import(libraryFile('programs'))).findPlumed();
}

/** Runs a command with its output in a log, as set-up does; throws an error that says in a sentence why it failed. */
export async function run(name, command, args, env = {}) {
  return (await import(libraryFile('setup'))).runLogged(name, command, args, { env });
}

/** Whether an error is one that is thrown on purpose, with a message for a person. */
export const isKnown = (error) => error?.name === 'LatentcvError';
