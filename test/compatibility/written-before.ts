import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

const fixtures = join(packageRoot(), 'test', 'fixtures', 'compatibility');

/** Files that an earlier version wrote, as `test/fixtures/compatibility/make.mjs` makes them. */
export interface WrittenBefore {
  /** The commit that wrote them. */
  commit: string;
  /** The version that it said it was. */
  latentcv: string;
  /** Whether it is of before 28 November 2026, when checkpoints and runs' notes began to tell what they are of. */
  old: boolean;
  folder: string;
}

/** All of them, by version. */
export const versions: WrittenBefore[] = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const folder = join(fixtures, name);
    const { date, ...by } = readJson(join(folder, 'written-by.json')) as { date: string } & Omit<
      WrittenBefore,
      'old' | 'folder'
    >;
    return { ...by, old: date < '2026-11-28', folder };
  });

export const newest = versions.find(({ old }) => !old)!;

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A copy of what a version wrote, to be gone on from. */
export function copyOf({ folder }: WrittenBefore, ...part: string[]): string {
  const copy = temporaryFolder('compatibility');
  cpSync(join(folder, ...part), copy, { recursive: true });
  return copy;
}
