import { join } from 'node:path';
import { digits, inPicoseconds, writeWhole } from '../../support/index.js';
import {
  formatGro,
  formatPdb,
  superpose,
  wholeMolecules,
  type FramePositions,
  type Structure,
} from '../../trajectories/index.js';
import type { StateFrame, StateOfRun } from '../states-of-run.js';
import type { StateTrajectories } from './state-trajectories.js';

/** Structures of a state, by their paths. */
export interface StateFiles {
  /** Of the frame that stands for it. */
  gro: string;
  pdb: string;
  /** Of the others, one after the other; null where there are none. */
  moreGro: string | null;
  morePdb: string | null;
  /** Where the confinement stands in these files: its origin, nm, and along which its axis leads; null of a sphere. */
  confined: {
    origin: readonly [number, number, number];
    axis: readonly [number, number, number] | null;
  } | null;
}

export interface StructureRequest {
  folder: string;
  structure: Structure;
  trajectories: StateTrajectories;
  /** Atoms that are written, from 0, and those that frames are laid on one another by. */
  atoms: Uint32Array;
  fit: Uint32Array;
  /** Where the confinement stands in a frame, `[atoms, 3]`, whole. */
  confinedIn?: (positions: Float64Array) => {
    origin: readonly [number, number, number];
    axis: readonly [number, number, number] | undefined;
  };
}

/**
 * Writes the structures of states, whole and laid on that of the first state; null for states that no frame stands for.
 * They have no box, which would have to be turned with them.
 */
export async function writeStructures(
  states: readonly StateOfRun[],
  request: StructureRequest,
): Promise<(StateFiles | null)[]> {
  let reference: Float64Array | undefined;
  const placed = async (frame: StateFrame): Promise<FramePositions> => {
    const { structure, trajectories, atoms, fit } = request;
    const { positions } = wholeMolecules(structure, await trajectories.positions(frame), atoms);
    reference ??= positions;
    return { positions: fit.length < 3 ? positions : superpose(positions, reference, fit), box: undefined };
  };
  const written: (StateFiles | null)[] = [];
  for (const state of states) {
    if (!state.representative) {
      written.push(null);
      continue;
    }
    const own = await placed(state.representative);
    const more: FramePositions[] = [];
    for (const frame of state.examples) more.push(await placed(frame));
    written.push(await writeState(state, own, more, request));
  }
  return written;
}

async function writeState(
  { name, representative, examples }: StateOfRun,
  own: FramePositions,
  more: readonly FramePositions[],
  { folder, structure, atoms, confinedIn }: StructureRequest,
): Promise<StateFiles> {
  const base = join(folder, name.replace(/[^\p{L}\p{N}.+_-]/gu, '_'));
  const title = (frame: StateFrame): string =>
    `${name}, ${frame.source}, t= ${inPicoseconds(frame.time)} ps, ${Object.entries(frame.values)
      .map(([label, value]) => `${label} ${digits(value, 4)}`)
      .join(', ')}`;
  const confined = confinedIn?.(own.positions);
  const files: StateFiles = {
    gro: `${base}.gro`,
    pdb: `${base}.pdb`,
    moreGro: more.length > 0 ? `${base}-more.gro` : null,
    morePdb: more.length > 0 ? `${base}-more.pdb` : null,
    confined: confined ? { origin: confined.origin, axis: confined.axis ?? null } : null,
  };
  await writeWhole(files.gro, formatGro(structure, own, title(representative!), atoms));
  await writeWhole(files.pdb, formatPdb(structure, [own], title(representative!), atoms));
  if (files.moreGro !== null)
    await writeWhole(
      files.moreGro,
      more.map((frame, i) => formatGro(structure, frame, title(examples[i]), atoms)).join(''),
    );
  if (files.morePdb !== null)
    await writeWhole(files.morePdb, formatPdb(structure, more, `${name}, ${more.length} more frames`, atoms));
  return files;
}
