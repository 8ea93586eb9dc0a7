import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { SampledRun } from '../../../free-energy/index.js';
import { notesFile } from '../../../sampling/index.js';
import type { RunTrajectory, StructureRequest } from '../../../states/index.js';
import { LatentcvError, counted, setting } from '../../../support/index.js';
import { expandFiles, type LoadedRun } from '../../frames/index.js';
import type { Given } from '../../options/index.js';
import type { Terminal } from '../../terminal.js';

const group = 'Structures';

/** Where structures of frames come from, and what is written of them. */
export const structureSettings = {
  frames: setting(z.array(z.string()).optional(), {
    flag: 'frames',
    value: 'files',
    several: true,
    group,
    description: 'trajectories of the runs, in their order',
    otherwise: "that in each run's folder",
  }),
  structure: setting(z.string().optional(), {
    flag: 'structure',
    value: 'file',
    group,
    description: 'names of its atoms: GRO, PDB, …',
    otherwise: "that in the run's folder",
  }),
  atoms: setting(z.string().default('solute'), {
    flag: 'atoms',
    value: 'selection',
    group,
    description: 'atoms that are written',
  }),
  fit: setting(z.string().optional(), {
    flag: 'fit',
    value: 'selection',
    group,
    description: 'atoms that structures are laid on one another by',
    otherwise: 'heavy atoms of those that are written',
  }),
};
type StructureOptions = Given<typeof structureSettings>;

/**
 * Where the confinement stands in frames, by the first run's PLUMED input; undefined without one, or where its host is not among the
 * atoms that are written, which alone are whole.
 */
export async function confinedInFrames(
  { files }: Pick<LoadedRun, 'files'>,
  { atoms }: Pick<StructureRequest, 'atoms'>,
): Promise<StructureRequest['confinedIn']> {
  const [{ input: path, notes }] = files;
  if (path === undefined || !notes?.confinement) return undefined;
  const { confinedFrame, parsePlumedInput, placeOfFrame, readPlumedText } =
    await import('../../../plumed/index.js');
  const folder = dirname(path);
  const input = parsePlumedInput(readPlumedText(path), path, { workingFolder: folder });
  const frame = confinedFrame(input, notes.confinement, folder);
  const written = new Set(atoms);
  const serials = frame && [frame.origin, ...frame.lines.flat()].flatMap((centre) => centre.serials);
  if (!serials?.every((serial) => written.has(serial - 1))) return undefined;
  return (positions) => placeOfFrame(frame!, positions);
}

/** Trajectories of a run, and what is written of their frames. */
export interface OpenStructures extends Omit<StructureRequest, 'folder'> {
  /** Which frames of the run's tables are in them. */
  usable: (frame: number) => boolean;
}

/**
 * The trajectories of a run, of its folders where none are named; undefined, with a note, where there are none.
 * @throws LatentcvError `bad-argument` for another number of trajectories than runs, or without names of atoms
 */
export async function openStructures(
  run: SampledRun,
  options: StructureOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<OpenStructures | undefined> {
  const trajectories = await trajectoriesOf(run, options);
  const structurePath = options.structure ?? structureBeside(run);
  if (!trajectories || structurePath === undefined) {
    if (options.frames ?? options.structure) throw incomplete(options);
    terminal.note(
      `no structures: ${trajectories ? 'no structure' : 'no trajectory'} lies in the folders of the runs; --frames and --structure name them`,
    );
    return undefined;
  }
  const { readStructure, selectAtoms } = await import('../../../trajectories/index.js');
  const { StateTrajectories } = await import('../../../states/index.js');
  const structure = await readStructure(structurePath);
  structure.needNames('structures of states');
  const found = await StateTrajectories.open(trajectories, structure.size, {
    onWarning: (line) => terminal.warn(line),
  });
  const atoms = selectAtoms(structure, options.atoms);
  const fit =
    options.fit === undefined
      ? atoms.filter((atom) => structure.isHeavy(atom))
      : selectAtoms(structure, options.fit);
  const usable = found.usable(run);
  const count = Array.from({ length: run.dataset.frames }, (_, frame) => frame).filter(usable).length;
  if (count === 0)
    throw new LatentcvError(
      'bad-data',
      `expected frames at the times of the tables in ${trajectories.flatMap(({ files }) => files).join(', ')} but found none`,
      'are the trajectories given in the order of the runs?',
    );
  terminal.note(
    `${counted(count, 'frame')} of ${run.dataset.frames} are in the trajectories: those stand for states`,
  );
  return { structure, trajectories: found, atoms, fit, usable };
}

async function trajectoriesOf(
  { dataset }: SampledRun,
  { frames: trajectory }: StructureOptions,
): Promise<RunTrajectory[] | undefined> {
  const sources = [...new Set(dataset.segments.map(({ source }) => source))];
  if (!trajectory) {
    const found = sources.flatMap((source) => {
      const file = fileBeside(source, ['md.xtc', 'md.trr'], /\.(xtc|trr|dcd|nc|lammpstrj)$/);
      return file === undefined ? [] : [{ source, files: [file] }];
    });
    return found.length === sources.length ? found : undefined;
  }
  const files = await expandFiles(trajectory);
  if (sources.length === 1) return [{ source: sources[0], files }];
  if (files.length !== sources.length)
    throw new LatentcvError(
      'bad-argument',
      `expected a trajectory for each of ${counted(sources.length, 'run')} with --frames but received ${files.length}`,
      `the runs are ${sources.join(', ')}`,
    );
  return sources.map((source, i) => ({ source, files: [files[i]] }));
}

function structureBeside({ dataset }: SampledRun): string | undefined {
  return fileBeside(dataset.segments[0].source, ['md.gro'], /\.(gro|pdb)$/);
}

/** A file in the folder of a run, under its usual name, or the only one of its kind. */
function fileBeside(table: string, names: readonly string[], kind: RegExp): string | undefined {
  const folder = dirname(table);
  if (!existsSync(join(folder, notesFile))) return undefined;
  const usual = names.find((name) => existsSync(join(folder, name)));
  if (usual !== undefined) return join(folder, usual);
  const found = readdirSync(folder).filter((name) => kind.test(name) && !name.startsWith('bck.'));
  return found.length === 1 ? join(folder, found[0]) : undefined;
}

function incomplete({ frames: trajectory }: StructureOptions): LatentcvError {
  const missing = trajectory ? '--structure' : '--frames';
  return new LatentcvError(
    'bad-argument',
    `expected ${missing} beside ${trajectory ? '--frames' : '--structure'} but found none`,
    "run folders of latentcv run have both once GROMACS's run is done",
  );
}
