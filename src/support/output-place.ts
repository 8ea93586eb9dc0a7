import { constants } from 'node:fs';
import { access, lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LatentcvError } from './errors.js';

/** More links than this lead round in a circle, as Linux counts them. */
const mostLinks = 40;

const elsewhere = 'name another with -o';

/**
 * Where a file that is to be written lies: the path, or what a link there leads to. It is known before the work begins,
 * so that nothing is computed in vain.
 * @param inputs files that are read, none of which may be it
 * @throws LatentcvError `bad-argument` where there is no folder for it or none that can be written to, where a folder or a
 * device has its name, and where it is an input.
 */
export async function outputPlace(path: string, inputs: readonly string[] = []): Promise<string> {
  if (path === '' || path.endsWith('/'))
    throw refused(`expected a file to write but received ${JSON.stringify(path)}`, elsewhere);
  await expectNoPipe(path);
  const place = await followed(path);
  await expectFolder(path, dirname(place));
  const there = await stat(place).catch(() => undefined);
  const same = inputs.find((input) => resolve(input) === resolve(place));
  if (same !== undefined) throw alsoRead(same, path);
  if (!there) return place;
  if (there.isDirectory())
    throw refused(
      `expected a file to write but ${path} is a folder`,
      `name a file in it: ${join(path, 'NAME')}`,
    );
  for (const input of inputs) {
    const read = await stat(input).catch(() => undefined);
    if (read && read.ino === there.ino && read.dev === there.dev) throw alsoRead(input, path);
  }
  return place;
}

/** Links to pipes, as /dev/stdout can be one, lead nowhere that has a name. */
async function expectNoPipe(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isFile() && !there.isDirectory())
    throw refused(`expected a file to write but ${path} is a device or a pipe`, elsewhere);
}

const refused = (message: string, hint: string): LatentcvError =>
  new LatentcvError('bad-argument', message, hint);

const alsoRead = (input: string, path: string): LatentcvError =>
  refused(`expected another file to write than ${input}, which is read, but received ${path}`, elsewhere);

/** A link to a file that is not there yet leads to its place all the same. */
async function followed(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < mostLinks; links++) {
    const there = await lstat(place).catch(() => undefined);
    if (!there?.isSymbolicLink()) return place;
    place = resolve(await realpath(dirname(place)), await readlink(place));
  }
  throw refused(`expected a file to write but the links of ${path} lead round in a circle`, elsewhere);
}

async function expectFolder(path: string, folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  const file = basename(path);
  if (!there)
    throw refused(`expected a folder for ${file} but there is no ${folder}`, 'make it, or ' + elsewhere);
  if (!there.isDirectory()) throw refused(`expected a folder for ${file} but ${folder} is a file`, elsewhere);
  await access(folder, constants.W_OK | constants.X_OK).catch(() => {
    throw refused(`expected a folder for ${file} but ${folder} cannot be written to`, elsewhere);
  });
}

/**
 * Looks, before work begins, whether a folder can be made and written to, or be written to where it is there.
 * @throws LatentcvError `bad-argument`
 */
export async function expectOutputFolder(path: string): Promise<void> {
  let there = resolve(path);
  for (;;) {
    const found = await stat(there).catch((error: NodeJS.ErrnoException) => error.code);
    if (typeof found === 'object') {
      if (!found.isDirectory())
        throw refused(`expected a folder at ${path} but ${there} is a file`, otherFolder);
      break;
    }
    if (found !== 'ENOENT' && found !== 'ENOTDIR')
      throw refused(
        `expected a folder at ${path} but ${there} cannot be looked into (${found})`,
        otherFolder,
      );
    there = dirname(there);
  }
  await access(there, constants.W_OK | constants.X_OK).catch(() => {
    const where = there === resolve(path) ? 'it' : there;
    throw refused(`expected a folder at ${path} but ${where} cannot be written to`, otherFolder);
  });
}

const otherFolder = 'name another with ‘folder’';
