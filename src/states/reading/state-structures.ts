import { join } from 'node:path';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expectObject } from '../../support/index.js';
import { formatPdb, readStructure, type Structure } from '../../trajectories/index.js';
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
}

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
    found.push(shown(name, structure, turned(positions, view)));
  }
  return found;
}

function shown(state: string, structure: Structure, positions: Float64Array): StateStructure {
  const backbones = backbonesOf(structure, positions);
  const inBackbone = new Set(backbones.flat().map((atom) => structure.residues.of[atom]));
  const all = structure.indices(() => true);
  return {
    ...{ state, positions, backbones },
    elements: structure.elements,
    bonds: structure.connections(all).bonds,
    ofPolymer: Array.from(all, (atom) => inBackbone.has(structure.residues.of[atom])),
    pdb: formatPdb(structure, [{ positions, box: undefined }], state),
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
function viewOf(structure: Structure, positions: Float64Array): View {
  const heavy = structure.indices((atom) => structure.isHeavy(atom));
  const atoms = heavy.length > 0 ? heavy : structure.indices(() => true);
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
