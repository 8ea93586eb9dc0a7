// Tells which sources no test names: none stands in their place (src/x/y.ts → test/x/y.test.ts), and none imports them.
// It is no fault by itself; a file on the list is seen by tests of others alone. usage: node scripts/untested.mjs [--list]
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { argv } from 'node:process';
import { isMain, root } from './parts/paths.mjs';

/** TypeScript files below a folder, relative to it. @param {string} folder */
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.d)\.ts$/.test(name),
  );

/** Sources that some test imports by their path. */
function imported() {
  const targets = filesIn('test').flatMap((test) => {
    const text = readFileSync(join(root, 'test', test), 'utf8');
    const specifiers = [...text.matchAll(/'(\.[^']*\/src\/[^']*)\.js'/g)].map(([, specifier]) => specifier);
    return specifiers.map((specifier) => normalize(join('test', dirname(test), specifier)));
  });
  return new Set(targets.map((target) => target.replace(/^src\//, '')));
}

/** `{ sources, untested }`: how many sources there are, but for indexes, and which of them no test names. */
export function untested() {
  const named = imported();
  for (const test of filesIn('test')) named.add(test.replace(/\.test\.ts$/, ''));
  const sources = filesIn('src').filter((name) => !name.endsWith('index.ts'));
  return {
    sources: sources.length,
    untested: sources.filter((name) => !named.has(name.replace(/\.ts$/, ''))),
  };
}

if (isMain(import.meta.url)) {
  const found = untested();
  if (argv.includes('--list')) for (const name of found.untested) console.log(`src/${name}`);
  console.log(`${found.untested.length} of ${found.sources} sources are named by no test`);
}
