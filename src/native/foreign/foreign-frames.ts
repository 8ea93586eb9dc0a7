import { openSync, closeSync } from 'node:fs';
import { makeRoom, type HeldFile, type Room } from '../../packing/index.js';
import { LatentcvError } from '../../support/index.js';
import { chemfilesCandidates, withChemfilesHint } from './chemfiles.js';
import { foreignInput, type ForeignMessage, type ForeignReader } from './foreign-messages.js';
import { runForeign } from './run-foreign.js';
import type { SourceListener } from '../source-listener.js';

/** A file that a process of its own shall read. */
export interface ForeignFile {
  reader: ForeignReader;
  /** Where it is, which may be a file that was unpacked. */
  path: string;
  /** What the user calls it. */
  name: string;
  /** The name without the ending of a packing, which tells the format. */
  inner: string;
  format: string;
  perNanometre: number;
  /** ps of a step, where the user tells it. */
  timestep?: number | undefined;
  structure: boolean;
}

/**
 * What chemfiles, or the HDF5 library, reads of a file, as a temporary file of prepared frames.
 * @throws LatentcvError `bad-data` (what it refuses; a crash; a hang), `file-access` (no room), `missing-tool`, `interrupted`.
 */
export async function foreignFrames(
  file: ForeignFile,
  listener: SourceListener,
  signal: AbortSignal,
): Promise<HeldFile> {
  const first = await makeRoom(file.name, 0);
  const needed = await readTo(first, file, listener, signal);
  if (needed === undefined) return first.file;
  // another folder may have as much
  const second = await makeRoom(file.name, needed);
  await readTo(second, file, listener, signal);
  return second.file;
}

/** Returns how many bytes the frames take where there is not as much room, and gives it back. */
async function readTo(
  room: Room,
  file: ForeignFile,
  { onNote, onWarning }: SourceListener,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { name, inner, ...asked } = file;
  const input = openSync(file.path, 'r');
  const by = file.reader === 'chemfiles' ? 'chemfiles: ' : '';
  const tooLarge = new AbortController();
  let needed: number | undefined;
  let done: Extract<ForeignMessage, { frames: number }> | undefined;
  try {
    await runForeign(
      {
        libraries: chemfilesCandidates(),
        parent: process.pid,
        file: { ...asked, path: pathFor(file), name: inner },
      },
      {
        name,
        descriptors: [room.file.descriptor, input],
        signal: AbortSignal.any([signal, tooLarge.signal]),
        onMessage: (message) => {
          if (needed !== undefined) return;
          if ('warning' in message) onWarning(`${name}: ${by}${message.warning}`);
          else if ('frames' in message) done = message;
          else if ('room' in message && !room.fits(message.room)) {
            needed = message.room;
            tooLarge.abort();
          }
        },
      },
    );
  } catch (error) {
    room.file.release();
    if (needed !== undefined && !signal.aborted) return needed;
    throw withChemfilesHint(room.problem(named(error, file)));
  } finally {
    closeSync(input);
  }
  if (done && done.of > 1)
    onNote(`${name}: ${file.reader} has read ${done.of} frames (${done.format}) to a temporary file`);
  return undefined;
}

/** Its path in the process that reads it. */
function pathFor({ path }: ForeignFile): string {
  return path.startsWith('/proc/self/fd/') ? `/proc/self/fd/${foreignInput}` : path;
}

/** An error in the user's name of the file. */
function named(error: unknown, file: ForeignFile): unknown {
  if (!(error instanceof LatentcvError)) return error;
  const full = /ENOSPC|EDQUOT/.exec(error.message);
  if (full) return Object.assign(new Error(error.message), { code: full[0], syscall: 'write' });
  const message = withoutTypes(error.message.replaceAll(pathFor(file), file.name));
  return message === error.message ? error : new LatentcvError(error.code, message, error.hint);
}

/** What C++'s library says of an error (`std::bad_alloc`, `vector::_M_range_check: …`), as what it means here. */
function withoutTypes(message: string): string {
  const found = /(?:std::|vector::|basic_string|_M_).*/s.exec(message);
  if (!found) return message;
  return `${message.slice(0, found.index)}chemfiles cannot read it: it is damaged, or of a version that it does not know`;
}
