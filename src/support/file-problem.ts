import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { LatentcvError, type ErrorCode } from './errors.js';

/** What was wanted of a file. */
type Wanted = 'read' | 'write';

/** What the system's word means for a person, and what to do; `where` is the folder of the file. */
interface Problem {
  reason: string;
  remedy?: string;
}

/** Where several commands would have another name for it. */
const elsewhere = 'name another place';

function common(folder: string): Record<string, Problem> {
  return {
    EACCES: { reason: 'permission is denied', remedy: `ls -ld ${folder} tells whose it is` },
    EPERM: { reason: 'it is not permitted', remedy: `ls -ld ${folder} tells whose it is` },
    EISDIR: { reason: 'it is a folder', remedy: 'name a file in it' },
    ENOTDIR: { reason: 'a part of its path is a file where a folder should be' },
    ELOOP: { reason: 'its links lead round in a circle' },
    ENAMETOOLONG: { reason: 'its name is too long', remedy: 'give it a shorter one' },
    EMFILE: { reason: 'too many files are open', remedy: 'ulimit -n 4096 allows more of them' },
    ENFILE: { reason: 'too many files are open on this machine', remedy: 'end what opened them' },
    EIO: { reason: 'the disk failed (input/output error)', remedy: 'dmesg tells of disks that fail' },
    ESTALE: {
      reason: 'it was replaced on its file server (stale file handle)',
      remedy: 'give the command again',
    },
    ENOMEM: { reason: 'memory has run out' },
  };
}

function ofWriting(folder: string): Record<string, Problem> {
  return {
    ENOENT: existsSync(folder)
      ? { reason: `no file can be made in ${folder}`, remedy: elsewhere }
      : { reason: `there is no folder ${folder}`, remedy: `mkdir -p ${folder}` },
    EROFS: { reason: 'its file system can only be read', remedy: elsewhere },
    ENOSPC: {
      reason: 'the disk is full',
      remedy: `make room (df -h ${folder}), then give the same command again`,
    },
    EDQUOT: { reason: 'the quota is used up', remedy: 'make room, then give the same command again' },
    EFBIG: { reason: 'it is larger than is allowed', remedy: 'ulimit -f unlimited' },
    ETXTBSY: { reason: 'it is a program that runs' },
    EXDEV: { reason: 'it lies on another file system' },
  };
}

const ofReading: Record<string, Problem> = {
  ENOENT: { reason: 'there is no such file' },
};

/** Whether an error is one that the system gave. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return (
    error instanceof Error && 'syscall' in error && 'code' in error && /^E[A-Z0-9]+$/.test(String(error.code))
  );
}

/** Words of the system that have none here: `EXDEV: cross-device link not permitted, rename 'a' -> 'b'`. */
const systemWords = (message: string): string =>
  message.replace(/^[A-Z0-9]+: /, '').replace(/, \w+( '.*)?$/s, '');

function problemOf(wanted: Wanted, path: string, error: NodeJS.ErrnoException): Problem {
  const folder = dirname(path);
  const own = wanted === 'write' ? ofWriting(folder) : ofReading;
  return { ...common(folder), ...own }[error.code ?? ''] ?? { reason: systemWords(error.message) };
}

function fileProblem(wanted: Wanted, path: string, error: unknown, what: string | undefined): unknown {
  if (error instanceof LatentcvError || !isSystemError(error)) return error;
  const { reason, remedy } = problemOf(wanted, path, error);
  const code: ErrorCode = wanted === 'read' && error.code === 'ENOENT' ? 'file-not-found' : 'file-access';
  const name = what === undefined ? path : `${what} ${path}`;
  return new LatentcvError(code, `cannot ${wanted} ${name}: ${reason}`, remedy);
}

/**
 * An error of the system as the one sentence for files that are not read: `cannot read the model m.onnx: there is no such
 * file`, `file-not-found` or `file-access`; any other error as it is.
 */
export const readProblem = (path: string, error: unknown, what?: string): unknown =>
  fileProblem('read', path, error, what);

/** The same of files that are not written. */
export const writeProblem = (path: string, error: unknown, what?: string): unknown =>
  fileProblem('write', path, error, what);

/** Of an error that came with no more than the system told: `undefined` where it is none of a file. */
export function systemProblem(error: unknown): LatentcvError | undefined {
  if (!isSystemError(error) || error.path === undefined) return undefined;
  const written = 'dest' in error ? String(error.dest) : error.path;
  const writes = error.code in ofWriting('') && error.code !== 'ENOENT';
  const changes = /^(mkdir|rename|write|ftruncate|fsync|copyfile|link|symlink|unlink|rm)/.test(
    error.syscall ?? '',
  );
  const wanted = writes || changes ? 'write' : 'read';
  return fileProblem(wanted, wanted === 'write' ? written : error.path, error, undefined) as LatentcvError;
}

/** The error that a library tells in the system's words alone, such as `No space left on device`. */
export function systemErrorOf(words: string): NodeJS.ErrnoException | undefined {
  const known = [...getSystemErrorMap().values()].find(([, text]) => text === words.toLowerCase());
  return known && Object.assign(new Error(words), { code: known[0], syscall: 'write' });
}
