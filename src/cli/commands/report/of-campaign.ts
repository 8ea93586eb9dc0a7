import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CampaignRecord } from '../../../campaign/index.js';
import { LatentcvError } from '../../../support/index.js';
import { campaignStates } from '../../options/index.js';
import type { ReportCommandOptions } from './settings.js';

/** The record of a campaign's folder. */
export async function campaignIn(folder: string): Promise<CampaignRecord> {
  const { readCampaign, recordFile } = await import('../../../campaign/index.js');
  const record = await readCampaign(folder);
  if (record) return record;
  throw new LatentcvError(
    'file-not-found',
    `expected the folder of a campaign for --campaign but found no ${recordFile} in ${folder}`,
  );
}

/** The last production of a campaign, as it is asked for by hand. */
export interface LastProduction {
  round: number;
  /** Its folder, in that of the campaign. */
  folder: string;
  options: Pick<ReportCommandOptions, 'cv' | 'model' | 'basin' | 'cores'>;
  /** What it is, for the page. */
  summary: string;
}

/** The last production that has begun; undefined where none has. */
export function lastProduction(
  campaign: string,
  { rounds, states }: CampaignRecord,
): LastProduction | undefined {
  const last = rounds.findLast(
    ({ production }) => production && existsSync(join(campaign, production.folder)),
  );
  if (!last?.production) return undefined;
  const { round, production, kept } = last;
  const [question] = states.questions;
  return {
    round,
    folder: join(campaign, production.folder),
    options: {
      cv: [production.cv],
      ...(kept && { model: resolve(campaign, kept.model) }),
      ...campaignStates(question),
    },
    summary: `A campaign, and of it the production of round ${round} (${production.folder}), biased along ${production.cv}${kept ? ` of ${kept.name}` : ''}.`,
  };
}
