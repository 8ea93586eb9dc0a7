import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';
import { runFixture } from '../native/fixtures.js';

/** Alanine dipeptide, 22 atoms. */
export const alanine = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'alanine.gro');

/** A folder with the files of test/fixtures/trajectories.py. */
export function makeTrajectories(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'latentcv-trajectories-'));
  runFixture('trajectories.py', folder);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Distances 1–5, 1–19, 5–9 and 7–15 in the XTC file, by numpy in double, nm. */
export function readDistances(folder: string): number[][] {
  return JSON.parse(readFileSync(join(folder, 'distances.json'), 'utf8')) as number[][];
}
