import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  biasedRun,
  columnValues,
  descriptorsFromPlumed,
  LatentcvError,
  parsePlumedInput,
  readTables,
  type Dataset,
  type DescriptorSet,
  type GromacsInstall,
  type PlumedInstall,
} from '../../src/index.js';
import { alanineSystem } from '../../src/quickstart/alanine-system.js';
import type { QuickstartSystem } from '../../src/quickstart/system.js';
import { stateColumn } from './cases.js';

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
  const { engine, input, columns } = system.training;
  const { folders } = await biasedRun({
    engine,
    input,
    plumed: tools.plumed,
    folder: join(folder, 'training'),
  });
  const files = folders.map((run) => join(run, 'COLVAR'));
  const dataset = await readTables(files, { columns: [...columns, 'phi'] });
  const inputFile = join(folder, 'training.dat');
  if (!existsSync(inputFile)) await writeFile(inputFile, input);
  const phi = columnValues(dataset, 'phi');
  const table = withState(dataset, phi);
  const labels = table.columns.map(({ label }) => label).filter((label) => label !== stateColumn);
  const found = descriptorsFromPlumed(parsePlumedInput(input, inputFile), labels);
  if (!found.descriptors) throw new LatentcvError('plumed-input', found.reason);
  return { table, descriptors: found.descriptors, phi, system };
}

/** C7eq is 0, C7ax 1, what lies between them −1: the cores that transitions are counted by. */
export const stateOf = (phi: number): number => {
  if (phi > -2.8 && phi < -0.6) return 0;
  return phi > 0.5 && phi < 1.7 ? 1 : -1;
};

/** The same table with φ replaced by the state. */
function withState(dataset: Dataset, phi: Float64Array): Dataset {
  const width = dataset.columns.length;
  const at = dataset.columns.findIndex(({ label }) => label === 'phi');
  const data = Float64Array.from(dataset.data);
  phi.forEach((value, frame) => (data[frame * width + at] = stateOf(value)));
  const columns = dataset.columns.map((column, i) => (i === at ? { label: stateColumn } : column));
  return { ...dataset, columns, data };
}
