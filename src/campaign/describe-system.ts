import {
  descriptorLabels,
  descriptorOfLabel,
  descriptorsBySerial,
  descriptorSet,
  pointsBySerial,
  referencesBySerial,
  type DescriptorSet,
} from '../descriptors/index.js';
import { leastDistancesIn } from './least-distances.js';
import { LatentcvError, shortList, expectObject, expectPaths } from '../support/index.js';
import { labelColumns, type TrainSettings } from '../training/index.js';
import {
  atomNames,
  automaticDefinition,
  expandDefinition,
  readStructure,
  type Definition,
  type ExpandedDefinition,
  type Structure,
  type TrajectoryReading,
} from '../trajectories/index.js';

/** Trajectories, and what is learned from in their frames. */
export interface DescribedSystem {
  /** Trajectories: each a run of its own, or a part of one (`reading.parts`, GROMACS' `.part0002`). */
  files: readonly string[];
  /** Names and residues of the atoms; the first of the files where left out. */
  structure?: string;
  /** What to learn from; chosen by what the system is where left out. */
  definition?: Definition;
  reading?: TrajectoryReading;
  /** Minimum image in periodic boxes; true where left out. */
  pbc?: boolean;
  /** Whether the structure has as many atoms as the trajectory is looked at here, since its frames are not read. */
  expectAtoms?: boolean;
}

/**
 * The structure, read as `reading` says: a named format where it is the trajectory itself, a named unit of length in any
 * case. One without positions (PSF) has those of the first frame.
 */
async function systemOf({
  files,
  structure: path = files[0],
  reading = {},
  expectAtoms = false,
}: DescribedSystem): Promise<Structure> {
  const { perNanometre } = reading;
  const structure = await readStructure(path, path === files[0] ? reading : { perNanometre });
  if (path === files[0] || (structure.hasPositions && !expectAtoms)) return structure;
  const frame = await readStructure(files[0], reading);
  if (frame.size !== structure.size)
    throw new LatentcvError(
      'bad-argument',
      `expected ${structure.size} atoms in ${files[0]}, as ${path} has, but received ${frame.size}`,
    );
  if (structure.hasPositions) return structure;
  const { positions, box } = frame.places('the structure');
  structure.place(positions, box, files[0]);
  return structure;
}

/**
 * What the inputs of a training are, for a structure. `told` is what to know of the structure's file, which is among the
 * notes too where its frames are not read, since their reader tells it.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function describeSystem(job: DescribedSystem): Promise<{
  expanded: ExpandedDefinition;
  reason: string;
  atoms: number;
  /** amu, 0 where not known, of the system's atoms. */
  masses: Float64Array;
  told: readonly string[];
}> {
  expectObject(job, 'job');
  expectPaths(job.files, 'job.files');
  const structure = await systemOf(job);
  const { definition, reason } =
    job.definition && job.definition.statements.length > 0
      ? { definition: job.definition, reason: 'as named' }
      : automaticDefinition(structure, job.definition?.groups);
  const { files, pbc, reading } = job;
  // where only a structure is looked at, there are no frames to look at
  const isAlone = job.expectAtoms && files.length === 1 && files[0] === structure.path;
  const expanded = await expandDefinition(definition, structure, {
    pbc,
    leastDistances: isAlone ? undefined : leastDistancesIn(files, { atoms: structure.size, pbc, reading }),
  });
  const set = { ...expanded.set, names: atomNames(structure, expanded.set.atoms) };
  const { notes: told } = structure;
  const notes = [
    ...(job.files.includes(structure.path) ? [] : told),
    ...(structure.placedBy === undefined
      ? []
      : [`${structure.path} has no positions: those of the first frame of ${structure.placedBy} are taken`]),
    ...expanded.notes,
  ];
  const { size: atoms, masses } = structure;
  return { expanded: { ...expanded, set, notes }, reason, atoms, masses, told };
}

/**
 * The descriptors with those, named by their labels, that only rules of states are about, which are set aside.
 * @param tables labels that columns of tables tell
 * @throws LatentcvError `bad-argument` for a label that is none of a descriptor of these atoms
 */
export function withRules(
  set: DescriptorSet,
  { labels }: Pick<TrainSettings, 'labels'>,
  { atoms, tables = new Set() }: { atoms: number; tables?: ReadonlySet<string> },
): { set: DescriptorSet; aside: string[] } {
  const known = descriptorLabels(set);
  const aside = labelColumns(labels).filter((label) => !known.includes(label) && !tables.has(label));
  if (aside.length === 0) return { set, aside };
  const more = aside.map((label) => {
    const descriptor = descriptorOfLabel(label);
    if (descriptor?.atoms.every((serial) => serial <= atoms)) return descriptor;
    throw noDescriptor(label, known, atoms);
  });
  const all = descriptorSet([...descriptorsBySerial(set), ...more], {
    pbc: set.pbc,
    references: referencesBySerial(set),
    points: pointsBySerial(set),
  });
  const nameOf = new Map(set.atoms.map((serial, i) => [serial, set.names?.[i]]));
  // atoms that rules alone are about are not the model's: nobody asks for their names
  return { set: { ...all, names: all.atoms.map((serial) => nameOf.get(serial) ?? '- - -') }, aside };
}

function noDescriptor(label: string, known: readonly string[], atoms: number): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected descriptors in the rules of ‘labels’ but received ${label}; learned from are ${shortList(known, 5)}`,
    `others are named by kind and serials up to ${atoms}: d_5_17 (nm), a_5_7_9, t_5_7_9_15 (rad)`,
  );
}
