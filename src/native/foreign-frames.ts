import { openSync, closeSync } from 'node:fs';
import { makeRoom, type HeldFile } from '../packing/index.js';
import { LatentcvError } from '../support/errors.js';
import { chemfilesCandidates, withChemfilesHint } from './chemfiles.js';
import { foreignInput, type ForeignMessage } from './foreign-messages.js';
import { runForeign } from './run-foreign.js';
import type { SourceListener } from './source-listener.js';

/** A file that chemfiles shall read. */
export interface ForeignFile {
  /** Where it is, which may be a file that was unpacked. */
  path: string;
  /** What the user calls it. */
  name: string;
  /** The name without the ending of a packing, which tells the format. */
  inner: string;
  format: string;
  perNanometre: number;
  structure: boolean;
}

/**
 * What chemfiles reads of a file, as a temporary file of prepared frames.
 * Throws LatentcvError `bad-data` (what it refuses; a crash; a hang; no room), `missing-tool`, `interrupted`.
 */
export async function foreignFrames(
  file: ForeignFile,
  { onNote, onWarning }: SourceListener,
  signal: AbortSignal,
): Promise<HeldFile> {
  const room = await makeRoom(file.name, 0);
  const input = openSync(file.path, 'r');
  const { name, inner, format, perNanometre, structure } = file;
  let done: Extract<ForeignMessage, { frames: number }> | undefined;
  try {
    await runForeign(
      {
        libraries: chemfilesCandidates(),
        parent: process.pid,
        file: { path: pathFor(file), name: inner, format, perNanometre, structure },
      },
      {
        name,
        descriptors: [room.file.descriptor, input],
        signal,
        onMessage: (message) => {
          if ('warning' in message) onWarning(`${name}: chemfiles: ${message.warning}`);
          else if ('frames' in message) done = message;
        },
      },
    );
  } catch (error) {
    room.file.release();
    throw withChemfilesHint(room.problem(named(error, file)));
  } finally {
    closeSync(input);
  }
  if (done && done.of > 1)
    onNote(`${name}: chemfiles has read ${done.of} frames (${done.format}) to a temporary file`);
  return room.file;
}

/** Its path in the process that reads it. */
function pathFor({ path }: ForeignFile): string {
  return path.startsWith('/proc/self/fd/') ? `/proc/self/fd/${foreignInput}` : path;
}

/** An error in the user's name of the file. */
function named(error: unknown, file: ForeignFile): unknown {
  if (!(error instanceof LatentcvError)) return error;
  const full = /ENOSPC|EDQUOT/.exec(error.message);
  if (full) return Object.assign(new Error(error.message), { code: full[0] });
  const message = withoutTypes(error.message.replaceAll(pathFor(file), file.name));
  return message === error.message ? error : new LatentcvError(error.code, message, error.hint);
}

/** What C++'s library says of an error (`std::bad_alloc`, `vector::_M_range_check: …`), as what it means here. */
function withoutTypes(message: string): string {
  const found = /(?:std::|vector::|basic_string|_M_).*/s.exec(message);
  if (!found) return message;
  return `${message.slice(0, found.index)}chemfiles cannot read it: it is damaged, or of a version that it does not know`;
}
