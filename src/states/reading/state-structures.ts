import { join } from 'node:path';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expectObject } from '../../support/index.js';
import { formatPdb, readStructure, wholeMolecules, type Structure } from '../../trajectories/index.js';
import type { StatesFile } from './states-file.js';

/** The structure that stands for a state, as a page shows it. */
export interface StateStructure {
  state: string;
  /** By atom; empty where nothing tells. */
  elements: readonly string[];
  /** `[atoms, 3]`, nm: all states' are turned and moved alike, so that the first's longest axis lies across. */
  positions: Float64Array;
  /** Atoms that are bonded, in twos. */
  bonds: Uint32Array;
  /** The Cα or P atoms of each chain of a protein or nucleic acid, in order. */
  backbones: readonly (readonly number[])[];
  /** Whether an atom is of a protein or nucleic acid that has a backbone. */
  ofPolymer: readonly boolean[];
  /** The same as a PDB file. */
  pdb: string;
  /** The same turned so that the axis of its confinement lies across, and where that stands; no axis of a sphere. */
  confined?: {
    structure: StateStructure;
    origin: readonly [number, number, number];
    axis?: readonly [number, number, number];
  };
}

type Place = readonly [number, number, number];

/** Residues from which a chain is drawn by its backbone. */
const leastResidues = 10;
/** Cα atoms, and phosphori, of residues that follow one another are nearer than this, nm. */
const nextResidue = 0.8;

/**
 * The structures that lie beside states.json; none where `latentcv states` had no trajectories.
 * @throws LatentcvError `file-not-found`, `bad-data` where a file is missing or has no atoms, `bad-argument`
 */
export async function readStateStructures(file: StatesFile): Promise<StateStructure[]> {
  expectObject(file, 'file', 'what readStates gives');
  const { states, folder } = file;
  const found: StateStructure[] = [];
  let view: View | undefined;
  for (const { name, structures } of states) {
    if (!structures) continue;
    const structure = await readStructure(join(folder, structures.pdb));
    const { positions } = structure.places();
    view ??= viewOf(structure, positions);
    const { confined } = structures;
    const confinedView = confined && alongAxis(view, confined);
    found.push({
      ...shown(name, structure, turned(positions, view)),
      ...(confinedView && {
        confined: {
          structure: shown(name, structure, turned(positions, confinedView)),
          ...turnedFrame(confined, confinedView),
        },
      }),
    });
  }
  return found;
}

/**
 * Some atoms of a structure as a page shows them, whole, their longest axis across. Bonds and backbones are of these alone.
 * @param atoms from 0, ascending
 * @throws LatentcvError `bad-argument` where the structure has no positions
 */
export function structureToShow(name: string, structure: Structure, atoms: Uint32Array): StateStructure {
  const { positions: whole } = wholeMolecules(structure, structure.places('a picture'), atoms);
  const positions = turned(whole, viewOf(structure, whole, atoms));
  const all = shown(name, structure, positions, atoms);
  const places = new Map(Array.from(atoms, (atom, place) => [atom, place]));
  const kept = (list: Iterable<number>): number[] =>
    [...list].flatMap((atom) => {
      const place = places.get(atom);
      return place === undefined ? [] : [place];
    });
  return {
    state: name,
    elements: Array.from(atoms, (atom) => structure.elements[atom]),
    positions: Float64Array.from(
      { length: 3 * atoms.length },
      (_, i) => positions[3 * atoms[Math.floor(i / 3)] + (i % 3)],
    ),
    bonds: Uint32Array.from(
      Array.from({ length: all.bonds.length / 2 }, (_, i) => kept(all.bonds.subarray(2 * i, 2 * i + 2)))
        .filter((pair) => pair.length === 2)
        .flat(),
    ),
    backbones: all.backbones.map(kept).filter((chain) => chain.length >= leastResidues),
    ofPolymer: Array.from(atoms, (atom) => all.ofPolymer[atom]),
    pdb: all.pdb,
  };
}

function shown(
  state: string,
  structure: Structure,
  positions: Float64Array,
  atoms?: Uint32Array,
): StateStructure {
  const backbones = backbonesOf(structure, positions);
  const inBackbone = new Set(backbones.flat().map((atom) => structure.residues.of[atom]));
  const all = structure.indices(() => true);
  return {
    ...{ state, positions, backbones },
    elements: structure.elements,
    bonds: structure.connections(atoms ?? all).bonds,
    ofPolymer: Array.from(all, (atom) => inBackbone.has(structure.residues.of[atom])),
    pdb: formatPdb(structure, [{ positions, box: undefined }], state, atoms ?? all),
  };
}

function backbonesOf(structure: Structure, positions: Float64Array): number[][] {
  const { starts } = structure.residues;
  const chains: number[][] = [];
  for (let residue = 0; residue + 1 < starts.length; residue++) {
    const kind = structure.kindOf(starts[residue]);
    if (kind !== 'protein' && kind !== 'nucleic') continue;
    const atom = structure.atomIn(residue, kind === 'protein' ? 'CA' : 'P');
    if (atom === undefined) continue;
    const last = chains.at(-1)?.at(-1);
    const apart =
      last === undefined
        ? Infinity
        : Math.hypot(...[0, 1, 2].map((k) => positions[3 * atom + k] - positions[3 * last + k]));
    if (apart < nextResidue) chains.at(-1)!.push(atom);
    else chains.push([atom]);
  }
  return chains.filter((chain) => chain.length >= leastResidues);
}

interface View {
  centre: readonly number[];
  /** Rows: across, up, towards the reader. */
  axes: readonly (readonly number[])[];
}

/** The principal axes of the heavy atoms, the longest across and the shortest towards the reader. */
function viewOf(
  structure: Structure,
  positions: Float64Array,
  among: Uint32Array = structure.indices(() => true),
): View {
  const heavy = among.filter((atom) => structure.isHeavy(atom));
  const atoms = heavy.length > 0 ? heavy : among;
  const at = (atom: number, k: number): number => positions[3 * atom + k];
  const centre = [0, 1, 2].map((k) => atoms.reduce((sum, atom) => sum + at(atom, k), 0) / atoms.length);
  const covariance = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) =>
      atoms.reduce((sum, atom) => sum + (at(atom, i) - centre[i]) * (at(atom, j) - centre[j]), 0),
    ),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(covariance), {
    assumeSymmetric: true,
  });
  const order = [0, 1, 2].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const [across, up] = order.map((i) => {
    const axis = eigenvectorMatrix.getColumn(i);
    // the library leaves signs open
    const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) + 1e-9 ? b : a));
    return axis.map((value) => value * Math.sign(largest));
  });
  return { centre, axes: [across, up, cross(across, up)] };
}

/** So that no picture is a mirror image. */
const cross = ([a, b, c]: readonly number[], [x, y, z]: readonly number[]): number[] => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];

function turned(positions: Float64Array, { centre, axes }: View): Float64Array {
  const moved = new Float64Array(positions.length);
  for (let at = 0; at < positions.length; at += 3)
    for (let i = 0; i < 3; i++) {
      let sum = 0;
      for (let j = 0; j < 3; j++) sum += axes[i][j] * (positions[at + j] - centre[j]);
      moved[at + i] = sum;
    }
  return moved;
}

/** Two angles by which an axis across is turned towards the reader, so that rings about it are seen as such. */
const yaw = (25 * Math.PI) / 180;
const pitch = (15 * Math.PI) / 180;

/** The view in which an axis lies across, and what was upright is as upright as it can be. */
function alongAxis(view: View, { axis }: { axis: Place | null }): View {
  if (!axis) return view;
  const [, up, towards] = view.axes;
  const upright = [up, towards]
    .map((row) => row.map((x, k) => x - dot(row, axis) * axis[k]))
    .sort((a, b) => dot(b, b) - dot(a, a))[0];
  const rows = [axis, upright.map((x) => x / Math.sqrt(dot(upright, upright)))];
  const [a, u, t] = [...rows, cross(rows[0], rows[1])];
  const [across, back] = rotated(a, t, yaw);
  const [top, near] = rotated(u, back, pitch);
  return { centre: view.centre, axes: [across, top, near] };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0);

const rotated = (a: readonly number[], b: readonly number[], angle: number): [number[], number[]] => [
  a.map((x, k) => x * Math.cos(angle) + b[k] * Math.sin(angle)),
  b.map((x, k) => x * Math.cos(angle) - a[k] * Math.sin(angle)),
];

function turnedFrame(
  { origin, axis }: { origin: Place; axis: Place | null },
  view: View,
): { origin: Place; axis?: Place } {
  const turn = (place: Place, { axes }: View): Place =>
    axes.map((row) => dot(row, place)) as unknown as Place;
  const away = origin.map((x, k) => x - view.centre[k]) as unknown as Place;
  return { origin: turn(away, view), ...(axis && { axis: turn(axis, view) }) };
}
