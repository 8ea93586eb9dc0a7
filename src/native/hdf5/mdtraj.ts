import { LatentcvError, isDataset, type H5Dataset, type H5Group } from '../../support/index.js';
import type { PreparedAtoms, PreparedFrame } from '../foreign/index.js';
import { attributeText, numbersAt, numbersIn, shapeOf } from './entities.js';
import { namelessAtoms, positionsIn, type Hdf5Frames, type Hdf5Reading } from './hdf5-frames.js';
import { perNanometreOf, picosecondsOf } from './units.js';

/** What MDTraj writes of its topology, as JSON. */
interface Topology {
  chains: {
    residues: {
      name: string;
      resSeq: number;
      segmentID?: string;
      atoms: { name: string; element: string; index: number }[];
    }[];
  }[];
  bonds: [number, number][];
}

function topologyText(file: H5Group): string | undefined {
  if (!file.keys().includes('topology')) return undefined;
  const entity = file.get('topology');
  const value = isDataset(entity) ? entity.value : undefined;
  const text = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' ? text.replace(/\0+$/, '') : undefined;
}

/**
 * Names and bonds of its atoms.
 * @throws LatentcvError `bad-data` where they are of other atoms than it has.
 */
function atomsOf(file: H5Group, count: number): PreparedAtoms {
  const text = topologyText(file);
  if (text === undefined) return namelessAtoms(count);
  try {
    const { chains, bonds } = JSON.parse(text) as Topology;
    const atoms = chains
      .flatMap(({ residues }, chain) =>
        residues.flatMap((residue) =>
          residue.atoms.map((atom) => ({ ...atom, residue, chain: chainName(chain) })),
        ),
      )
      .sort((a, b) => a.index - b.index);
    if (atoms.length !== count) throw new Error(`it has ${atoms.length} atoms`);
    return {
      names: atoms.map(({ name }) => name),
      types: atoms.map(({ element }) => (element === 'VS' ? '' : element)),
      residueNames: atoms.map(({ residue }) => residue.name),
      chains: atoms.map(({ chain }) => chain),
      segments: atoms.map(({ residue }) => residue.segmentID ?? ''),
      residueIds: atoms.map(({ residue }) => residue.resSeq),
      masses: new Float64Array(count).fill(NaN),
      bonds: bonds.flatMap(([a, b]) => [a, b]),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('bad-data', `expected the topology of ${count} atoms in /topology but ${why}`);
  }
}

/** A, B, …, Z, then numbers, as MDTraj's own PDB files have them. */
const chainName = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index));

/** An array of `columns` numbers for each of the frames. */
function perFrame(
  file: H5Group,
  name: string,
  frames: number,
  columns: readonly number[],
): H5Dataset | undefined {
  const dataset = numbersAt(file, name);
  if (!dataset || dataset.shape!.join() === [frames, ...columns].join()) return dataset;
  throw new LatentcvError(
    'file-format',
    `expected ${[frames, ...columns].join(' × ')} numbers in ${dataset.path} but received ${shapeOf(dataset)}`,
  );
}

/** A trajectory as MDTraj's `save_hdf5` writes it (conventions Pande): nm, ps and degrees, where it does not say otherwise. */
export function openMdtraj(file: H5Group, { perNanometre }: Hdf5Reading): Hdf5Frames {
  const positions = numbersAt(file, 'coordinates');
  const [frames, atoms, axes] = positions?.shape ?? [];
  if (!positions || positions.shape!.length !== 3 || axes !== 3)
    throw new LatentcvError(
      'file-format',
      `expected frames of atoms in space in /coordinates but received ${positions ? shapeOf(positions) : 'none'}`,
    );
  const units = (dataset: H5Dataset): number =>
    perNanometre > 0 ? perNanometre : perNanometreOf(attributeText(dataset, 'units') ?? 'nm', dataset.path);
  const inOneNanometre = units(positions);
  const time = perFrame(file, 'time', frames, []);
  const picoseconds = time ? picosecondsOf(attributeText(time, 'units') ?? 'ps', time.path) : 1;
  const lengths = perFrame(file, 'cell_lengths', frames, [3]);
  const angles = perFrame(file, 'cell_angles', frames, [3]);
  const boxUnits = lengths ? units(lengths) : 1;
  return {
    format: 'HDF5 of MDTraj',
    atoms: atomsOf(file, atoms),
    frames,
    notes: [],
    positions,
    read: (from, to) => {
      const [values, times, edges, corners] = [positions, time, lengths, angles].map(
        (dataset) => dataset && numbersIn(dataset, [from, to]),
      );
      return Array.from({ length: to - from }, (_, i): PreparedFrame => {
        const box =
          edges && corners && boxOf(edges.slice(3 * i, 3 * i + 3), corners.slice(3 * i, 3 * i + 3), boxUnits);
        return {
          positions: positionsIn(values!, i, atoms, inOneNanometre),
          box,
          time: times ? times[i] * picoseconds : NaN,
          step: from + i,
        };
      });
    },
  };
}

/** Exactly 0 at 90 degrees. */
const cosine = (degrees: number): number => Math.sin(((90 - degrees) * Math.PI) / 180);

/** Box vectors as rows, the first along x and the second in the xy plane; undefined where all lengths are 0. */
function boxOf(
  lengths: ArrayLike<number>,
  angles: ArrayLike<number>,
  perNanometre: number,
): Float64Array | undefined {
  const [a, b, c] = Array.from(lengths, (length) => length / perNanometre);
  if (a === 0 && b === 0 && c === 0) return undefined;
  const [alpha, beta, gamma] = Array.from(angles, cosine);
  const sine = Math.sqrt(1 - gamma * gamma);
  const y = (alpha - beta * gamma) / sine;
  const box = Float64Array.of(
    a,
    0,
    0,
    b * gamma,
    b * sine,
    0,
    c * beta,
    c * y,
    c * Math.sqrt(1 - beta * beta - y * y),
  );
  if (a > 0 && b > 0 && c > 0 && box.every(Number.isFinite)) return box;
  throw new LatentcvError(
    'bad-data',
    `expected edges and angles of a box but received ${[...Array.from(lengths), ...Array.from(angles)].join(' ')}`,
  );
}
