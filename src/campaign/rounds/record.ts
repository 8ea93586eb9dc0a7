import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError, isSystemError, readProblem } from '../../support/index.js';
import type { CrossingRate } from '../pilots/index.js';

/** Where a campaign's folder says how far it is. */
export const recordFile = 'campaign.json';

/** A command of a campaign. */
export interface TaskRecord {
  name: string;
  /** As typed in the campaign's folder. */
  command: string;
  state: 'done' | 'running' | 'failed' | 'waiting';
  /** Of the start that ended it. */
  seconds: number | null;
}

/** Commands that run side by side. */
export interface StepRecord {
  name: string;
  title: string;
  /** ns of simulation; of pesmd thousands of its time units. */
  nanoseconds: number;
  tasks: TaskRecord[];
}

/** What was done to find a second state. */
export interface ExplorationRecord {
  step: string;
  way: 'given' | 'hot' | 'explore' | 'multithermal';
  /** K, or kT in natural units. */
  temperature: number;
  /** Along which CV, of `explore`. */
  model: string | null;
  folders: string[];
  nanoseconds: number;
  /** Between the states that are named, or the basins of the slowest CV of these frames; `null` where it was not counted. */
  crossings: number | null;
  /** Whether a second state was found and returned from. */
  found: boolean;
  words: string;
}

/** A CV that a round tried. */
export interface CandidateRecord extends CrossingRate {
  name: string;
  model: string;
  /** The round that trained it; 0 of those at hand. */
  round: number;
  /** By how many standard errors the first crosses more often. */
  behind: number;
  outside: { part: number; farthest: number } | null;
}

/** ΔF of two states by the production of a round. */
export interface RoundDeltaF {
  /** Which of the questions, from 0. */
  question: number;
  from: string;
  to: string;
  /** kJ/mol, or natural. */
  value: number | null;
  error: number | null;
  transitions: number;
  warnings: string[];
  replicas: { source: string; value: number | null; error: number | null; transitions: number }[];
}

/** One of the things that have to hold before a campaign ends. */
export interface Criterion {
  name: 'rounds' | 'replicas' | 'transitions' | 'quasi-static' | 'no better CV' | 'error';
  met: boolean;
  /** What it rests on. */
  words: string;
}

export interface RoundRecord {
  round: number;
  /** Folders that were learned from. */
  learnedFrom: string[];
  candidates: CandidateRecord[];
  /** What judged the pilots: CVs whose basins they were, none where states were named. */
  judges: string[];
  kept: { name: string; model: string; round: number; reason: string } | null;
  /** `cv` are the columns that it is biased along, two at most, `cv.node-0,cv.node-1`. */
  production: { folder: string; plumed: string; cv: string; nanoseconds: number } | null;
  deltaFs: RoundDeltaF[];
  /** From half to half at fixed CV, in kT. */
  drift: number | null;
  /** Why the CV before is taken again in place of this round's: its free energies came out worse. Their runs count no more. */
  givenUp: string | null;
  /** How slow the kept CVs are on other rounds' frames, in words. */
  otherFrames: string[];
  criteria: Criterion[];
}

/** ΔF of all rounds that count. */
export interface CampaignDeltaF {
  question: number;
  from: string;
  to: string;
  value: number | null;
  error: number | null;
  /** Rounds whose productions it is made of. */
  rounds: number[];
  reason: string | null;
}

/** Where a campaign stands: what every step was, and what came of it. */
export interface CampaignRecord {
  plan: string;
  latentcv: string;
  temperature: number;
  natural: boolean;
  began: string;
  steps: StepRecord[];
  exploration: ExplorationRecord[];
  /** Between which free energies are asked; found along `model` where the plan names none. */
  states: {
    model: string | null;
    column: string | null;
    questions: { basin: string; cores: string | null }[];
  };
  rounds: RoundRecord[];
  nanoseconds: { all: number; explore: number; pilots: number; production: number };
  /** Of the steps that are done. */
  hours: number;
  outcome: 'running' | 'converged' | 'budget' | 'one state';
  /** What is missing, where it ended without an answer. */
  missing: string[];
  /** Why its last start ended with an error; none where it ended or goes on. */
  failure: string | null;
  deltaFs: CampaignDeltaF[];
  /** What changed a number, in the order in which it was told. */
  notes: string[];
}

/**
 * What a campaign's folder says of it; undefined of a folder that holds none.
 * @throws LatentcvError `file-format`
 */
export async function readCampaign(folder: string): Promise<CampaignRecord | undefined> {
  const path = join(folder, recordFile);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as CampaignRecord;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) throw new LatentcvError('file-format', `${path}: ${error.message}`);
    throw readProblem(path, error, "a campaign's record");
  }
}
