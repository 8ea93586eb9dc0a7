import { counted, digits, durationText, percent } from '../../support/index.js';
import {
  momentText,
  stateRow,
  type CampaignLook,
  type PairTransitions,
  type RunLook,
  type RunStatus,
} from '../../watch/index.js';
import { answerLines, energyWords } from './describe-answer.js';

/** What a look says of each run, a line or two each. */
export function statusLines(look: RunLook, rowWidth = 0): string[] {
  return look.runs.flatMap((run) => [
    `${run.name}: ${statusInWords(run, look)}`,
    ...(rowWidth > 0 && run.table !== null ? rowOf(stateRow(look, run.table, rowWidth)) : []),
  ]);
}

const rowOf = (row: string): string[] => (row === '' ? [] : [`  ${row}`]);

/** Everything that a look says. */
export function lookLines(look: RunLook, rowWidth: number): string[] {
  const { answer, run, natural } = look;
  return [
    ...statusLines(look, rowWidth),
    ...(look.found === undefined ? [] : [look.found]),
    ...(answer && run ? answerLines(answer, run, energyWords(run, natural)) : []),
    ...look.notes,
  ];
}

function statusInWords(run: RunStatus, { at, natural }: RunLook): string {
  const { holder, ends, transitions, frames, written } = run;
  const speed = run.nanosecondsPerDay;
  const parts = [
    `${run.state ?? 'nothing tells whether it runs'}${holder ? ` (process ${holder.pid} on ${holder.host})` : ''}${run.words === null ? '' : `: ${run.words}`}`,
    howFar(run, natural),
    speed === null ? undefined : `${digits(speed, 3)} ns/day`,
    ends === null ? undefined : `ends ${momentText(ends)}, in ${durationText((ends - at) / 1000)}`,
    frames > 0 ? counted(frames, 'frame') : `no frames of PLUMED${run.state === 'finished' ? '' : ' yet'}`,
    written === null ? undefined : `last written ${durationText(Math.max(0, at - written) / 1000)} ago`,
    transitions && `transitions ${transitions.map(pairInWords).join(', ')}`,
  ];
  return parts.filter((part) => part !== undefined && part !== null).join('; ');
}

const pairInWords = ({ from, to, count }: PairTransitions): string => `${from}–${to} ${count}`;

function howFar({ time, steps, step, fraction }: RunStatus, natural: boolean): string | undefined {
  if (time === null) return undefined;
  const unit = natural ? ' time units' : ' ps';
  const simulated = natural || time < 1000 ? `${digits(time, 5)}${unit}` : `${digits(time / 1000, 5)} ns`;
  if (steps === null || step === null || fraction === null) return simulated;
  return `${simulated}, step ${step} of ${steps} (${percent(fraction)})`;
}

/** A look for scripts; moments are ISO dates. */
export function lookInJson(look: RunLook) {
  const { runs, cv, states, found, notes, answer, natural, run } = look;
  const date = (moment: number | null): string | null =>
    moment === null ? null : new Date(moment).toISOString();
  return {
    runs: runs.map(({ name, written, ends, ...status }) => ({
      folder: name,
      ...status,
      written: date(written),
      ends: date(ends),
    })),
    cv: cv === '' ? null : cv,
    states: states?.names ?? null,
    found: found ?? null,
    energyUnit: natural ? null : 'kJ/mol',
    analysedFrames:
      run && answer ? run.sample.ranges.reduce((sum, { start, end }) => sum + end - start, 0) : null,
    deltaFs: answer?.deltaFs ?? null,
    halves: answer?.halves ?? null,
    drift: answer?.drift ?? null,
    notes,
  };
}

/** A look at a campaign for scripts: its record, with the runs under way; what is of the latter is null where they have each their own. */
export function campaignInJson({ at, record, looks, notes }: CampaignLook) {
  const none = { at, runs: [], cv: '', weighed: false, natural: record.natural, notes: [] };
  const [only, ...others] = looks.length > 0 ? looks : [none];
  const all = looks.map(lookInJson);
  return {
    campaign: record,
    ...lookInJson(others.length > 0 ? none : only),
    runs: all.flatMap(({ runs }) => runs),
    notes: [...looks.flatMap((look) => look.notes), ...notes],
  };
}
