import { writeSync } from 'node:fs';
import { loadAddon } from '../addon.js';
import type { AtomWords, StructureContents } from '../addon-types.js';
import { latentcvError } from '../rethrow.js';
import {
  foreignOutput,
  type ForeignError,
  type ForeignMessage,
  type ForeignRequest,
} from './foreign-messages.js';
import {
  bytesOfFrames,
  preparedEnd,
  preparedFrame,
  preparedHeader,
  type PreparedFrame,
} from './prepared-frames.js';

// A program of its own, which run-foreign.ts starts: what reads here may crash, hang or fill its memory on damaged files, and
// takes this process with it, not that of the user.

const addon = loadAddon();

/** As often the other side hears that this one is alive. */
const everyMs = 500;

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

const say = (message: ForeignMessage): void => writeAll(1, Buffer.from(`${JSON.stringify(message)}\n`));

/** What chemfiles answers where we ask for what a file may lack: no warnings. */
const answers = /^can not find a property named|does not have a id$/;
const printed = new Set<string>();

/** Says what chemfiles warned of, each once and without what is said as an error. */
function sayWarnings(error = ''): void {
  for (const warning of addon.takeChemfilesWarnings()) {
    if (answers.test(warning) || printed.has(warning) || error.includes(warning)) continue;
    printed.add(warning);
    say({ warning });
  }
}

type File = NonNullable<ForeignRequest['file']>;

const wordsOf = ({ words, of }: AtomWords): string[] => Array.from(of, (word) => words[word]);

/** The header: what the file says of its atoms. */
function writeHeader(contents: StructureContents): void {
  const { names, types, residueNames, insertionCodes, chains, segments } = contents;
  writeAll(
    foreignOutput,
    preparedHeader({
      names: wordsOf(names),
      types: wordsOf(types),
      residueNames: wordsOf(residueNames),
      insertionCodes: wordsOf(insertionCodes),
      chains: wordsOf(chains),
      segments: wordsOf(segments),
      residueIds: contents.residueIds,
      masses: contents.masses,
      bonds: contents.bonds,
    }),
  );
}

async function byChemfiles({ path, name, format: named, perNanometre, structure }: File): Promise<void> {
  const format = named || addon.chemfilesFormatOf(name);
  const source = { path, format, perNanometre, salvage: false };
  const contents = await addon.openStructure(source);
  writeHeader(contents);
  const atoms = contents.residueIds.length;
  const trajectory = structure ? undefined : new addon.NativeTrajectory(path, format, perNanometre, atoms);
  const frames = trajectory?.frames ?? 1;
  const each = function* (): Generator<PreparedFrame> {
    for (let i = 0; i < frames; i++) {
      yield trajectory ? frameOf(trajectory, path, i) : firstFrame(contents);
      sayWarnings();
    }
  };
  writeFrames(each(), frames, format);
}

/** All frames, and what is said of how far they are. */
function writeFrames(frames: Iterable<PreparedFrame>, of: number, format: string): void {
  let [done, last] = [0, 0];
  for (const frame of frames) {
    writeAll(foreignOutput, preparedFrame(frame));
    if (++done < of && Date.now() - last < everyMs) continue;
    last = Date.now();
    say({ frames: done, of, format });
  }
  writeAll(foreignOutput, preparedEnd(of));
}

async function byHdf5({ path, perNanometre, timestep, structure }: File): Promise<void> {
  const { openHdf5Frames, readFrames } = await import('../hdf5/index.js');
  const timestepTold = timestep !== undefined || structure;
  const trajectory = await openHdf5Frames(path, { perNanometre, timestepTold });
  const { frames, atoms, format, notes } = trajectory;
  const of = structure ? Math.min(1, frames) : frames;
  say({ room: bytesOfFrames(of, atoms.names.length) });
  if (!structure) for (const warning of notes) say({ warning });
  writeAll(foreignOutput, preparedHeader(atoms));
  writeFrames(readFrames(trajectory, of), of, format);
}

const firstFrame = ({ positions, box }: StructureContents): PreparedFrame => ({
  positions,
  box,
  time: NaN,
  step: 0,
});

/** Frames that hold velocities or forces alone, of which chemfiles tells where in the TNG library it ended. */
const unreadableTng =
  'chemfiles cannot read this frame of a TNG file (gmx trjconv -f traj.tng -o traj.xtc writes one that is read here)';

/** A frame that cannot be read is one with its problem, so that the others may be taken. */
function frameOf(trajectory: InstanceType<typeof addon.NativeTrajectory>, path: string, index: number) {
  try {
    return trajectory.read(index);
  } catch (error) {
    const words = (error as Error).message.replace(`${path}, frame ${index}: `, '');
    const problem = /TNG library/.test(words) ? unreadableTng : words;
    return { problem, time: NaN, step: index };
  }
}

/** The first structures of small files, each told as soon as it is read. */
async function tellStructures(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      const format = addon.chemfilesFormatOf(path);
      const contents = await addon.openStructure({ path, format, perNanometre: 0, salvage: false });
      const { positions = new Float64Array(0), box, notes } = contents;
      const structure = {
        names: wordsOf(contents.names),
        types: wordsOf(contents.types),
        positions: [...positions],
        ...(box && { box: [...box] }),
        notes,
      };
      sayWarnings();
      say({ structure });
    } catch (error) {
      sayWarnings((error as Error).message);
      say({ refused: told(error as Error) });
    }
  }
}

function told(error: Error): ForeignError {
  const { code = 'bad-data', hint } = latentcvError(error) ?? {};
  return { code, message: error.message, hint };
}

async function main({ libraries, parent, file, structures }: ForeignRequest): Promise<void> {
  addon.endWithParent(parent);
  if (file?.reader === 'HDF5') return byHdf5(file);
  const library = addon.loadChemfiles(libraries);
  if (structures) await tellStructures(structures);
  else if (file) await byChemfiles(file);
  else say({ library });
}

main(JSON.parse(process.argv[2]) as ForeignRequest).catch((error: Error) => {
  sayWarnings(error.message);
  say({ error: told(error) });
  process.exitCode = 1;
});
