import { basename, resolve } from 'node:path';
import type { Markup } from '../../../report/index.js';
import { percent } from '../../../support/index.js';
import { campaignPage, watchSection, type CampaignLook, type RunLook } from '../../../watch/index.js';
import { campaignInJson, campaignLines, lookInJson, lookLines } from '../../words/index.js';

/** A look, as it is shown in each of the ways. */
export interface Sight {
  /** ms since 1970. */
  at: number;
  /** What a tab of the browser tells. */
  title: string;
  section: () => Markup;
  /** One below the other; each is told again where its stamp is another. */
  parts: { stamp: string; lines: () => string[] }[];
  /** Whether nothing new will come. */
  over: boolean;
  json: () => ReturnType<typeof lookInJson> | ReturnType<typeof campaignInJson>;
}

/** Letters of the row of states. */
const rowWidth = 72;

export function sightOfRuns(look: RunLook): Sight {
  const { at, runs } = look;
  return {
    at,
    title: titleOf(look),
    section: () => watchSection(look),
    parts: [{ stamp: stampOf(look), lines: () => lookLines(look, rowWidth) }],
    over: runs.every(({ state }) => state !== null && state !== 'running'),
    json: () => lookInJson(look),
  };
}

export function sightOfCampaign(look: CampaignLook): Sight {
  const { at, folder, record, looks, notes } = look;
  const under = record.steps.find(({ tasks }) => tasks.some(({ state }) => state !== 'done'));
  const words = record.outcome === 'running' ? (under?.title ?? 'running') : record.outcome;
  return {
    at,
    title: `${basename(resolve(folder))}: ${words}`,
    section: () => campaignPage(look),
    parts: [
      { stamp: JSON.stringify(record), lines: () => campaignLines(record) },
      {
        stamp: [...looks.map(stampOf), ...notes].join('\n'),
        lines: () => [...looks.flatMap((each) => lookLines(each, rowWidth)), ...notes],
      },
    ],
    over: record.outcome !== 'running',
    json: () => campaignInJson(look),
  };
}

const stampOf = ({ runs }: RunLook): string =>
  runs.map(({ written, state }) => `${written} ${state}`).join('\n');

function titleOf({ runs }: RunLook): string {
  const names = runs.length === 1 ? runs[0].name : `${runs.length} runs`;
  const done = runs.flatMap(({ fraction }) => fraction ?? []);
  return done.length === runs.length ? `${names}: ${percent(Math.min(...done))}` : names;
}
