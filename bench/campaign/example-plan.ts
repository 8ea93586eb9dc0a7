import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/support/folders.js';

/** A campaign's file as written, one level deep: what a bench changes of an example's. */
export type PlanChanges = Record<string, unknown>;

export const exampleFolder = (name: string): string => join(packageRoot(), 'examples', name);

/** Copies an example's inputs and writes its campaign.yaml with other settings: of objects, those named; all else whole. */
export function fromExample(name: string, folder: string, changes: PlanChanges): void {
  const example = exampleFolder(name);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(example))
    if (file !== 'campaign.yaml' && file !== 'README.md')
      copyFileSync(join(example, file), join(folder, file));
  const plan = parse(readFileSync(join(example, 'campaign.yaml'), 'utf8')) as PlanChanges;
  for (const [key, value] of Object.entries(changes))
    plan[key] = isObject(value) && isObject(plan[key]) ? { ...plan[key], ...value } : value;
  writeFileSync(join(folder, 'campaign.yaml'), stringify(plan));
}

function isObject(value: unknown): value is PlanChanges {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
