import { counted, LatentcvError, shortList } from '../../../support/index.js';
import {
  elementsOf,
  findStructures,
  measuredStructures,
  readStructures,
  structureFeatures,
  type AtomicStructure,
  type StructureDefinition,
  type WantedLabels,
} from '../../../structures/index.js';
import type { StructureRows } from '../../../campaign/index.js';
import type { StructureRowOptions } from '../../options/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Progress } from '../../progress.js';
import type { Terminal } from '../../terminal.js';
import { readCells } from '../cells.js';

/** Structures as rows, and the files that were read. */
export interface ReadStructureRows extends StructureRows {
  files: string[];
}

/** Options of frames in time, which structures have not. */
type FrameOnly = Partial<
  Record<'begin' | 'end' | 'stride' | 'parts' | 'names' | 'periodic' | 'dataset', unknown>
>;

/**
 * Reads structures, finds their labels and computes what a definition says of them, which is told in lines: how many there are, of
 * which elements and sizes, in which unit.
 * @throws LatentcvError as the room `structures` does
 */
export async function structureRows(
  names: readonly string[],
  wanted: WantedLabels & { definition: StructureDefinition },
  options: StructureRowOptions & TrajectoryOptions & FrameOnly,
  terminal: Terminal,
): Promise<ReadStructureRows> {
  expectNoFrames(options);
  if (!wanted.definition.descriptors && !wanted.definition.composition) throw nothingToCompute();
  const files = findStructures(names);
  const structures = await read(files, wanted.id, options, terminal);
  terminal.note(inWords(structures));
  const { propertiesFrom } = options;
  const table = propertiesFrom === undefined ? undefined : await readCells(propertiesFrom);
  const measured = measuredStructures(
    structures,
    table && propertiesFrom !== undefined ? { ...table, path: propertiesFrom } : undefined,
    wanted,
  );
  for (const note of measured.notes) terminal.note(note);
  const features = await computed(measured.structures, wanted.definition, terminal);
  return {
    files: [...files, ...(propertiesFrom === undefined ? [] : [propertiesFrom])],
    measured,
    features,
    ...(wanted.group !== undefined && { group: wanted.group }),
  };
}

async function read(
  files: readonly string[],
  nameKey: string | undefined,
  { format, perNanometre, skipUnreadable }: StructureRowOptions & TrajectoryOptions,
  terminal: Terminal,
): Promise<AtomicStructure[]> {
  let progress: Progress | undefined;
  return readStructures(files, {
    ...(format !== undefined && { format }),
    ...(perNanometre !== undefined && { perNanometre }),
    ...(skipUnreadable !== undefined && { skipUnreadable }),
    ...(nameKey !== undefined && { nameKey }),
    signal: terminal.signal,
    onNote: (line) => terminal.note(line),
    onWarning: (line) => terminal.warn(line),
    onFiles: (done, all) => {
      if (all > 20) (progress ??= terminal.progress('structures', all)).update(done);
    },
  }).finally(() => progress?.stop());
}

async function computed(
  structures: readonly AtomicStructure[],
  definition: StructureDefinition,
  terminal: Terminal,
): Promise<StructureRows['features']> {
  let progress: Progress | undefined;
  const features = await structureFeatures(structures, definition, {
    signal: terminal.signal,
    onStructures: (done, all) => {
      if (all > 20) (progress ??= terminal.progress('descriptors', all)).update(done);
    },
  }).finally(() => progress?.stop());
  for (const note of features.notes) terminal.note(note);
  for (const { property, element } of features.leftOut)
    terminal.warn(`${property} has no columns: there is no value of ${element}`);
  terminal.note(`${counted(features.labels.length, 'number')} of each structure`);
  return features;
}

/** `71 structures of 1 to 12 atoms, of 71 elements (Ag, Al, …), all in cells; Å of files are nm here` */
function inWords(structures: readonly AtomicStructure[]): string {
  const sizes = structures.map(({ elements }) => elements.length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const elements = elementsOf(structures);
  const periodic = structures.filter(({ cell }) => cell).length;
  const cells =
    periodic === structures.length
      ? 'all in cells'
      : periodic === 0
        ? 'none in a cell'
        : `${periodic} in cells`;
  return `${counted(structures.length, 'structure')} of ${least === most ? counted(least, 'atom') : `${least} to ${most} atoms`}, of ${counted(elements.length, 'element')} (${shortList(elements, 8)}), ${cells}; lengths become nm`;
}

/** @throws LatentcvError `bad-argument` for options that would be without effect */
function expectNoFrames(options: FrameOnly & TrajectoryOptions): void {
  const { begin, end, stride, parts, names, periodic, dataset, timestep, salvage, structure, pbc } = options;
  const given = Object.entries({
    begin,
    end,
    stride,
    parts,
    names,
    periodic,
    dataset,
    timestep,
    salvage,
    structure,
  }).find(([, value]) => value !== undefined);
  const name = given?.[0] ?? (pbc === false ? 'pbc' : undefined);
  if (name === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    `expected structures without ‘${name}’, which is of frames of trajectories or tables`,
  );
}

const nothingToCompute = (): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    'expected what is computed of the structures but received nothing',
    "such as --descriptors 'rdf all rmax=0.6 sigma=0.02 by elements', ‘composition’, or both",
  );
