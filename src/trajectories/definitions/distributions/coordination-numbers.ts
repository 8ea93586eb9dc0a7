import type { Descriptor, SwitchingFunction } from '../../../descriptors/index.js';
import type { Structure } from '../../structure/index.js';
import { atomStatistics } from '../atom-statistics.js';
import type { DefinitionStatement } from '../definition.js';
import { refusal } from '../statement-groups.js';
import { statementGroups } from './by-elements.js';

/** Whether a `coordination` asks for what each atom has, in place of one sum. */
export const wantsEachAtom = ({ mean, statistics, byElements }: DefinitionStatement): boolean =>
  mean === true || statistics !== undefined || byElements === true;

/** `histogram 6..14` has a bin around each whole number, its edges smeared out by half a neighbour. */
function aroundWholeNumbers(statement: DefinitionStatement): DefinitionStatement {
  const { histogram, bins, sigma = 0.5 } = statement.statistics ?? {};
  if (!histogram || bins !== undefined || !histogram.every(Number.isInteger)) return statement;
  const [least, most] = histogram;
  const around: [number, number] = [least - 0.5, most + 0.5];
  return {
    ...statement,
    statistics: { ...statement.statistics, histogram: around, bins: most - least + 1, sigma },
  };
}

/** Mean, moments and bins of the coordination numbers of a group's atoms, by those of another or by element. */
export function coordinationNumbers(
  statement: DefinitionStatement,
  structure: Structure,
  switchingOf: (statement: DefinitionStatement) => SwitchingFunction,
): Descriptor[] {
  const switching = switchingOf(statement);
  if (switching.dmax === undefined)
    throw refusal(
      statement,
      'expected dmax=…, in nm, behind which no atom is a neighbour,',
      'such as between two shells of neighbours',
    );
  const statistics = atomStatistics(aroundWholeNumbers(statement));
  return statementGroups(statement, structure, true).flatMap((groups) =>
    statistics.map((statistic): Descriptor => ({
      kind: 'coordination-number',
      ...groups,
      switching,
      statistic,
    })),
  );
}
