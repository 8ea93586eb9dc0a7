import { ringAxis, type RingAxis } from '../pose/index.js';
import { wholeMolecules, type Structure } from '../structure/index.js';
import { hasWater, isPolar, waterIn, wordsWithin, type Molecule } from './two-molecules.js';

type Vector = readonly [number, number, number];

/** Groups and statements that say where a guest is, and what is told of them. */
export interface GuestPlace {
  groups: [name: string, text: string][];
  statements: string[];
  told: string;
}

/** Least distance of the two centres that an axis leads through, nm: thermal motion then turns it by few degrees. */
const leastLever = 0.15;

/** An axis through two centres leads along the host's own to this angle. */
const alongAxis = Math.cos((15 * Math.PI) / 180);

/** Least width across the first axis of a guest that has a second one, nm. */
const leastAcross = 0.15;

/** A guest lies in a pocket where its heavy atoms come nearer than this to those of the host, nm. */
const touching = 0.5;

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const mean = (places: readonly Vector[]): Vector =>
  [0, 1, 2].map((k) => places.reduce((sum, x) => sum + x[k], 0) / places.length) as unknown as Vector;
const distance = (a: Vector, b: Vector): number => Math.hypot(...minus(a, b));

/** Where atoms are, molecules whole and the guest in its image next to the host. */
function placesOf(structure: Structure, host: Molecule, guest: Molecule): (atom: number) => Vector {
  const places = structure.places('the place of a guest');
  const atoms = Uint32Array.from([...host.atoms, ...guest.atoms]).sort();
  const { positions } = wholeMolecules(structure, places, atoms);
  return (atom) => [positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]];
}

/**
 * Where a guest is: along and across the axis of a ring that it goes through, else x, y, z of its centre and the directions of
 * its axes in the frame of the host's rings and what joins them; and the water in the pocket. Of a host of equal residues that is
 * no ring, how far from it.
 * @param areAlike whether the host's residues are alike, so that none of them is to be told from the others
 */
export function guestPlace(
  structure: Structure,
  { host, guest, areAlike }: { host: Molecule; guest: Molecule; areAlike: boolean },
): GuestPlace | undefined {
  const at = placesOf(structure, host, guest);
  const scaffold = scaffoldOf(structure, host);
  const ends = axisEnds(structure, guest.heavy, at).map((axis) =>
    axis.map((atom) => `(${wordsWithin(structure, guest, 'guest', [atom])})`),
  );
  const ring = alongRing(structure, host, { scaffold, areAlike, at });
  if (ring) {
    const centre = '(centre (guest and heavy))';
    return {
      groups: ring.groups,
      statements: [
        `depth ${centre} low high`,
        `radius ${centre} low high`,
        ...(ends[0] ?? []).map((end) => `depth ${end} low high`),
        ...waterIn(structure, `(centre (${wordsWithin(structure, host, 'host', scaffold)}))`),
      ],
      told: `the guest's centre and its ends along the axis of the host's ring (from low to high)`,
    };
  }
  if (areAlike)
    return {
      groups: [],
      statements: ['distance (centre (host and heavy)) (centre (guest and heavy))'],
      told: "the distance of the guest's centre from the host's",
    };
  const frame = wordsWithin(structure, host, 'host', scaffold);
  return inFrame(structure, { frame, atoms: scaffold, host, guest: { ...guest, name: 'guest' } });
}

/** A guest's place in the frame of atoms that a selection says: of a host, or of the residues about a pocket. */
export function inFrame(
  structure: Structure,
  {
    frame,
    atoms,
    host,
    guest,
  }: { frame: string; atoms: readonly number[]; host: Molecule; guest: Molecule & { name: string } },
): GuestPlace | undefined {
  const at = placesOf(structure, host, guest);
  if (atoms.length < 3 || isInLine(atoms.map(at))) return undefined;
  const file = fileWord(structure.path);
  const axes = axisEnds(structure, guest.heavy, at).map((axis) =>
    axis.map((atom) => `(${wordsWithin(structure, guest, guest.name, [atom])})`).join(' '),
  );
  const centre = mean(guest.heavy.map(at));
  const isBound = guest.heavy.some((i) => host.heavy.some((j) => distance(at(i), at(j)) < touching));
  const pocket = isBound && hasWater(structure);
  const aligned = `aligned ${file} on frame`;
  return {
    groups: [
      ['frame', frame],
      ...(pocket
        ? [
            ['pocket', `site ${centre.map((x) => x.toFixed(3)).join(' ')} aligned ${file} on (frame)`] as [
              string,
              string,
            ],
          ]
        : []),
    ],
    statements: [
      `positions (centre (${guest.name} and heavy)) ${aligned}`,
      ...axes.map((axis) => `direction ${axis} ${aligned}`),
      ...(pocket ? waterIn(structure, 'pocket') : []),
    ],
    told: `the guest's centre and ${axes.length > 1 ? 'axes' : 'axis'} in the frame of ${atoms.length} atoms of the host`,
  };
}

/** A path as a word of a statement. */
const fileWord = (path: string): string => (path.includes('"') ? `'${path}'` : `"${path}"`);

function isInLine(places: readonly Vector[]): boolean {
  const [first, ...others] = places.map((x) => minus(x, places[0])).sort((a, b) => dot(b, b) - dot(a, a));
  const length = Math.hypot(...first);
  return others.every((x) => Math.hypot(...cross(first, x)) < 0.05 * length);
}

/** Heavy atoms of a molecule's rings and of what joins them; without rings all but the ends, where those are enough. */
export function scaffoldOf(structure: Structure, { atoms, heavy }: Molecule): number[] {
  const { bonds } = structure.connections(Uint32Array.from(atoms));
  const left = new Map(heavy.map((i): [number, Set<number>] => [i, new Set()]));
  for (let at = 0; at < bonds.length; at += 2) {
    if (!left.has(bonds[at]) || !left.has(bonds[at + 1])) continue;
    left.get(bonds[at])!.add(bonds[at + 1]);
    left.get(bonds[at + 1])!.add(bonds[at]);
  }
  const inner = heavy.filter((i) => left.get(i)!.size > 1);
  const open = heavy.filter((i) => left.get(i)!.size < 2);
  for (let atom = open.pop(); atom !== undefined; atom = open.pop()) {
    for (const next of left.get(atom) ?? []) {
      left.get(next)!.delete(atom);
      if (left.get(next)!.size < 2) open.push(next);
    }
    left.delete(atom);
  }
  const rings = heavy.filter((i) => left.has(i));
  return [rings, inner].find(({ length }) => length >= 4) ?? heavy;
}

/** Two centres of a ring's atoms, one at each of its faces, on its axis. */
function alongRing(
  structure: Structure,
  host: Molecule,
  {
    scaffold,
    areAlike,
    at,
  }: { scaffold: readonly number[]; areAlike: boolean; at: (atom: number) => Vector },
): { groups: [string, string][] } | undefined {
  const ring = ringAxis(host.heavy.map(at));
  if (!ring) return undefined;
  for (const atoms of [scaffold, host.heavy])
    for (const part of [0.4, 0]) {
      const faces = facesOf(structure, { atoms, areAlike, at, ring, part });
      if (!faces) continue;
      // the axis of a ring has no sign of its own: that of its first atom's face
      const ordered = faces.toSorted((a, b) => Math.min(...a) - Math.min(...b));
      return {
        groups: ordered.map((face, i): [string, string] => [
          ['low', 'high'][i],
          `centre (${wordsWithin(structure, host, 'host', face)})`,
        ]),
      };
    }
  return undefined;
}

/**
 * Atoms at the two faces of a ring: those that lie beyond this part of its half height. Of equal residues all atoms of one name
 * go together, so that the axis between the faces' centres is the ring's.
 */
function facesOf(
  { names }: Structure,
  {
    atoms,
    areAlike,
    at,
    ring,
    part,
  }: {
    atoms: readonly number[];
    areAlike: boolean;
    at: (atom: number) => Vector;
    ring: RingAxis;
    part: number;
  },
): [number[], number[]] | undefined {
  const own = (atom: number): number => dot(minus(at(atom), ring.centre), ring.direction);
  const height = (atom: number): number => {
    const alike = areAlike ? atoms.filter((other) => names[other] === names[atom]) : [atom];
    return alike.reduce((sum, each) => sum + own(each), 0) / alike.length;
  };
  const heights = atoms.map(height);
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const low = atoms.filter((_, i) => heights[i] < Math.min(0, part * least));
  const high = atoms.filter((_, i) => heights[i] > Math.max(0, part * most));
  if (low.length === 0 || high.length === 0) return undefined;
  const line = minus(mean(high.map(at)), mean(low.map(at)));
  const length = Math.hypot(...line);
  return length >= leastLever && dot(line, ring.direction) >= alongAxis * length ? [low, high] : undefined;
}

/**
 * The ends of a guest's axes: the two heavy atoms that are farthest from one another, and, of a guest that is no rod, the two
 * that are farthest apart across that. One polar end goes before two that are alike, as it tells which way the guest points.
 */
function axisEnds(
  structure: Structure,
  heavy: readonly number[],
  at: (atom: number) => Vector,
): (readonly [number, number])[] {
  const pairs = heavy.flatMap((i, k) => heavy.slice(k + 1).map((j): [number, number] => [i, j]));
  const farthest = (length: (pair: readonly [number, number]) => number): [number, number] | undefined =>
    pairs.reduce<[number, number] | undefined>(
      (best, pair) => (best && length(best) >= length(pair) ? best : pair),
      undefined,
    );
  const isTelling = ([i, j]: readonly [number, number]): boolean =>
    isPolar(structure, i) !== isPolar(structure, j);
  const first = farthest((pair) => distance(at(pair[0]), at(pair[1])) * (isTelling(pair) ? 1.2 : 1));
  if (!first) return [];
  const along = minus(at(first[1]), at(first[0]));
  const across = ([i, j]: readonly [number, number]): number =>
    Math.hypot(...cross(along, minus(at(j), at(i)))) / Math.hypot(...along);
  const second = farthest(across)!;
  return across(second) < leastAcross ? [first] : [first, second];
}
