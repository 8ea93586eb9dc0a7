import {
  descriptorKinds,
  descriptorLabels,
  positionsOf,
  type DescriptorSet,
} from '../../../descriptors/index.js';
import type { Dataset } from '../../../frames/index.js';
import type { ForeignModel } from '../../../onnx/foreign/index.js';
import { serials } from '../../../plumed/index.js';
import { LatentcvError } from '../../../support/index.js';
import {
  atomNames,
  readStructure,
  readTrajectory,
  selectAtoms,
  type Structure,
} from '../../../trajectories/index.js';
import type { DifferentiateOptions } from './options.js';
import { rangeOfColumn, type KnownInput } from './known-inputs.js';
import type { Terminal } from '../../terminal.js';

/** What a network of positions is evaluated from, and frames of it where there are any. */
export interface PositionFrames {
  known: KnownInput[];
  descriptors: DescriptorSet;
  dataset?: Dataset;
}

/** Where atoms and box are looked for when no frames say, nm. */
const somewhere = { position: [0, 1], boxEdge: [2, 3], boxTilt: [0, 0.5] } as const;

/** The atoms of a network of positions, their names from a structure and their ranges from trajectories. */
export async function positionFrames(
  { positions }: ForeignModel,
  options: DifferentiateOptions,
  terminal: Terminal,
): Promise<PositionFrames> {
  const { atoms, box } = positions!;
  const structure = options.structure === undefined ? undefined : await readStructure(options.structure);
  for (const note of structure?.notes ?? []) terminal.note(note);
  const serials = serialsOf(options.atoms, structure) ?? Array.from({ length: atoms }, (_, i) => i + 1);
  if (serials.length !== atoms)
    throw new LatentcvError(
      'bad-argument',
      `expected ${atoms} atoms, as the network takes, but --atoms names ${serials.length}`,
    );
  if (options.atoms === undefined) terminal.note(`positions of atoms 1 to ${atoms}, as --atoms names none`);
  const plain = positionsOf(serials, { box });
  const set = structure ? { ...plain, names: atomNames(structure, serials) } : plain;
  const dataset = options.frames && (await read(options.frames, options, { set, structure, terminal }));
  const labels = descriptorLabels(set);
  const known = set.items.map(({ kind }, i): KnownInput => {
    const known = dataset ? { range: rangeOfColumn(dataset, i) } : { sought: usualRange(kind) };
    return { label: labels[i], unit: descriptorKinds[kind].unit, ...known };
  });
  return { known, descriptors: set, dataset };
}

/** `1-12,15`, or a selection in the structure. */
function serialsOf(text: string | undefined, structure?: Structure): number[] | undefined {
  if (text === undefined) return undefined;
  const given = serials(text);
  if (given) return given;
  if (structure) return [...selectAtoms(structure, text)].map((index) => index + 1);
  throw new LatentcvError(
    'bad-argument',
    `expected serials such as 1-12,15 for --atoms but received "${text}"`,
    'a selection needs the --structure that it selects from',
  );
}

function read(
  files: readonly string[],
  { salvage = false }: DifferentiateOptions,
  { set, structure, terminal }: { set: DescriptorSet; structure: Structure | undefined; terminal: Terminal },
): Promise<Dataset> {
  if (!structure)
    throw new LatentcvError(
      'bad-argument',
      'expected a structure beside --frames but received none',
      'name the system, a GRO or PDB file, with --structure',
    );
  const system = { set, atoms: structure.size };
  return readTrajectory(files, system, { salvage, onWarning: (line) => terminal.warn(line) });
}

function usualRange(kind: DescriptorSet['items'][number]['kind']): readonly [number, number] {
  if (kind.startsWith('position-')) return somewhere.position;
  // a-x, b-y and c-z are edges
  return ['box-ax', 'box-by', 'box-cz'].includes(kind) ? somewhere.boxEdge : somewhere.boxTilt;
}
