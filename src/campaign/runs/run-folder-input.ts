import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  expectCuttable,
  prepareInput,
  writtenTables,
  restartEdits,
  withRunLines,
  withWords,
  NameTable,
  type PlumedInput,
  type Preparation,
  type Restart,
} from '../../plumed/index.js';
import { bytesOf, LatentcvError, writeProblem, writeWhole } from '../../support/index.js';
import { carriedInput, copyCarried, type CarriedInput } from './carry-files.js';

/** An input as it is to be run in a folder: what it reads carried there, what makes it restartable added. */
export class RunInput {
  readonly preparation: Preparation;
  private readonly carried: CarriedInput | undefined;
  /** Where the engine finds it. */
  readonly path: string;

  /**
   * @param options.inputFolder where files that it reads by a relative name lie
   * @param options.restarts whether the engine can go on, which takes states and flushed tables
   */
  constructor(
    readonly parsed: PlumedInput,
    private readonly folder: string,
    { inputFolder, restarts }: { inputFolder: string | undefined; restarts: boolean },
  ) {
    const elsewhere = inputFolder !== undefined && resolve(inputFolder) !== resolve(folder);
    this.carried = elsewhere ? carriedInput(parsed, [inputFolder, '.']) : undefined;
    const copies = new Set([parsed.path, ...(this.carried?.files ?? []).map(({ from }) => from)]);
    if (restarts) expectCuttable(parsed, ({ path }) => copies.has(path));
    const nothing: Preparation = { edits: [], lines: [], states: [], notes: [] };
    this.preparation = !restarts
      ? nothing
      : prepareInput(parsed, new NameTable(parsed), ({ path }) => copies.has(path));
    const own = join(folder, 'plumed.dat');
    // an input of the user's own in the folder stays as it is
    const given = parsed.path !== undefined && resolve(parsed.path) === resolve(own);
    this.path = given ? join(folder, 'plumed.run.dat') : own;
  }

  get notes(): readonly string[] {
    return [...(this.carried?.notes ?? []), ...this.preparation.notes];
  }

  /**
   * A PLUMED input of somebody else's is not written over.
   * @throws LatentcvError `bad-argument`
   */
  expectNoOther(): void {
    const { path, parsed } = this;
    if (!existsSync(path)) return;
    const there = readFileSync(path);
    if ([parsed.text, this.textAt(undefined)].some((text) => there.equals(bytesOf(text)))) return;
    throw new LatentcvError(
      'bad-argument',
      `expected a folder for the run but ${path} is there, another input than the run's`,
      'name a folder of its own with ‘folder’',
    );
  }

  /** Puts it into the folder, with what it reads. */
  async write(restart: Restart | undefined): Promise<void> {
    await this.makeFolders();
    if (this.carried) await copyCarried(this.carried, this.folder, this.editsOf(restart));
    await writeWhole(this.path, bytesOf(this.textAt(restart)));
  }

  /** PLUMED makes no folders for what it writes. */
  private async makeFolders(): Promise<void> {
    const files = [...writtenTables(this.parsed), ...this.preparation.states].map(({ file }) => file);
    for (const folder of new Set(files.map((file) => dirname(resolve(this.folder, file)))))
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw writeProblem(folder, error, 'the folder');
      });
  }

  /** As the engine gets it: undefined stands for a first start. */
  textAt(restart: Restart | undefined): string {
    const { parsed, preparation } = this;
    const own = this.editsOf(restart).filter(({ statement }) => statement.path === parsed.path);
    const text = withWords(this.carried?.text ?? parsed.text, own);
    return withRunLines(parsed, text, preparation.lines, restart !== undefined);
  }

  private editsOf(restart: Restart | undefined): Preparation['edits'] {
    return [...this.preparation.edits, ...(restart ? restartEdits(restart) : [])];
  }
}
