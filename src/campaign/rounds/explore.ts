import { LatentcvError, counted, fixed } from '../../support/index.js';
import type { BaseInputs } from './base-input.js';
import { fesWords, inspectWords, plumedWords, runWords, trainWords } from './commands.js';
import type { EngineInputs } from './engines/index.js';
import type { Journal } from './journal.js';
import type { CampaignPlan } from './plan.js';
import type { ExplorationRecord } from './record.js';
import { hasFailed, type Failed } from './task.js';
import type { FesTold, InspectTold, PlumedTold } from './told.js';

/** What steps of a campaign share. */
export interface CampaignContext {
  plan: CampaignPlan;
  journal: Journal;
  engine: EngineInputs;
  inputs: BaseInputs;
  /** Paths as the commands of a campaign name them, from its folder. */
  named: (path: string) => string;
}

/** One thing to do where only one state is known. */
export type Exploration =
  | { way: 'hot'; temperature: number }
  | { way: 'explore'; temperature: number }
  | { way: 'multithermal'; temperature: number };

/** How often EXPLORE is tried again along a CV of all frames so far. */
const explorations = 6;

/** So far beyond the training range EXPLORE may go, in units of that range. */
const farthestOutside = 0.2;

/**
 * What may be done, in its order: what the plan asks for, or what engine and model allow. Where there are no frames at all, the first of
 * it needs none.
 * @throws LatentcvError `bad-argument` for a way that this engine does not have
 */
export function explorationsOf(plan: CampaignPlan, engine: EngineInputs): Exploration[] {
  const { temperature, explore } = plan;
  const possible = {
    hot: engine.canBeHot ? (explore.temperatures ?? [2 * temperature, 3 * temperature]) : [],
    multithermal: engine.tellsEnergy && !plan.natural ? [temperature] : [],
    explore: Array<number>(explorations).fill(temperature),
  };
  const none = explore.ways?.find((way) => possible[way].length === 0);
  if (none !== undefined)
    throw new LatentcvError('bad-argument', whyNot(none, engine), 'leave it out of explore.ways');
  const ways = explore.ways ?? (['hot', 'multithermal', 'explore'] as const);
  const all = ways.flatMap((way) =>
    possible[way].map((kelvin): Exploration => ({ way, temperature: kelvin })),
  );
  const needsFrames = plan.frames.length === 0 && all.at(0)?.way !== 'hot';
  return needsFrames ? [{ way: 'hot', temperature }, ...all] : all;
}

function whyNot(way: Exploration['way'], { name, canBeHot }: EngineInputs): string {
  if (way === 'multithermal')
    return `expected an engine that passes its energy to PLUMED, and a temperature in K, for multithermal but received ${name}`;
  return canBeHot
    ? 'expected explore.temperatures for hot runs but received none'
    : `expected ${name} to have a variable for the temperature for hot runs but none is named`;
}

/** ps */
export const explorationLength = ({ explore, production }: CampaignPlan): number =>
  explore.length ?? production.length / 2;

/** Runs that look for a second state, and whether they found one and came back. */
export async function explored(
  context: CampaignContext,
  number: number,
  { way, temperature }: Exploration,
  frames: readonly string[],
): Promise<ExplorationRecord> {
  const { plan, journal, engine, inputs } = context;
  const step = `explore-${number}`;
  const model = way === 'hot' ? null : await quickCv(context, step, frames);
  const plumed =
    way === 'hot' || model === null ? inputs.printing : await biasedInput(context, step, way, model);
  const length = explorationLength(plan);
  const folders = Array.from({ length: plan.explore.runs }, (_, i) => `${step}/run-${i}`);
  const tasks = [];
  for (const [i, folder] of folders.entries()) {
    const name = `${step}.run-${i}`;
    const seed = plan.seed * 10_000 + 100 * number + i;
    const words = await engine.prepare({ name, temperature, seed, length });
    tasks.push({ name, words: runWords(words, plumed, folder) });
  }
  const nanoseconds = (folders.length * length) / 1000;
  await journal.perform({
    ...{ name: step, tasks, cores: engine.cores },
    title: `${wayInWords(plan, way, temperature, model)}: ${counted(folders.length, 'run')} of ${lengthInWords(plan, length)}`,
    simulates: { nanoseconds, purpose: 'explore' },
  });
  const { crossings, words } = await crossingsIn(context, step, folders);
  const found = crossings !== null && crossings >= 2;
  return { step, way, temperature, model, folders, nanoseconds, crossings, found, words };
}

/** Frames that there are: whether they show two states, and a way back. */
export async function exploredBefore(context: CampaignContext): Promise<ExplorationRecord> {
  const { plan, named } = context;
  const folders = plan.frames.map(named);
  const { crossings, words } = await crossingsIn(context, 'explore-0', folders);
  const found = crossings !== null && crossings >= 2;
  const { temperature } = plan;
  const given = { step: 'explore-0', way: 'given' as const, model: null, nanoseconds: 0 };
  return { ...given, temperature, folders, crossings, found, words };
}

function wayInWords(
  plan: CampaignPlan,
  way: Exploration['way'],
  temperature: number,
  model: string | null,
): string {
  const at = plan.natural ? `at kT = ${temperature}` : `at ${temperature} K`;
  if (way === 'hot') return `without a bias ${at}`;
  return way === 'explore'
    ? `OPES_METAD_EXPLORE along ${model} ${at}`
    : `multithermal OPES from ${temperature} K up`;
}

/** `2 ns`; of pesmd in its units. */
export const lengthInWords = ({ natural }: CampaignPlan, length: number): string =>
  natural ? `${length} time units` : `${Number(fixed(length / 1000, 4))} ns`;

/** One CV of all frames, to explore along. */
async function quickCv(
  { plan, journal }: CampaignContext,
  step: string,
  frames: readonly string[],
): Promise<string> {
  const [method] = plan.training.methods;
  const model = `${step}/cv.onnx`;
  const words = trainWords(plan, { method, lag: plan.training.lags?.[0], seed: plan.seed }, frames, model);
  await journal.one({
    name: `${step}.train`,
    title: `a CV of the frames so far, to explore along`,
    task: { words },
  });
  return model;
}

async function biasedInput(
  { plan, journal, inputs }: CampaignContext,
  step: string,
  way: 'explore' | 'multithermal',
  model: string,
): Promise<string> {
  const output = `${step}/biased.dat`;
  const hottest = Math.max(...(plan.explore.temperatures ?? [2 * plan.temperature]));
  const words = plumedWords(
    plan,
    {
      ...{ base: inputs.base, model, also: inputs.also },
      ...(way === 'explore'
        ? { kind: 'opes-explore', walls: [`outside < ${farthestOutside}`] }
        : { kind: 'opes-expanded', temperatures: [plan.temperature, hottest] as const }),
    },
    output,
  );
  await journal.one<PlumedTold>({ name: `${step}.plumed`, title: 'its PLUMED input', task: { words } });
  return output;
}

/** How often frames cross between the states that are asked about, or between the basins of their slowest CV. */
async function crossingsIn(
  context: CampaignContext,
  step: string,
  folders: readonly string[],
): Promise<{ crossings: number | null; words: string }> {
  const { plan } = context;
  return plan.states.length > 0
    ? await betweenNamed(context, step, folders)
    : await betweenBasins(context, step, folders);
}

async function betweenNamed(
  { plan, journal }: CampaignContext,
  step: string,
  folders: readonly string[],
): Promise<{ crossings: number | null; words: string }> {
  const [cv] = plan.print;
  const counts: number[] = [];
  for (const [q, question] of plan.states.entries()) {
    const tasks = folders.map((folder, i) => {
      const words = [...fesWords(folder, cv, question), '--discard', '0'];
      return { name: `${step}.seen-${q}-${i}`, words, mayFail: true };
    });
    const title = 'how often these frames cross between the states';
    const told = await journal.perform<FesTold | Failed>({ name: `${step}.seen-${q}`, title, tasks });
    const known = told.flatMap((each) => (hasFailed(each) ? [] : [each.transitions?.all ?? 0]));
    if (known.length === 0) {
      const [problem] = told.filter(hasFailed);
      return { crossings: null, words: `these frames do not tell the states: ${problem.error.message}` };
    }
    counts.push(known.reduce((sum, each) => sum + each, 0));
  }
  const crossings = Math.min(...counts);
  return { crossings, words: `${counted(crossings, 'crossing')} between the states` };
}

async function betweenBasins(
  { plan, journal }: CampaignContext,
  step: string,
  folders: readonly string[],
): Promise<{ crossings: number | null; words: string }> {
  const [method] = plan.training.methods;
  const model = `${step}/look.onnx`;
  const wanted = { method, lag: plan.training.lags?.[0], seed: plan.seed };
  const trained = await journal.one<object | Failed>({
    name: `${step}.look`,
    title: 'a CV of these frames alone',
    task: { words: trainWords(plan, wanted, folders, model), mayFail: true },
  });
  if (hasFailed(trained))
    return { crossings: null, words: `no CV of these frames: ${trained.error.message}` };
  const told = await journal.one<InspectTold | Failed>({
    name: `${step}.basins`,
    title: 'whether it shows a second state',
    task: { words: inspectWords(plan, model, folders), mayFail: true },
  });
  const quality = hasFailed(told) ? undefined : told.diagnostics?.quality;
  if (!quality) return { crossings: null, words: 'it is not known what these frames show' };
  const crossings = quality.basins < 2 ? 0 : (quality.crossings ?? 0);
  const words = `${counted(quality.basins, 'basin')} along their slowest CV, ${counted(crossings, 'crossing')}`;
  return { crossings, words };
}
