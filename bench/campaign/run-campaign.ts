import { join } from 'node:path';
import { readCampaign, type CampaignRecord } from '../../src/campaign/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import type { CampaignPlace, CampaignSystem } from './campaign-system.js';
import { latentcv } from '../latentcv.js';

/** What a campaign said of one of its questions. */
export interface CampaignRow {
  system: string;
  seed: number;
  question?: string;
  deltaF: number | null;
  error: number | null;
  reference: number;
  referenceError: number;
  /** Of all runs; of pesmd thousands of its time units. */
  nanoseconds: number;
  /** Of the chosen CV: in the last production, or where CVs were at hand in a run as long as each of theirs. */
  crossings: number;
  /** Those of the CV at hand that crosses most often. */
  bestOfTen: number | null;
  outcome: CampaignRecord['outcome'];
  rounds: number;
  /** Of work. */
  hours: number;
  missing: readonly string[];
}

/** Runs the campaign of a seed, or goes on with it; of one that has ended only reads it. */
export async function campaignOf(system: CampaignSystem, place: CampaignPlace): Promise<CampaignRow[]> {
  const folder = join(place.folder, 'campaign');
  let record = await readCampaign(folder);
  if (record === undefined || record.outcome === 'running') {
    await system.prepare(place);
    // 4: it ended without an answer
    latentcv(['campaign', 'campaign.yaml', '--folder', 'campaign'], place.folder, [0, 4]);
    record = await readCampaign(folder);
  }
  if (!record)
    throw new LatentcvError('bad-data', `expected latentcv campaign to leave a record in ${folder}`);
  return rowsOf(system, place, record);
}

function rowsOf(system: CampaignSystem, place: CampaignPlace, record: CampaignRecord): CampaignRow[] {
  const kept = record.rounds.findLast((round) => round.kept !== null)?.kept;
  const ofTen = kept ? system.ofTen?.(place, kept.model) : undefined;
  const { outcome, missing, hours, nanoseconds } = record;
  return system.wanted(place.seed).map(({ question, reference, referenceError }, index) => {
    const answer = record.deltaFs.find((deltaF) => deltaF.question === index);
    return {
      system: system.name,
      seed: place.seed,
      ...(question !== undefined && { question }),
      deltaF: answer?.value ?? null,
      error: answer?.error ?? null,
      reference,
      referenceError,
      nanoseconds: nanoseconds.all,
      crossings: ofTen?.crossings ?? transitionsOf(record, index),
      bestOfTen: ofTen?.bestOfTen ?? null,
      outcome,
      rounds: record.rounds.length,
      hours,
      missing,
    };
  });
}

/** In the production of the last round that has one. */
function transitionsOf({ rounds }: CampaignRecord, question: number): number {
  const last = rounds.findLast(({ deltaFs }) => deltaFs.length > 0);
  return last?.deltaFs.find((deltaF) => deltaF.question === question)?.transitions ?? 0;
}
