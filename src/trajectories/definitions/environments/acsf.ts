import type { Descriptor, SymmetryFunction } from '../../../descriptors/index.js';
import type { Structure } from '../../structure/index.js';
import type { DefinitionStatement } from '../definition.js';
import { refusal } from '../statement-groups.js';
import { checked, cutoffOf, environmentGroups, neighbourGroups, unorderedPairs } from './groups.js';

const rounded = (number: number): number => Number(number.toPrecision(6));

/** Shells, equally far from each other and as wide, as Gastegger et al. (2018, doi:10.1063/1.5019667) place them. */
const shells = 8;

const names = ['g1', 'g2', 'g4'];

function namesOf(statement: DefinitionStatement): string[] {
  const { functions = ['g2', 'g4'] } = statement.distribution ?? {};
  const unknown = functions.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw refusal(
      statement,
      `expected functions=${names.join(',')} or some of them but received "${unknown}"`,
    );
  return functions;
}

function radials(statement: DefinitionStatement, cutoff: number): SymmetryFunction[] {
  const { eta, rs } = statement.distribution ?? {};
  const wanted = namesOf(statement);
  const first: SymmetryFunction[] = wanted.includes('g1') ? [{ of: 'radial', eta: 0, shift: 0 }] : [];
  if (!wanted.includes('g2')) return first;
  const spacing = cutoff / shells;
  const places = Array.from({ length: shells - 1 }, (_, i) => rounded((i + 1) * spacing));
  const widths = eta ?? [rounded(1 / (2 * spacing ** 2))];
  const shifts = rs ?? (eta ? [0] : places);
  return [
    ...first,
    ...widths.flatMap((each) =>
      shifts.map((shift): SymmetryFunction => ({ of: 'radial', eta: each, shift })),
    ),
  ];
}

function angulars(statement: DefinitionStatement, cutoff: number): SymmetryFunction[] {
  if (!namesOf(statement).includes('g4')) return [];
  const {
    angularEta = [rounded(2 / cutoff ** 2)],
    zeta = [1, 4, 16],
    lambdas = [1, -1],
  } = statement.distribution ?? {};
  return angularEta.flatMap((eta) =>
    zeta.flatMap((power) =>
      lambdas.map((lambda): SymmetryFunction => ({
        of: 'angular',
        eta,
        zeta: power,
        lambda: lambda as 1 | -1,
      })),
    ),
  );
}

/** Mean symmetry functions: radial ones of each group of centres and of neighbours, angular ones of each pair of the latter. */
export function acsf(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const cutoff = cutoffOf(statement);
  const [radial, angular] = [radials(statement, cutoff), angulars(statement, cutoff)];
  const { centres, neighbours } = environmentGroups(statement, structure);
  const pairs = unorderedPairs(neighbours);
  const count = centres.length * (neighbours.length * radial.length + pairs.length * angular.length);
  const of = (groups: object, functions: SymmetryFunction[]): Descriptor[] =>
    functions.map((each) => ({ kind: 'acsf', ...groups, cutoff, function: each }) as Descriptor);
  return checked(statement, structure, count, () =>
    centres.flatMap(({ atoms, number }) => [
      ...neighbours.flatMap((each) => of({ atoms, ...neighbourGroups([each, each], [number]) }, radial)),
      ...pairs.flatMap((pair) => of({ atoms, ...neighbourGroups(pair, [number]) }, angular)),
    ]),
  );
}
