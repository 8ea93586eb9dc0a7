import { compact, count, fixed, estimate } from './format.js';
import type { Result } from './report-data.js';
import { defaultUnits, type Units } from './units.js';

export interface Verdict {
  /** `good`: all that was asked for holds; `caution`: read on before using the number; `bad`: do not use it. */
  level: 'good' | 'caution' | 'bad';
  headline: string;
  /** One sentence for each thing that was looked at. */
  findings: string[];
}

/**
 * What to think of a result. Good: an error that can be trusted and is as small as wanted, within two standard errors of the
 * reference (where there is one; its own counted), as many transitions as wanted. Bad: no number, or none with an
 * error, or more than three standard errors from the reference, or not a tenth of the transitions. Anything between is a
 * caution. Findings name the units that the result's numbers are in, and what was not looked at.
 */
export function judge(result: Result, units: Units = defaultUnits): Verdict {
  if (result.deltaF === null || result.error === null) {
    const why = result.reason === undefined ? [] : [`ΔF is ${result.reason}.`];
    return { level: 'bad', headline: 'No free-energy difference', findings: [...why, ...notChecked(result)] };
  }
  const checks = [
    agreement(result, units),
    precision(result, units),
    crossings(result, units),
    trust(result),
    ...(result.held ?? []).map((finding): Check => ({ level: 'good', finding })),
  ].filter((check) => check !== undefined);
  const level = checks.some((check) => check.level === 'bad')
    ? 'bad'
    : checks.some((check) => check.level === 'caution')
      ? 'caution'
      : 'good';
  const findings = [...checks.map(({ finding }) => finding), ...notChecked(result)];
  const headline = level === 'good' ? allHold(checks.length) : headlines[level];
  return { level, headline, findings };
}

function notChecked({ notChecked: list = [] }: Result): string[] {
  return list.length > 0 ? [`Not checked: ${list.join('; ')}.`] : [];
}

/** How many they are, so that one is not read as many. */
const allHold = (checks: number): string =>
  checks === 1 ? 'The one check made here holds' : `All ${checks} checks made here hold`;

const headlines = {
  caution: 'Usable with caution',
  bad: 'Do not use this number',
};

interface Check {
  level: Verdict['level'];
  finding: string;
}

/** Standard errors within which a result is as good as the reference, and beyond which it is another. */
const [well, apart] = [2, 3];

function agreement(result: Result, { energy }: Units): Check | undefined {
  const { deltaF, error, reference, referenceError = 0 } = result;
  if (reference === undefined || deltaF === null || error === null) return undefined;
  const difference = deltaF - reference;
  const sigmas = Math.abs(difference) / Math.hypot(error, referenceError);
  const finding =
    `ΔF is ${fixed(Math.abs(difference), 2)} ${energy} ${difference < 0 ? 'below' : 'above'} the reference ` +
    `${estimate(reference, result.referenceError)} ${energy}: ${fixed(sigmas, 1)} combined standard errors.`;
  return { level: sigmas <= well ? 'good' : sigmas <= apart ? 'caution' : 'bad', finding };
}

function precision({ error, wantedError }: Result, { energy }: Units): Check | undefined {
  if (wantedError === undefined || error === null) return undefined;
  const finding = `Its standard error is ${fixed(error, 2)} ${energy} (at most ${wantedError} wanted).`;
  return { level: error <= wantedError ? 'good' : 'caution', finding };
}

function crossings(
  { transitions, wantedTransitions, nanoseconds }: Result,
  { time }: Units,
): Check | undefined {
  if (transitions === undefined) return undefined;
  const during = nanoseconds === undefined ? '' : ` in ${compact(nanoseconds)} ${time}`;
  const seen = `${count(transitions, 'transition')} between the states${during}`;
  if (wantedTransitions === undefined) return { level: transitions ? 'good' : 'bad', finding: `${seen}.` };
  if (transitions >= wantedTransitions)
    return { level: 'good', finding: `${seen} (at least ${wantedTransitions} wanted).` };
  const level = transitions < wantedTransitions / 10 ? 'bad' : 'caution';
  return { level, finding: `${seen}, fewer than the ${wantedTransitions} wanted.` };
}

function trust({ warnings = [] }: Result): Check | undefined {
  if (warnings.length === 0) return undefined;
  return { level: 'caution', finding: `The error bar is uncertain: ${warnings.join('; ')}.` };
}
