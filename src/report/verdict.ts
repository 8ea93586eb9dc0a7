import { compact, count, fixed, withError } from './format.js';
import type { Result } from './report-data.js';
import { defaultUnits, type Units } from './units.js';

export interface Verdict {
  /** `good`: all that was asked for holds; `caution`: read on before using the number; `bad`: do not use it. */
  level: 'good' | 'caution' | 'bad';
  headline: string;
  /** One sentence for each thing that was looked at. */
  findings: string[];
}

/** How far from the reference is still well; kJ/mol unless units say otherwise. */
export const defaultTolerance = 1.5;

/**
 * What to think of a result. Good: within the tolerance of the reference (where there is one), as many
 * transitions as wanted, an error that can be trusted. Bad: no number, or one that misses the tolerance by
 * more than two combined standard errors explain, or not a tenth of the transitions. Anything between is a
 * caution. Findings name the units that the result's numbers are in.
 */
export function judge(result: Result, units: Units = defaultUnits): Verdict {
  if (!Number.isFinite(result.deltaF)) {
    return { level: 'bad', headline: 'No free-energy difference', findings: [...(result.warnings ?? [])] };
  }
  const checks = [agreement(result, units), crossings(result, units), trust(result)].filter(
    (check) => check !== undefined,
  );
  const level = checks.some((check) => check.level === 'bad')
    ? 'bad'
    : checks.some((check) => check.level === 'caution')
      ? 'caution'
      : 'good';
  return { level, headline: headlines[level], findings: checks.map(({ finding }) => finding) };
}

const headlines = {
  good: 'Every check made here holds',
  caution: 'Usable with caution',
  bad: 'Do not use this number',
};

interface Check {
  level: Verdict['level'];
  finding: string;
}

function agreement(result: Result, { energy }: Units): Check | undefined {
  const { deltaF, error, reference, referenceError = 0, tolerance = defaultTolerance } = result;
  if (reference === undefined) return undefined;
  const difference = deltaF - reference;
  const where = `${fixed(Math.abs(difference), 2)} ${energy} ${difference < 0 ? 'below' : 'above'} the reference ${withError(reference, result.referenceError)} ${energy}`;
  if (Math.abs(difference) <= tolerance) {
    return { level: 'good', finding: `ΔF is ${where}, within the ${tolerance} ${energy} asked for.` };
  }
  const explained = Math.abs(difference) <= 2 * Math.hypot(error, referenceError);
  return {
    level: explained ? 'caution' : 'bad',
    finding: `ΔF is ${where}: more than the ${tolerance} ${energy} asked for, ${explained ? 'though within' : 'and more than'} two standard errors.`,
  };
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
