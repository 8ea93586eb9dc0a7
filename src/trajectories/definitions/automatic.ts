import { LatentcvError } from '../../support/index.js';
import { parseDefinition, type Definition } from './definition.js';
import { expectStructure, type Structure } from '../structure/index.js';
import { armsOf, partsOf, soluteMolecules, torsionsOf, waterAround, type Molecule } from './two-molecules.js';

/** Amino acids, with what ends their chain, up to which a peptide's heavy-atom distances are few enough. */
const smallPeptide = 80;

/** Heavy atoms up to which a molecule is small: all its distances are some hundreds at most. */
const smallMolecule = 40;

/** Residues from which a protein is one, and not a peptide whose heavy-atom distances say all. */
const leastResidues = 5;

const namedInstead = "name ‘descriptors’: 'distances heavy', 'sorted-distances all', 'coordination …'";

/** Pairs of a ligand's or guest's heavy atoms and others that come nearer than this in a frame are contacts, nm. */
const contactReach = 0.6;

/** Pairs of a ligand and its protein that are further apart in the structure than this are not looked at, nm. */
const pocketReach = 2;

function residueCount({ residues }: Structure, atoms: Uint32Array): number {
  return new Set(Array.from(atoms, (i) => residues.of[i])).size;
}

/** Torsions of a ligand and water around it, where it is one molecule. */
function ofLigand(structure: Structure, ligand: Uint32Array): string[] {
  const molecule = soluteMolecules(structure).find(({ heavy }) => heavy.includes(ligand[0]));
  if (molecule?.heavy.length !== ligand.length) return [];
  return [...torsionsOf(structure, molecule, 'ligand'), ...waterAround(structure, molecule, 'ligand')];
}

/** What two molecules are learned from; nothing where there are not two, or the smaller one is no guest. */
function pairIn(structure: Structure, heavy: Uint32Array): AutomaticChoice | undefined {
  const [host, guest, ...others] = soluteMolecules(structure);
  if (!guest || others.length > 0 || host.heavy.length < 3 || guest.heavy.length > 2 * smallMolecule)
    return undefined;
  return heavy.length <= smallMolecule
    ? twoSmall(structure, host, guest)
    : hostAndGuest(structure, host, guest);
}

function twoSmall(structure: Structure, one: Molecule, other: Molecule): AutomaticChoice {
  const between = `(${one.selection} and heavy) (${other.selection} and heavy)`;
  const statements = [
    `contacts ${between} r0=0.45`,
    ...[one, other].flatMap((molecule) => torsionsOf(structure, molecule, molecule.selection)),
    ...waterAround(structure, other, other.selection),
  ];
  return {
    definition: parseDefinition(statements),
    reason: `two small molecules: ${one.selection}; ${other.selection}`,
  };
}

function hostAndGuest(structure: Structure, host: Molecule, guest: Molecule): AutomaticChoice {
  const arms = armsOf(structure, host);
  const between = arms
    ? // equal residues count alike: which of them is near does not matter
      partsOf(structure, guest, 'guest').flatMap((part) =>
        arms.map((name) => `coordination (${part}) (host and name ${name}) r0=0.45`),
      )
    : [`contacts (guest and heavy) (host and heavy) ever ${contactReach} r0=0.45`];
  const definition = parseDefinition([
    `host = ${host.selection}`,
    `guest = ${guest.selection}`,
    ...between,
    ...torsionsOf(structure, guest, 'guest'),
    ...waterAround(structure, guest, 'guest'),
  ]);
  const alike = arms ? ', whose residues are alike and counted together,' : '';
  return {
    definition,
    reason: `a host (${host.selection})${alike} and its guest (${guest.selection}); others by ‘descriptors’: host = …; guest = …`,
  };
}

/** What is chosen, and for what kind of system. */
export interface AutomaticChoice {
  definition: Definition;
  reason: string;
}

/**
 * What to learn from where nothing is named: heavy-atom distances of a small molecule; contacts between two molecules, with
 * the torsions of the smaller one and water around it; φ, ψ and contacts of Cα atoms of a protein, with the same for its
 * ligand. Water and ions are left out otherwise.
 * @throws LatentcvError `bad-argument` for a system that none of these fit
 */
export function automaticDefinition(structure: Structure): AutomaticChoice {
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
      statements.push(`${bound} cutoff ${pocketReach} ever ${contactReach} r0=0.45`);
      return {
        definition: parseDefinition([...statements, ...ofLigand(structure, ligand)]),
        reason: 'a protein with a ligand',
      };
    }
    return { definition: parseDefinition(statements), reason: 'a protein' };
  }
  const pair = pairIn(structure, heavy);
  if (pair) return pair;
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
    `expected a small molecule, two molecules or a protein in ${structure.path} but it has ${heavy.length} heavy atoms that are neither`,
    namedInstead,
  );
}
