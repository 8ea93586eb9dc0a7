import { LatentcvError, firstBytes } from '../support/index.js';

/** How a file may be packed. */
export type Packing = 'gzip' | 'bzip2' | 'xz' | 'zstd';

interface PackingInfo {
  ending: string;
  magic: Buffer;
  /** The command that unpacks it. */
  command: string;
}

export const packings: Record<Packing, PackingInfo> = {
  gzip: { ending: '.gz', magic: Buffer.of(0x1f, 0x8b), command: 'gzip -dk' },
  bzip2: { ending: '.bz2', magic: Buffer.from('BZh'), command: 'bzip2 -dk' },
  xz: { ending: '.xz', magic: Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), command: 'xz -dk' },
  zstd: { ending: '.zst', magic: Buffer.of(0x28, 0xb5, 0x2f, 0xfd), command: 'zstd -dk' },
};

/** Archives that hold files, and packings that are not known here. */
const refused: [name: string, magic: Buffer, command: string, at?: number][] = [
  ['a ZIP archive', Buffer.from('PK\x03\x04'), 'unzip'],
  ['a 7z archive', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), '7z x'],
  ['packed by compress', Buffer.of(0x1f, 0x9d), 'uncompress'],
  ['packed by lzip', Buffer.from('LZIP\x01'), 'lzip -dk'],
  ['a tar archive', Buffer.from('ustar'), 'tar -xf', 257],
  ['packed by lz4', Buffer.of(0x04, 0x22, 0x4d, 0x18), 'lz4 -d'],
];

/** As many hold the marks of all. */
const headBytes = 262;

const names = Object.keys(packings) as Packing[];

/** The first bytes of a file that tell how it is packed; none of one that cannot be read, which its reader will tell. */
const headOf = (path: string): Promise<Buffer> => firstBytes(path, headBytes).catch(() => Buffer.alloc(0));

const begins = (bytes: Buffer, magic: Buffer, at = 0): boolean =>
  bytes.subarray(at, at + magic.length).equals(magic);

/** How a file is packed, by its first bytes alone; undefined where it is not. */
export async function packingOf(path: string): Promise<Packing | undefined> {
  const bytes = await headOf(path);
  return names.find((name) => begins(bytes, packings[name].magic));
}

/** @throws LatentcvError `other-kind` for an archive of files, or a packing that is not known here. */
export async function expectNoArchive(path: string): Promise<void> {
  const bytes = await headOf(path);
  const found = refused.find(([, magic, , at]) => begins(bytes, magic, at));
  if (!found) return;
  const [name, , command] = found;
  throw new LatentcvError(
    'other-kind',
    `expected a file of frames but ${path} is ${name}`,
    `unpack it first: ${command} ${path}`,
  );
}

/** A file's name without the ending of its packing, in letters of any size. */
export function withoutPackingEnding(name: string): string {
  const lowerCase = name.toLowerCase();
  const ending = names.map((packing) => packings[packing].ending).find((end) => lowerCase.endsWith(end));
  return ending === undefined ? name : name.slice(0, -ending.length);
}
