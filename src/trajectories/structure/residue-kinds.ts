import { isIonic } from './elements.js';
import { distanceIn, type Places } from './lattice.js';
import { isAmbiguous, isAminoAcid, isCap, isLipid, isNucleotide, isWaterName } from './residue-names.js';
import type { Residues } from './residues.js';

/** What residues are judged by. */
export interface JudgedAtoms {
  names: readonly string[];
  elements: readonly string[];
  residueNames: readonly string[];
  residueIds: Float64Array;
  residues: Residues;
  hasPositions: boolean;
  places(): Places;
  areBonded(a: number, b: number): boolean;
  atomIn(residue: number, name: string): number | undefined;
  isHeavy(atom: number): boolean;
  isVirtual(atom: number): boolean;
}

/** What residues are, as far as descriptors ask. */
export const residueKinds = ['other', 'protein', 'water', 'ion', 'nucleic', 'lipid'] as const;
export type ResidueKind = (typeof residueKinds)[number];

/** Longest peptide bond, nm: beyond it a chain is broken. */
const longestPeptideBond = 0.2;

/** Longest bond of a phosphate's oxygen between two nucleotides, nm. */
const longestPhosphateBond = 0.2;

/** Longest bond of a water's oxygen, nm. */
const longestWaterBond = 0.13;

/** Heavy atoms that a group at the end of a chain has at most. */
const mostOfCap = 6;

/** Whether two atoms of neighbours in a chain are bonded: by their distance (nm), else as the file says. */
function areJoined(
  structure: JudgedAtoms,
  a: number | undefined,
  b: number | undefined,
  longest: number,
): boolean {
  if (a === undefined || b === undefined) return false;
  return structure.hasPositions ? distanceIn(structure.places(), a, b) < longest : structure.areBonded(a, b);
}

/** Whether the C of one residue is bonded to the N of the next. */
export const arePeptideBonded = (
  structure: JudgedAtoms,
  c: number | undefined,
  n: number | undefined,
): boolean => areJoined(structure, c, n, longestPeptideBond);

/** The kind of each residue, as its place in `residueKinds`. */
export function judgeResidues(structure: JudgedAtoms): Uint8Array {
  return new ResidueJudge(structure).kinds;
}

/** Judges residues: by the names that programs give them, and where no list has the name by their atoms. */
class ResidueJudge {
  private readonly byName = new Map<string, ResidueKind>();
  readonly kinds: Uint8Array;

  constructor(private readonly structure: JudgedAtoms) {
    const { residues } = structure;
    this.kinds = new Uint8Array(residues.starts.length - 1);
    for (let i = 0; i < this.kinds.length; i++) this.kinds[i] = residueKinds.indexOf(this.judge(i));
    // what ends a chain is judged by its neighbours
    for (let i = 0; i < this.kinds.length; i++)
      if (this.kinds[i] === residueKinds.indexOf('other') && this.endsChain(i))
        this.kinds[i] = residueKinds.indexOf('protein');
  }

  private judge(residue: number): ResidueKind {
    const { structure } = this;
    const { residueNames, residues } = structure;
    const first = residues.starts[residue];
    const name = residueNames[first];
    const kindByName = this.named(name);
    if (kindByName === 'water') return kindByName;
    if (kindByName === 'protein' && (!isAmbiguous(name) || this.hasPeptideAtoms(residue))) return kindByName;
    if (this.isIon(residue, name)) return 'ion';
    if (kindByName === 'nucleic') return this.isAloneNucleotide(residue, name) ? 'other' : kindByName;
    if (kindByName === 'protein') return 'other';
    if (kindByName !== 'other') return kindByName;
    if (this.isAminoAcid(residue)) return 'protein';
    const isOne = name !== '' || !Number.isNaN(structure.residueIds[first]);
    return isOne && this.isWater(residue) ? 'water' : 'other';
  }

  private named(name: string): ResidueKind {
    let kind = this.byName.get(name);
    if (kind === undefined) {
      kind = kindOfName(name);
      this.byName.set(name, kind);
    }
    return kind;
  }

  /** One atom, of an element whose ions are in solution. */
  private isIon(residue: number, name: string): boolean {
    const { starts } = this.structure.residues;
    const atom = starts[residue];
    if (name === '' || starts[residue + 1] - atom !== 1) return false;
    const element = this.structure.elements[atom];
    return isIonic(element) || isIonAlone(this.structure.names[atom], name, element);
  }

  /** N, CA and C, bonded to a neighbour by a peptide bond. */
  private isAminoAcid(residue: number): boolean {
    return this.hasPeptideAtoms(residue) && this.isLinked(residue);
  }

  private hasPeptideAtoms(residue: number): boolean {
    return ['N', 'CA', 'C'].every((name) => this.structure.atomIn(residue, name) !== undefined);
  }

  private isLinked(residue: number): boolean {
    const { structure } = this;
    const at = (which: number, name: string): number | undefined => structure.atomIn(which, name);
    return (
      arePeptideBonded(structure, at(residue - 1, 'C'), at(residue, 'N')) ||
      arePeptideBonded(structure, at(residue, 'C'), at(residue + 1, 'N'))
    );
  }

  /** Whether it has the atoms that join nucleotides and is joined to none: ATP, a nucleoside. */
  private isAloneNucleotide(residue: number, name: string): boolean {
    const { structure } = this;
    const at = (which: number, ...names: string[]): number | undefined =>
      names.map((name) => structure.atomIn(which, name)).find((atom) => atom !== undefined);
    const oxygen = (which: number): number | undefined => at(which, "O3'", 'O3*');
    const phosphorus = (which: number): number | undefined => at(which, 'P', 'PA');
    if (oxygen(residue) === undefined) return isAmbiguous(name);
    const joined = (first: number, second: number): boolean =>
      areJoined(structure, oxygen(first), phosphorus(second), longestPhosphateBond);
    return !joined(residue, residue + 1) && !joined(residue - 1, residue);
  }

  private endsChain(residue: number): boolean {
    const { starts } = this.structure.residues;
    const isProtein = (which: number): boolean => this.kinds[which] === residueKinds.indexOf('protein');
    if (!isProtein(residue - 1) && !isProtein(residue + 1)) return false;
    let heavy = 0;
    for (let i = starts[residue]; i < starts[residue + 1]; i++) if (this.structure.isHeavy(i)) heavy++;
    return heavy <= mostOfCap && this.isLinked(residue);
  }

  /** An O and two H bonded to it, and nothing else but interaction sites. */
  private isWater(residue: number): boolean {
    const { structure } = this;
    const { starts } = structure.residues;
    const [from, to] = [starts[residue], starts[residue + 1]];
    if (to - from < 3 || to - from > 7) return false;
    const atoms = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (i) => !structure.isVirtual(i),
    );
    const oxygens = atoms.filter((i) => structure.elements[i] === 'O');
    const hydrogens = atoms.filter((i) => structure.elements[i] === 'H');
    if (atoms.length !== 3 || oxygens.length !== 1 || hydrogens.length !== 2) return false;
    return hydrogens.every((h) =>
      structure.hasPositions
        ? distanceIn(structure.places(), oxygens[0], h) < longestWaterBond
        : structure.areBonded(oxygens[0], h),
    );
  }
}

function kindOfName(name: string): ResidueKind {
  if (isAminoAcid(name) || isCap(name)) return 'protein';
  if (isWaterName(name)) return 'water';
  if (isNucleotide(name)) return 'nucleic';
  return isLipid(name) ? 'lipid' : 'other';
}

/** Residues that are called as their atom is, `NA` of `NA+`, unless that is an element without ions. */
function isIonAlone(name: string, residue: string, element: string): boolean {
  const plain = (word: string): string => word.toUpperCase().replace(/[-+\d]/g, '');
  const word = plain(name);
  if (word === '' || word !== plain(residue)) return false;
  return element === '' || isIonic(word.charAt(0) + word.slice(1).toLowerCase());
}
