import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignRecord } from '../campaign/index.js';
import { notesFile } from '../sampling/index.js';
import { runState, type RunEndWord } from './run-state.js';
import type { RunLook } from './watched-runs.js';

/** What is known of a campaign at one time. */
export interface CampaignLook {
  /** ms since 1970. */
  at: number;
  folder: string;
  record: CampaignRecord;
  /** The runs of the step under way: replicas of production together, others each by itself. */
  looks: RunLook[];
  /** What could not be told, and why. */
  notes: string[];
}

/** Runs of a step. */
export interface Stage {
  kind: 'explore' | 'pilots' | 'production';
  /** Where they are, in the campaign's folder. */
  folder: string;
  /** Their own folders, in the campaign's. */
  runs: string[];
}

/**
 * The runs that a campaign's folder holds of the step under way: of the last in which one lives; where none does, of the last of
 * all while one of it is not finished. Undefined between steps.
 */
export async function latestStage(campaign: string): Promise<Stage | undefined> {
  const stages: Stage[] = [];
  for (const { kind, folder } of await stageFolders(campaign)) {
    const runs = await runsIn(campaign, folder);
    if (runs.length > 0) stages.push({ kind, folder, runs });
  }
  const states: (RunEndWord | null)[][] = [];
  for (const { runs } of stages)
    states.push(await Promise.all(runs.map(async (run) => (await runState(join(campaign, run))).state)));
  const living = states.findLastIndex((each) => each.includes('running'));
  if (living >= 0) return stages[living];
  return states.at(-1)?.some((state) => state !== 'finished') ? stages.at(-1) : undefined;
}

/** Folders of runs in the order in which a campaign makes them: explorations, then of each round its pilots and its production. */
async function stageFolders(campaign: string): Promise<Pick<Stage, 'kind' | 'folder'>[]> {
  const names = await foldersIn(campaign);
  const numbered = (kind: string): string[] =>
    names
      .filter((name) => new RegExp(`^${kind}-\\d+$`).test(name))
      .sort((a, b) => Number(a.slice(kind.length + 1)) - Number(b.slice(kind.length + 1)));
  return [
    ...numbered('explore').map((folder) => ({ kind: 'explore' as const, folder })),
    ...numbered('round').flatMap((round) => [
      { kind: 'pilots' as const, folder: join(round, 'pilots') },
      { kind: 'production' as const, folder: join(round, 'production') },
    ]),
  ];
}

/** Runs in a folder, and those of replicas in a folder of it. */
async function runsIn(campaign: string, folder: string): Promise<string[]> {
  if (isRun(join(campaign, folder))) return [folder];
  const found: string[] = [];
  for (const name of await foldersIn(join(campaign, folder))) {
    const inside = join(folder, name);
    if (isRun(join(campaign, inside))) found.push(inside);
    else
      for (const replica of await foldersIn(join(campaign, inside)))
        if (isRun(join(campaign, inside, replica))) found.push(join(inside, replica));
  }
  return found;
}

const isRun = (folder: string): boolean => existsSync(join(folder, notesFile));

const natural = new Intl.Collator('en', { numeric: true });

/** None of a folder that is not there. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort(natural.compare);
}
