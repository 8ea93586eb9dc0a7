import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { walkersFolder, type PlumedInput, type WrittenTable } from '../../plumed/index.js';
import { Lock } from '../../support/index.js';

type Statement = WrittenTable['statement'];

/** The locks by which walkers that share a folder of hills know of each other. */
export class WalkerLocks {
  private constructor(
    private readonly locks: readonly Lock[],
    private readonly read: ReadonlySet<Statement>,
  ) {}

  /**
   * Takes this walker's lock in each folder that its biases share with others.
   * @throws LatentcvError `file-access` where another run is the same walker
   */
  static async take({ all }: PlumedInput, folder: string): Promise<WalkerLocks> {
    const locks: Lock[] = [];
    const read = new Set<Statement>();
    try {
      for (const statement of all) {
        const shared = walkersFolder(statement);
        if (shared === undefined) continue;
        const place = resolve(folder, shared);
        const id = statement.keywords.get('WALKERS_ID') ?? '0';
        const name = `walker.${statement.label ?? statement.action}.`;
        locks.push(
          await Lock.take(join(place, `${name}${id}.lock`), `walker ${id} of ${place} is being run`),
        );
        if (await othersLive(place, name, id)) read.add(statement);
      }
    } catch (error) {
      await Promise.all(locks.map((lock) => lock.release()));
      throw error;
    }
    return new WalkerLocks(locks, read);
  }

  /** Whether another walker lives that reads what this bias writes. */
  isRead(statement: Statement): boolean {
    return this.read.has(statement);
  }

  async release(): Promise<void> {
    await Promise.all(this.locks.map((lock) => lock.release()));
  }
}

async function othersLive(place: string, name: string, id: string): Promise<boolean> {
  const others = (await readdir(place)).filter(
    (file) => file.startsWith(name) && file.endsWith('.lock') && file !== `${name}${id}.lock`,
  );
  const lives = await Promise.all(others.map((file) => Lock.isHeld(join(place, file))));
  return lives.includes(true);
}
