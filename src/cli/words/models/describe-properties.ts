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
function intervalLine({ name, intervals }: PropertiesRecord['each'][number]): string[] {
  const usual = intervals.find(({ level }) => level === usualLevel);
  if (!usual || usual.halfWidth === null) return [];
  const checked =
    usual.coverage === null
      ? ''
      : ` (intervals from other rows held ${fixed(100 * usual.coverage, 1)} % of them)`;
  return [`${name}: ${percent(usual.level)} of the rows lie within ±${digits(usual.halfWidth, 3)}${checked}`];
}

/** A line for each property that was measured as well. */
export function comparisonLines({ comparisons, level }: PredictedRows): string[] {
  return comparisons.map(({ name, metrics: { rows, r2, mae, rmse, maeOverGuess }, coverage }) => {
    const held =
      coverage === null || level === undefined
        ? ''
        : `; ${percent(level)} intervals hold ${fixed(100 * coverage, 1)} %`;
    return (
      `${name}, beside ${rows} measured values: R² ${fixed(r2, 3)}, MAE ${digits(mae, 3)}, ` +
      `RMSE ${digits(rmse, 3)}, MAE ÷ guess ${fixed(maeOverGuess, 3)}${held}`
    );
  });
}

/** Which of the rows are extrapolations. */
export const farInWords = ({ far, predicted }: PredictedRows): string =>
  `${far} of ${predicted.frames} rows lie farther from the training rows in the latent than 99 % of these from ` +
  'one another: what is predicted of them is extrapolated';

/** Without what a figure and later predictions take. */
export function propertiesInShort({ each, of, folds, group }: PropertiesRecord): object {
  return {
    of,
    folds: folds ?? null,
    group: group ?? null,
    each: each.map(({ name, metrics, baselines, intervals }) => ({ name, metrics, baselines, intervals })),
  };
}
