import type { DescriptorSet } from '../../descriptors/index.js';
import { collectFrames, type Dataset, type JoinedTables } from '../../frames/index.js';
import { compareMolecule, type NamedAtom } from '../../native/index.js';
import type { ModelGraph, ModelMetadata } from '../../onnx/index.js';
import { LatentcvError } from '../../support/index.js';
import {
  readStructure,
  renumbered,
  type Structure,
  type TrajectoryReading,
} from '../../trajectories/index.js';
import { joinedStream } from '../joined-stream.js';
import { gradientStream, gradientSystem } from './model-gradients.js';

/** Trajectories that a model is evaluated on. */
export interface ModelFrames {
  /** The model's file, for messages. */
  model: string;
  metadata: ModelMetadata | undefined;
  files: readonly string[];
  /** Names and residues of the atoms; the first of the files where left out. */
  structure?: string;
  /** Find the model's atoms by residue and name in the structure. */
  renumber?: boolean;
  reading?: TrajectoryReading;
  /** Tables that were written beside the files, and which of their columns go behind the inputs. */
  joined?: JoinedTables;
  /** The model's graph, where the lengths of its CVs' gradients by the atoms are wanted: columns behind all others, `gradientLabels`. */
  gradient?: ModelGraph;
  /** Told what is assumed of the atoms. */
  onNote?: (message: string) => void;
}

/**
 * The inputs of a model from trajectories, by the descriptors that its file holds, under their labels there.
 * @throws LatentcvError `bad-model` for a model that holds none, `bad-argument` for another molecule, too few atoms, or gradients of
 * more descriptors than is reasonable
 */
export async function readModelFrames(frames: ModelFrames): Promise<Dataset> {
  const { files, reading = {}, metadata, joined, gradient } = frames;
  const set = descriptorsOf(frames);
  const structure = await readStructure(
    frames.structure ?? files[0],
    frames.structure === undefined ? reading : {},
  );
  if (!files.includes(structure.path)) for (const note of structure.notes) frames.onNote?.(note);
  const there = inStructure(set, structure, frames);
  const inputs = metadata!.inputs.map(({ label, period }) => ({ label, period }));
  const plain = { set: there, atoms: structure.size };
  const wanted = gradient && gradientSystem(plain, inputs);
  const { system, columns } = wanted ?? { system: plain, columns: inputs };
  const read = await joinedStream(files, system, { reading, joined, columns });
  const dataset = await collectFrames(
    wanted ? gradientStream(read, { graph: gradient, outputs: metadata!.outputs, ...wanted }) : read,
  );
  if (dataset.frames > 0) return dataset;
  throw new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but none is left`);
}

function descriptorsOf({ model, metadata }: ModelFrames): DescriptorSet {
  if (metadata?.descriptors) return metadata.descriptors;
  const inputs = metadata?.inputs.map(({ label }) => label) ?? [];
  const shown = inputs.length > 5 ? `${inputs.slice(0, 5).join(', ')}, …` : inputs.join(', ');
  throw new LatentcvError(
    'bad-model',
    `expected a model that holds its descriptors, to compute them of a trajectory, but ${model} ` +
      (metadata
        ? `knows its inputs by their columns alone: ${shown}`
        : 'was written elsewhere and names no inputs'),
    metadata
      ? 'give tables with these columns; a model that is trained from trajectories, or with its PLUMED input, holds its descriptors'
      : undefined,
  );
}

/** The descriptors by the atoms of the structure, compared with the model's by name where both tell names. */
function inStructure(
  set: DescriptorSet,
  structure: Structure,
  { model, renumber = false, onNote = () => undefined, ...frames }: ModelFrames,
): DescriptorSet {
  if (renumber) {
    const { set: found, notes } = renumbered(set, structure);
    for (const note of notes) onNote(note);
    return found;
  }
  const last = Math.max(...set.atoms);
  if (last > structure.size)
    throw new LatentcvError(
      'bad-argument',
      `expected at least ${last} atoms, as ${model} takes atom ${last}, but ${structure.path} has ${structure.size}`,
      frames.structure === undefined ? undefined : '‘renumber’ finds the atoms by residue and name',
    );
  const named =
    structure.residueNames.some((name) => name !== '') || structure.elements.some((name) => name !== '');
  if (!set.names || !named) {
    const who = set.names ? structure.path : model;
    const hint = set.names && frames.structure === undefined ? '; ‘structure’ compares them' : '';
    onNote(
      `${who} tells no names of atoms: those of the model are taken by their numbers, up to ${last} of ${structure.size}${hint}`,
    );
    return set;
  }
  const { difference, renamed } = compareMolecule(
    set.names,
    set.atoms.map((serial) => atomOf(structure, serial)),
  );
  if (difference !== '') throw otherMolecule(set, structure, model, difference);
  if (renamed !== '') onNote(renamed);
  return set;
}

function atomOf(structure: Structure, serial: number): NamedAtom {
  const { names, residueNames, residueIds, chains, segments, insertionCodes } = structure;
  const i = serial - 1;
  return {
    serial,
    there: true,
    name: names[i],
    residue: residueNames[i],
    chain: chains[i] || segments[i],
    residueNumber: Number.isNaN(residueIds[i]) ? 0 : residueIds[i],
    insertionCode: insertionCodes[i],
  };
}

function otherMolecule(
  set: DescriptorSet,
  structure: Structure,
  model: string,
  difference: string,
): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected the atoms of ${model} in ${structure.path} but ${difference}`,
    isThere(set, structure)
      ? 'they are numbered otherwise there: ‘renumber’ finds them by residue and name'
      : 'the model is of another molecule',
  );
}

function isThere(set: DescriptorSet, structure: Structure): boolean {
  try {
    renumbered(set, structure);
    return true;
  } catch {
    return false;
  }
}
