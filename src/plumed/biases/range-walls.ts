import { descriptorLabels, pointLabels, pointsBySerial } from '../../descriptors/index.js';
import { LatentcvError, shortList } from '../../support/index.js';
import { descriptorStatements, hasStatement } from '../descriptors/index.js';
import type { BiasContext } from './bias.js';

/** A wall on an argument as PLUMED names it. */
export interface Wall {
  argument: string;
  side: '<' | '>';
  /** In the unit of the argument. */
  at: number;
  /** kJ/mol per unit of the argument squared. */
  kappa: number;
  /** What to print of it, where the model's outputs are not enough. */
  printed?: string;
}

/**
 * Walls on all inputs of the model that are not periodic, at a distance from their training ranges.
 * @param beyond how far an input may lie outside of its range, in units of the range
 * @param kappa of an input in units of its range, kJ/mol
 * @returns the walls, and the statements that compute the inputs where the model takes them from atoms
 * @throws LatentcvError `bad-argument` where ranges are not known, `plumed-input` where the inputs cannot be computed here
 */
export function rangeWalls(
  beyond: number,
  kappa: number,
  mode: 'atoms' | 'arg',
  context: BiasContext,
): { walls: Wall[]; lines: string[]; notes: string[] } {
  const { inputs, inputMin, inputMax, inputPeriods } = context.model;
  if (!inputMin || !inputMax)
    throw new LatentcvError(
      'bad-argument',
      'expected a model that tells the training ranges of its inputs for a wall on outside but it does not',
    );
  const { names, lines } = mode === 'arg' ? { names: inputs, lines: [] } : computed(context);
  const periodic = inputs.filter((_, i) => inputPeriods?.[i]);
  const walls = names.flatMap((argument, i): Wall[] => {
    const range = inputMax[i] - inputMin[i];
    if (inputPeriods?.[i] || !(range > 0)) return [];
    const spring = kappa / range ** 2;
    return [
      { argument, side: '<', at: inputMax[i] + beyond * range, kappa: spring },
      { argument, side: '>', at: inputMin[i] - beyond * range, kappa: spring },
    ];
  });
  if (walls.length === 0)
    throw new LatentcvError(
      'bad-argument',
      'expected inputs without a period for a wall on outside but found none',
    );
  return { walls, lines, notes: notesOf(walls.length / 2, periodic) };
}

function notesOf(count: number, periodic: readonly string[]): string[] {
  return [
    `outside has no derivatives: its wall is one on each of ${count} inputs of the model, at their training ranges`,
    ...(periodic.length > 0
      ? [`${shortList(periodic)}: periodic inputs have no wall, as both of their ends are one place`]
      : []),
  ];
}

/** The model's descriptors as statements, which the model itself computes of atoms. */
function computed({ model, names, units }: BiasContext): { names: string[]; lines: string[] } {
  const set = model.descriptors!;
  const moving = set.items.find(
    (item) => !('frame' in item) && (!hasStatement(item) || /^(aligned|position|box)-|rmsd$/.test(item.kind)),
  );
  const site = set.points?.find(({ kind }) => kind === 'site');
  const labels = [...pointLabels(pointsBySerial(set)), ...descriptorLabels(set)];
  const taken = labels.find((label) => names.definition(label));
  const reason =
    moving || site
      ? `the model takes ${(moving ?? site!).kind} of atoms`
      : taken !== undefined
        ? `the input has ${taken} already`
        : units.length === 1
          ? undefined
          : `the input's lengths are in units of ${units.length} nm`;
  if (reason !== undefined)
    throw new LatentcvError(
      'plumed-input',
      `expected inputs that can be computed here once more for a wall on outside but ${reason}`,
      'define the inputs of the model in the PLUMED input, and use mode arg',
    );
  const lines = descriptorStatements(set);
  for (const line of lines) {
    const label = /^(\S+):/.exec(line)?.[1];
    if (label !== undefined) names.label(label, label);
  }
  return { names: descriptorLabels(set), lines };
}
