import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LatentcvError } from './errors.js';
import { readProblem, writeProblem } from './file-problem.js';
import { outputPlace } from './output-place.js';
import { partName, sweepParts } from './part-names.js';
import { forget, remember } from './unfinished.js';

export { removeUnfinished } from './unfinished.js';

const mostAtOnce = 1 << 20;

/**
 * A file on its way: written beside its place, under a name of its own, and renamed, so that nobody ever sees half of it
 * and what was there before stays until the new one is whole and on the disk.
 *
 *     const file = await NewFile.open('model.onnx');
 *     try {
 *       await file.write(bytes);
 *       await file.putInPlace();
 *     } catch (error) {
 *       await file.discard();
 *       throw error;
 *     }
 *
 * Errors of the system become `cannot write model.onnx: the disk is full`, `file-access`.
 */
export class NewFile {
  private constructor(
    /** As the user named it. */
    readonly path: string,
    private readonly place: string,
    /** Where it is written. */
    readonly part: string,
    private readonly handle: FileHandle,
  ) {}

  /**
   * @throws LatentcvError as `outputPlace`, and `file-access`
   */
  static async open(path: string, inputs: readonly string[] = []): Promise<NewFile> {
    const place = await outputPlace(path, inputs);
    const part = startPart(place);
    try {
      return new NewFile(path, place, part, await open(part, 'wx'));
    } catch (error) {
      forget(part);
      throw writeProblem(path, error);
    }
  }

  /** Appends; or writes at a place that is already written. */
  async write(content: string | Uint8Array, at?: number): Promise<void> {
    try {
      if (at === undefined) await this.handle.writeFile(content);
      else await writeAt(this.handle, typeof content === 'string' ? Buffer.from(content) : content, at);
    } catch (error) {
      throw writeProblem(this.path, error);
    }
  }

  /** Takes so much room on the disk for what comes, really written: file systems compress zeros. */
  async keepRoom(bytes: number): Promise<void> {
    try {
      for (let kept = 0; kept < bytes; kept += mostAtOnce)
        await writeAt(this.handle, randomBytes(Math.min(mostAtOnce, bytes - kept)), kept);
      await this.handle.sync();
    } catch (error) {
      throw writeProblem(this.path, error);
    }
  }

  /** Writes the whole file into the room that was kept, and gives back the rest of it. */
  async fill(content: Uint8Array): Promise<void> {
    await this.write(content, 0);
    await this.handle.truncate(content.length).catch((error: unknown) => {
      throw writeProblem(this.path, error);
    });
  }

  /**
   * Syncs and renames; to another name of the same folder, where that is known only now.
   * @throws LatentcvError as `open`
   */
  async putInPlace(path = this.path, inputs: readonly string[] = []): Promise<void> {
    const place = path === this.path ? this.place : await outputPlace(path, inputs);
    try {
      await this.handle.sync();
      await this.handle.close();
      takePlace(this.part, place);
    } catch (error) {
      throw writeProblem(path, error);
    }
  }

  /** Removes what was written, where it has not taken its place. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (forget(this.part)) await rm(this.part, { force: true }).catch(() => undefined);
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/**
 * Writes a whole file, as `NewFile` does; `check` sees it, beside its place, before it takes it, and may refuse it by
 * throwing: its messages then name the file, not what lies beside it.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { inputs = [], check }: { inputs?: readonly string[]; check?: (part: string) => void } = {},
): Promise<void> {
  const file = await NewFile.open(path, inputs);
  try {
    await file.write(content);
    if (check) checked(file, check);
    await file.putInPlace();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function checked({ part, path }: NewFile, check: (part: string) => void): void {
  try {
    check(part);
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, error.message.replaceAll(part, path), error.hint);
  }
}

/** The same where nothing may come between: of several pieces, which follow one another, to a place that is no link. */
export function writeWholeSync(place: string, ...pieces: readonly (string | Uint8Array)[]): void {
  const part = startPart(place);
  try {
    const handle = openSync(part, 'wx');
    try {
      for (const piece of pieces) writeFully(handle, typeof piece === 'string' ? Buffer.from(piece) : piece);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    takePlace(part, place);
  } catch (error) {
    if (forget(part)) rmSync(part, { force: true });
    throw writeProblem(place, error);
  }
}

function writeFully(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
}

/**
 * The first bytes of a file, `most` of them or all that it has.
 * @throws LatentcvError `file-not-found`, `file-access`
 */
export async function firstBytes(path: string, most = 4096): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readProblem(path, error);
  }
}

/**
 * The bytes of a file.
 * @throws LatentcvError `file-not-found`, `file-access`: `cannot read the model m.onnx: there is no such file`
 */
export function readBytes(path: string, what?: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw readProblem(path, error, what);
  });
}

/** The same as text in UTF-8. */
export async function readText(path: string, what?: string): Promise<string> {
  return (await readBytes(path, what)).toString('utf8');
}

function startPart(place: string): string {
  sweepParts(place);
  const part = partName(place);
  remember(part);
  return part;
}

/** As what was there before could be read and written by others, so can the new file. */
function takePlace(part: string, place: string): void {
  const before = statSync(place, { throwIfNoEntry: false });
  if (before) chmodSync(part, before.mode & 0o777);
  renameSync(part, place);
  forget(part);
  syncFolder(dirname(place));
}

/** So that the name, too, is on the disk; some file systems cannot. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself is on the disk, and its name follows in seconds.
  }
}

/** Removes what other threads of this process have not put in the place of a file. */
export function removeUnfinishedOf(place: string): void {
  sweepParts(place, true);
}
