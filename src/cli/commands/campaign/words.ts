import type { CampaignRecord } from '../../../campaign/index.js';
export const campaignLines = (record: CampaignRecord): string[] => [
  ...record.rounds.map((r) =>
    JSON.stringify({ round: r.round, kept: r.kept, deltaFs: r.deltaFs, criteria: r.criteria }),
  ),
  `${record.outcome}: ${JSON.stringify(record.deltaFs)} ${record.missing.join('; ')}`,
];
