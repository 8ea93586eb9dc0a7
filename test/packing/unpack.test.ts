import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { packingOf, unpacked, unpackedFile, withoutPackingEnding } from '../../src/packing/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

// A text of many blocks of each packing's, packed by Python's gzip, bz2 and lzma.
const folder = temporaryFolder('packing');
const plain = join(folder, 'plain.txt');
const numbers = Array.from({ length: 50_000 }, (_, i) => Math.sin(i * i).toFixed(6));
writeFileSync(plain, numbers.join('\n'));
const text = readFileSync(plain);
execFileSync('python3', [join(packageRoot(), 'test', 'fixtures', 'pack.py'), plain, folder]);

async function unpack(path: string, cutOff = false): Promise<Buffer> {
  const packing = await packingOf(path);
  assert.ok(packing);
  const parts: Buffer[] = [];
  for await (const part of unpacked(path, packing, { cutOff })) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const packed = (ending: string): string => `${plain}${ending}`;

function changed(ending: string, change: (bytes: Buffer) => Buffer): string {
  const path = join(folder, `changed-${basename(packed(ending))}`);
  writeFileSync(path, change(readFileSync(packed(ending))));
  return path;
}

const kinds = ['.gz', '.bz2', '.xz', '.two.gz', '.two.bz2', '.two.xz'];

describe('packed files', () => {
  for (const ending of [...kinds, '.none.xz'])
    it(`are what was packed (${ending})`, async () => {
      assert.ok((await unpack(packed(ending))).equals(text));
    });

  it('are refused with a checksum that is not known', async () => {
    await assert.rejects(unpack(packed('.sha.xz')), { code: 'file-format', message: /SHA-256/ });
  });

  for (const ending of kinds) {
    it(`are refused where they are cut off anywhere (${ending})`, async () => {
      const { length } = readFileSync(packed(ending));
      // not in the zeros that fill the gzip file up
      const whole = ending === '.two.gz' ? length - 512 : length;
      for (const end of [whole >> 1, whole - 13, whole - 1])
        await assert.rejects(unpack(changed(ending, (bytes) => bytes.subarray(0, end))), {
          code: 'file-format',
          message: /cannot unpack .*: it is cut off$/,
        }, String(end)); // prettier-ignore
    });

    it(`are refused where a bit is another (${ending})`, async () => {
      for (const share of [0.2, 0.5, 0.9]) {
        const damaged = changed(ending, (bytes) => {
          bytes[Math.floor(share * (bytes.length - 512))] ^= 4;
          return bytes;
        });
        await assert.rejects(unpack(damaged), { code: 'file-format' }, String(share));
      }
    });

    it(`are refused with something else behind (${ending})`, async () => {
      await assert.rejects(
        unpack(changed(ending, (bytes) => Buffer.concat([bytes, Buffer.from('and more')]))),
        { code: 'file-format' },
      );
    });
  }

  for (const ending of ['.gz', '.bz2', '.xz'])
    it(`give what is there of one that is cut off, where that is wanted (${ending})`, async () => {
      const cut = changed(ending, (bytes) => bytes.subarray(0, Math.floor(0.9 * bytes.length)));
      const got = await unpack(cut, true);
      assert.ok(got.length > text.length / 2 && got.length < text.length, String(got.length));
      assert.ok(got.equals(text.subarray(0, got.length)));
      const warnings: string[] = [];
      const packing = await packingOf(cut);
      assert.ok(packing);
      const file = await unpackedFile(cut, packing, { salvage: true, onWarning: (line) => warnings.push(line) });
      assert.equal(file.bytes, got.length);
      assert.match(warnings.join(), /it is cut off: what is there of it is taken$/);
      file.release();
    }); // prettier-ignore

  it('need a folder for temporary files, which is told with the remedy', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'nowhere');
    try {
      await assert.rejects(unpackedFile(packed('.gz'), 'gzip'), {
        code: 'file-access',
        message: /^cannot write the temporary file \S+: there is no folder \S+nowhere$/,
        hint: 'TMPDIR names another folder for it',
      });
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  it('are unpacked to a file that has no name, and is gone when it is given back', async () => {
    const file = await unpackedFile(packed('.xz'), 'xz');
    assert.ok(readFileSync(file.path).equals(text));
    file.release();
    assert.throws(() => readFileSync(file.path), { code: 'ENOENT' });
  });

  it('that would fill the disk are refused by their ratio', async () => {
    const bomb = join(folder, 'bomb.xyz.bz2');
    execFileSync('python3', [
      '-c',
      "import bz2,sys; c=bz2.BZ2Compressor(); f=open(sys.argv[1],'wb'); f.write(c.compress(bytes(1<<24))); f.write(c.flush())",
      bomb,
    ]);
    await assert.rejects(unpackedFile(bomb, 'bzip2', { allowed: 1 << 20 }), {
      code: 'file-format',
      message: /more than 3000 times its size/,
    });
  });
});

it('a name loses the ending of a packing, in letters of any size, and no other', () => {
  assert.equal(withoutPackingEnding('a.xyz.GZ'), 'a.xyz');
  assert.equal(withoutPackingEnding('a.bz2.xyz'), 'a.bz2.xyz');
});
