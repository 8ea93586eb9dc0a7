import type { Descriptor, SoapDescriptor } from '../../../descriptors/index.js';
import type { Structure } from '../../structure/index.js';
import type { DefinitionStatement } from '../definition.js';
import { refusal } from '../statement-groups.js';
import { checked, cutoffOf, environmentGroups, neighbourGroups, unorderedPairs } from './groups.js';

/** Few functions tell most; a Gaussian is as wide as half an ångström. */
const usual = { n: 4, l: 4, sigma: 0.05 };

function wordOf<T extends string>(
  statement: DefinitionStatement,
  name: 'weighting' | 'average',
  allowed: readonly [T, ...T[]],
): T {
  const word = statement.distribution?.[name] ?? allowed[0];
  const found = allowed.find((each) => each === word);
  if (found === undefined)
    throw refusal(statement, `expected ${name}=${allowed.join(' or ')} but received "${word}"`);
  return found;
}

/** Components of one pair of densities: by degree, then by the first function and the second; of one with itself, each pair once. */
function spectraOf(functions: number, degree: number, alike: boolean): SoapDescriptor['spectrum'][] {
  const each = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  return each(degree + 1).flatMap((l) =>
    each(functions).flatMap((first) =>
      each(functions)
        .filter((second) => !alike || second >= first)
        .map((second) => ({ first, second, degree: l })),
    ),
  );
}

/** Mean power spectra of each pair of densities, of one density where nothing tells elements apart. */
export function soap(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const { n: functions = usual.n, l: degree = usual.l, sigma = usual.sigma } = statement.distribution ?? {};
  const basis = { functions, degree, cutoff: cutoffOf(statement), sigma };
  const weighting = wordOf(statement, 'weighting', ['poly', 'uniform']);
  const average = wordOf(statement, 'average', ['outer', 'inner']);
  const { all: atoms, neighbours } = environmentGroups(statement, structure);
  const pairs = unorderedPairs(neighbours);
  return checked(statement, structure, pairs.length * (degree + 1) * functions ** 2, () =>
    pairs.flatMap((pair) => {
      const groups = { atoms, ...neighbourGroups(pair) };
      return spectraOf(functions, degree, pair[0] === pair[1]).map((spectrum): Descriptor => ({
        kind: 'soap',
        ...groups,
        basis,
        weighting,
        average,
        spectrum,
      }));
    }),
  );
}
