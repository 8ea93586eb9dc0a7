import { LatentcvError } from '../support/index.js';
import { bunzipped } from './bzip2.js';
import { gunzipped } from './gzip.js';
import { packings, type Packing } from './packing.js';
import type { Unpacking } from './unpacking.js';
import { unxzed } from './xz.js';
import { unzstded } from './zstd.js';

const unpackers: Record<Packing, (path: string, unpacking: Required<Unpacking>) => AsyncGenerator<Buffer>> = {
  gzip: gunzipped,
  bzip2: bunzipped,
  xz: unxzed,
  zstd: unzstded,
};

/** What a library says of a file that ends too early. */
const ends = /cut off|unexpected end|ended prematurely|Cannot read properties of undefined/;
const isCutOff = ({ message }: Error): boolean => ends.test(message);

/** Whether an error that `unpacked` threw is that of a file that is cut off. */
export const isCutOffError = (error: unknown): error is LatentcvError =>
  error instanceof LatentcvError && error.message.endsWith(cutOffWords);
const cutOffWords = 'it is cut off';

function problem(path: string, packing: Packing, error: unknown): unknown {
  if (error instanceof LatentcvError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new LatentcvError('file-not-found', `expected a file at ${path} but found none`);
  if (/^E[A-Z]/.test(code)) return new LatentcvError('file-not-found', `cannot read ${path}: ${message}`);
  const reason = isCutOff(error as Error) ? cutOffWords : message;
  return new LatentcvError(
    'file-format',
    `cannot unpack ${path} (${packing}): ${reason}`,
    `${packings[packing].command.split(' ')[0]} -t ${path} tests it`,
  );
}

/**
 * The bytes of a packed file, all of its members, whose checksums are held to.
 * @throws LatentcvError `file-not-found`, and `file-format` where it is damaged or, unless `cutOff`, cut off.
 */
export async function* unpacked(
  path: string,
  packing: Packing,
  { chunkBytes = 1 << 20, cutOff = false }: Unpacking = {},
): AsyncGenerator<Buffer> {
  try {
    yield* unpackers[packing](path, { chunkBytes, cutOff });
  } catch (error) {
    if (cutOff && isCutOff(error as Error)) return;
    throw problem(path, packing, error);
  }
}
