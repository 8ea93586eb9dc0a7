import type { Cell, TrainingFigures } from './measure.js';
import { rankCorrelation } from './rank-correlation.js';
import { sigmaOf } from './rows.js';

/** Transitions of a cell's run, of its first question; undefined where it did not run. */
export function transitionsOf({ answers, problem }: Cell): number | undefined {
  return problem === undefined ? answers[0]?.transitions : undefined;
}

/** How many free energies are off by more than so many errors, and which. */
export interface FarOff {
  determined: number;
  beyondThree: string[];
  beyondFive: string[];
}

/** Of those alone against whose error something was said, or of those against which nothing was. */
export function farOff(cells: readonly Cell[], { doubted }: { doubted: boolean }): FarOff {
  const sigmas = cells.flatMap(({ case: method, seed, answers }) =>
    answers.flatMap((answer) => {
      const sigma = sigmaOf(answer);
      if (sigma === null || answer.doubts.length > 0 !== doubted) return [];
      const question = answer.question === undefined ? '' : ` (${answer.question})`;
      return [{ name: `${method}, seed ${seed}${question}: ${sigma.toFixed(1)}`, off: Math.abs(sigma) }];
    }),
  );
  const beyond = (limit: number): string[] => sigmas.filter(({ off }) => off > limit).map(({ name }) => name);
  return { determined: sigmas.length, beyondThree: beyond(3), beyondFive: beyond(5) };
}

export interface Picks {
  right: number;
  of: number;
}

/**
 * How often the CV that pilots rank first crosses at least half as often as the best of its group, where any of it crosses.
 *
 * @param groups cells that pilots choose among
 */
export function pilotPicks(groups: Iterable<readonly Cell[]>): Picks {
  const picks = { right: 0, of: 0 };
  for (const group of groups) {
    const ran = group.flatMap((cell) => {
      const crossings = transitionsOf(cell);
      return crossings === undefined ? [] : [{ crossings, pilot: cell.independent ?? 0 }];
    });
    const best = Math.max(...ran.map(({ crossings }) => crossings));
    if (ran.length < 2 || best === 0) continue;
    const [first] = ran.toSorted((a, b) => b.pilot - a.pilot);
    picks.of += 1;
    if (2 * first.crossings >= best) picks.right += 1;
  }
  return picks;
}

/** Cells by what they have in common. */
export const grouped = (cells: readonly Cell[], by: (cell: Cell) => string | number): Cell[][] => {
  const groups = new Map<string | number, Cell[]>();
  for (const cell of cells) groups.set(by(cell), [...(groups.get(by(cell)) ?? []), cell]);
  return [...groups.values()];
};

const figures = ['autocorrelation', 'slowness', 'betweenStates', 'balancedAccuracy', 'roughness'] as const;

/** Spearman's correlation with the transitions of the run, and of how many runs. */
export interface Predictor {
  what: string;
  correlation: number | undefined;
  of: number;
}

type Figure = (cell: Cell) => number | null | undefined;

function predictor(what: string, cells: readonly Cell[], figure: Figure): Predictor {
  const pairs = cells.flatMap((cell) => {
    const [value, crossings] = [figure(cell), transitionsOf(cell)];
    return value === null || value === undefined || crossings === undefined
      ? []
      : [[value, crossings] as const];
  });
  return { what, correlation: rankCorrelation(pairs), of: pairs.length };
}

/** What a training says of itself, and what pilots say, against the crossings of the run. */
export function predictors(cells: readonly Cell[]): Predictor[] {
  const ofTraining = (name: keyof TrainingFigures): Figure => {
    return ({ figures: found }) => found?.[name];
  };
  return [
    ...figures.map((name) => predictor(name, cells, ofTraining(name))),
    withinMethods(cells, (cell) => {
      const loss = cell.figures?.validationLoss;
      return loss === null || loss === undefined ? loss : -loss;
    }),
    predictor('independent crossings in the pilots', cells, ({ independent }) => independent),
  ];
}

/** Losses of different methods are of different things: the mean over methods, of their seeds. */
function withinMethods(cells: readonly Cell[], figure: Figure): Predictor {
  const each = grouped(cells, (cell) => cell.case)
    .map((own) => predictor('', own, figure))
    .filter(({ correlation }) => correlation !== undefined);
  const of = each.reduce((sum, one) => sum + one.of, 0);
  const sum = each.reduce((total, one) => total + one.correlation!, 0);
  return {
    what: 'validation loss, lower, among seeds of a method',
    correlation: each.length > 0 ? sum / each.length : undefined,
    of,
  };
}
