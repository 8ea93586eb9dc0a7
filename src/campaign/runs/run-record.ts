import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notesFile, type RunNotes } from '../../sampling/index.js';
import { LatentcvError, type ProcessMark, writeProblem, writeWhole } from '../../support/index.js';

/** One start of a run. */
export interface RunStart {
  /** ISO 8601. */
  began: string;
  /** The MD step at which it began. */
  step: number;
  /** The engine's process, once it runs. */
  process?: ProcessMark;
}

/** How a start ended, as far as that was seen. */
export interface RunEnd {
  at: string;
  why: 'finished' | 'stopped' | 'failed';
  /** MD steps in all. */
  step?: number;
  /** Of a failure. */
  words?: string;
}

/** What a run's folder remembers of it, in `run.json`. */
interface RunRecord {
  /** SHA-256 of all that decides what the run computes. */
  fingerprint: string;
  /** Whether it came to its end, for engines that cannot tell themselves. */
  finished: boolean;
  /** How its frames were made, for those who read them. */
  notes?: RunNotes;
  /** MD steps in all, and ps (or natural time) of one. */
  length?: { steps?: number; timestep?: number };
  starts?: RunStart[];
  ended?: RunEnd;
  /** Bytes of each file that another run had left when this one began, which goes on from them. */
  inherited?: Record<string, number>;
}

/** The engine's process of the last start of the run in a folder, as far as that is noted. */
export async function lastProcess(folder: string): Promise<ProcessMark | undefined> {
  return (await recordIn(folder))?.starts?.at(-1)?.process;
}

async function recordIn(folder: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, notesFile), 'utf8')) as RunRecord;
  } catch {
    // None, or cut off by a crash: the run starts, or goes on from what the engine left.
    return undefined;
  }
}

const hashOf = (inputs: readonly string[]): string =>
  createHash('sha256').update(inputs.join('\0')).digest('hex');

/** A run's folder: one run with one input, started as often as needed. */
export class RunFolder {
  private readonly fingerprint: string;
  private record: RunRecord;
  /** Whether the folder held this run before. */
  known = false;

  /** The same as versions had it that did not look into included files. */
  private readonly before: string;

  /**
   * @param inputs all that decides what the run computes, as text
   * @param included the texts of files that the PLUMED input includes
   */
  constructor(
    readonly path: string,
    inputs: readonly string[],
    included: readonly string[] = [],
  ) {
    this.before = hashOf(inputs);
    this.fingerprint = included.length === 0 ? this.before : hashOf([...inputs, ...included]);
    this.record = { fingerprint: this.fingerprint, finished: false };
  }

  /** Makes the folder. */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true }).catch((error: unknown) => {
      throw writeProblem(this.path, error, 'the folder');
    });
  }

  /**
   * Checks that the folder holds this very run, or none. It becomes this run's with the first word that is kept of it.
   * @throws LatentcvError `bad-argument` for another one's
   */
  async open(): Promise<void> {
    const record = await recordIn(this.path);
    if (record?.fingerprint === this.before && record.starts === undefined)
      record.fingerprint = this.fingerprint;
    if (record && record.fingerprint !== this.fingerprint) {
      throw new LatentcvError(
        'bad-argument',
        `expected the run in ${this.path} to have the same input but it was started with another`,
        'choose another folder, or remove this one',
      );
    }
    this.known = record !== undefined;
    if (record) this.record = record;
  }

  /** Whether the run came to its end before. */
  get finished(): boolean {
    return this.record.finished;
  }

  get starts(): readonly RunStart[] {
    return this.record.starts ?? [];
  }

  get inherited(): Readonly<Record<string, number>> {
    return this.record.inherited ?? {};
  }

  /** Keeps what is known of the run. */
  async note(more: Partial<Pick<RunRecord, 'notes' | 'length' | 'inherited'>>): Promise<void> {
    Object.assign(this.record, more);
    await this.write();
  }

  async begin(step: number): Promise<void> {
    const start = { began: new Date().toISOString(), step };
    this.record = { ...this.record, finished: false, ended: undefined, starts: [...this.starts, start] };
    await this.write();
  }

  /** The process of the start that was begun last. */
  async running(process: ProcessMark): Promise<void> {
    const last = this.record.starts?.at(-1);
    if (last) last.process = process;
    await this.write();
  }

  async end(end: Omit<RunEnd, 'at'>): Promise<void> {
    const finished = end.why === 'finished' || this.finished;
    this.record = { ...this.record, finished, ended: { at: new Date().toISOString(), ...end } };
    await this.write();
  }

  private write(): Promise<void> {
    return writeWhole(join(this.path, notesFile), JSON.stringify(this.record, undefined, 2) + '\n');
  }
}
