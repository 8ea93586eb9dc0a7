import { extname } from 'node:path';
import type { Command } from 'commander';
import { readText } from '../support/files.js';
import {
  parseDefinition,
  readDefinitionFile,
  type Definition,
  type TrajectoryReading,
} from '../trajectories/index.js';
import { positiveDuration, positiveNumber } from './values.js';

/** Options of what reads trajectories. */
export interface TrajectoryOptions {
  structure?: string;
  descriptors?: string[];
  format?: string;
  timestep?: number;
  perNanometre?: number;
  salvage?: boolean;
  pbc?: boolean;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** What is known to be a trajectory or a structure by its ending. */
const endings = new Set(
  'xtc trr tng dcd nc ncdf pdb gro xyz lammpstrj arc cif mmtf sdf mol2'
    .split(' ')
    .map((ending) => `.${ending}`),
);

export function isTrajectory(file: string): boolean {
  return endings.has(extname(file.replace(/\.(gz|xz|bz2)$/, '')).toLowerCase());
}

/** Adds what `train` and `descriptors` have in common. */
export function addTrajectoryOptions(command: Command): Command {
  return command
    .option('--structure <file>', 'names and residues of the atoms of a trajectory: GRO, PDB, …')
    .option(
      '--descriptors <definition>',
      "what to learn from, such as 'distances heavy', or a YAML file; may be repeated",
      collect,
    )
    .option(
      '--format <name>',
      'format of the trajectory, where its ending does not tell: xtc, netcdf, lammps, …',
    )
    .option(
      '--timestep <time>',
      'time of a step (or frame) in trajectories and tables that do not tell it',
      positiveDuration,
    )
    .option(
      '--per-nanometre <number>',
      "the file's units of length in a nm, where the format leaves them open (default: as a LAMMPS file tells its units, else 10)",
      positiveNumber,
    )
    .option('--salvage', 'take the good frames of damaged trajectories')
    .option('--no-pbc', 'coordinates as they are, without minimum images');
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
  return {
    ...(format !== undefined && { format }),
    ...(timestep !== undefined && { timestep }),
    ...(perNanometre !== undefined && { perNanometre }),
    ...(salvage && { salvage }),
  };
}
