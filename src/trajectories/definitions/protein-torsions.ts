import { type TorsionName } from './definition.js';
import { arePeptideBonded, type Structure } from '../structure/index.js';

/** A residue: its atoms by name. */
type Residue = Map<string, number>;

/** Residues of proteins in the order of the file. */
function proteinResidues(structure: Structure): Residue[] {
  const { names, residues } = structure;
  const found: Residue[] = [];
  let last = -1;
  for (const atom of structure.group('protein') ?? []) {
    if (residues.of[atom] !== last) found.push(new Map());
    last = residues.of[atom];
    const residue = found.at(-1)!;
    if (!residue.has(names[atom])) residue.set(names[atom], atom);
  }
  return found;
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
  const residues = proteinResidues(structure);
  const bonded = (a: Residue | undefined, b: Residue | undefined): boolean =>
    arePeptideBonded(structure, a?.get('C'), b?.get('N'));
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
