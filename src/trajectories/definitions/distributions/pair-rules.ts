import {
  descriptorProblem,
  type Descriptor,
  type DistanceGrid,
  type SwitchingFunction,
} from '../../../descriptors/index.js';
import type { Structure } from '../../structure/index.js';
import type { DefinitionStatement } from '../definition.js';
import { expectFew, refusal } from '../statement-groups.js';
import { statementGroups } from './by-elements.js';

/** Those of a statement, whose numbers must make descriptors. */
function checked(statement: DefinitionStatement, descriptors: Descriptor[]): Descriptor[] {
  const problem = descriptors.map(descriptorProblem).find((each) => each !== undefined);
  if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
  return descriptors;
}

/** @param usual how many bins there are where nothing is said */
function gridOf(
  statement: DefinitionStatement,
  usual: (rmax: number, sigma: number) => number,
): DistanceGrid {
  const { rmax, sigma, bins } = statement.distribution ?? {};
  if (rmax === undefined || sigma === undefined)
    throw refusal(
      statement,
      `expected ${rmax === undefined ? 'rmax=…' : 'sigma=…'}, in nm,`,
      'rmax as far as pairs are of interest, sigma as fine as their distances are told apart',
    );
  // bins are made of them
  if (!(rmax > 0 && sigma > 0)) throw refusal(statement, 'expected rmax and sigma above 0');
  return { rmax, sigma, bins: bins ?? usual(rmax, sigma) };
}

/** Bins of the radial distribution function, as wide as the Gaussians' sigma unless their number is said. */
export function rdf(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const grid = gridOf(statement, (rmax, sigma) => Math.max(1, Math.round(rmax / sigma)));
  const all = statementGroups(statement, structure, false);
  expectFew(statement, structure, all.length * grid.bins, all[0].atoms);
  return checked(
    statement,
    all.flatMap((groups) =>
      Array.from({ length: grid.bins }, (_, bin): Descriptor => ({ kind: 'rdf', ...groups, grid, bin })),
    ),
  );
}

/** Two-body entropies, integrated in steps of half of sigma unless bins are said. */
export function pairEntropy(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const grid = gridOf(statement, (rmax, sigma) => Math.max(1, Math.ceil((2 * rmax) / sigma)));
  return checked(
    statement,
    statementGroups(statement, structure, true).map((groups) => ({ kind: 'pair-entropy', ...groups, grid })),
  );
}

/** Scattering at each q. */
export function debye(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const { qs, window } = statement.distribution ?? {};
  if (!qs) throw refusal(statement, 'expected q=…, in 1/nm, such as q=20,25,30 or q=10..40:2,');
  if (window === undefined)
    throw refusal(statement, 'expected window=…, in nm,', 'as far as pairs are to scatter, such as 0.8');
  return checked(
    statement,
    statementGroups(statement, structure, false).flatMap((groups) =>
      qs.map((q): Descriptor => ({ kind: 'debye', ...groups, q, window })),
    ),
  );
}

function countPairs({ atoms, partners }: { atoms: number[]; partners?: number[] }): number {
  if (!partners) return (atoms.length * (atoms.length - 1)) / 2;
  const own = new Set(atoms);
  return atoms.length * partners.length - partners.filter((atom) => own.has(atom)).length;
}

/** A permutation invariant vector: the nearest pairs of each block, from the nearest on. */
export function piv(
  statement: DefinitionStatement,
  structure: Structure,
  switchingOf: (statement: DefinitionStatement) => SwitchingFunction,
): Descriptor[] {
  const { first = Infinity, volume } = statement.distribution ?? {};
  if (first < 1 || (first < Infinity && !Number.isInteger(first)))
    throw refusal(statement, 'expected first=… to be a whole number from 1');
  const switching = switchingOf(statement);
  const blocks = statementGroups(statement, structure, false).map((groups) => ({
    groups,
    kept: Math.min(first, countPairs(groups)),
  }));
  const total = blocks.reduce((sum, { kept }) => sum + kept, 0);
  expectFew(statement, structure, total, blocks[0].groups.atoms);
  return checked(
    statement,
    blocks.flatMap(({ groups, kept }) =>
      Array.from({ length: kept }, (_, rank): Descriptor => ({
        kind: 'piv',
        ...groups,
        switching,
        rank,
        ...(volume !== undefined && { volume }),
      })),
    ),
  );
}
