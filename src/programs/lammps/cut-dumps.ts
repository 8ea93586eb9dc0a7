import { existsSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Dump } from './plan.js';

const block = 1 << 20;
/** Bytes that the header of a frame up to its step has at most. */
const overlap = 1 << 10;

/** How frames of a dump of text begin, and where they end. */
interface TextFrames {
  /** The beginning, with the step. */
  begin: RegExp;
  /** Behind this stand as many lines as it says. */
  atoms: RegExp;
}

const items: TextFrames = {
  // `ITEM: TIME`, where it is, stands before the step's
  begin: /(?<=^|\n)(?:ITEM: TIME\n[^\n]*\n)?ITEM: TIMESTEP\n(\d+)\n/g,
  atoms: /ITEM: NUMBER OF (?:ATOMS|ENTRIES)\n(\d+)\n[^]*?\nITEM: (?:ATOMS|ENTRIES)[^\n]*\n/g,
};
const xyz: TextFrames = {
  begin: /(?<=^|\n)\d+\n *Atoms\. Timestep: (\d+)[^\n]*\n/g,
  atoms: /(\d+)\n *Atoms\.[^\n]*\n/g,
};

/**
 * Cuts a dump of text back to the frames before a step, at which the run that goes on writes its first (where the dump is
 * not regular: to the frames up to it). Its end is read, not all of it.
 * @returns whether it was cut: a file in which there are no frames as they are written today is left alone
 */
export async function cutDump(
  folder: string,
  { style, file, regular }: Dump,
  step: number,
): Promise<boolean> {
  const path = join(folder, file!);
  if (!existsSync(path)) return true;
  const handle = await open(path, 'r+');
  try {
    const end = await cutAt(handle, style.startsWith('xyz') ? xyz : items, regular ? step : step + 1);
    if (end === undefined) return false;
    await handle.truncate(end);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

async function textAt(file: FileHandle, start: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.toString('latin1', 0, bytesRead);
}

/**
 * Where the first frame begins that is of this step or a later one, or that was not written to its end; undefined where
 * nothing tells frames.
 */
async function cutAt(
  file: FileHandle,
  { begin, atoms }: TextFrames,
  step: number,
): Promise<number | undefined> {
  const { size } = await file.stat();
  let cut: number | undefined;
  for (let start = size; start > 0;) {
    const end = start;
    start = Math.max(0, end - block);
    // a byte before, to know that a line begins, and what a header that began in this block has in the next
    const before = Math.min(start, overlap);
    const text = await textAt(file, start - before, end - start + before + overlap);
    for (const frame of [...text.matchAll(begin)].reverse()) {
      const at = start - before + frame.index;
      if (at < start || at >= end) continue;
      if (Number(frame[1]) < step) return cut ?? (await endOfFrame(file, at, size, atoms));
      cut = at;
    }
  }
  return size === 0 ? 0 : cut;
}

/** The end of a frame behind which no other one has its step. */
async function endOfFrame(file: FileHandle, start: number, size: number, atoms: RegExp): Promise<number> {
  const text = await textAt(file, start, size - start);
  atoms.lastIndex = 0;
  const found = atoms.exec(text);
  if (!found) return start;
  let end = found.index + found[0].length;
  for (let line = Number(found[1]); line > 0; line--) {
    const next = text.indexOf('\n', end);
    if (next < 0) return start;
    end = next + 1;
  }
  return start + end;
}

/** Puts a file aside that LAMMPS would write over; returns its new name, undefined where there is none. */
export async function putAside(folder: string, file: string, step: number): Promise<string | undefined> {
  if (!existsSync(join(folder, file))) return undefined;
  const name = freeName(folder, file, step);
  await rename(join(folder, file), join(folder, name));
  return name;
}

/** `traj.until-2000.dcd`, or `traj.until-2000-2.dcd` where that is there. */
function freeName(folder: string, file: string, step: number): string {
  const ending = extname(file);
  for (let again = 1; ; again++) {
    const until = again === 1 ? step : `${step}-${again}`;
    const name = join(dirname(file), `${basename(file, ending)}.until-${until}${ending}`);
    if (!existsSync(join(folder, name))) return name;
  }
}
