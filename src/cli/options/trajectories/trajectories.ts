import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { z } from 'zod';
import { hdf5Trajectory } from '../../../native/index.js';
import { withoutPackingEnding } from '../../../packing/index.js';
import { LatentcvError, readText, setting } from '../../../support/index.js';
import {
  parseDefinition,
  readDefinitionFile,
  type Definition,
  type TrajectoryReading,
} from '../../../trajectories/index.js';
import type { Given } from '../setting-option.js';

const group = 'Trajectories';

const structureSettings = {
  structure: setting(z.string().optional(), {
    flag: 'structure',
    value: 'file',
    group,
    description: 'names and residues of the atoms of a trajectory: GRO, PDB, …',
  }),
};

const fileSettings = {
  format: setting(z.string().optional(), {
    flag: 'format',
    value: 'name',
    group,
    description: 'format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …',
  }),
  timestep: setting(z.number().positive().optional(), {
    flag: 'timestep',
    value: 'time',
    unit: 'ps',
    group,
    example: '2fs',
    description:
      'time of a step (or frame) in trajectories and tables that do not tell it; of a DCD file, whatever it tells',
  }),
  perNanometre: setting(z.number().positive().optional(), {
    flag: 'per-nanometre',
    value: 'number',
    group,
    description: "the file's units of length in a nm, where the format leaves them open",
    otherwise: 'as a LAMMPS file tells its units, else 10',
  }),
  salvage: setting(z.boolean().optional(), {
    flag: 'salvage',
    group,
    description: 'take the good frames of damaged trajectories',
  }),
};

/** How trajectories are read, and which descriptors they become. */
export const trajectorySettings = {
  ...structureSettings,
  descriptors: setting(z.array(z.string()).optional(), {
    flag: 'descriptors',
    value: 'definition',
    each: true,
    group,
    description: "what to learn from, such as 'distances heavy', or a YAML file; may be repeated",
  }),
  ...fileSettings,
  pbc: setting(z.boolean().default(true), {
    flag: 'no-pbc',
    group,
    description: 'coordinates as they are, without minimum images',
  }),
};

/** How trajectories are read by the descriptors that a model holds. */
export const modelTrajectorySettings = {
  ...structureSettings,
  renumber: setting(z.boolean().optional(), {
    flag: 'renumber',
    group,
    description: "find the model's atoms by residue and name in the structure",
  }),
  ...fileSettings,
};

/** Options of what reads trajectories. */
export type TrajectoryOptions = Partial<Given<typeof trajectorySettings & typeof modelTrajectorySettings>>;

/** What is known to be a trajectory or a structure by its ending. */
const endings = new Set(
  'xtc trr tng h5md dcd nc ncdf pdb gro psf xyz lammpstrj arc cif mmtf sdf mol2'
    .split(' ')
    .map((ending) => `.${ending}`),
);

/** Whether a file is a trajectory or a structure by its ending. */
export function isTrajectory(file: string): boolean {
  return endings.has(extname(withoutPackingEnding(file)).toLowerCase());
}

/** Endings of tables and of trajectories alike, which their content tells apart. */
const hdf5Endings = new Set(['.h5', '.hdf5', '.hdf']);

/** Whether a file is a trajectory by its ending, or by its content where that is HDF5. */
async function isTrajectoryFile(file: string): Promise<boolean> {
  if (!hdf5Endings.has(extname(file).toLowerCase()) || !existsSync(file)) return isTrajectory(file);
  return (await hdf5Trajectory(file)) !== undefined;
}

/**
 * Whether files are trajectories, by their endings, by what is in an HDF5 file or because options of trajectories are given.
 * An array that is named by `dataset` is one of a table.
 * @throws LatentcvError `bad-argument` for trajectories and tables together
 */
export async function areTrajectories(
  files: readonly string[],
  { structure, descriptors, format, renumber, dataset }: TrajectoryOptions & { dataset?: string },
): Promise<boolean> {
  const are = await Promise.all(
    files.map(async (file) => (dataset === undefined ? isTrajectoryFile(file) : isTrajectory(file))),
  );
  const found = files.find((_, i) => are[i]);
  const other = files.find((_, i) => !are[i]);
  const asked = [structure, descriptors, format, renumber].some((option) => option !== undefined);
  if (found !== undefined && other !== undefined && format === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected trajectories or tables but received both: ${found}, ${other}`,
      'latentcv descriptors writes tables of trajectories; --format says what a file is whose ending does not tell',
    );
  return asked || (files.length > 0 && other === undefined);
}

const isDefinitionFile = (text: string): boolean => /\.ya?ml$/i.test(text);

/** Files that the options name, which are read beside the trajectories. */
export function filesNamed({ structure, descriptors = [] }: TrajectoryOptions): string[] {
  return [...(structure === undefined ? [] : [structure]), ...descriptors.filter(isDefinitionFile)];
}

/** The definition that the options give; undefined where they name nothing. */
export async function definitionOf({ descriptors }: TrajectoryOptions): Promise<Definition | undefined> {
  if (!descriptors) return undefined;
  const all: Definition = { groups: [], statements: [] };
  for (const text of descriptors) {
    const { groups, statements } = isDefinitionFile(text)
      ? readDefinitionFile(await readText(text, 'the definition'), text)
      : parseDefinition([text]);
    all.groups.push(...groups);
    all.statements.push(...statements);
  }
  return all;
}

export function trajectoryReading(options: TrajectoryOptions): TrajectoryReading {
  const { format, timestep, perNanometre, salvage } = options;
  return { format, timestep, perNanometre, salvage };
}
