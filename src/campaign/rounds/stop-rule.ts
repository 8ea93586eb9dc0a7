import { agreement, mostDrift, upperTail } from '../../free-energy/index.js';
import { counted, digits, fixed, withError } from '../../support/index.js';
import type { CampaignPlan } from './plan.js';
import type { CampaignDeltaF, CandidateRecord, Criterion, RoundDeltaF, RoundRecord } from './record.js';

/** What has to hold before a campaign ends, as the last of its rounds say it. */
export function criteriaOf(plan: CampaignPlan, rounds: readonly RoundRecord[]): Criterion[] {
  const { sigmas, error: wanted } = plan.stop;
  const last = rounds.at(-1);
  if (!last || last.deltaFs.length === 0) return [];
  const before = rounds
    .slice(0, -1)
    .findLast(({ deltaFs, givenUp }) => deltaFs.length > 0 && givenUp === null);
  const unit = plan.natural ? '' : ' kJ/mol';
  return [
    roundsAgree(last, before, sigmas, unit),
    replicasAgree(last, sigmas),
    enoughTransitions(last, plan.stop.transitions),
    quasiStatic(last),
    noBetterCv(rounds),
    ...(wanted === undefined ? [] : [smallError(plan, rounds, wanted, unit)]),
  ];
}

const nameOf = ({ from, to }: Pick<RoundDeltaF, 'from' | 'to'>): string => `ΔF(${to} − ${from})`;

function roundsAgree(
  last: RoundRecord,
  before: RoundRecord | undefined,
  sigmas: number,
  unit: string,
): Criterion {
  const name = 'rounds';
  if (!before) return { name, met: false, words: 'one round alone has free energies' };
  const said = last.deltaFs.map((own): { met: boolean; words: string } => {
    const other = before.deltaFs.find((each) => samePair(each, own));
    const pair = `${nameOf(own)} of rounds ${before.round} and ${last.round}`;
    if (!other || !isKnown(own) || !isKnown(other))
      return { met: false, words: `${pair}: not determined in both` };
    const apart = sigmasApart(own, other);
    const values = [other, own].map(({ value, error }) => withError(value, error, 2)).join(' and ');
    return { met: apart <= sigmas, words: `${pair}: ${values}${unit}, ${fixed(apart, 1)} σ apart` };
  });
  return { name, met: said.every(({ met }) => met), words: said.map(({ words }) => words).join('; ') };
}

export const samePair = (a: RoundDeltaF, b: RoundDeltaF): boolean =>
  a.question === b.question && a.from === b.from && a.to === b.to;

const isKnown = <T extends { value: number | null; error: number | null }>(
  deltaF: T,
): deltaF is T & { value: number; error: number } => deltaF.value !== null && deltaF.error !== null;

function replicasAgree({ deltaFs }: RoundRecord, sigmas: number): Criterion {
  const name = 'replicas';
  const least = twoSided(sigmas);
  const said = deltaFs.map((deltaF): { met: boolean; words: string } => {
    const known = deltaF.replicas.filter(isKnown);
    const agreed = agreement(
      known.map(({ value }) => value),
      known.map(({ error }) => error),
    );
    if (known.length < deltaF.replicas.length || !agreed)
      return {
        met: false,
        words: `${nameOf(deltaF)}: ${known.length} of ${deltaF.replicas.length} replicas determine it`,
      };
    return {
      met: agreed.p >= least,
      words: `${nameOf(deltaF)} of ${known.length} replicas: p = ${digits(agreed.p, 2)} that their errors explain how they differ`,
    };
  });
  return { name, met: said.every(({ met }) => met), words: said.map(({ words }) => words).join('; ') };
}

/** How likely a normal variable is beyond so many standard deviations, on either side. */
const twoSided = (sigmas: number): number => upperTail(sigmas ** 2, 1);

function enoughTransitions({ deltaFs }: RoundRecord, wanted: number): Criterion {
  const fewest = deltaFs.reduce((least, each) => (each.transitions < least.transitions ? each : least));
  return {
    name: 'transitions',
    met: fewest.transitions >= wanted,
    words: `${counted(fewest.transitions, 'transition')} in the analysed frames (${nameOf(fewest)}), ${wanted} wanted`,
  };
}

function quasiStatic({ drift }: RoundRecord): Criterion {
  const name = 'quasi-static';
  if (drift === null) return { name, met: false, words: 'it is not known how the bias changed' };
  const words = `at fixed CV the bias changed by ${fixed(drift, 2)} kT from half to half, below ${mostDrift} wanted`;
  return { name, met: drift <= mostDrift, words };
}

function noBetterCv(rounds: readonly RoundRecord[]): Criterion {
  const name = 'no better CV';
  const { kept, candidates, round, givenUp } = rounds.at(-1)!;
  const unmet = (words: string): Criterion => ({ name, met: false, words });
  if (rounds.length === 1) return unmet('no round has tried another CV beside the one that was kept');
  if (givenUp !== null) return unmet(givenUp);
  if (kept === null || kept.round === round)
    return unmet(`${kept?.name ?? 'none'} of this round crosses more often than the CV before`);
  const tried = rounds.at(-2)!.givenUp;
  if (candidates.length === 0 && tried !== null) return { name, met: true, words: tried };
  // none where there is no other to try
  const others = Math.max(0, candidates.length - 1);
  return {
    name,
    met: true,
    words: `${counted(others, 'new CV')} tried, none crosses more often than ${kept.name} by 2 σ`,
  };
}

/** An error so many times as large, of runs as long, is a worse one: errors of blocks are themselves uncertain by a fifth or more. */
const worseBy = 1.5;

/** Why the runs along a round's CV tell less than those along the CV before; undefined where they do not. */
export function whyWorse(before: RoundRecord, own: RoundRecord): string | undefined {
  for (const old of before.deltaFs) {
    const now = own.deltaFs.find((each) => samePair(each, old));
    if (!now || !isKnown(old) || (isKnown(now) && now.error <= worseBy * old.error)) continue;
    const said = isKnown(now) ? `± ${fixed(now.error, 2)}` : 'not determined';
    return (
      `${own.kept!.name} crosses more often, but ${nameOf(old)} is ${said} along it, ± ${fixed(old.error, 2)} along ${before.kept!.name}: ` +
      `${before.kept!.name} is taken again`
    );
  }
  return undefined;
}

function smallError(
  plan: CampaignPlan,
  rounds: readonly RoundRecord[],
  wanted: number,
  unit: string,
): Criterion {
  const errors = combinedOf(plan, rounds).map(({ error }) => error);
  const largest = errors.includes(null) ? null : Math.max(...errors.map((error) => error!));
  return {
    name: 'error',
    met: largest !== null && largest <= wanted,
    words:
      largest === null
        ? `ΔF is not determined, ± ${wanted}${unit} wanted`
        : `± ${fixed(largest, 2)}${unit}, ± ${wanted}${unit} wanted`,
  };
}

/** ΔF of all rounds where they agree, else of the last two, else of the last that determines it, which is told. */
export function combinedOf(plan: CampaignPlan, rounds: readonly RoundRecord[]): CampaignDeltaF[] {
  const last = rounds.findLast(({ deltaFs }) => deltaFs.length > 0);
  return (last?.deltaFs ?? []).map((pair): CampaignDeltaF => {
    const of = { question: pair.question, from: pair.from, to: pair.to };
    const known = rounds.flatMap(({ round, deltaFs, givenUp }) => {
      const own = deltaFs.find((each) => samePair(each, pair));
      return own && isKnown(own) && givenUp === null ? [{ round, own }] : [];
    });
    const agreed = [known, known.slice(-2)].find((each) => doAgree(each, plan.stop.sigmas));
    if (agreed) {
      const { value, error } = weightedMean(agreed.map(({ own }) => own));
      const reason = agreed.length < known.length ? 'earlier rounds differ from the last two' : null;
      return { ...of, value, error, rounds: agreed.map(({ round }) => round), reason };
    }
    const latest = known.at(-1);
    if (!latest) return { ...of, value: null, error: null, rounds: [], reason: 'no round determines it' };
    const { value, error } = latest.own;
    const reason =
      known.length < 2
        ? 'one round alone determines it'
        : `rounds differ by ${fixed(sigmasApart(known.at(-2)!.own, latest.own), 1)} σ: of the last alone`;
    return { ...of, value, error, rounds: [latest.round], reason };
  });
}

/** Two or more that their errors explain, by χ² at the level of so many σ. */
function doAgree(rounds: readonly { own: Known }[], sigmas: number): boolean {
  const agreed = agreement(
    rounds.map(({ own }) => own.value),
    rounds.map(({ own }) => own.error),
  );
  return agreed !== undefined && agreed.p >= twoSided(sigmas);
}

interface Known {
  value: number;
  error: number;
}

const sigmasApart = (a: Known, b: Known): number =>
  Math.abs(a.value - b.value) / Math.hypot(a.error, b.error);

/** Of independent estimates, by the inverse of their variances. */
function weightedMean(estimates: readonly Known[]): Known {
  const total = estimates.reduce((sum, { error }) => sum + 1 / error ** 2, 0);
  const value = estimates.reduce((sum, each) => sum + each.value / each.error ** 2, 0) / total;
  return { value, error: 1 / Math.sqrt(total) };
}

/** A new CV takes the place of the one before where it crosses more often by so many standard errors. */
export const aheadBy = 2;

/**
 * Which CV is kept: the one from before, unless another crosses more often by 2 σ.
 * @param candidates the one that crosses most often first
 */
export function chosenCv(
  candidates: readonly CandidateRecord[],
  before: string | undefined,
  natural: boolean,
  ahead: (a: CandidateRecord, b: CandidateRecord) => number,
): { kept: CandidateRecord; reason: string } | undefined {
  const [best] = candidates;
  if (!best || best.crossings === 0) return undefined;
  const old = candidates.find(({ name }) => name === before);
  const time = natural
    ? `${digits(1000 * best.nanoseconds, 3)} time units`
    : `${digits(best.nanoseconds, 3)} ns`;
  const rate = `${crossingsInWords(best)} in ${time}`;
  if (!old) return { kept: best, reason: `crosses most often: ${rate}` };
  const oldRate = crossingsInWords(old);
  if (old.name === best.name) return { kept: old, reason: `still crosses most often: ${rate}` };
  const sigmas = ahead(best, old);
  if (sigmas >= aheadBy)
    return {
      kept: best,
      reason: `in place of ${old.name}: ${rate} against ${oldRate}, ${fixed(sigmas, 1)} σ ahead`,
    };
  const worse = candidates.filter((each) => each.name !== old.name && ahead(old, each) >= aheadBy).length;
  const words = worse === candidates.length - 1 ? 'the new CVs are worse' : 'no new CV is ahead by 2 σ';
  return {
    kept: old,
    reason: `${words}; the first of them, ${best.name}, has ${rate} against ${oldRate}, ${fixed(sigmas, 1)} σ ahead`,
  };
}

/** Those that come in bursts count as fewer. */
function crossingsInWords({ crossings, independent }: CandidateRecord): string {
  const fewer = Math.round(independent) < crossings ? ` (${fixed(independent, 0)} independent)` : '';
  return `${counted(crossings, 'crossing')}${fewer}`;
}
