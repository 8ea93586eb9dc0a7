import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notesFile, type RunNotes } from '../sampling/index.js';
import { LatentcvError, writeProblem, writeWhole } from '../support/index.js';

/** What a run's folder remembers of it, in `run.json`. */
interface RunRecord {
  /** SHA-256 of all that decides what the run computes. */
  fingerprint: string;
  /** Whether it came to its end, for engines that cannot tell themselves. */
  finished: boolean;
  /** How its frames were made, for those who read them. */
  notes?: RunNotes;
}

/** A run's folder: one run with one input, started as often as needed. */
export class RunFolder {
  private readonly fingerprint: string;
  /** Whether the run came to its end before. */
  finished = false;
  /** Whether the folder held this run before. */
  known = false;
  private notes: RunNotes | undefined;

  /** @param inputs all that decides what the run computes, as text */
  constructor(
    readonly path: string,
    inputs: readonly string[],
  ) {
    this.fingerprint = createHash('sha256').update(inputs.join('\0')).digest('hex');
  }

  /**
   * Makes the folder, or checks that it holds this very run.
   * @throws LatentcvError `bad-argument` for another one's
   */
  async open(): Promise<void> {
    await mkdir(this.path, { recursive: true }).catch((error: unknown) => {
      throw writeProblem(this.path, error, 'the folder');
    });
    const record = await this.read();
    if (record && record.fingerprint !== this.fingerprint) {
      throw new LatentcvError(
        'bad-argument',
        `expected the run in ${this.path} to have the same input but it was started with another`,
        'choose another folder, or remove this one',
      );
    }
    this.known = record !== undefined;
    this.finished = record?.finished ?? false;
    this.notes = record?.notes;
    await this.write();
  }

  /** Keeps what is known of the run. */
  async note(notes: RunNotes): Promise<void> {
    this.notes = notes;
    await this.write();
  }

  async finish(): Promise<void> {
    this.finished = true;
    await this.write();
  }

  private async read(): Promise<RunRecord | undefined> {
    try {
      return JSON.parse(await readFile(join(this.path, notesFile), 'utf8')) as RunRecord;
    } catch {
      // None, or cut off by a crash: the run starts, or goes on from what the engine left.
      return undefined;
    }
  }

  private write(): Promise<void> {
    const { fingerprint, finished, notes } = this;
    const record: RunRecord = { fingerprint, finished, notes };
    return writeWhole(join(this.path, notesFile), JSON.stringify(record, undefined, 2) + '\n');
  }
}
