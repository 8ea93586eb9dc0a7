import type { Descriptor } from '../../descriptors/index.js';
import { atomNames, type Structure } from '../../trajectories/index.js';
import { BondGraph } from './bond-graph.js';

/** Something of a few atoms that may tell states apart, and how it comes from descriptors. */
export interface AtomTerm {
  label: string;
  /** Atoms by serials, from 1. */
  descriptors: Descriptor[];
  /** From the descriptors' values, in their order. */
  value: (values: readonly number[]) => number;
  period?: readonly [number, number];
}

/** Positions of all atoms of a frame, nm, molecules whole. */
type Positions = Float64Array;

/** Heavy atoms nearer than this touch; donor and acceptor of a hydrogen bond, nm. */
const contactReach = 0.45;
const bondReach = 0.35;
/** Largest angle hydrogen – donor – acceptor (Luzar & Chandler 1996, doi:10.1103/PhysRevLett.76.928). */
const leastCosine = Math.cos(Math.PI / 6);
/** Atoms within so many bonds are near one another anyway. */
const nearBonds = 3;
/** Of each kind those that differ most from frame to frame. */
const mostContacts = 150;
const mostHydrogenBonds = 60;
const mostTorsions = 150;

/**
 * Contacts of heavy atoms between molecules, hydrogen bonds, and of one molecule alone torsions about bonds that turn: those
 * that differ between some frames.
 * @param frames some of every state, as many of each
 */
export function atomTerms(
  structure: Structure,
  atoms: Uint32Array,
  frames: readonly Positions[],
): AtomTerm[] {
  const graph = new BondGraph(structure, atoms);
  const molecules = graph.molecules();
  const heavy = [...atoms].filter((atom) => structure.isHeavy(atom));
  const several = new Set(heavy.map((atom) => molecules.get(atom))).size > 1;
  return [
    ...hydrogenBonds(graph, heavy, frames),
    ...(several ? contacts(structure, heavy, molecules, frames) : torsions(graph, heavy, frames)),
  ];
}

function distance(positions: Positions, i: number, j: number): number {
  return Math.hypot(
    positions[3 * i] - positions[3 * j],
    positions[3 * i + 1] - positions[3 * j + 1],
    positions[3 * i + 2] - positions[3 * j + 2],
  );
}

const between = (i: number, j: number): Descriptor => ({ kind: 'distance', atoms: [i + 1, j + 1] });

/** What differs from frame to frame, most first: the variance of each candidate over the frames. */
function varied<T>(candidates: readonly T[], variance: (candidate: T) => number, most: number): T[] {
  return candidates
    .map((candidate) => ({ candidate, own: variance(candidate) }))
    .filter(({ own }) => own > 1e-4)
    .sort((a, b) => b.own - a.own)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Of something that is or is not. */
function varianceOf(frames: readonly Positions[], is: (positions: Positions) => boolean): number {
  const part = frames.filter(is).length / frames.length;
  return part * (1 - part);
}

function contacts(
  structure: Structure,
  heavy: readonly number[],
  molecules: ReadonlyMap<number, number>,
  frames: readonly Positions[],
): AtomTerm[] {
  const pairs = heavy.flatMap((i, place) =>
    heavy
      .slice(place + 1)
      .flatMap((j): [number, number][] => (molecules.get(i) === molecules.get(j) ? [] : [[i, j]])),
  );
  const touch = ([i, j]: readonly [number, number]) =>
    varianceOf(frames, (positions) => distance(positions, i, j) < contactReach);
  return varied(pairs, touch, mostContacts).map(([i, j]) => {
    const [a, b] = atomNames(structure, [i + 1, j + 1]);
    return {
      label: `contact ${a} – ${b}`,
      descriptors: [between(i, j)],
      value: ([r]) => (r < contactReach ? 1 : 0),
    };
  });
}

interface HydrogenBond {
  donor: number;
  hydrogens: readonly number[];
  acceptor: number;
}

/** Whether any of the hydrogens points from the donor to the acceptor; distances donor – acceptor, then of each hydrogen two. */
function isBonded([r, ...ofHydrogens]: readonly number[]): boolean {
  if (!(r < bondReach)) return false;
  for (let i = 0; i < ofHydrogens.length; i += 2) {
    const [toAcceptor, toDonor] = [ofHydrogens[i], ofHydrogens[i + 1]];
    if ((r * r + toDonor * toDonor - toAcceptor * toAcceptor) / (2 * r * toDonor) > leastCosine) return true;
  }
  return false;
}

function hydrogenBonds(graph: BondGraph, heavy: readonly number[], frames: readonly Positions[]): AtomTerm[] {
  const { structure } = graph;
  const polar = heavy.filter((atom) => ['N', 'O'].includes(structure.elements[atom]));
  const candidates = polar.flatMap((donor): HydrogenBond[] => {
    const hydrogens = graph.to(donor).filter((other) => structure.elements[other] === 'H');
    if (hydrogens.length === 0) return [];
    const near = graph.reached(donor, nearBonds);
    return polar.flatMap((acceptor) => (near.has(acceptor) ? [] : [{ donor, hydrogens, acceptor }]));
  });
  const pairsOf = ({ donor, hydrogens, acceptor }: HydrogenBond): [number, number][] => [
    [donor, acceptor],
    ...hydrogens.flatMap((hydrogen): [number, number][] => [
      [hydrogen, acceptor],
      [hydrogen, donor],
    ]),
  ];
  const variance = (bond: HydrogenBond): number =>
    varianceOf(frames, (positions) => isBonded(pairsOf(bond).map(([i, j]) => distance(positions, i, j))));
  return varied(candidates, variance, mostHydrogenBonds).map((bond) => {
    const [a, b] = atomNames(structure, [bond.donor + 1, bond.acceptor + 1]);
    return {
      label: `hydrogen bond ${a} – ${b}`,
      descriptors: pairsOf(bond).map(([i, j]) => between(i, j)),
      value: (values) => (isBonded(values) ? 1 : 0),
    };
  });
}

type Four = readonly [number, number, number, number];

function torsions(graph: BondGraph, heavy: readonly number[], frames: readonly Positions[]): AtomTerm[] {
  const turning = heavy.flatMap((b) =>
    graph
      .heavyTo(b)
      .filter((c) => c > b && !graph.reached(b, Infinity, [b, c]).has(c))
      .flatMap((c): Four[] => {
        const [a, d] = [endOf(graph, b, c), endOf(graph, c, b)];
        return a === undefined || d === undefined ? [] : [[a, b, c, d]];
      }),
  );
  const variance = (four: Four): number => {
    const angles = frames.map((positions) => torsion(positions, four));
    const mean = (of: (angle: number) => number): number =>
      angles.reduce((sum, angle) => sum + of(angle), 0) / angles.length;
    return 1 - Math.hypot(mean(Math.cos), mean(Math.sin));
  };
  return varied(turning, variance, mostTorsions).map((four) => {
    const serials: [number, number, number, number] = [four[0] + 1, four[1] + 1, four[2] + 1, four[3] + 1];
    return {
      label: `torsion ${atomNames(graph.structure, serials).join(' – ')}`,
      descriptors: [{ kind: 'torsion', atoms: serials }],
      value: ([angle]) => angle,
      period: [-Math.PI, Math.PI],
    };
  });
}

/** The neighbour of one end of a bond that its torsion goes by; none where several are alike, as in a carboxylate. */
function endOf(graph: BondGraph, atom: number, beyond: number): number | undefined {
  const others = graph.heavyTo(atom).filter((other) => other !== beyond);
  const alike = (a: number, b: number): boolean =>
    graph.structure.elements[a] === graph.structure.elements[b] &&
    [a, b].every((each) => graph.heavyTo(each).length === 1);
  if (others.length > 1 && others.every((other) => alike(other, others[0]))) return undefined;
  return others.at(0);
}

function torsion(positions: Positions, [i, j, k, l]: Four): number {
  const step = (a: number, b: number): number[] =>
    [0, 1, 2].map((x) => positions[3 * b + x] - positions[3 * a + x]);
  const [u, v, w] = [step(i, j), step(j, k), step(k, l)];
  const [m, n] = [cross(u, v), cross(v, w)];
  return Math.atan2(Math.hypot(...v) * dot(u, n), dot(m, n));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * b[i], 0);
const cross = ([a, b, c]: readonly number[], [x, y, z]: readonly number[]): number[] => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];
