import type { PredictedRows } from '../../../campaign/index.js';
import { usualLevel, type PropertiesRecord, type PropertyMetrics } from '../../../properties/index.js';
import { digits, fixed, percent } from '../../../support/index.js';
import { alignedRows } from '../aligned-rows.js';

/** What a model's predictions are worth, a line for each property and baseline, and how wide their intervals are. */
export function propertyLines(record: PropertiesRecord, method: string): string[] {
  const { each, of, folds, group } = record;
  const rows = each.flatMap(({ name, metrics, baselines }) => [
    [name, method, ...cells(metrics)],
    ...Object.entries(baselines).map(([baseline, own]) => ['', baseline, ...cells(own)]),
  ]);
  const which =
    of === 'folds'
      ? `each row by one of ${folds} trainings without it`
      : `the ${each[0]?.metrics.rows ?? 0} rows that validated (--folds 5 tells of all)`;
  return [
    `properties, ${which}${group === undefined ? '' : `, whole groups of ${group}`}:`,
    ...alignedRows([['', '', 'R²', 'MAE', 'RMSE', 'MAE ÷ guess'], ...rows]).map((line) => `  ${line}`),
    ...each.flatMap((property) => intervalLine(property)),
  ];
}

const cells = ({ r2, mae, rmse, maeOverGuess }: PropertyMetrics): string[] => [
  fixed(r2, 3),
  digits(mae, 3),
  digits(rmse, 3),
  fixed(maeOverGuess, 3),
];

/** `gap: 90 % of the rows are within ±0.31 of what is predicted (89.6 % of rows of other folds)` */
function intervalLine({ name, intervals, spread }: PropertiesRecord['each'][number]): string[] {
  const usual = intervals.find(({ level }) => level === usualLevel);
  if (!usual || usual.halfWidth === null) return [];
  const checked =
    usual.coverage === null
      ? ''
      : ` (intervals from other rows held ${fixed(100 * usual.coverage, 1)} % of them)`;
  const by = spread === undefined ? '' : ', more where the members disagree more, and less where less';
  return [
    `${name}: ${percent(usual.level)} of the rows lie within ±${digits(usual.halfWidth, 3)}${by}${checked}`,
  ];
}

/** A line for each property that was measured as well. */
export function comparisonLines({ comparisons, level }: PredictedRows): string[] {
  return comparisons.map((each) => {
    const { name, metrics, coverage } = each;
    const { rows, r2, mae, rmse, maeOverGuess } = metrics;
    const held =
      coverage === null || level === undefined
        ? ''
        : `; ${percent(level)} intervals hold ${fixed(100 * coverage, 1)} %`;
    return (
      `${name}, beside ${rows} measured values ${rowsInWords(each)}: R² ${fixed(r2, 3)}, MAE ${digits(mae, 3)}, ` +
      `RMSE ${digits(rmse, 3)}, MAE ÷ guess ${fixed(maeOverGuess, 3)}${held}`
    );
  });
}

/** Whether what predictions are held against was learned from. */
function rowsInWords({ of, learned }: PredictedRows['comparisons'][number]): string {
  if (of === 'unknown') return 'of rows that may have been learned from';
  if (of === 'learned') return 'of rows that were learned from, which says nothing of others';
  const others = learned === null || learned === 0 ? '' : ` (${learned} others were, and do not count)`;
  return `of rows that were not learned from${others}`;
}

/** Which of the rows are extrapolations. */
export const farInWords = ({ far, predicted }: PredictedRows): string =>
  `${far} of ${predicted.frames} rows lie farther from the training rows in the latent than 99 % of these from ` +
  'one another: what is predicted of them is extrapolated';

/** Without what a figure and later predictions take. */
export function propertiesInShort({ each, of, folds, group }: PropertiesRecord) {
  return {
    of,
    folds: folds ?? null,
    group: group ?? null,
    each: each.map(({ name, metrics, baselines, intervals, spread = null }) => ({
      ...{ name, metrics, baselines, intervals, spread },
    })),
  };
}
