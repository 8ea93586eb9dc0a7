import { basename } from 'node:path';
import { ranked, tellApart, type CrossingRate } from '../pilots/index.js';
import { counted, fixed } from '../../support/index.js';
import { thermalEnergy } from '../../sampling/index.js';
import {
  fesWords,
  inspectWords,
  pilotWords,
  plumedWords,
  runWords,
  trainWords,
  wantedCvs,
} from './commands.js';
import { lengthInWords, type CampaignContext } from './explore.js';
import type { CampaignPlan, Question } from './plan.js';
import type { CandidateRecord, RoundDeltaF, RoundRecord } from './record.js';
import { chosenCv } from './stop-rule.js';
import { hasFailed, type Failed } from './task.js';
import type { FesTold, InspectTold, PilotTold, PlumedTold } from './told.js';

/** What a round begins with. */
export interface RoundStart {
  round: number;
  /** Folders of runs to learn from. */
  frames: readonly string[];
  /** The CV that the round before kept. */
  before: { name: string; model: string; round: number } | undefined;
  /** What is asked of each run, as its columns are called; none before states are known. */
  questions: readonly Question[];
  /** The input without a bias, and what is printed of it. */
  base: string | undefined;
  also: readonly string[];
}

interface Model {
  name: string;
  model: string;
  round: number;
}

/** The CVs that a round tries: those it trains on all frames so far, those at hand in the first, and the one kept before. */
export async function trainedCvs(
  { plan, journal, named }: CampaignContext,
  { round, frames, before }: RoundStart,
): Promise<Model[]> {
  const wanted = wantedCvs(plan, round);
  const trained = wanted.map(({ name }) => ({ name, model: `round-${round}/models/${name}.onnx`, round }));
  const tasks = wanted.map((cv, i) => ({
    name: `round-${round}.train-${cv.name}`,
    words: trainWords(plan, cv, frames, trained[i].model),
  }));
  const title = `round ${round}: ${counted(tasks.length, 'CV')} of ${counted(frames.length, 'run')}`;
  if (tasks.length > 0) await journal.perform({ name: `round-${round}.train`, title, tasks });
  const given =
    round > 1 ? [] : plan.models.map((path) => ({ name: nameOf(path), model: named(path), round: 0 }));
  return [...(before ? [before] : []), ...given, ...trained];
}

const nameOf = (path: string): string => basename(path, '.onnx');

/** ps of each pilot run: all of a round are a quarter of its production, where the plan says nothing. */
export function pilotLength({ plan }: Pick<CampaignContext, 'plan'>): number {
  const { pilots, production } = plan;
  const most = wantedCvs(plan, 1).length + Math.max(1, plan.models.length);
  const all = (production.length * production.replicas) / 4;
  return pilots.length ?? Math.ceil(all / most / pilots.replicas);
}

/** Short runs along each CV, and how often they crossed. */
export async function piloted(
  context: CampaignContext,
  start: RoundStart,
  models: readonly Model[],
): Promise<{ candidates: CandidateRecord[]; told: PilotTold }> {
  const { plan, journal, engine } = context;
  const { round, base, also, questions } = start;
  const step = `round-${round}.pilots`;
  const folder = `round-${round}/pilots`;
  const length = pilotLength(context);
  const seed = plan.seed * 10_000 + 1000 * round + 900;
  const { replicas } = plan.pilots;
  const { temperature } = plan;
  const words = await engine.prepare({ name: step, temperature, seed, replicas, length });
  const wanted = { base, engine: words, folder, also };
  const paths = models.map(({ model }) => model);
  const tasks = models.map(({ name, model }) => ({
    name: `${step}-${name}`,
    words: pilotWords(plan, paths, { ...wanted, question: undefined }, model),
  }));
  await journal.perform({
    ...{ name: step, tasks, cores: engine.cores * replicas },
    title: `round ${round}: pilots along ${counted(models.length, 'CV')}, ${replicas} × ${lengthInWords(plan, length)} each`,
    simulates: { nanoseconds: (models.length * replicas * length) / 1000, purpose: 'pilots' },
  });
  const asked: readonly (Question | undefined)[] = questions.length > 0 ? questions : [undefined];
  const judged: PilotTold[] = [];
  // one after the other: all of them write pilots.json
  for (const [q, question] of asked.entries())
    judged.push(
      await journal.one<PilotTold>({
        name: `${step}-judged${asked.length > 1 ? `-${q}` : ''}`,
        title: `round ${round}: which of them crosses most often`,
        task: { words: pilotWords(plan, paths, { ...wanted, question }) },
      }),
    );
  const candidates = ranked(models.map((model) => leastCrossing(model, judged)));
  return {
    told: judged[0],
    candidates: candidates.map(({ name, model, round: from, crossing, behind, outside }) => ({
      ...{ name, model, round: from, ...crossing, behind, outside },
    })),
  };
}

/** A pilot by the question for which it crosses least. */
function leastCrossing(
  model: Model,
  judged: readonly PilotTold[],
): Model & { crossing: CrossingRate; outside: CandidateRecord['outside'] } {
  const each = judged.map(({ pilots }) => pilots.find(({ name }) => name === nameOf(model.model))!);
  const [least] = each.toSorted((a, b) => a.crossing.independent - b.crossing.independent);
  return { ...model, crossing: least.crossing, outside: least.outside };
}

/** The pilots' best, or what was kept before. */
export function keptOf(
  { natural }: CampaignPlan,
  candidates: readonly CandidateRecord[],
  before: RoundStart['before'],
): RoundRecord['kept'] {
  const chosen = chosenCv(candidates, before?.name, natural, tellApart);
  return chosen
    ? { name: chosen.kept.name, model: chosen.kept.model, round: chosen.kept.round, reason: chosen.reason }
    : null;
}

/** Replicas along the CV that was kept. */
export async function produced(
  { plan, journal, engine }: CampaignContext,
  { round, base, also }: RoundStart,
  model: string,
): Promise<NonNullable<RoundRecord['production']>> {
  const step = `round-${round}.production`;
  const plumed = `round-${round}/biased.dat`;
  const { components } = await journal.one<PlumedTold>({
    name: `round-${round}.plumed`,
    title: `round ${round}: PLUMED's input of the production`,
    task: { words: plumedWords(plan, { base, model, kind: plan.bias.kind, also }, plumed) },
  });
  const { length, replicas } = plan.production;
  const folder = `round-${round}/production`;
  const tasks = [];
  for (let replica = 0; replica < replicas; replica++) {
    const name = `${step}-${replica}`;
    const seed = plan.seed * 10_000 + 1000 * round + replica;
    const words = await engine.prepare({ name, temperature: plan.temperature, seed, length });
    tasks.push({ name, words: runWords(words, plumed, `${folder}/replica-${replica}`) });
  }
  const nanoseconds = (replicas * length) / 1000;
  await journal.perform({
    ...{ name: step, tasks, cores: engine.cores },
    title: `round ${round}: ${counted(replicas, 'replica')} of ${lengthInWords(plan, length)} along ${nameOf(model)}`,
    simulates: { nanoseconds, purpose: 'production' },
  });
  // as many as `latentcv fes` takes
  return { folder, plumed, cv: biased(plan, components).slice(0, 2).join(','), nanoseconds };
}

/** Those of a model's outputs that are biased, `cv.node-0`. */
const biased = ({ bias }: CampaignPlan, columns: readonly string[]): readonly string[] =>
  columns.filter((column) => bias.components?.some((name) => column.endsWith(`.${name}`)) ?? true);

/** Free energies of a round's production. */
export async function answered(
  { plan, journal }: CampaignContext,
  { round, questions }: RoundStart,
  { folder, cv }: NonNullable<RoundRecord['production']>,
): Promise<{ deltaFs: RoundDeltaF[]; drift: number | null }> {
  const told = await journal.perform<FesTold>({
    name: `round-${round}.fes`,
    title: `round ${round}: free energies`,
    tasks: questions.map((question, q) => ({
      name: `round-${round}.fes-${q}`,
      words: fesWords(folder, cv, question),
    })),
  });
  const kT = plan.natural ? plan.temperature : thermalEnergy(plan.temperature);
  const [first] = told;
  const rms = first?.drift?.rms;
  return {
    drift: rms === undefined || rms === null ? null : rms / kT,
    deltaFs: told.flatMap(({ deltaFs = [] }, question) =>
      deltaFs.map(({ from, to, value, error, transitions, warnings, replicas }) => ({
        ...{ question, from, to, value, error, transitions, warnings },
        replicas: replicas.map((replica) => ({
          source: replica.source,
          value: replica.value,
          error: replica.error,
          transitions: replica.transitions,
        })),
      })),
    ),
  };
}

/** How slow CVs are on frames that none of them was trained on: those of a round's production. */
export async function onOtherFrames(
  { plan, journal }: CampaignContext,
  { round }: RoundStart,
  candidates: readonly { name: string; model: string }[],
  { folder }: NonNullable<RoundRecord['production']>,
): Promise<string[]> {
  const told = await journal.perform<InspectTold | Failed>({
    name: `round-${round}.other-frames`,
    title: `round ${round}: CVs on the frames of its production`,
    tasks: candidates.map(({ name, model }) => ({
      name: `round-${round}.other-frames-${name}`,
      words: inspectWords(plan, model, [folder]),
      mayFail: true,
    })),
  });
  return candidates.map(({ name }, i) => {
    const each = told[i];
    const quality = hasFailed(each) ? undefined : each.diagnostics?.quality;
    if (!quality) return `${name}: not known${hasFailed(each) ? `, ${each.error.message}` : ''}`;
    const { slowness, basins, crossings } = quality;
    const slow = slowness === undefined ? '' : `${fixed(100 * slowness, 0)} % of the slowest process, `;
    return `${name}: ${slow}${counted(basins, 'basin')}${crossings === undefined ? '' : `, ${counted(crossings, 'crossing')}`}`;
  });
}
