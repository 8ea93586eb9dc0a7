import { join } from 'node:path';
import { biasedRun, describeSystem } from '../../src/campaign/index.js';
import type { DescriptorSet } from '../../src/descriptors/index.js';
import type { Dataset } from '../../src/frames/index.js';
import { alanineSystem } from '../../src/quickstart/alanine-system.js';
import type { QuickstartSystem } from '../../src/quickstart/system.js';
import { filesToLearnFrom, judgedFrames } from '../../src/quickstart/training-frames.js';
import { parseDefinition, readTrajectory } from '../../src/trajectories/index.js';
import { stateColumn } from './cases.js';
import type { GromacsInstall, PlumedInstall } from '../../src/programs/index.js';

/** Frames that every method learns from, and the system that they are of. */
export interface Frames {
  /** 45 distances between heavy atoms, and the state of each frame. */
  table: Dataset;
  descriptors: DescriptorSet;
  /** φ of each frame, rad. */
  phi: Float64Array;
  system: QuickstartSystem;
}

export interface Tools {
  plumed: PlumedInstall;
  gromacs: GromacsInstall;
  pluginPath: string;
}

/** 2 × 5 ns at 600 K, sampled once and kept in `folder`; `nanoseconds` is the length of a biased run. */
export async function trainingFrames(tools: Tools, folder: string, nanoseconds: number): Promise<Frames> {
  const settings = { engine: 'gromacs', seed: 1, length: nanoseconds, replicas: 1 } as const;
  const system = await alanineSystem({ gromacs: tools.gromacs, folder, settings });
  const { engine, frames } = system.training;
  const { folders } = await biasedRun({ engine, plumed: tools.plumed, folder: join(folder, 'training') });
  const files = filesToLearnFrom(frames, folders);
  const { structure, descriptors } = frames;
  const { expanded } = await describeSystem({ files, structure, definition: parseDefinition([descriptors]) });
  const { set } = expanded;
  const table = await readTrajectory(files, { set, atoms: frames.atoms });
  const { columns } = await judgedFrames(frames, folders, system.against);
  const [phi] = columns;
  return { table: withState(table, phi), descriptors: set, phi, system };
}

/** C7eq is 0, C7ax 1, what lies between them −1: the cores that transitions are counted by. */
export const stateOf = (phi: number): number => {
  if (phi > -2.8 && phi < -0.6) return 0;
  return phi > 0.5 && phi < 1.7 ? 1 : -1;
};

/** The same table with the state of each frame as one more column. */
function withState({ columns, data, frames, ...rest }: Dataset, phi: Float64Array): Dataset {
  const width = columns.length;
  const wider = new Float64Array(frames * (width + 1));
  for (let frame = 0; frame < frames; frame++) {
    wider.set(data.subarray(frame * width, (frame + 1) * width), frame * (width + 1));
    wider[frame * (width + 1) + width] = stateOf(phi[frame]);
  }
  return { columns: [...columns, { label: stateColumn }], data: wider, frames, ...rest };
}
