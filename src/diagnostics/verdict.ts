import type { AddedProcess } from './added-process.js';
import type { CvQuality } from './cv-quality.js';
import type { JudgedOn } from './judged-on.js';
import { limits } from './limits.js';
import type { OtherCv } from './other-cvs.js';
import {
  counted,
  percent,
  fixed,
  significant,
  expectObject,
  expectText,
  expectWhole,
} from '../support/index.js';

/** Whether frames speak against a CV, and why. Only a biased run can tell that it works. */
export interface CvVerdict {
  /** Nothing speaks against it. */
  good: boolean;
  /** One line. */
  headline: string;
  /** What speaks against it, one sentence each. */
  findings: string[];
}

/** What stands beside the quality of the first CV. */
export interface VerdictContext {
  /** How many the verdict rests on, and which. */
  frames: number;
  judgedOn?: JudgedOn;
  /** Whether frames count by the weights of a bias, or columns of a bias by which they do not. */
  weighted?: boolean;
  unweighedBias?: readonly string[];
  /** Of the latent, one sentence each. */
  warnings?: readonly string[];
  others?: readonly OtherCv[];
  hidden?: AddedProcess;
}

export function cvVerdict(name: string, quality: CvQuality, context: VerdictContext): CvVerdict {
  expectText(name, 'name');
  expectObject(quality, 'quality', 'what cvQuality says of a CV');
  expectObject(context, 'context');
  expectWhole(context.frames, 'context.frames', 0);
  const { others = [], hidden, warnings = [] } = context;
  const findings = [
    ...findingsOf(quality),
    ...others.flatMap((other) => addedTo(name, other)),
    ...hiddenBeside(name, quality, hidden, others.length + 2),
    ...warnings,
  ];
  const good = findings.length === 0;
  const ground = groundOf(quality, context);
  const headline = good
    ? `nothing here speaks against ${name} (${ground}): ${strengths(quality)}; whether a run along it crosses, only a run tells`
    : `${name} is doubtful (${ground}): ${findings[0]}`;
  return { good, headline, findings };
}

/** What the verdict rests on. */
function groundOf(
  { crossings = 0 }: CvQuality,
  { frames, judgedOn, weighted, unweighedBias = [] }: VerdictContext,
): string {
  const own = judgedOn === 'training' ? ' it was trained on' : judgedOn === 'others' ? ' of other runs' : '';
  const biased =
    unweighedBias.length > 0
      ? ` as the bias ${unweighedBias.join(' + ')} left them, not as the unbiased system has them,`
      : weighted
        ? ' weighed by their bias'
        : '';
  return `on ${frames.toLocaleString('en-US')} frames${own}${biased} with ${crossingsInWords(crossings)}`;
}

const crossingsInWords = (crossings: number): string =>
  crossings === 0 ? 'no crossing' : counted(crossings, 'crossing');

function findingsOf({ basins, crossings = 0, framesBetween = 0, slowness, slow }: CvQuality): string[] {
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
  if (basins < 2 && slow?.noTimescale === 'not crossed')
    out.push('no trajectory crosses from one stretch of it to another');
  if (basins > 1 && crossings > 0 && framesBetween < limits.framesPerCrossing * crossings)
    out.push(
      `it jumps: ${framesBetween} frames lie between the basins in ${crossingsInWords(crossings)}, so that a bias along it pushes hard on little`,
    );
  if (slowness !== undefined && slowness < limits.slowness)
    out.push(
      `it has ${percent(slowness)} of the autocorrelation of the slowest process in its inputs: something slower stays hidden`,
    );
  return out;
}

/** Why another CV should be biased too, in one sentence. */
function addedTo(first: string, { name, adds, splits, passes }: OtherCv): string[] {
  const basin = (index: number): string => `basin ${index + 1} of ${first}`;
  const reasons = [
    ...(adds ? [`${name} adds a process ${asSlow(adds)} (${against(first, adds)})`] : []),
    ...splits.map(
      (split) =>
        `${basin(split.basin)} (${percent(split.fraction)} of the frames) is two along ${name} with ${crossingsInWords(split.crossings)} between them`,
    ),
    ...passes.map(
      ({ basin: at, beside, into }) =>
        `trajectories pass beside ${basin(at)} ${times(beside)}, against ${crossingsInWords(into)} into it, which ${name} tells apart`,
    ),
  ];
  return reasons.length === 0 ? [] : [`${reasons.join(', and ')}: bias both`];
}

function hiddenBeside(
  first: string,
  { slowness }: CvQuality,
  hidden: AddedProcess | undefined,
  latent: number,
): string[] {
  if (!hidden) return [];
  const how = asSlow(hidden);
  const isMissed = slowness !== undefined && slowness < limits.slowness;
  const what = isMissed
    ? `a process that none of the CVs carries is ${how}`
    : `a further process ${how} is in the inputs`;
  return [`${what} (${against(first, hidden)}): train with ${latent} CVs`];
}

/** A time scale as a part of the first CV's. */
const against = (first: string, { part }: AddedProcess): string =>
  `${part < 2 ? `${percent(part)} of` : `${significant(part, 2)} times`} ${first}'s time scale`;

const asSlow = ({ part }: AddedProcess): string => (part > 1.5 ? 'slower' : 'as slow');

function strengths({ basins, crossings = 0, framesBetween = 0, slowness, roughness }: CvQuality): string {
  return [
    `${basins} basins, ${crossingsInWords(crossings)}, ${framesBetween} frames between them`,
    ...(slowness === undefined ? [] : [`${percent(slowness)} of the slowest autocorrelation`]),
    ...(roughness === undefined ? [] : [`roughness ${fixed(roughness, 2)}`]),
  ].join(', ');
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
