import {
  descriptorLabels,
  descriptorOfLabel,
  descriptorsBySerial,
  descriptorSet,
  referencesBySerial,
  selectDescriptors,
  type DescriptorSet,
} from '../descriptors/index.js';
import { shortList } from '../frames/index.js';
import {
  labelColumns,
  openStore,
  trainSettings,
  type FrameSource,
  type TrainSettings,
} from '../training/index.js';
import { LatentcvError } from '../support/errors.js';
import { expectNoStop } from '../support/interruption.js';
import {
  atomNames,
  automaticDefinition,
  expandDefinition,
  readStructure,
  readTrajectory,
  readTrajectoryBatches,
  type Definition,
  type ExpandedDefinition,
  type Structure,
  type TrajectoryReading,
  type TrajectorySystem,
} from '../trajectories/index.js';
import { ModelPlace } from './model-place.js';
import { framesInMemory, framesOnDisk, streamFrom, type OpenFrames } from './open-frames.js';
import { readyFrames, type Describe } from './ready-frames.js';
import { trainModel, type TrainedModel, type TrainModel } from './train-model.js';

export interface TrainFromTrajectory extends TrainModel {
  /** Trajectories: each a run of its own, or a part of one (`reading.parts`, GROMACS' `.part0002`). */
  files: readonly string[];
  /** Names and residues of the atoms; the first of the files where left out. */
  structure?: string;
  /** What to learn from; chosen by what the system is where left out. */
  definition?: Definition;
  reading?: TrajectoryReading;
  /** Minimum image in periodic boxes; true where left out. */
  pbc?: boolean;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, if they are too many. */
  stream?: boolean;
  /** Bytes of descriptors in memory beyond which they are too many; 1 GiB where left out. */
  streamBeyond?: number;
  /** Told what the definition means, before anything is read. */
  onDefinition?: (expanded: ExpandedDefinition, reason: string) => void;
}

/**
 * The structure, read as `reading` says: a named format where it is the trajectory itself, a named unit of length in any
 * case. One without positions (PSF) has those of the first frame.
 */
async function systemOf({
  files,
  structure: path = files[0],
  reading = {},
}: Pick<TrainFromTrajectory, 'files' | 'structure' | 'reading'>): Promise<Structure> {
  const { perNanometre } = reading;
  const structure = await readStructure(
    path,
    path === files[0] ? reading : { ...(perNanometre !== undefined && { perNanometre }) },
  );
  if (structure.hasPositions || path === files[0]) return structure;
  const frame = await readStructure(files[0], reading);
  if (frame.size !== structure.size)
    throw new LatentcvError(
      'bad-argument',
      `expected ${structure.size} atoms in ${files[0]}, as ${path} has, but received ${frame.size}`,
    );
  const { positions, box } = frame.places('the structure');
  structure.place(positions, box, files[0]);
  return structure;
}

/**
 * What the inputs of a training are, for a structure. `told` is what to know of the structure's file, which is among the
 * notes too where its frames are not read, since their reader tells it.
 */
export async function describeSystem(
  job: Pick<TrainFromTrajectory, 'files' | 'structure' | 'definition' | 'pbc' | 'reading'>,
): Promise<{ expanded: ExpandedDefinition; reason: string; atoms: number; told: readonly string[] }> {
  const structure = await systemOf(job);
  const { definition, reason } =
    job.definition && job.definition.statements.length > 0
      ? { definition: job.definition, reason: 'as named' }
      : automaticDefinition(structure);
  const groups = job.definition?.groups ?? [];
  const expanded = await expandDefinition(
    { groups: definition.groups.length > 0 ? definition.groups : groups, statements: definition.statements },
    structure,
    { ...(job.pbc !== undefined && { pbc: job.pbc }) },
  );
  const set = { ...expanded.set, names: atomNames(structure, expanded.set.atoms) };
  const { notes: told } = structure;
  const notes = [
    ...(job.files.includes(structure.path) ? [] : told),
    ...(structure.placedBy === undefined
      ? []
      : [`${structure.path} has no positions: those of the first frame of ${structure.placedBy} are taken`]),
    ...expanded.notes,
  ];
  return { expanded: { ...expanded, set, notes }, reason, atoms: structure.size, told };
}

/**
 * From trajectories to a model file that PLUMED evaluates from atoms: structure, descriptors, frames, training.
 * @throws LatentcvError before the first epoch where files, definition and settings do not fit.
 */
export function trainFromTrajectory(job: TrainFromTrajectory): Promise<TrainedModel> {
  return ModelPlace.whileHeld(job, (place) => trainAt(place, job));
}

async function trainAt(place: ModelPlace, job: TrainFromTrajectory): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  const { expanded, reason, atoms } = await describeSystem(job);
  job.onDefinition?.(expanded, reason);
  const { set, aside } = withRules(expanded.set, settings, atoms);
  const frames = setAside(await opened(job, { set, atoms }, settings), aside);
  try {
    return await trainModel(job, place, frames, describing(set));
  } finally {
    frames.close?.();
  }
}

/** The frames with these columns set aside. */
function setAside(frames: OpenFrames, labels: readonly string[]): OpenFrames {
  return labels.length === 0 ? frames : frames.without(new Set(labels));
}

/**
 * The descriptors with those, named by their labels, that only rules of states are about, which are set aside.
 * @throws LatentcvError `bad-argument` for a label that is none of a descriptor of these atoms
 */
export function withRules(
  set: DescriptorSet,
  { labels }: Pick<TrainSettings, 'labels'>,
  atoms: number,
): { set: DescriptorSet; aside: string[] } {
  const known = descriptorLabels(set);
  const aside = labelColumns(labels).filter((label) => !known.includes(label));
  if (aside.length === 0) return { set, aside };
  const more = aside.map((label) => {
    const descriptor = descriptorOfLabel(label);
    if (descriptor?.atoms.every((serial) => serial <= atoms)) return descriptor;
    throw noDescriptor(label, known, atoms);
  });
  const all = descriptorSet([...descriptorsBySerial(set), ...more], {
    pbc: set.pbc,
    references: referencesBySerial(set),
  });
  const nameOf = new Map(set.atoms.map((serial, i) => [serial, set.names?.[i]]));
  // atoms that rules alone are about are not the model's: nobody asks for their names
  return { set: { ...all, names: all.atoms.map((serial) => nameOf.get(serial) ?? '- - -') }, aside };
}

function noDescriptor(label: string, known: readonly string[], atoms: number): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected descriptors in the rules of --labels but received ${label}; learned from are ${shortList(known, 5)}`,
    `others are named by kind and serials up to ${atoms}: d_5_17 (nm), a_5_7_9, t_5_7_9_15 (rad)`,
  );
}

/** The frames of trajectories that a training would learn from, in memory. */
export async function trajectoryFrames(
  job: Omit<TrainFromTrajectory, 'output' | 'stream'>,
): Promise<OpenFrames> {
  const settings = trainSettings(job.training ?? {});
  const { expanded, reason, atoms } = await describeSystem(job);
  job.onDefinition?.(expanded, reason);
  const { set, aside } = withRules(expanded.set, settings, atoms);
  const reading = { ...job.reading, ...(job.onWarning && { onWarning: job.onWarning }) };
  const dataset = await readTrajectory(job.files, { set, atoms }, reading);
  const frames = setAside(framesInMemory(dataset, settings), aside);
  const { columns } = await readyFrames(frames, settings, describing(set));
  return framesInMemory({ ...frames.dataset, columns }, settings);
}

/** Thrown out of a reading that would fill the memory. */
class TooLarge extends Error {}

/** The frames in memory; on disk where asked for, or where there are too many of them. */
async function opened(
  { files, stream, streamBeyond = streamFrom, ...job }: TrainFromTrajectory,
  system: TrajectorySystem,
  settings: TrainSettings,
): Promise<OpenFrames> {
  const tell = toldOnce(job.onWarning);
  const signal = job.hooks?.signal;
  const width = descriptorLabels(system.set).length;
  const reading: TrajectoryReading = {
    ...job.reading,
    onWarning: tell,
    onFrames: (done, all) => {
      expectNoStop(signal, 'the reading of frames');
      job.reading?.onFrames?.(done, all);
    },
  };
  const onDisk = async (): Promise<OpenFrames> =>
    framesOnDisk(await openStore(storeSource(files, system, reading, signal)), settings);
  if (stream) return onDisk();
  const inMemory: TrajectoryReading = {
    ...reading,
    onFrames: (done, all) => {
      if (stream === undefined && 8 * all * width > streamBeyond) {
        const size = ((8 * all * width) / 2 ** 30).toPrecision(2);
        tell(
          `${all} frames of ${width} descriptors (${size} GiB) stay on disk and are learned from piece by piece`,
        );
        throw new TooLarge();
      }
      reading.onFrames?.(done, all);
    },
  };
  try {
    return framesInMemory(await readTrajectory(files, system, inMemory), settings);
  } catch (error) {
    if (error instanceof TooLarge) return onDisk();
    throw error;
  }
}

/** Frames are begun to be read twice where they turn out to be too many: what is unusual about them is told once. */
function toldOnce(onWarning: TrainFromTrajectory['onWarning']): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) onWarning?.(message);
    told.add(message);
  };
}

function storeSource(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading,
  signal: AbortSignal | undefined,
): FrameSource {
  const { onWarning, begin, end, stride, timestep, salvage, format, perNanometre, parts } = reading;
  return {
    files,
    reading: [system, begin, end, stride, timestep, salvage, format, perNanometre, parts],
    batches: (warn) => readTrajectoryBatches(files, system, { ...reading, onWarning: warn }),
    ...(onWarning && { onWarning }),
    ...(signal && { signal }),
  };
}

/** The descriptors of a set by their labels. */
function describing(set: DescriptorSet): Describe {
  const places = new Map(descriptorLabels(set).map((label, i) => [label, i] as const));
  return (inputs) =>
    selectDescriptors(
      set,
      inputs.map(({ label }) => places.get(label)!),
    );
}
