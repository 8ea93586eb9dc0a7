import type { CvQuality } from './cv-quality.js';

/** Whether a CV is worth a long biased run, and why. */
export interface CvVerdict {
  good: boolean;
  /** One line. */
  headline: string;
  /** What speaks against it, one sentence each. */
  findings: string[];
}

/** Limits of the verdict; `docs/diagnostics.md` says what they rest on. */
export const limits = { crossings: 4, framesPerCrossing: 10, slowness: 0.75 } as const;

/** @param warnings of the latent, beside what the quality tells */
export function cvVerdict(name: string, quality: CvQuality, warnings: readonly string[] = []): CvVerdict {
  const findings = [...findingsOf(quality), ...warnings];
  const good = findings.length === 0;
  const headline = good
    ? `${name} looks fit to be biased: ${strengths(quality)}`
    : `${name} is doubtful: ${findings[0]}`;
  return { good, headline, findings };
}

function findingsOf({ basins, crossings = 0, framesBetween = 0, slowness }: CvQuality): string[] {
  const out: string[] = [];
  if (basins < 2)
    out.push(
      'its frames form one basin only, so nothing is known of a transition; add frames of other states',
    );
  if (basins > 1 && crossings < limits.crossings)
    out.push(
      crossings === 0
        ? 'no trajectory crosses from basin to basin along it'
        : `trajectories cross from basin to basin only ${times(crossings)} along it`,
    );
  if (basins > 1 && crossings > 0 && framesBetween < limits.framesPerCrossing * crossings)
    out.push(
      `it jumps: ${framesBetween} frames lie between the basins in ${crossings} crossings, so that a bias along it pushes hard on little`,
    );
  if (slowness !== undefined && slowness < limits.slowness)
    out.push(
      `it has ${percent(slowness)} of the autocorrelation of the slowest process in its inputs: something slower stays hidden`,
    );
  return out;
}

function strengths({ basins, crossings = 0, framesBetween = 0, slowness, roughness }: CvQuality): string {
  return [
    `${basins} basins, ${crossings} crossings, ${framesBetween} frames between them`,
    ...(slowness === undefined ? [] : [`${percent(slowness)} of the slowest autocorrelation`]),
    ...(roughness === undefined ? [] : [`roughness ${roughness.toFixed(2)}`]),
  ].join(', ');
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
const percent = (part: number): string => `${Math.round(100 * part)} %`;
