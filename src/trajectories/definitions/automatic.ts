import { LatentcvError } from '../../support/index.js';
import { parseDefinition, type Definition } from './definition.js';
import { expectStructure, type Structure } from '../structure/index.js';

/** Amino acids, with what ends their chain, up to which a peptide's heavy-atom distances are few enough. */
const smallPeptide = 80;

/** Heavy atoms up to which a molecule is small: all its distances are some hundreds at most. */
const smallMolecule = 40;

/** Residues from which a protein is one, and not a peptide whose heavy-atom distances say all. */
const leastResidues = 5;

const namedInstead = "name ‘descriptors’: 'distances heavy', 'sorted-distances all', 'coordination …'";

/** Reach of a ligand's pocket and of contacts, nm. */
const pocketCutoff = 0.6;

function residueCount({ residues }: Structure, atoms: Uint32Array): number {
  return new Set(Array.from(atoms, (i) => residues.of[i])).size;
}

/**
 * What to learn from where nothing is named: heavy-atom distances of a small molecule; φ, ψ and contacts of Cα atoms
 * of a protein; contacts between a ligand and its pocket where there is a ligand. Water and ions are left out.
 * @throws LatentcvError `bad-argument` for a system that none of these fit
 */
export function automaticDefinition(structure: Structure): { definition: Definition; reason: string } {
  expectStructure(structure);
  structure.needNames('an automatic choice');
  const solute = structure.group('solute')!;
  const protein = structure.group('protein')!;
  const heavy = solute.filter((i) => structure.isHeavy(i));
  const ligand = structure.group('ligand')!.filter((i) => structure.isHeavy(i));
  if (residueCount(structure, protein) >= leastResidues) {
    if (structure.group('backbone')!.length === 0)
      throw new LatentcvError(
        'bad-argument',
        `expected N, CA and C in the ${residueCount(structure, protein)} residues of a protein in ${structure.path} but none has them, as in a coarse-grained model`,
        namedInstead,
      );
    const statements = ['torsions backbone', `contacts (name CA and protein) separation 4 cutoff 1.2 r0=0.8`];
    if (ligand.length > 0 && ligand.length <= 2 * smallMolecule) {
      const bound = 'contacts (ligand and heavy) (protein and heavy)';
      statements.push(`${bound} cutoff ${pocketCutoff} r0=0.45`);
      return { definition: parseDefinition(statements), reason: 'a protein with a ligand' };
    }
    return { definition: parseDefinition(statements), reason: 'a protein' };
  }
  if (heavy.length >= 2 && heavy.length <= smallMolecule)
    return { definition: parseDefinition(['distances (solute and heavy)']), reason: 'a small molecule' };
  // a peptide of a few residues, alone: its distances say all
  if (
    protein.length > 0 &&
    heavy.length <= smallPeptide &&
    heavy.every((i) => structure.kindOf(i) === 'protein')
  )
    return { definition: parseDefinition(['distances (solute and heavy)']), reason: 'a peptide' };
  throw new LatentcvError(
    'bad-argument',
    `expected a small molecule or a protein in ${structure.path} but it has ${heavy.length} heavy atoms that are neither`,
    namedInstead,
  );
}
