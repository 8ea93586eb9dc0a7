import { LatentcvError, expectList } from '../../support/index.js';
import { selectAtoms } from '../selection/index.js';
import { expectStructure, type Structure } from '../structure/index.js';
import { parseDefinition, type Definition } from './definition.js';
import { guestPlace, inFrame } from './guest-place.js';
import { centreWords } from './places.js';
import { isSite } from './site.js';
import {
  armsOf,
  moleculeOf,
  partsOf,
  soluteMolecules,
  torsionsOf,
  waterAround,
  type Molecule,
} from './two-molecules.js';

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

/** Atoms of a protein's backbone that carry a ligand's frame: those about the pocket, where they are enough. */
const aboutPocket = 1.2;
const leastCarrying = 8;

/** Where a ligand is, its torsions and water around it, where it is one molecule. */
function ofLigand(structure: Structure, ligand: Uint32Array, protein: Uint32Array): Part {
  const molecule = soluteMolecules(structure).find(({ heavy }) => heavy.includes(ligand[0]));
  if (molecule?.heavy.length !== ligand.length) return { groups: [], statements: [], told: '' };
  const [near, all] = [`within ${aboutPocket} of (ligand and heavy)`, ''].map((where) => {
    const words = `protein and name CA${where && ` and ${where}`}`;
    return { words, atoms: Array.from(selectAtoms(structure, words)) };
  });
  const frame = near.atoms.length < leastCarrying ? all : near;
  const place = inFrame(structure, {
    frame: frame.words,
    atoms: frame.atoms,
    host: moleculeOf(structure, protein, 'protein'),
    guest: { ...molecule, name: 'ligand' },
  });
  return {
    groups: place?.groups ?? [],
    statements: [
      ...torsionsOf(structure, molecule, 'ligand'),
      ...waterAround(structure, molecule, 'ligand'),
      ...(place?.statements ?? []),
    ],
    told: place?.told ?? '',
  };
}

type Groups = Definition['groups'];

interface Part {
  groups: Groups;
  statements: string[];
  told: string;
}

/** Groups that a user named himself, as the structure then knows them; centres and sites name no group. */
function nameGroups(structure: Structure, groups: Groups): void {
  for (const [name, text] of groups)
    if (!isSite(text) && !centreWords(text)) structure.name(name, selectAtoms(structure, text));
}

/** The groups of a choice with those that a user named, each in the other's place. */
function joined(groups: Groups, named: Groups): Groups {
  const names = new Set(named.map(([name]) => name));
  const left = groups.filter(([name]) => !names.has(name));
  const isFirst = ([name]: Groups[number]): boolean => name === 'host' || name === 'guest';
  return [...left.filter(isFirst), ...named, ...left.filter((group) => !isFirst(group))];
}

/**
 * What two molecules are learned from: the two of a system that has no others, or those that a user named host and guest. Nothing
 * where there are not two, or the smaller one is no guest.
 */
function pairIn(structure: Structure, heavy: Uint32Array, named: Groups): AutomaticChoice | undefined {
  const molecules = soluteMolecules(structure);
  if (molecules.length === 2) {
    const [host, guest] = molecules;
    if (named.length === 0 && heavy.length <= smallMolecule && host.heavy.length >= 3)
      return twoSmall(structure, host, guest);
    for (const [name, { selection }] of [['host', host] as const, ['guest', guest] as const])
      structure.name(name, selectAtoms(structure, selection));
  }
  nameGroups(structure, named);
  const [host, guest] = ['host', 'guest'].map((name) => {
    const text = named.find(([each]) => each === name)?.[1];
    const atoms = structure.isNamed(name) ? structure.group(name) : undefined;
    return atoms && moleculeOf(structure, atoms, text ?? molecules[name === 'host' ? 0 : 1].selection);
  });
  if (!host || !guest || host.heavy.length < 3 || guest.heavy.length === 0) return undefined;
  if (guest.heavy.length > 2 * smallMolecule) return undefined;
  return hostAndGuest(structure, host, guest, named);
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

function hostAndGuest(structure: Structure, host: Molecule, guest: Molecule, named: Groups): AutomaticChoice {
  const arms = armsOf(structure, host);
  const between = arms
    ? // equal residues count alike: which of them is near does not matter
      partsOf(structure, guest, 'guest').flatMap((part) =>
        arms.map((name) => `coordination (${part}) (host and name ${name}) r0=0.45`),
      )
    : [`contacts (guest and heavy) (host and heavy) ever ${contactReach} r0=0.45`];
  const place = guestPlace(structure, { host, guest, areAlike: arms !== undefined });
  const groups: Groups = [['host', host.selection], ['guest', guest.selection], ...(place?.groups ?? [])];
  const { statements } = parseDefinition([
    ...between,
    ...torsionsOf(structure, guest, 'guest'),
    ...waterAround(structure, guest, 'guest'),
    ...(place?.statements ?? []),
  ]);
  const alike = arms ? ', whose residues are alike and counted together,' : '';
  const told = place ? `; ${place.told}` : '';
  const others = groups.map(([name]) => `${name} = …`).join('; ');
  return {
    definition: { groups: joined(groups, named), statements },
    reason: `a host (${host.selection})${alike} and its guest (${guest.selection})${told}; others by ‘descriptors’: ${others}`,
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
 * @param named groups of a user: those of the choice, such as host and guest, are theirs where they have the same name
 * @throws LatentcvError `bad-argument` for a system that none of these fit
 */
export function automaticDefinition(structure: Structure, named: Definition['groups'] = []): AutomaticChoice {
  expectStructure(structure);
  expectList(named, 'named');
  structure.needNames('an automatic choice');
  const chosen = (definition: Definition, reason: string): AutomaticChoice => ({
    definition: { ...definition, groups: joined(definition.groups, named) },
    reason,
  });
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
      const more = ofLigand(structure, ligand, protein);
      const definition = parseDefinition([...statements, ...more.statements]);
      return chosen(
        { ...definition, groups: more.groups },
        `a protein with a ligand${more.told && `; ${more.told}`}`,
      );
    }
    return chosen(parseDefinition(statements), 'a protein');
  }
  const pair = pairIn(structure, heavy, named);
  if (pair) return pair;
  if (heavy.length >= 2 && heavy.length <= smallMolecule)
    return chosen(parseDefinition(['distances (solute and heavy)']), 'a small molecule');
  // a peptide of a few residues, alone: its distances say all
  if (
    protein.length > 0 &&
    heavy.length <= smallPeptide &&
    heavy.every((i) => structure.kindOf(i) === 'protein')
  )
    return chosen(parseDefinition(['distances (solute and heavy)']), 'a peptide');
  throw new LatentcvError(
    'bad-argument',
    `expected a small molecule, two molecules or a protein in ${structure.path} but it has ${heavy.length} heavy atoms that are neither`,
    `${namedInstead}; or which is which: host = …; guest = …`,
  );
}
