import { moleculesOf, type Structure } from '../structure/index.js';

/** Oxygens of water up to which a coordination with all of them is cheap enough to be chosen unasked. */
const mostWater = 5000;

/** Polar atoms of a guest that water is counted around. */
const mostPolar = 4;

/** Names of atoms up to which a selection lists them. */
const mostNames = 40;

/** Water that is farther than this is not counted, nm: what lies near is kept in a list. */
const waterReach = 0.8;

/** Least residues, all alike, of a host whose atoms of one name are counted together. */
const leastArms = 3;

/** A molecule's atoms, hydrogens too, and how a selection says it. */
export interface Molecule {
  atoms: number[];
  heavy: number[];
  selection: string;
}

/** Molecules of heavy atoms that are neither water nor ions, the largest first; none known without positions. */
export function soluteMolecules(structure: Structure): Molecule[] {
  if (!structure.hasPositions) return [];
  const solute = structure.group('solute')!;
  const molecules = moleculesOf(structure, solute).map((links) =>
    links.map(({ atom }) => atom).sort((i, j) => i - j),
  );
  return molecules
    .map((atoms) => ({
      atoms,
      heavy: atoms.filter((i) => structure.isHeavy(i)),
      selection: selectionOf(structure, atoms, solute),
    }))
    .filter(({ heavy }) => heavy.length > 0)
    .sort((a, b) => b.heavy.length - a.heavy.length);
}

/** By names of residues where they tell the molecule from all else, else by indices. */
function selectionOf({ residueNames }: Structure, atoms: readonly number[], solute: Uint32Array): string {
  const names = [...new Set(atoms.map((i) => residueNames[i]))];
  const alike = solute.filter((i) => names.includes(residueNames[i]));
  if (alike.length === atoms.length && names.every((name) => /^\w+$/.test(name)))
    return `resname ${names.join(' ')}`;
  return indexWords(atoms);
}

/** `index 0-4 7` of ascending atoms. */
export function indexWords(atoms: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < atoms.length;) {
    let end = at;
    while (atoms[end + 1] === atoms[end] + 1) end++;
    parts.push(end > at ? `${atoms[at]}-${atoms[end]}` : `${atoms[at]}`);
    at = end + 1;
  }
  return `index ${parts.join(' ')}`;
}

/** Atoms of a molecule that has a name, by their own names where those tell them from the rest of it, else by indices. */
export function wordsWithin(
  structure: Structure,
  { atoms: all }: Molecule,
  group: string,
  atoms: readonly number[],
): string {
  const names = new Set(atoms.map((i) => structure.names[i]));
  const alike = all.filter((i) => names.has(structure.names[i]));
  return alike.length === atoms.length && names.size <= mostNames
    ? `${group} and name ${namesOf(structure, atoms).join(' ')}`
    : indexWords([...atoms].sort((i, j) => i - j));
}

/** The molecule of these atoms, said by this selection. */
export function moleculeOf(structure: Structure, atoms: Uint32Array, selection: string): Molecule {
  const all = Array.from(atoms);
  return { atoms: all, heavy: all.filter((i) => structure.isHeavy(i)), selection };
}

/**
 * Heavy atoms of the torsions that can turn: about bonds outside rings, and in rings about bonds of an atom with four
 * neighbours.
 */
function turning(structure: Structure, { atoms, heavy }: Molecule): number[] {
  const { bonds } = structure.connections(Uint32Array.from(atoms));
  const neighbours = new Map(atoms.map((i): [number, number[]] => [i, []]));
  for (let at = 0; at < bonds.length; at += 2) {
    neighbours.get(bonds[at])?.push(bonds[at + 1]);
    neighbours.get(bonds[at + 1])?.push(bonds[at]);
  }
  const to = (i: number): number[] => neighbours.get(i)!;
  const heavyTo = (i: number, but: number): number[] =>
    to(i).filter((j) => j !== but && structure.isHeavy(j));
  const isLinear = (i: number): boolean => structure.elements[i] === 'C' && to(i).length === 2;
  const found = new Set<number>();
  for (const b of heavy)
    for (const c of to(b)) {
      if (c < b || !structure.isHeavy(c) || isLinear(b) || isLinear(c)) continue;
      const ends = [...heavyTo(b, c), ...heavyTo(c, b)];
      if (heavyTo(b, c).length === 0 || heavyTo(c, b).length === 0) continue;
      const isStiff = to(b).length <= 3 && to(c).length <= 3 && isInRing(b, c, to);
      if (!isStiff) for (const atom of [b, c, ...ends]) found.add(atom);
    }
  return [...found].sort((i, j) => i - j);
}

/** Whether there is a way from one atom of a bond to the other beside the bond. */
function isInRing(b: number, c: number, to: (atom: number) => readonly number[]): boolean {
  const seen = new Set([b]);
  const open = [b];
  for (let atom = open.pop(); atom !== undefined; atom = open.pop())
    for (const next of to(atom)) {
      if (atom === b && next === c) continue;
      if (next === c) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  return false;
}

/** The torsions of a molecule that can turn, where it has any. */
export function torsionsOf(structure: Structure, molecule: Molecule, group: string): string[] {
  const atoms = turning(structure, molecule);
  if (atoms.length === 0) return [];
  if (atoms.length === molecule.heavy.length) return [`torsions (${group} and heavy)`];
  return [`torsions (${group} and name ${namesOf(structure, atoms).join(' ')})`];
}

/** Names as a selection takes them: quoted where they could mean something else (`O5*`). */
function namesOf({ names }: Structure, atoms: readonly number[]): string[] {
  return [...new Set(atoms.map((i) => names[i]))].map((name) =>
    /^[A-Z]\w*'*$/.test(name) ? name : `"${name}"`,
  );
}

export const isPolar = (structure: Structure, atom: number): boolean =>
  ['N', 'O'].includes(structure.elements[atom]);

/** Whether there is water, and not too much to be counted unasked. */
export function hasWater(structure: Structure): boolean {
  const oxygens = structure.group('water')!.filter((i) => structure.elements[i] === 'O');
  return oxygens.length > 0 && oxygens.length <= mostWater;
}

/** Water in a pocket, whose middle is a point of this name. */
export const waterIn = (structure: Structure, pocket: string): string[] =>
  hasWater(structure) ? [`coordination ${pocket} (water and element O) r0=0.45 dmax=${waterReach}`] : [];

/** Water around a molecule's polar atoms, or around all of it where it has none; none without water, or with too much. */
export function waterAround(structure: Structure, { heavy }: Molecule, group: string): string[] {
  if (!hasWater(structure)) return [];
  const polar = heavy.filter((i) => isPolar(structure, i));
  if (polar.length === 0)
    return [`coordination (${group} and heavy) (water and element O) r0=0.45 dmax=${waterReach}`];
  return namesOf(structure, polar)
    .slice(0, mostPolar)
    .map(
      (name) => `coordination (${group} and name ${name}) (water and element O) r0=0.35 dmax=${waterReach}`,
    );
}

/** The names of a host's heavy atoms, where it is made of residues that are all alike. */
export function armsOf(structure: Structure, { heavy }: Molecule): string[] | undefined {
  const { of } = structure.residues;
  const names = new Map<number, string[]>();
  for (const i of heavy) names.set(of[i], [...(names.get(of[i]) ?? []), structure.names[i]]);
  const [first = [], ...others] = names.values();
  const residues = new Set(heavy.map((i) => structure.residueNames[i]));
  const areAlike = residues.size === 1 && others.every((other) => other.join(' ') === first.join(' '));
  const areNamed = new Set(first).size === first.length;
  return areAlike && areNamed && names.size >= leastArms ? namesOf(structure, heavy) : undefined;
}

/** The guest as a whole, and one by one those of its atoms that tell which way it points. */
export function partsOf(structure: Structure, { heavy }: Molecule, group: string): string[] {
  const polar = heavy.filter((i) => isPolar(structure, i));
  const telling = namesOf(structure, polar.length > 0 ? polar : heavy).slice(0, mostPolar);
  return [`${group} and heavy`, ...telling.map((name) => `${group} and name ${name}`)];
}
