import type { AlignmentReference, Descriptor } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import { templateOf } from './alignment.js';
import type { DefinitionStatement } from './definition.js';
import { exchangesOf } from './equivalent-groups.js';
import { serial, type NamedPoints, type Template } from './places.js';
import { groupOfWord, groupsOf, refusal } from './statement-groups.js';

/** The radius of gyration of a group, `by mass` or with all atoms alike. */
export function gyration(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): Descriptor[] {
  const [group] = groupsOf(statement, structure, 1, 1);
  const weights =
    statement.byMass &&
    points.masses(group, statement, ['by mass', 'without ‘by mass’ all atoms weigh alike']);
  return [{ kind: 'gyration', atoms: Array.from(group, serial), ...(weights && { weights }) }];
}

/** 1/nm: ln 2/100 nm below the least of two RMSDs where they are alike, and hardly below it where they differ by 0.05 nm. */
const defaultBeta = 100;

/** The atoms that an `rmsd` compares, and the pose that a file has of them and of their host. */
interface Pose extends Template {
  atoms: number[];
}

/**
 * The atoms that an `rmsd GROUP aligned FILE` compares, and the pose in that file (nm): of the group alone, or, with `on HOST`,
 * of a host that is aligned and of the group beside it. Each is called in the file as in the structure.
 */
async function poseOf(statement: DefinitionStatement, structure: Structure): Promise<Pose> {
  if (statement.aligned === undefined)
    throw refusal(statement, 'expected "aligned FILE"', 'a PDB or GRO file that has the pose');
  const [group] = groupsOf(statement, structure, 1, 1);
  const host = statement.on === undefined ? group : groupOfWord(statement, structure, 'on', statement.on);
  const inHost = new Set(host);
  const all = Uint32Array.from([...host, ...group.filter((atom) => !inHost.has(atom))]);
  const { reference, notes } = await templateOf(statement.aligned, all, structure, 'a pose');
  const weights = Array.from(all, (atom) => (inHost.has(atom) ? 1 : 0));
  return { atoms: Array.from(group, serial), reference: { ...reference, weights }, notes };
}

/** The pose with equivalent atoms exchanged in each way. */
function exchanged(
  statement: DefinitionStatement,
  structure: Structure,
  { atoms, weights, positions }: AlignmentReference,
): AlignmentReference[] {
  const places = new Map(atoms.map((atom, i) => [atom, i]));
  return exchangesOf(statement, structure).map((exchange) => {
    const to = atoms.map((atom, i) => places.get(serial(exchange.get(atom - 1) ?? atom - 1)) ?? i);
    const outside = [...exchange.keys()].find((atom) => !places.has(serial(atom)));
    if (outside !== undefined)
      throw refusal(
        statement,
        `expected atoms of the pose to be exchanged but atom ${serial(outside)} is none of its group or host`,
      );
    if (to.some((place, i) => weights[place] !== weights[i]))
      throw refusal(statement, 'expected atoms of the host to be exchanged among themselves');
    return { atoms, weights, positions: to.map((place) => positions[place]) };
  });
}

/**
 * RMSD to a pose; with `permuted` or `cyclic` groups, the smooth minimum over the poses in which equivalent atoms are exchanged.
 * @throws LatentcvError `bad-argument`
 */
export async function rmsd(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): Promise<Descriptor[]> {
  const { atoms, reference, notes } = await poseOf(statement, structure);
  if (!statement.exchanged)
    return [{ kind: 'rmsd', atoms, reference: points.reference({ reference, notes }) }];
  const beta = statement.switching?.beta ?? defaultBeta;
  if (!(beta > 0)) throw refusal(statement, 'expected beta above 0, in 1/nm,');
  const references = exchanged(statement, structure, reference).map((each) =>
    points.reference({ reference: each, notes }),
  );
  return [{ kind: 'least-rmsd', atoms, references: [...new Set(references)], beta }];
}
