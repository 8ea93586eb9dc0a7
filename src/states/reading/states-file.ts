import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { confinementSchema } from '../../sampling/index.js';
import { LatentcvError, expectText, readProblem } from '../../support/index.js';

const columns = z.record(z.string(), z.number());
const frame = z.object({ frame: z.number(), source: z.string(), time: z.number(), values: columns });
const known = z.number().nullable();

const place = z.tuple([z.number(), z.number(), z.number()]);

const state = z.object({
  name: z.string(),
  population: z.number(),
  error: known,
  deltaF: known,
  deltaFError: known,
  reason: z.string().nullable(),
  transitions: z.number(),
  roundTrips: z.number(),
  frames: z.number(),
  peak: columns.nullable(),
  barrier: z.object({ to: z.string(), height: z.number(), error: known }).nullable(),
  splitBy: z.array(z.string()).default([]),
  foundAgain: z.boolean().nullable(),
  differences: z.array(
    z.object({
      column: z.string(),
      separation: z.number(),
      effect: z.number(),
      mean: z.number(),
      deviation: z.number(),
      othersMean: z.number(),
      othersDeviation: z.number(),
    }),
  ),
  representative: frame.nullable(),
  examples: z.array(frame),
  warnings: z.array(z.string()),
  structures: z
    .object({
      gro: z.string(),
      pdb: z.string(),
      moreGro: z.string().nullable(),
      morePdb: z.string().nullable(),
      confined: z.object({ origin: place, axis: place.nullable() }).nullish(),
    })
    .nullish(),
});

const bound = z.object({
  name: z.string(),
  deltaG: known,
  error: known,
  reason: z.string().nullable(),
  transitions: z.number(),
});

const binding = z.object({
  unbound: z.string(),
  volume: z.number(),
  standardVolume: z.number(),
  total: bound,
  modes: z.array(bound),
  warnings: z.array(z.string()),
});

const file = z.object({
  cv: z.array(z.string()),
  states: z.array(state).min(1),
  transitions: z.array(z.array(z.number())),
  roundTrips: z.array(z.array(z.number())),
  barriers: z.array(
    z.object({
      between: z.tuple([z.string(), z.string()]),
      heights: z.tuple([z.number(), z.number()]),
      error: known,
      saddle: columns,
    }),
  ),
  parts: z.array(
    z.object({ part: z.string(), modes: z.number(), alike: z.record(z.string(), z.number().nullable()) }),
  ),
  mergeBelow: known,
  outside: z.number(),
  temperature: z.number(),
  confinement: confinementSchema.nullish(),
  binding: binding.nullish(),
  energyUnit: z.string().nullable(),
  notes: z.array(z.string()),
});

/** What `latentcv states` wrote, and the folder that its structures lie in. */
export type StatesFile = z.infer<typeof file> & { path: string; folder: string };

/**
 * Reads states.json.
 * @param path the file, or the folder that it lies in
 * @throws LatentcvError `file-not-found`, `bad-data` for a file of another kind
 */
export async function readStates(path: string): Promise<StatesFile> {
  expectText(path, 'path');
  const named = await pathOf(path);
  const found = file.safeParse(await contents(named));
  if (found.success) return { ...found.data, path: named, folder: dirname(named) };
  const [issue] = found.error.issues;
  throw strange(named, `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

async function pathOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, 'states.json') : path;
  } catch (error) {
    throw readProblem(path, error);
  }
}

async function contents(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw readProblem(path, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw strange(path, error instanceof Error ? error.message : String(error));
  }
}

function strange(path: string, why: string): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected the states.json of latentcv states in ${path} but it is not: ${why}`,
    '‘latentcv states … -o FOLDER’ writes one',
  );
}
