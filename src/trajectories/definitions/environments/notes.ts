import type { AcsfDescriptor, Descriptor, SoapDescriptor } from '../../../descriptors/index.js';
import type { DefinitionStatement } from '../definition.js';

/** What each name was chosen to be, where the statement says nothing of it. */
type Choices = [name: string, said: unknown, chosen: string | number][];

const each = (numbers: readonly number[]): string => [...new Set(numbers)].join(',');

function choicesOfSoap(
  { distribution = {} }: DefinitionStatement,
  { basis, weighting, average }: SoapDescriptor,
): Choices {
  return [
    ['n', distribution.n, basis.functions],
    ['l', distribution.l, basis.degree],
    ['sigma', distribution.sigma, basis.sigma],
    ['weighting', distribution.weighting, weighting],
    ['average', distribution.average, average],
  ];
}

function choicesOfAcsf(
  { distribution = {} }: DefinitionStatement,
  descriptors: readonly AcsfDescriptor[],
): Choices {
  const functions = descriptors.map((descriptor) => descriptor.function);
  const angular = functions.filter((one) => one.of === 'angular');
  // g1 is of no numbers
  const radial = functions
    .filter((one) => one.of === 'radial')
    .filter(({ eta, shift }) => eta > 0 || shift > 0);
  return [
    ...(radial.length > 0
      ? ([
          ['eta', distribution.eta, each(radial.map(({ eta }) => eta))],
          ['rs', distribution.rs, each(radial.map(({ shift }) => shift))],
        ] as Choices)
      : []),
    ...(angular.length > 0
      ? ([
          ['angular-eta', distribution.angularEta, each(angular.map(({ eta }) => eta))],
          ['zeta', distribution.zeta, each(angular.map(({ zeta }) => zeta))],
          ['lambda', distribution.lambdas, each(angular.map(({ lambda }) => lambda))],
        ] as Choices)
      : []),
  ];
}

/** What was chosen unasked for such a statement. */
export function environmentNotes(
  statement: DefinitionStatement,
  descriptors: readonly Descriptor[],
): string[] {
  const [first] = descriptors;
  const choices =
    first?.kind === 'soap'
      ? choicesOfSoap(statement, first)
      : choicesOfAcsf(
          statement,
          descriptors.filter((descriptor) => descriptor.kind === 'acsf'),
        );
  const unsaid = choices.filter(([, said]) => said === undefined);
  if (unsaid.length === 0) return [];
  return [
    `${statement.kind}: ${unsaid.map(([name, , chosen]) => `${name}=${chosen}`).join(' ')} where nothing is said`,
  ];
}
