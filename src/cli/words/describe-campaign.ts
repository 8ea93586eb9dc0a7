import type {
  CampaignDeltaF,
  CampaignRecord,
  ExplorationRecord,
  RoundDeltaF,
  RoundRecord,
  StepRecord,
} from '../../campaign/index.js';
import { thermalEnergy } from '../../sampling/index.js';
import {
  counted,
  digits,
  durationText,
  fixed,
  percent,
  plural,
  rateInWords,
  withError,
} from '../../support/index.js';
import { alignedRows } from './aligned-rows.js';
import { energyWordsAt, type EnergyWords } from './describe-answer.js';

/** How the numbers of a campaign are written. */
interface Words {
  energy: EnergyWords;
  /** `ns`, or `1000 time units`. */
  time: string;
  /** `5 ns`, `5000 time units` */
  length: (nanoseconds: number) => string;
  /** `300 K`, or `kT = 1`. */
  temperature: (value: number) => string;
}

/** Where a campaign stands and what came of it, line by line. */
export function campaignLines(record: CampaignRecord): string[] {
  const words = wordsOf(record);
  return [
    outcomeLine(record),
    ...(record.failure === null ? [] : [`it stopped: ${record.failure}`]),
    ...spentLines(record, words),
    ...block('steps', alignedRows(record.steps.map((step) => stepCells(step, words)))),
    ...block('exploration', explorationLines(record.exploration, words)),
    ...block('states', statesLines(record)),
    ...block('rounds', roundsLines(record.rounds, words)),
    ...block('free energies', energyLines(record, words)),
    ...block('criteria', criteriaLines(record)),
    ...block('notes', record.notes),
  ];
}

function wordsOf({ natural, temperature }: CampaignRecord): Words {
  return {
    energy: energyWordsAt(natural ? temperature : thermalEnergy(temperature), natural),
    time: natural ? '1000 time units' : 'ns',
    length: (value) => (natural ? `${digits(1000 * value, 4)} time units` : `${digits(value, 4)} ns`),
    temperature: (value) => (natural ? `kT = ${digits(value, 6)}` : `${digits(value, 6)} K`),
  };
}

/** Lines under a heading, which needs some. */
function block(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

function outcomeLine({ outcome, missing, rounds, steps }: CampaignRecord): string {
  const after = rounds.length === 0 ? '' : ` after ${counted(rounds.length, 'round')}`;
  const without = missing.length === 0 ? '' : `; missing: ${missing.join('; ')}`;
  if (outcome === 'converged') return `converged${after}`;
  if (outcome === 'budget') return `the budget is spent${after}${without}`;
  if (outcome === 'one state') return `no second state was found and returned from${without}`;
  const under = steps.find(({ tasks }) => tasks.some(({ state }) => state !== 'done'));
  return under ? `${stateOf(under)}: ${under.title}` : `running${after}`;
}

function spentLines({ nanoseconds, hours }: CampaignRecord, { length }: Words): string[] {
  const { all, explore, pilots, production } = nanoseconds;
  const share = all > 0 ? ` (${percent(pilots / all)} of all)` : '';
  return [
    `simulated ${length(all)}: exploration ${length(explore)}, pilots ${length(pilots)}${share}, production ${length(production)}`,
    `${durationText(3600 * hours)} of work in the steps that are done`,
  ];
}

/** Of its commands one that failed goes before one that runs, and that before one that waits. */
function stateOf({ tasks }: StepRecord): string {
  const states = ['failed', 'running', 'waiting'] as const;
  return states.find((state) => tasks.some((task) => task.state === state)) ?? 'done';
}

function stepCells(step: StepRecord, { length }: Words): string[] {
  const { name, title, nanoseconds, tasks } = step;
  const state = stateOf(step);
  const done = tasks.filter((task) => task.state === 'done').length;
  const seconds = tasks.reduce((sum, task) => sum + (task.seconds ?? 0), 0);
  return [
    name,
    title,
    tasks.length > 1 && state !== 'done' ? `${state}, ${done} of ${tasks.length} done` : state,
    nanoseconds > 0 ? length(nanoseconds) : '',
    seconds > 0 ? durationText(seconds) : '',
  ];
}

function explorationLines(explored: readonly ExplorationRecord[], words: Words): string[] {
  return alignedRows(
    explored.map(({ step, way, temperature, model, nanoseconds, crossings, found, words: said }) => [
      step,
      `${way === 'given' ? 'frames given' : way}${model === null ? '' : ` along ${model}`}`,
      words.temperature(temperature),
      words.length(nanoseconds),
      crossings === null ? 'crossings not counted' : counted(crossings, 'crossing'),
      `${found ? 'a second state, returned from' : 'no second state'}: ${said}`,
    ]),
  );
}

function statesLines({ states: { model, column, questions } }: CampaignRecord): string[] {
  const found =
    model === null ? [] : [`basins of ${model}${column === null ? '' : `, printed as ${column}`}`];
  return [
    ...found,
    ...questions.map(({ basin, cores }) => basin + (cores === null ? '' : `; cores ${cores}`)),
  ];
}

/** A table of what each round tried, and under it why each kept what it did. */
function roundsLines(rounds: readonly RoundRecord[], { time }: Words): string[] {
  if (rounds.length === 0) return [];
  const head = [
    'round',
    'CV',
    'trained in',
    'crossings',
    'independent',
    `per ${time}`,
    'behind the first',
    time,
    '',
  ];
  const rows = rounds.flatMap(({ round, candidates, kept }) =>
    candidates.map((each, i) => [
      i === 0 ? String(round) : '',
      each.name,
      each.round === 0 ? 'at hand' : `round ${each.round}`,
      String(each.crossings),
      fixed(each.independent, 0),
      rateInWords(each),
      i === 0 ? '' : `${fixed(each.behind, 1)} σ`,
      digits(each.nanoseconds, 3),
      kept?.model === each.model ? 'kept' : '',
    ]),
  );
  const why = rounds.map(({ round, kept, candidates, givenUp }) => {
    if (kept)
      return `round ${round} kept ${kept.name}: ${kept.reason}${givenUp === null ? '' : `; ${givenUp}`}`;
    return `round ${round}: ${candidates.length === 0 ? 'no CV was tried yet' : 'no CV was kept yet'}`;
  });
  return [...(rows.length > 0 ? alignedRows([head, ...rows]) : []), ...why];
}

/** ΔF of each round, of its replicas, and of all rounds that count. */
function energyLines({ rounds, deltaFs }: CampaignRecord, { energy, length }: Words): string[] {
  const ofRounds = rounds.flatMap(({ round, deltaFs: own, production, drift }) => {
    if (!production || own.length === 0) return [];
    const made = `${production.folder}, ${length(production.nanoseconds)}`;
    const drifted =
      drift === null ? [] : [`  at fixed CV the bias changed by ${fixed(drift, 2)} kT from half to half`];
    return [`round ${round} (${made})`, ...own.flatMap((each) => roundLines(each, energy)), ...drifted];
  });
  return [...ofRounds, ...deltaFs.map((each) => combinedLine(each, energy))];
}

function roundLines({ from, to, replicas, warnings, ...all }: RoundDeltaF, energy: EnergyWords): string[] {
  return [
    `  ΔF(${to} − ${from}) ${partInWords(all, energy)}`,
    ...replicas.map(({ source, ...part }) => `    ${source}: ${partInWords(part, energy)}`),
    ...warnings.map((line) => `    ${line}`),
  ];
}

interface Part {
  value: number | null;
  error: number | null;
}

/** `9.41 ± 0.20 kJ/mol, 118 transitions` */
const partInWords = (part: Part & { transitions: number }, energy: EnergyWords): string =>
  `${valueInWords(part, energy)}, ${counted(part.transitions, 'transition')}`;

/** A value without an error is no answer, and said not to be one. */
function valueInWords({ value, error }: Part, { decimals, unit }: EnergyWords): string {
  if (value === null) return 'not determined';
  if (error === null) return `not determined (${fixed(value, decimals)}${unit} in its frames)`;
  return `${withError(value, error, decimals)}${unit}`;
}

function combinedLine({ from, to, rounds, reason, ...part }: CampaignDeltaF, energy: EnergyWords): string {
  const of = rounds.length === 0 ? '' : ` (${plural(rounds.length, 'round')} ${rounds.join(', ')})`;
  return `ΔF(${to} − ${from}) of the campaign: ${valueInWords(part, energy)}${of}${reason === null ? '' : `: ${reason}`}`;
}

/** Those of the last round that has any. */
function criteriaLines({ rounds }: CampaignRecord): string[] {
  const last = rounds.findLast(({ criteria }) => criteria.length > 0);
  if (!last) return [];
  return alignedRows(last.criteria.map(({ name, met, words }) => [met ? 'met' : 'missing', name, words]));
}
