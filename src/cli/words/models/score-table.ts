import { withError } from '../../../support/index.js';
import type { Scores, TrainSettings } from '../../../training/index.js';

/** A network with its scores over folds. */
export type ScoreRow = { method: string; latent: number; layers: string; lag: number } & {
  [Name in keyof Scores]?: Spread;
};

/** Mean and standard deviation over folds. */
interface Spread {
  mean: number;
  deviation: number;
}

/** One score over folds; undefined where a method has none. */
export function overFolds(scores: readonly Scores[], name: keyof Scores): Spread | undefined {
  const values = scores.map((score) => score[name]).filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** `1.234 ± 0.056`, without ± where there is one fold. */
export function spreadInWords(spread: Spread | undefined): string {
  if (!spread) return '–';
  const { mean, deviation } = spread;
  return withError(mean, deviation > 0 ? deviation : null);
}

/** Lines of cells in columns as wide as their widest. */
function aligned(lines: readonly string[][]): string[] {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}

/** The scores over folds of what was trained with these settings. */
export function scoreRow(
  { method, latent, hidden, lag }: TrainSettings,
  scores: readonly Scores[],
): ScoreRow {
  const names = ['vamp2', 'varianceExplained', 'validationLoss', 'epochs'] as const;
  const found = names.flatMap((name) => {
    const spread = overFolds(scores, name);
    return spread ? [[name, spread] as const] : [];
  });
  return { method, latent, layers: hidden.join(','), lag, ...Object.fromEntries(found) };
}

/** The best VAMP-2 score first, then the lowest loss. */
export const byScore = (a: ScoreRow, b: ScoreRow): number =>
  (b.vamp2?.mean ?? 0) - (a.vamp2?.mean ?? 0) || a.validationLoss!.mean - b.validationLoss!.mean;

/** The table that `latentcv search` prints, line by line. */
export function scoreTable(rows: readonly ScoreRow[]): string[] {
  const head = ['method', 'CVs', 'layers', 'lag, ps', 'VAMP-2', 'variance explained', 'validation loss'];
  const cells = rows.map((row) => [
    row.method,
    String(row.latent),
    row.layers,
    String(row.lag),
    ...[row.vamp2, row.varianceExplained, row.validationLoss].map(spreadInWords),
  ]);
  return aligned([head, ...cells]);
}
