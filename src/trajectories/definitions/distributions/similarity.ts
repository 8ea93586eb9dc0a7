import { descriptorProblem, type AtomStatistic, type Descriptor } from '../../../descriptors/index.js';
import { readStructure, type Structure } from '../../structure/index.js';
import { atomStatistics } from '../atom-statistics.js';
import { unquoted, type DefinitionStatement } from '../definition.js';
import { latticeNames } from '../distribution-options.js';
import { refusal } from '../statement-groups.js';
import { statementGroups } from './by-elements.js';
import { constantsOf, latticeEnvironments, type Vector } from './lattices.js';

/** As sharp as PLUMED has it. */
const usualLambda = 100;

/** The vectors of a file, nm: its atoms as they stand around the origin; one at the origin is the atom itself. */
async function readEnvironment(statement: DefinitionStatement, path: string): Promise<Vector[]> {
  const { positions } = (await readStructure(path)).places(`the environment in "${statement.text}"`);
  const vectors = Array.from({ length: positions.length / 3 }, (_, i): Vector => [
    positions[3 * i],
    positions[3 * i + 1],
    positions[3 * i + 2],
  ]).filter((vector) => Math.hypot(...vector) > 1e-6);
  if (vectors.length === 0)
    throw refusal(statement, `expected vectors to neighbours in ${path} but found none`);
  return vectors;
}

async function environmentsOf(statement: DefinitionStatement): Promise<Vector[][]> {
  const { lattice, like } = statement.distribution ?? {};
  if ((lattice === undefined) === (like === undefined))
    throw refusal(
      statement,
      `expected either a lattice with its constants in nm (${latticeNames.map((name) => `${name}=…`).join(', ')}) or like FILE`,
      'such as similarity all fcc=0.405 sigma=0.03; hcp takes two constants, hcp=0.32,0.52',
    );
  if (like) return Promise.all(like.map((path) => readEnvironment(statement, unquoted(path))));
  const { name, constants } = lattice!;
  const count = constantsOf(name);
  if (constants.length !== count || !constants.every((constant) => constant > 0))
    throw refusal(statement, `expected ${count === 1 ? 'one constant' : 'two constants'} above 0 of ${name}`);
  return latticeEnvironments(name, constants);
}

/** How alike the environments of atoms are to those of a lattice or of files: the mean, parts above thresholds, moments and bins. */
export async function similarity(
  statement: DefinitionStatement,
  structure: Structure,
): Promise<Descriptor[]> {
  const { sigma, lambda = usualLambda, above = [] } = statement.distribution ?? {};
  const environments = await environmentsOf(statement);
  if (sigma === undefined)
    throw refusal(
      statement,
      'expected sigma=…, in nm,',
      'about a tenth of the distance to the nearest neighbours',
    );
  const statistics = [
    ...atomStatistics(statement),
    ...above.map((threshold): AtomStatistic => ({ of: 'above', threshold })),
  ];
  const all = statementGroups(statement, structure, true).flatMap((groups) =>
    statistics.map((statistic): Descriptor => ({
      kind: 'similarity',
      ...groups,
      sigma,
      lambda,
      environments,
      statistic,
    })),
  );
  const problem = all.map(descriptorProblem).find((each) => each !== undefined);
  if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
  return all;
}
