import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../src/support/folders.js';
import { writeWhole } from '../src/support/index.js';

/** What was measured before, a file each, so that a bench that was stopped goes on. */
export class Kept {
  readonly folder: string;

  /**
   * @param bench its folder in the cache, such as `bench-perovskites`
   * @param name of the part that is measured
   */
  constructor(
    bench: string,
    private readonly name: string,
  ) {
    this.folder = join(cacheFolder(), bench, name);
  }

  /** What is kept under those of the keys that have something. */
  async all<T extends object>(keys: readonly string[]): Promise<T[]> {
    const paths = keys.map((key) => this.path(key)).filter((path) => existsSync(path));
    return Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as T));
  }

  /** What is kept under a key, or else what `measure` gives. */
  async of<T extends object>(key: string, measure: () => Promise<T>): Promise<T> {
    const path = this.path(key);
    if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as T;
    const began = performance.now();
    const found = await measure();
    await mkdir(this.folder, { recursive: true });
    await writeWhole(path, JSON.stringify(found));
    console.error(`${this.name}: ${key} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
    return found;
  }

  private path(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}
