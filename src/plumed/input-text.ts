import { existsSync, readFileSync } from 'node:fs';
import { readProblem, LatentcvError, losslessText, pathOf, expectText } from '../support/index.js';

/** First bytes of what is packed, and how it is unpacked. */
const packed: [name: string, magic: Buffer, remedy: string][] = [
  ['a ZIP archive', Buffer.from('PK\x03\x04', 'latin1'), 'unzip'],
  ['packed by gzip', Buffer.of(0x1f, 0x8b), 'gunzip -k'],
  ['packed by bzip2', Buffer.from('BZh', 'latin1'), 'bunzip2 -k'],
  ['packed by xz', Buffer.from('\xfd7zXZ\x00', 'latin1'), 'unxz -k'],
  ['packed by zstd', Buffer.of(0x28, 0xb5, 0x2f, 0xfd), 'unzstd'],
];

/** Whether a path that a PLUMED input names is there. */
export const isThere = (path: string): boolean => existsSync(pathOf(path));

/**
 * The text of a PLUMED input, every byte kept: what is no UTF-8 stays what it was (`losslessText`).
 * @throws LatentcvError `file-not-found`, `file-access`; `plumed-input` for an archive or another binary file.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function readPlumedText(path: string, what = 'the PLUMED input'): string {
  expectText(path, 'path');
  let bytes: Buffer;
  try {
    bytes = readFileSync(pathOf(path));
  } catch (error) {
    throw readProblem(path, error, what);
  }
  expectPlainText(path, bytes);
  return losslessText(bytes);
}

function expectPlainText(path: string, bytes: Buffer): void {
  const found = packed.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic));
  if (found) throw noInput(path, `it is ${found[0]}`, `${found[2]} ${path}, then give what was in it`);
  const marks = bytes.subarray(0, 2).toString('latin1');
  if (marks === '\xff\xfe' || marks === '\xfe\xff')
    throw noInput(path, 'it is UTF-16', 'PLUMED reads UTF-8: save it as that');
  if (bytes.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf')
    throw noInput(
      path,
      'it begins with a byte order mark',
      'PLUMED takes that for the name of an action: save it as UTF-8 without a mark',
    );
  const nothing = bytes.indexOf(0);
  if (nothing >= 0) throw noInput(path, `it is a binary file: byte ${nothing} is 0`);
}

function noInput(path: string, problem: string, hint?: string): LatentcvError {
  return new LatentcvError('plumed-input', `expected a PLUMED input in ${path} but ${problem}`, hint);
}
