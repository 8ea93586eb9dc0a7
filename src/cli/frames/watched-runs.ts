import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { columnsAsked } from '../../free-energy/index.js';
import { tableLabels } from '../../frames/index.js';
import { plumedUnits, type BiasColumns, type RunNotes } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { WatchedRuns, type RunLook, type WatchSource, type WatchedRunsOptions } from '../../watch/index.js';
import { questionOf, type SamplingOptions } from '../options/index.js';
import type { Terminal } from '../terminal.js';
import { madeFrames, type MadeFrames } from './made-frames.js';
import { expandNames } from './expand-files.js';
import { factsOfRun, isFolder, runFolders } from './sampled-files.js';

/** What is asked of runs that are watched. */
export type WatchOptions = Partial<SamplingOptions> & { cv?: string[] };

const noBias: BiasColumns = { weigh: [], bound: [], notes: [] };

/** Runs by the names that a command was given; those that have written nothing yet are looked for at every look. */
export class RunsByName {
  private runs: WatchedRuns | undefined;
  private begun = -1;

  /** @param lenient whether a bias that is not clear is left out, with a note, and no error */
  constructor(
    private readonly names: readonly string[],
    private readonly options: WatchOptions,
    private readonly terminal: Pick<Terminal, 'note'>,
    private readonly lenient = false,
  ) {}

  /**
   * @throws LatentcvError `file-not-found` for a folder without a run, and as `WatchedRuns.look`
   */
  async look(): Promise<RunLook> {
    if (!this.runs || this.begun < this.sources.length) await this.find();
    return this.runs!.look();
  }

  private sources: WatchSource[] = [];

  private async find(): Promise<void> {
    const sources = await sourcesOf(this.names);
    const begun = sources.filter(({ table }) => table !== undefined);
    if (this.runs && begun.length === this.begun) return;
    const planned = await this.plan(begun);
    this.sources = sources.map(
      (source) => planned.sources.find(({ name }) => name === source.name) ?? source,
    );
    this.runs = new WatchedRuns({ ...planned, sources: this.sources });
    this.begun = begun.length;
  }

  /** How the frames of the runs that have begun are weighed, and which table of each is read. */
  private async plan(begun: readonly WatchSource[]): Promise<WatchedRunsOptions> {
    const { options } = this;
    const question = questionOf(options);
    const { discard, replicas = 'independent' } = options;
    if (begun.length === 0) {
      const weighing = { bias: noBias, units: plumedUnits };
      return { sources: [], cv: options.cv?.[0] ?? '', question, weighing };
    }
    const wanted = [...(options.cv ?? []), ...columnsAsked(question)];
    const weighed = { replicas, ...options };
    const names = begun.map(({ folder, table }) => folder ?? table!);
    const { paths, files, common, choose } = await madeFrames(names, wanted, weighed, {
      terminal: this.terminal,
    });
    const labels = await tableLabels(paths[0]);
    const { bias, notes } = this.biasOf(labels, choose);
    const { temperature, units } = common;
    return {
      sources: begun.map((source, i) => ({ ...source, table: paths[i] })),
      cv: options.cv?.[0] ?? likelyCv(labels, bias, files[0].notes),
      question,
      weighing: { bias: bias ?? noBias, units, discard, replicas, ...(bias && { temperature }) },
      notes,
    };
  }

  private biasOf(
    labels: readonly string[],
    choose: MadeFrames['choose'],
  ): { bias?: BiasColumns; notes: string[] } {
    try {
      return { bias: choose(labels), notes: [] };
    } catch (error) {
      if (!this.lenient || !(error instanceof LatentcvError)) throw error;
      return { notes: [error.message] };
    }
  }
}

async function sourcesOf(names: readonly string[]): Promise<WatchSource[]> {
  const sources: WatchSource[] = [];
  for (const name of await expandNames(names)) {
    if (!isFolder(name)) sources.push({ name, table: name });
    else
      for (const folder of await runFolders(name))
        sources.push({ name: folder, folder, ...(await begunTable(folder)) });
  }
  return sources;
}

/** A table of a run that has its columns already. */
async function begunTable(folder: string): Promise<{ table?: string }> {
  const facts = await factsOfRun(folder);
  for (const { file } of facts?.tables ?? []) {
    const table = resolve(folder, file);
    if (existsSync(table) && (await hasLabels(table))) return { table };
  }
  return {};
}

/** PLUMED writes the first lines when it flushes them. */
async function hasLabels(table: string): Promise<boolean> {
  try {
    return (await tableLabels(table)).length > 0;
  } catch {
    return false;
  }
}

/** The CV that is biased, by the bias that weighs; else the first column that is none of a bias. */
function likelyCv(labels: readonly string[], bias: BiasColumns | undefined, notes?: RunNotes): string {
  const weighing = (bias?.weigh ?? []).map((column) => column.slice(0, column.lastIndexOf('.')));
  const biases = [...(notes?.biases ?? [])].sort(
    (a, b) => Number(weighing.includes(b.label)) - Number(weighing.includes(a.label)),
  );
  const biased = biases.flatMap(({ parameters }) => parameters.ARG?.split(',') ?? []);
  return (
    biased.find((label) => labels.includes(label)) ??
    labels.find((label) => !/\.r?(bias|work|rct|ct|zed|neff|nker)$/.test(label)) ??
    labels[0]
  );
}
