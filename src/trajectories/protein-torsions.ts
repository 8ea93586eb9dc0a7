import { type TorsionName } from './definition.js';
import { distanceIn } from './pairs.js';
import { isProtein } from './residues.js';
import type { Structure } from './structure.js';

/** A residue: its atoms by name. */
type Residue = Map<string, number>;

/** Longest peptide bond, nm: beyond it a chain is broken. */
const longestBond = 0.2;

/** Residues in the order of the file. */
export function residuesOf(structure: Structure): Residue[] {
  const { names, residueNames, residueIds, chains } = structure;
  const residues: Residue[] = [];
  let last = '';
  names.forEach((name, i) => {
    const key = `${chains[i]}|${residueIds[i]}|${residueNames[i]}`;
    if (key !== last) residues.push(new Map());
    last = key;
    if (isProtein(residueNames[i]) && !residues.at(-1)!.has(name)) residues.at(-1)!.set(name, i);
  });
  return residues.filter((residue) => residue.size > 0);
}

/** Fourth atoms of χ1 (IUPAC-IUB 1970, doi:10.1021/bi00820a001). */
const gamma = ['CG', 'CG1', 'SG', 'OG', 'OG1'];

function torsionOf(
  name: TorsionName,
  before: Residue | undefined,
  here: Residue,
  after: Residue | undefined,
): (number | undefined)[] {
  const at = (residue: Residue | undefined, atom: string): number | undefined => residue?.get(atom);
  const methyl = (residue: Residue | undefined): number | undefined =>
    residue?.get('CA') ?? residue?.get('CH3');
  return {
    phi: [at(before, 'C'), at(here, 'N'), at(here, 'CA'), at(here, 'C')],
    psi: [at(here, 'N'), at(here, 'CA'), at(here, 'C'), at(after, 'N')],
    omega: [methyl(here), at(here, 'C'), at(after, 'N'), methyl(after)],
    chi1: [
      at(here, 'N'),
      at(here, 'CA'),
      at(here, 'CB'),
      gamma.map((g) => at(here, g)).find((g) => g !== undefined),
    ],
  }[name];
}

/** Torsions of these names along the protein's chains, as fours of atoms, residue by residue. */
export function proteinTorsions(
  structure: Structure,
  names: readonly TorsionName[],
): [number, number, number, number][] {
  const residues = residuesOf(structure);
  const bonded = (a: Residue | undefined, b: Residue | undefined): boolean => {
    const [c, n] = [a?.get('C'), b?.get('N')];
    return c !== undefined && n !== undefined && distanceIn(structure, c, n) < longestBond;
  };
  return residues.flatMap((here, i) => {
    const before = bonded(residues[i - 1], here) ? residues[i - 1] : undefined;
    const after = bonded(here, residues[i + 1]) ? residues[i + 1] : undefined;
    return names
      .map((name) => torsionOf(name, before, here, after))
      .filter((atoms): atoms is [number, number, number, number] =>
        atoms.every((atom) => atom !== undefined),
      );
  });
}
