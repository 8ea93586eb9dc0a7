import type { Descriptor, SwitchingFunction } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
import { serial } from './places.js';
import { groupsOf, refusal } from './statement-groups.js';

/** Elements that give and take hydrogen bonds. */
const polar = new Set(['N', 'O', 'F', 'S']);

/** A donor with the hydrogens that are bonded to it. */
type Donor = readonly [donor: number, hydrogens: number[]];

/** Those of the atoms that have hydrogens, and these: the structure's bonds tell, or else distances. */
function donorsOf(structure: Structure, atoms: readonly number[]): Donor[] {
  const { elements, residues } = structure;
  const near = new Set(atoms.map((atom) => residues.of[atom]));
  const donors = new Set(atoms);
  const looked = structure.indices(
    (atom) => donors.has(atom) || (elements[atom] === 'H' && near.has(residues.of[atom])),
  );
  const { bonds } = structure.connections(looked);
  const hydrogens = new Map<number, number[]>();
  for (let b = 0; b < bonds.length; b += 2)
    for (const [atom, other] of [
      [bonds[b], bonds[b + 1]],
      [bonds[b + 1], bonds[b]],
    ])
      if (donors.has(atom) && elements[other] === 'H')
        hydrogens.set(atom, [...(hydrogens.get(atom) ?? []), other]);
  return atoms.flatMap((atom): Donor[] => (hydrogens.has(atom) ? [[atom, hydrogens.get(atom)!]] : []));
}

/**
 * Hydrogen bonds from the donors of a group to the acceptors of another, or within one: a descriptor for each donor and acceptor,
 * or one for all of them. Donors are N, O, F and S with a hydrogen, acceptors all of these elements.
 * @throws LatentcvError `bad-argument` where there is none
 */
export function hydrogenBonds(
  statement: DefinitionStatement,
  structure: Structure,
  switching: SwitchingFunction,
): Descriptor[] {
  structure.needNames('hydrogen bonds');
  const [from, to = from] = groupsOf(statement, structure, 1, 2);
  const isPolar = (atom: number): boolean => polar.has(structure.elements[atom]);
  const donors = donorsOf(structure, Array.from(from.filter(isPolar)));
  const acceptors = Array.from(to.filter(isPolar));
  if (donors.length === 0 || acceptors.length === 0)
    throw refusal(
      statement,
      `expected ${donors.length === 0 ? 'a donor (N, O, F or S with a hydrogen)' : 'an acceptor (N, O, F or S)'} but found none in ${structure.path}`,
    );
  const bonds = (given: readonly Donor[], taken: readonly number[]): Descriptor => ({
    kind: 'hydrogen-bonds',
    atoms: given.flatMap(([donor, hydrogens]) => hydrogens.map(() => serial(donor))),
    hydrogens: given.flatMap(([, hydrogens]) => hydrogens.map(serial)),
    acceptors: taken.map(serial),
    switching,
  });
  if (statement.summed) return [bonds(donors, acceptors)];
  return donors.flatMap((donor) =>
    acceptors.filter((acceptor) => acceptor !== donor[0]).map((acceptor) => bonds([donor], [acceptor])),
  );
}
