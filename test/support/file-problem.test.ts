import assert from 'node:assert/strict';
import {
  accessSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { describeError } from '../../src/cli/failure.js';
import { readProblem, systemErrorOf, systemProblem, writeProblem } from '../../src/support/file-problem.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('file-problem');
const file = join(folder, 'file');
writeFileSync(file, '');

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  assert.fail('expected an error');
}

/** As the system gives it where it cannot be had here. */
const given = (code: string, syscall = 'open'): Error =>
  Object.assign(new Error(`${code}: as it says, ${syscall} 'x'`), { code, syscall, path: 'x' });

test('what the system says of a file becomes one sentence with a remedy', () => {
  const full = openSync('/dev/full', 'w');
  const written: [unknown, string, string | undefined][] = [
    [
      thrown(() => writeSync(full, 'x')),
      'the disk is full',
      `make room (df -h ${folder}), then give the same command again`,
    ],
    [given('ENOENT'), `no file can be made in ${folder}`, 'name another place'],
    [thrown(() => openSync(folder, 'w')), 'it is a folder', 'name a file in it'],
    [given('EROFS'), 'its file system can only be read', 'name another place'],
    [given('EDQUOT'), 'the quota is used up', 'make room, then give the same command again'],
    [given('EACCES'), 'permission is denied', `ls -ld ${folder} tells whose it is`],
    [given('EXDEV', 'rename'), 'it lies on another file system', undefined],
    [given('ENOTEMPTY', 'rename'), 'as it says', undefined],
  ];
  for (const [error, reason, hint] of written) {
    const { code, message, hint: own } = writeProblem(file, error) as Record<string, string | undefined>;
    assert.deepEqual([code, message, own], ['file-access', `cannot write ${file}: ${reason}`, hint]);
  }
  closeSync(full);
  const missing = join(folder, 'none', 'x');
  const nowhere = writeProblem(
    missing,
    thrown(() => openSync(missing, 'w')),
  ) as Record<string, string>;
  assert.deepEqual(
    [nowhere.message, nowhere.hint],
    [`cannot write ${missing}: there is no folder ${dirname(missing)}`, `mkdir -p ${dirname(missing)}`],
  );
  const read: [unknown, string][] = [
    [thrown(() => readFileSync(join(folder, 'none'))), 'there is no such file'],
    [thrown(() => readFileSync(folder)), 'it is a folder'],
    [thrown(() => accessSync(join(file, 'x'))), 'a part of its path is a file where a folder should be'],
    [thrown(() => accessSync('n'.repeat(300))), 'its name is too long'],
    [given('EMFILE'), 'too many files are open'],
    [given('EIO', 'read'), 'the disk failed (input/output error)'],
  ];
  for (const [error, reason] of read)
    assert.equal(
      (readProblem(file, error, 'the model') as Error).message,
      `cannot read the model ${file}: ${reason}`,
    );
});

test('only what the system says of files is told so; the rest stays a fault of this program', () => {
  const fault = new TypeError('x is not a function');
  assert.equal(readProblem(file, fault), fault);
  assert.equal(systemProblem(fault), undefined);
  assert.match(describeError(fault, false), /this is a fault of latentcv/);
  const folderThere = thrown(() => mkdirSync(file));
  assert.equal(describeError(folderThere, false), `error: cannot write ${file}: file already exists`);
  const missing = thrown(() => rmSync(join(folder, 'none')));
  assert.match(describeError(missing, false), /^error: cannot (read|write) \S+none: there is no /);
  assert.doesNotMatch(describeError(given('ENOSPC'), false), /fault of latentcv/);
});

test('words of the system that a library passes on', () => {
  assert.equal(systemErrorOf('No space left on device')?.code, 'ENOSPC');
  assert.equal(systemErrorOf('Something else'), undefined);
});
