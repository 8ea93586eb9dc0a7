import { existsSync } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LatentcvError, NewFile, Lock, outputPlace } from '../support/index.js';

/**
 * Where a model is going to be: no other training writes to it meanwhile (`<output>.lock`), and there is room for it on
 * the disk before the first epoch, so that what was trained can be written.
 */
export class ModelPlace {
  private room: { file: NewFile; kept: number } | undefined;

  private constructor(
    readonly output: string,
    private readonly folder: string,
    private readonly lock: Lock,
  ) {}

  /**
   * Runs a training with the place held.
   * @throws LatentcvError `file-access` where another training holds it
   */
  static async whileHeld<T>(
    { output, files }: { output: string; files: readonly string[] },
    work: (place: ModelPlace) => Promise<T>,
  ): Promise<T> {
    const path = await outputPlace(output, files);
    const lock = await Lock.take(`${path}.lock`, `${output} is being trained`);
    const place = new ModelPlace(output, dirname(path), lock);
    try {
      return await work(place);
    } finally {
      await place.release();
    }
  }

  /**
   * @throws LatentcvError `file-access` where the disk has no such room
   */
  async keepRoom(bytes: number): Promise<void> {
    const file = await NewFile.open(this.output);
    this.room = { file, kept: bytes };
    await file.keepRoom(bytes).catch((error: unknown) => {
      if (!(error instanceof LatentcvError)) throw error;
      const needed = `it may take ${Math.ceil(bytes / 1000).toLocaleString('en')} kB`;
      throw new LatentcvError(error.code, `${error.message}, before the training (${needed})`, error.hint);
    });
  }

  /**
   * Writes the model into its room. Where it takes more and the disk is full, the checkpoints give theirs, but only if
   * that is enough.
   * @param checkpoints of its training, which is over
   */
  async save(bytes: Uint8Array, checkpoints: readonly string[]): Promise<void> {
    const { file, kept } = this.room ?? { file: await NewFile.open(this.output), kept: 0 };
    this.room = { file, kept };
    try {
      await file.fill(bytes).catch(async (error: unknown) => {
        if (!(await this.freed(bytes.length - kept, checkpoints))) throw error;
        await file.fill(bytes);
      });
      await file.putInPlace();
      this.room = undefined;
    } catch (error) {
      throw checkpoints.some((each) => existsSync(each)) ? withWayOn(error) : error;
    }
  }

  /** Removes checkpoints where so many bytes are wanting and they have them. */
  private async freed(wanting: number, checkpoints: readonly string[]): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.folder);
    const sizes = checkpoints.map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0);
    const theirs = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (bavail * bsize + theirs < wanting + bsize * (checkpoints.length + 1)) return false;
    for (const file of checkpoints) await rm(file, { force: true });
    return true;
  }

  private async release(): Promise<void> {
    await this.room?.file.discard();
    await this.lock.release();
  }
}

function withWayOn(error: unknown): unknown {
  if (!(error instanceof LatentcvError)) return error;
  return new LatentcvError(
    error.code,
    `${error.message}; what was trained is kept in the checkpoint`,
    `${error.hint?.replace(/, then .*/, '') ?? 'mend that'}, then the same command with ‘resume’ writes it`,
  );
}
