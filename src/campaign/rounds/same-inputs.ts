import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { LatentcvError, readBytes, writeWhole } from '../../support/index.js';
import type { CampaignPlan } from './plan.js';
import { hasResults } from './task.js';

const inputsFile = 'inputs.json';

/** What may change in a campaign that has begun: no run is another one by it. */
const free = new Set(['budget', 'stop', 'slurm']);

/**
 * Remembers what a campaign was begun with, its file and the files that it names, and refuses another: what was run would be taken for
 * what would be run now. As long as no command has ended with a result, everything may change.
 * @throws LatentcvError `bad-argument` naming what has changed
 */
export async function expectSameInputs(plan: CampaignPlan, folder: string): Promise<void> {
  const path = join(folder, inputsFile);
  const now = await inputsOf(plan, folder);
  const then = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as Record<string, string>,
    () => undefined,
  );
  // what has failed from the start can be mended where it is
  if (then === undefined || !(await hasResults(folder)))
    return await writeWhole(path, `${JSON.stringify(now, undefined, 2)}\n`);
  const changed = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (key) => then[key] !== now[key],
  );
  if (changed.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected the inputs that the campaign in ${folder} was begun with, but ${changed.join(', ')} ${changed.length === 1 ? 'has' : 'have'} changed`,
    'budget, stop and slurm may change in a campaign that has begun; for the rest take another folder',
  );
}

/**
 * Whether the files that a campaign's file names can be read.
 * @throws LatentcvError `file-not-found`, `bad-data` naming the first that cannot
 */
export async function expectInputs(plan: CampaignPlan, folder: string): Promise<void> {
  await inputsOf(plan, folder);
}

/** Parts of the plan as they are, and what is in the files. */
async function inputsOf(plan: CampaignPlan, folder: string): Promise<Record<string, string>> {
  // from the folder, which may be moved with what it names
  const place = (path: string): string => relative(folder, path);
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'string' && isAbsolute(value) ? place(value) : value;
  const parts = Object.entries(plan).filter(([key]) => !free.has(key));
  const { gromacs, lammps, pesmd, plumed, models } = plan;
  const named = [
    gromacs?.mdp,
    gromacs?.structure,
    gromacs?.topology,
    gromacs?.index,
    lammps?.script,
    pesmd?.input,
    plumed,
  ];
  const files = [...named, ...models].filter((name) => name !== undefined);
  const contents = await Promise.all(
    files.map(async (name) => {
      const bytes = await readBytes(name, 'an input of the campaign');
      return [place(name), createHash('sha256').update(bytes).digest('hex')] as const;
    }),
  );
  return Object.fromEntries([
    ...parts.map(([key, value]) => [key, JSON.stringify(value, plain)] as const),
    ...contents,
  ]);
}
