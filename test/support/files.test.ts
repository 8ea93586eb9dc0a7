import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LatentcvError } from '../../src/support/errors.js';
import { NewFile, readBytes, removeUnfinished, writeWhole, writeWholeSync } from '../../src/support/files.js';
import { partName } from '../../src/support/part-names.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('files');
const at = (...names: string[]): string => join(folder, ...names);
const files = fileURLToPath(new URL('../../src/support/files.js', import.meta.url));
const text = (path: string): string => readFileSync(path, 'utf8');

test('a file is there once it is whole, and what was there stays until then', async () => {
  writeFileSync(at('table'), 'old');
  chmodSync(at('table'), 0o640);
  const file = await NewFile.open(at('table'));
  await file.write('head: 00\n');
  await file.write('rows\n');
  await file.write('12', 6);
  assert.equal(text(at('table')), 'old');
  await file.putInPlace();
  assert.equal(text(at('table')), 'head: 12\nrows\n');
  assert.equal(statSync(at('table')).mode & 0o777, 0o640);
  const given = await NewFile.open(at('table'));
  await given.write('never');
  await given.discard();
  assert.equal(text(at('table')), 'head: 12\nrows\n');
  assert.deepEqual(readdirSync(folder), ['table']);
});

test('whole files, from bytes and in pieces; a name of 255 bytes', async () => {
  const longest = at('φ'.repeat(127) + 'x');
  await writeWhole(longest, Buffer.of(1, 2));
  assert.deepEqual([...readFileSync(longest)], [1, 2]);
  writeWholeSync(at('pieces'), 'ab', Buffer.of(99));
  assert.equal(text(at('pieces')), 'abc');
});

test('two writers of one file do not meet: the last one to end is there, whole', async () => {
  const [a, b] = [await NewFile.open(at('both')), await NewFile.open(at('both'))];
  await a.write('a'.repeat(1000));
  await b.write('b'.repeat(10));
  await a.putInPlace();
  await b.putInPlace();
  assert.equal(text(at('both')), 'b'.repeat(10));
});

test('what refuses a file names it, not what lies beside it, and leaves nothing', async () => {
  const check = (part: string): void => {
    throw new LatentcvError('bad-model', `${part}: expected another`);
  };
  await assert.rejects(writeWhole(at('refused'), 'x', { check }), {
    code: 'bad-model',
    message: `${at('refused')}: expected another`,
  });
  assert.ok(readdirSync(folder).every((name) => !name.startsWith('refused')));
});

test('files that cannot be read say why', async () => {
  writeFileSync(at('plain'), '');
  const refusals: [string, object][] = [
    [
      at('none'),
      { code: 'file-not-found', message: `cannot read the model ${at('none')}: there is no such file` },
    ],
    [folder, { code: 'file-access', message: `cannot read the model ${folder}: it is a folder` }],
    [
      at('plain', 'x'),
      { code: 'file-access', message: /: a part of its path is a file where a folder should be/ },
    ],
    [at('n'.repeat(300)), { code: 'file-access', message: /: its name is too long/ }],
  ];
  for (const [path, refusal] of refusals) await assert.rejects(readBytes(path, 'the model'), refusal);
});

test('a folder of that name is told before anything is written', async () => {
  mkdirSync(at('folder'));
  await assert.rejects(writeWhole(at('folder'), 'x'), { code: 'bad-argument', message: /is a folder/ });
  assert.throws(() => writeWholeSync(at('missing', 'x'), 'x'), {
    code: 'file-access',
    message: `cannot write ${at('missing', 'x')}: there is no folder ${at('missing')}`,
    hint: `mkdir -p ${at('missing')}`,
  });
  assert.throws(() => writeWholeSync(at('folder'), 'x'), {
    code: 'file-access',
    message: /: it is a folder/,
  });
  assert.ok(readdirSync(folder).every((name) => !name.endsWith('.part')));
});

test('a forced end removes what is not whole', async () => {
  const file = await NewFile.open(at('forced'));
  await file.write('half');
  removeUnfinished();
  assert.ok(!existsSync(file.part));
  await file.discard();
});

/** A process that begins to write a file and then waits. */
async function writing(
  name: string,
): Promise<{ part: string; end: (signal: NodeJS.Signals) => Promise<string> }> {
  const code = `import('${files}').then(async ({ NewFile }) => {
    const file = await NewFile.open('${at(name)}');
    await file.write('half');
    console.log(file.part);
    setInterval(() => {}, 1000);
  })`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const part = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  const end = (signal: NodeJS.Signals): Promise<string> =>
    new Promise((resolve) => {
      child.once('exit', (_, own) => resolve(String(own)));
      child.kill(signal);
    });
  return { part, end };
}

test('a signal leaves nothing, and still ends the process', async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const { part, end } = await writing('stopped');
    assert.ok(existsSync(part));
    assert.equal(await end(signal), signal);
    assert.ok(!existsSync(part));
  }
});

test('what a killed process left goes when the file is written again; what another is writing stays', async () => {
  const [killed, alive] = [await writing('again'), await writing('again')];
  await killed.end('SIGKILL');
  assert.ok(existsSync(killed.part));
  // of another machine, whose processes are not known here
  const foreign = partName(at('again')).replace(/\.[0-9a-f]{8}-/, '.00000000-');
  writeFileSync(foreign, '');
  await writeWhole(at('again'), 'whole');
  assert.deepEqual(
    [existsSync(killed.part), existsSync(alive.part), existsSync(foreign)],
    [false, true, true],
  );
  await alive.end('SIGTERM');
});

test('nothing is left of a file that a limit of size cuts off', () => {
  const code = `import('${files}').then(({ writeWhole }) => writeWhole('${at('large')}', 'x'.repeat(100000)))
    .catch((error) => console.log(error.code, error.message))`;
  const { stdout } = spawnSync(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f 8; exec "$@"`, 'bash', process.execPath, '-e', code],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(stdout.trim(), `file-access cannot write ${at('large')}: it is larger than is allowed`);
  assert.ok(readdirSync(folder).every((name) => !name.startsWith('large')));
});
