import type { AtomWords, StructureContents } from '../../native/index.js';
import { LatentcvError, invalidArgument } from '../../support/index.js';
import { Bonded, bondsByDistance, connectionsOf, uniqueBonds, type Connections } from './bonds.js';
import { elementOf, isVirtualSite, massOf } from './elements.js';
import type { Places } from './lattice.js';
import { judgeResidues, type ResidueKind, residueKinds } from './residue-kinds.js';
import { findResidues, type Residues } from './residues.js';
import { isShortForm, ruleOf, shortForms } from './short-forms.js';

/** Each atom's word; those that are alike share one string. */
const spread = ({ words, of }: AtomWords): string[] => Array.from(of, (word) => words[word]);

/** Names, residues and positions of a system's atoms, which count from 0 here. */
export class Structure {
  readonly names: readonly string[];
  readonly residueNames: readonly string[];
  readonly chains: readonly string[];
  readonly segments: readonly string[];
  readonly insertionCodes: readonly string[];
  /** Residues' numbers as the file has them; NaN where it has none. */
  readonly residueIds: Float64Array;
  /** Empty where nothing tells. */
  readonly elements: readonly string[];
  /** What the file says of types, else the elements. */
  readonly types: readonly string[];
  /** amu, the file's or the elements'; 0 where neither is known. */
  readonly masses: Float64Array;
  /** Whether the file tells every atom's mass. */
  readonly tellsMasses: boolean;
  readonly residues: Residues;
  /** What to know of the file, with its name. */
  readonly notes: readonly string[];
  /** The file that the positions are of, where it is another. */
  placedBy: string | undefined;
  private readonly virtual: Uint8Array;
  private readonly given = new Set<string>();
  private readonly groups = new Map<string, Uint32Array>();
  private readonly bonds: Uint32Array;
  private bonded: Bonded | undefined;
  private kinds: Uint8Array | undefined;
  private where: Places | undefined;

  constructor(
    /** The file it was read from. */
    readonly path: string,
    contents: StructureContents,
  ) {
    this.notes = contents.notes;
    this.names = spread(contents.names);
    this.residueNames = spread(contents.residueNames);
    this.chains = spread(contents.chains);
    this.segments = spread(contents.segments);
    this.insertionCodes = spread(contents.insertionCodes);
    this.residueIds = contents.residueIds;
    this.residues = findResidues(contents);
    this.virtual = new Uint8Array(this.size);
    this.elements = contents.elements ? spread(contents.elements) : this.findElements(contents);
    const { types, names } = contents;
    // a file that tells no types repeats the names
    this.types = Array.from(types.of, (word, i) =>
      types.words[word] === names.words[names.of[i]] ? this.elements[i] : types.words[word],
    );
    this.tellsMasses = !contents.masses.some(Number.isNaN);
    this.masses = contents.masses.map((mass, i) => (Number.isNaN(mass) ? massOf(this.elements[i]) : mass));
    this.bonds = uniqueBonds(contents.bonds, this.size);
    if (contents.positions) this.place(contents.positions, contents.box);
  }

  get size(): number {
    return this.residueIds.length;
  }

  get hasPositions(): boolean {
    return this.where !== undefined;
  }

  /** Box vectors as rows, nm. */
  get box(): Float64Array | undefined {
    return this.where?.box;
  }

  /**
   * Positions, nm, and box, which `wanted` needs.
   * @throws LatentcvError `bad-argument` where the file has none
   */
  places(wanted = 'this'): Places {
    if (this.where) return this.where;
    throw new LatentcvError(
      'bad-argument',
      `expected positions of atoms for ${wanted} but ${this.path} has none`,
      'give a structure with positions (GRO, PDB, …), or a trajectory beside it',
    );
  }

  /** Puts the atoms where another file has them. */
  place(positions: Float64Array, box: Float64Array | undefined, path?: string): void {
    this.placedBy = path;
    this.where = { positions, box };
    this.kinds = undefined;
    for (const form of shortForms) if (!this.given.has(form)) this.groups.delete(form);
  }

  /**
   * @throws LatentcvError `bad-argument` where the file tells no names, so that no short form means anything
   */
  needNames(wanted: string): void {
    if (this.elements.some((element) => element !== '') || this.residueNames.some((name) => name !== ''))
      return;
    throw new LatentcvError(
      'bad-argument',
      `expected names of atoms for ${wanted} but ${this.path} tells none`,
      '‘structure’ names a file that does: GRO, PDB, …',
    );
  }

  /** Named groups and short forms. */
  get groupNames(): string[] {
    return [...new Set([...this.groups.keys(), ...shortForms])];
  }

  /** Atoms, ascending. */
  group(name: string): Uint32Array | undefined {
    const known = this.groups.get(name);
    if (known || !isShortForm(name)) return known;
    const atoms = this.indices(ruleOf(name, this));
    this.groups.set(name, atoms);
    return atoms;
  }

  /** Names a group, which selections then know; it goes before a short form of the same name. */
  name(name: string, atoms: Uint32Array): void {
    this.given.add(name);
    this.groups.set(name, atoms);
  }

  /** Whether a definition has given a group that name. */
  isNamed(name: string): boolean {
    return this.given.has(name);
  }

  indices(wanted: (atom: number) => boolean): Uint32Array {
    const atoms = new Uint32Array(this.size);
    let count = 0;
    for (let i = 0; i < atoms.length; i++) if (wanted(i)) atoms[count++] = i;
    return atoms.slice(0, count);
  }

  isHeavy(atom: number): boolean {
    return this.elements[atom] !== 'H' && this.virtual[atom] === 0;
  }

  /** Whether it is an interaction site without an element, such as the fourth of TIP4P. */
  isVirtual(atom: number): boolean {
    return this.virtual[atom] === 1;
  }

  kindOf(atom: number): ResidueKind {
    this.kinds ??= judgeResidues(this);
    return residueKinds[this.kinds[this.residues.of[atom]]];
  }

  /** The first atom of that name in a residue. */
  atomIn(residue: number, name: string): number | undefined {
    const { starts } = this.residues;
    for (let i = starts[residue]; i < starts[residue + 1]; i++) if (this.names[i] === name) return i;
    return undefined;
  }

  /** Whether the file says that two atoms are bonded. */
  areBonded(i: number, j: number): boolean {
    this.bonded ??= new Bonded(this.bonds, this.size);
    return this.bonded.to(i).includes(j);
  }

  /** Bonds within a group: the file's where it tells any of every atom, else by distance. */
  connections(atoms: Uint32Array): Connections {
    const joined = new Uint8Array(this.size);
    for (const atom of this.bonds) joined[atom] = 1;
    const allBonded = this.bonds.length > 0 && atoms.every((atom) => joined[atom] === 1);
    const bonds = allBonded ? this.bonds : bondsByDistance(this.places('bonds'), this.elements, atoms);
    return connectionsOf(bonds, new Bonded(bonds, this.size));
  }

  private findElements({ names, types, residueNames, masses }: StructureContents): string[] {
    const { of, starts } = this.residues;
    const known = new Map<string, [string, number]>();
    return Array.from(this.names, (name, i) => {
      const alone = starts[of[i] + 1] - starts[of[i]] === 1;
      const key = `${names.of[i]} ${types.of[i]} ${residueNames.of[i]} ${masses[i]} ${alone}`;
      let found = known.get(key);
      if (!found) {
        const atom = {
          name,
          type: types.words[types.of[i]],
          residue: this.residueNames[i],
          mass: masses[i],
          alone,
        };
        const element = elementOf(atom);
        found = [element, isVirtualSite(atom, element) ? 1 : 0];
        known.set(key, found);
      }
      this.virtual[i] = found[1];
      return found[0];
    });
  }
}

/**
 * Refuses what `readStructure` did not give.
 * @throws LatentcvError `bad-argument`
 */
export function expectStructure(structure: unknown): void {
  if (!(structure instanceof Structure))
    throw invalidArgument('what readStructure gives', 'structure', structure);
}
