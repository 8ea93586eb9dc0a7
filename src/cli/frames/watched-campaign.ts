import { join } from 'node:path';
import type { CampaignRecord } from '../../campaign/index.js';
import { LatentcvError } from '../../support/index.js';
import { latestStage, type CampaignLook, type RunLook, type Stage } from '../../watch/index.js';
import { campaignStates } from '../options/index.js';
import type { Terminal } from '../terminal.js';
import { isFolder } from './sampled-files.js';
import { RunsByName, type WatchOptions } from './watched-runs.js';

/**
 * The one of these names that is the folder of a campaign.
 * @throws LatentcvError `bad-argument` where it does not stand alone
 */
export async function campaignAmong(names: readonly string[]): Promise<string | undefined> {
  const folders = names.filter(isFolder);
  if (folders.length === 0) return undefined;
  const { readCampaign } = await import('../../campaign/index.js');
  for (const folder of folders) {
    if (!(await readCampaign(folder))) continue;
    if (names.length === 1) return folder;
    throw new LatentcvError(
      'bad-argument',
      `expected the folder of a campaign alone but received ${folder} with others`,
      'a campaign is watched with the runs that it has under way; runs are watched by their own folders',
    );
  }
  return undefined;
}

/** Runs that are looked at together; without the campaign's states, and why, where these cannot be told. */
interface Watched {
  runs: RunsByName;
  note?: string;
}

/** A campaign by its folder: what it says of itself, and the runs that it has under way. */
export class CampaignByFolder {
  /** By their folders. */
  private watched = new Map<string, Watched>();

  constructor(
    private readonly folder: string,
    private readonly options: WatchOptions,
    private readonly terminal: Pick<Terminal, 'note'>,
  ) {}

  /**
   * @throws LatentcvError `file-not-found` where the campaign has gone, `file-format`
   */
  async look(): Promise<CampaignLook> {
    const { readCampaign } = await import('../../campaign/index.js');
    const record = await readCampaign(this.folder);
    if (!record)
      throw new LatentcvError('file-not-found', `${this.folder} does not hold a campaign any more`);
    const stage = record.outcome === 'running' ? await latestStage(this.folder) : undefined;
    const notes: string[] = [];
    const looks: RunLook[] = [];
    const before = this.watched;
    this.watched = new Map();
    for (const names of stage ? lookedAtTogether(stage) : []) {
      const look = await this.lookAt(names, before, record, notes);
      if (look) looks.push(look);
    }
    return { at: Date.now(), folder: this.folder, record, looks, notes };
  }

  /** States are those of the campaign, where the runs have the columns that tell them. */
  private async lookAt(
    names: readonly string[],
    before: ReadonlyMap<string, Watched>,
    { states: { questions } }: CampaignRecord,
    notes: string[],
  ): Promise<RunLook | undefined> {
    const key = names.join(', ');
    const { options, terminal } = this;
    const own = options.basin ? {} : campaignStates(questions[0]);
    const folders = names.map((name) => join(this.folder, name));
    const runsWith = (more: WatchOptions): RunsByName => new RunsByName(folders, more, terminal, true);
    const known = before.get(key) ?? { runs: runsWith({ ...own, ...options }) };
    const [look, problem] = await known.runs.look().then(...lookOrProblem);
    if (look || known.note !== undefined) {
      if (known.note !== undefined) notes.push(known.note);
      this.watched.set(key, known);
      return look;
    }
    const plain = { runs: runsWith({ replicas: options.replicas }), note: `${key}: ${problem}` };
    this.watched.set(key, plain);
    notes.push(plain.note);
    const [bare] = await plain.runs.look().then(...lookOrProblem);
    return bare;
  }
}

/** What went wrong in a look at some of the runs ends no look at the campaign. */
const lookOrProblem: [
  (look: RunLook) => [look: RunLook | undefined, problem: string],
  (error: unknown) => [look: undefined, problem: string],
] = [
  (look) => [look, ''],
  (error) => {
    if (error instanceof LatentcvError) return [undefined, error.message];
    throw error;
  },
];

/** Replicas of a production share a bias and states; other runs have each their own. */
const lookedAtTogether = ({ kind, runs }: Stage): string[][] =>
  kind === 'production' ? [runs] : runs.map((run) => [run]);
