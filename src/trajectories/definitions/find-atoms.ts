import { LatentcvError } from '../../support/index.js';
import { atomsOfBases, parseAtomName, type AtomName, type Structure } from '../structure/index.js';

/** Atoms (from 0) of a system, and what is to be told of how they were found. */
export interface FoundAtoms {
  atoms: number[];
  notes: string[];
}

/**
 * Finds atoms by their names: by residue, number and name, by insertion code and chain where the system tells them,
 * and else by their order. Of several copies of a molecule the first is taken.
 * @throws LatentcvError `bad-argument` for an atom that the system has not, and for names that are not of one atom
 *   each
 */
export function findAtoms(names: readonly string[], structure: Structure): FoundAtoms {
  const met = new Set<string>();
  const twice = names.find((name) => met.size === met.add(name).size);
  if (twice !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected atoms with names of their own but several are called "${twice}"`,
      'models that are trained from a structure with residues tell chains and insertion codes too',
    );
  const parsed = names.map(parseAtomName);
  const search = new Search(structure, parsed);
  const atoms = parsed.map((name, i) => search.find(name, names[i]));
  expectApart(atoms, names, structure);
  return { atoms, notes: search.notes() };
}

function expectApart(atoms: readonly number[], names: readonly string[], { path }: Structure): void {
  const taken = new Map<number, string>();
  atoms.forEach((atom, i) => {
    const other = taken.get(atom);
    if (other !== undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected atoms of their own in ${path} for ${other} and ${names[i]}, but both are atom ${atom + 1}`,
        'give a structure whose chains are called as those that the model was trained with',
      );
    taken.set(atom, names[i]);
  });
}

class Search {
  private readonly places: Map<string, number[]>;
  /** How many atoms of each base there are at least where the names come from. */
  private readonly most = new Map<string, number>();
  private readonly chains = new Map<string, string>();
  private copies = Infinity;
  private byOrder = 0;

  constructor(
    private readonly structure: Structure,
    names: readonly AtomName[],
  ) {
    this.places = atomsOfBases(structure, new Set(names.map(({ base }) => base)));
    for (const { base, which } of names) this.most.set(base, Math.max(which, this.most.get(base) ?? 1));
  }

  find(name: AtomName, line: string): number {
    const all = this.places.get(name.base)!;
    if (all.length === 0) throw this.missing(line);
    const fitting = this.fitting(all, name);
    const inOrder = all.at(name.which - 1);
    const atom =
      inOrder !== undefined && fitting.includes(inOrder) ? inOrder : this.alone(fitting, all, line);
    const copies = Math.max(1, Math.floor(all.length / this.most.get(name.base)!));
    this.copies = Math.min(this.copies, fitting.length, copies);
    if (copies === 1 && fitting.length > 1) this.byOrder++;
    this.noteChain(name, atom);
    return atom;
  }

  notes(): string[] {
    const { path } = this.structure;
    const renamed = [...this.chains].map(([from, to]) => `${to} for ${from}`).join(', ');
    const several = this.copies > 1 && this.copies < Infinity;
    return [
      several ? `${path} has ${this.copies} copies of the molecule: the first is taken` : '',
      this.byOrder > 0
        ? `${path} does not tell the chains or insertion codes of ${this.byOrder} atoms, which are taken in their order`
        : '',
      renamed === '' ? '' : `chains of the model are called otherwise in ${path}: ${renamed}`,
    ].filter((note) => note !== '');
  }

  /** Those with the name's insertion code and chain, as far as the system tells them. */
  private fitting(all: readonly number[], { insertionCode, chain }: AtomName): readonly number[] {
    const { insertionCodes } = this.structure;
    const coded = all.filter((atom) => insertionCodes[atom] === insertionCode);
    const among = coded.length > 0 ? coded : all;
    const inChain = chain === '' ? [] : among.filter((atom) => this.isIn(atom, chain));
    return inChain.length > 0 ? inChain : among;
  }

  /** The only one, or of copies of a molecule in another order the first. */
  private alone(fitting: readonly number[], all: readonly number[], line: string): number {
    if (fitting.length === 1 || fitting.length < all.length) return fitting[0];
    throw this.missing(line, ` but it has ${all.length} of that residue and name, and tells no such chain`);
  }

  private missing(line: string, why = ''): LatentcvError {
    return new LatentcvError('bad-argument', `expected the atom ${line} in ${this.structure.path}${why}`);
  }

  private noteChain({ chain }: AtomName, atom: number): void {
    const { chains, segments } = this.structure;
    const there = chains[atom] || segments[atom];
    if (chain !== '' && there !== '' && !this.isIn(atom, chain)) this.chains.set(chain, there);
  }

  private isIn(atom: number, chain: string): boolean {
    const { chains, segments } = this.structure;
    return chains[atom] === chain || segments[atom] === chain;
  }
}
