import { LatentcvError } from '../../support/index.js';
import type { Structure } from './structure.js';

/** What an atom is called, as a model file has it. */
export interface AtomName {
  /** Residue, its number and the atom's name: `ALA 2 CA`. Atoms of several chains may share it. */
  base: string;
  /** A letter behind the residue's number; empty for none. */
  insertionCode: string;
  /** Chain, or else segment; empty where nothing tells. */
  chain: string;
  /** Which of its structure's atoms of that base it is, from 1. */
  which: number;
}

const word = (text: string): string => text.replaceAll(/\s+/g, '') || '-';

/** Residue, its number and the atom's name; `-` for what the file does not say. */
export function baseName({ names, residueNames, residueIds }: Structure, atom: number): string {
  const id = residueIds[atom];
  return [residueNames[atom], Number.isNaN(id) ? '' : String(id), names[atom]].map(word).join(' ');
}

/** `ALA 2 CA`, `ASN 163H CA B 2`: the chain where one is known, and which of several atoms it is. */
export function writeAtomName({ base, insertionCode, chain, which }: AtomName): string {
  const [residue, id, name] = base.split(' ');
  const words = [residue, id === '-' ? id : id + insertionCode, name];
  if (chain !== '' || which > 1) words.push(word(chain));
  if (which > 1) words.push(String(which));
  return words.join(' ');
}

/**
 * @throws LatentcvError `bad-model` for a line of another form
 */
export function parseAtomName(line: string): AtomName {
  const [residue, number, name, chain = '-', which = '1', more] = line.trim().split(/\s+/);
  const [, id, insertionCode] = /^(-|-?[^A-Za-z]+)([A-Za-z]?)$/.exec(number ?? '') ?? ['', number, ''];
  if (name === undefined || more !== undefined || !/^[1-9]\d*$/.test(which))
    throw new LatentcvError(
      'bad-model',
      `expected residue, its number, the atom's name and at most its chain and which it is but received "${line}"`,
    );
  return {
    base: [residue, id, name].join(' '),
    insertionCode,
    chain: chain === '-' ? '' : chain,
    which: Number(which),
  };
}

/**
 * Names of atoms given by serial (from 1): each one's own, but for atoms that are called alike within a residue, or of no
 * residue.
 * @throws LatentcvError `bad-argument` for a serial that the structure has not.
 */
export function atomNames(structure: Structure, serials: readonly number[]): string[] {
  const bad = serials.find((serial) => serial < 1 || serial > structure.size);
  if (bad !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected atoms from 1 to ${structure.size}, as ${structure.path} has, but received atom ${bad}`,
    );
  const bases = serials.map((serial) => baseName(structure, serial - 1));
  const ranks = ranksOf(structure, atomsOfBases(structure, new Set(bases)));
  const { insertionCodes, chains, segments } = structure;
  return serials.map((serial, i) => {
    const atom = serial - 1;
    const code = insertionCodes[atom];
    return writeAtomName({
      base: bases[i],
      insertionCode: /^[A-Za-z]$/.test(code) ? code : '',
      chain: chains[atom] || segments[atom],
      which: ranks.get(atom) ?? 1,
    });
  });
}

/** The atoms (from 0, ascending) of each of these bases; of one that the structure has not, none. */
export function atomsOfBases(structure: Structure, bases: ReadonlySet<string>): Map<string, number[]> {
  const found = new Map([...bases].map((base) => [base, [] as number[]]));
  // most atoms of a large system are water: their names are not put together
  const names = new Set([...bases].map((base) => base.split(' ')[2]));
  for (let atom = 0; atom < structure.size; atom++)
    if (names.has(word(structure.names[atom]))) found.get(baseName(structure, atom))?.push(atom);
  return found;
}

/** Which of those of its base an atom is, where they are of several residues with a number. */
function ranksOf(
  { residueIds, residues }: Structure,
  places: ReadonlyMap<string, readonly number[]>,
): Map<number, number> {
  const ranks = new Map<number, number>();
  for (const atoms of places.values()) {
    const among = new Set(atoms.map((atom) => residues.of[atom]));
    if (among.size === atoms.length && !Number.isNaN(residueIds[atoms[0]]))
      atoms.forEach((atom, i) => ranks.set(atom, i + 1));
  }
  return ranks;
}
