import type { Scores } from '../../training/index.js';

/** Mean and standard deviation over folds. */
export interface Spread {
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
export function shown(spread: Spread | undefined): string {
  if (!spread) return '–';
  const { mean, deviation } = spread;
  return deviation > 0 ? `${mean.toFixed(3)} ± ${deviation.toFixed(3)}` : mean.toFixed(3);
}

/** Lines of cells in columns as wide as their widest. */
export function aligned(lines: readonly string[][]): string[] {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}
