import { digits, withError } from '../../../support/index.js';
import { withoutTimescale, type CvSlowness, type TimescaleEstimate } from '../../../kinetics/index.js';

/** How slow a CV is, in one line; the same words and numbers wherever it is told. */
export function slownessInWords(name: string, slow: CvSlowness, lag: number): string {
  const at = `autocorrelation ${autocorrelationInWords(slow)} at a lag of ${lag} ps`;
  return slow.timescale
    ? `${name}: time scale ${estimateInWords(slow.timescale)}, ${at}`
    : `${withoutTimescale(name, slow.noTimescale!)} (${at})`;
}

export function timescaleInWords(name: string, { timescale, noTimescale }: CvSlowness): string {
  return timescale ? estimateInWords(timescale) : withoutTimescale(name, noTimescale!);
}

export const autocorrelationInWords = ({ autocorrelation: { value, error } }: CvSlowness): string =>
  withError(value, error);

export const estimateInWords = ({ value, lower, upper }: TimescaleEstimate): string =>
  `${digits(value)} ps (${digits(lower)} to ${digits(upper)})`;
