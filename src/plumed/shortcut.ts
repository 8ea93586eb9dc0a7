import { isBiasAction } from '../sampling/index.js';
import type { Statement } from './statement.js';

/** Actions that are what they are: they make no labels beside their own. */
const plain = new Set(['DISTANCE', 'ANGLE', 'TORSION', 'POSITION', 'COMBINE', 'CUSTOM', 'MATHEVAL', 'PRINT']);

/**
 * The statement that may be a shortcut which makes this label: PLUMED writes out Q6, COORDINATIONNUMBER and others as several actions,
 * called `label_mean`, `label_moment-2`, …. Which of them it makes, only PLUMED knows.
 */
export function shortcutOf(statements: readonly Statement[], argument: string): Statement | undefined {
  const label = argument.split('.')[0];
  const candidates = statements.filter(
    (statement) =>
      statement.label !== undefined &&
      label.startsWith(`${statement.label}_`) &&
      !plain.has(statement.action) &&
      !isBiasAction(statement.action),
  );
  return candidates.toSorted((a, b) => b.label!.length - a.label!.length)[0];
}
