import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import { confinementSchema } from './confinement/index.js';

const units = z.object({
  length: z.number().positive(),
  energy: z.number().positive(),
  time: z.number().positive(),
  natural: z.boolean(),
});

const bias = z.object({
  label: z.string(),
  /** PLUMED's name of it: `OPES_METAD`. */
  action: z.string(),
  /** Its keywords as they were given, in the input's units: `PACE`, `BARRIER`, … */
  parameters: z.record(z.string(), z.string()),
});

const table = z.object({
  /** As the input names it, relative to the run's folder. */
  file: z.string(),
  /** Arguments of its PRINT; once the run is done, the columns besides `time`. */
  columns: z.array(z.string()),
});

const facts = z.object({
  /** nm, kJ/mol and ps per unit of the numbers in its tables. */
  units,
  biases: z.array(bias),
  tables: z.array(table),
  /** What keeps a guest near its host, nm and kJ/mol. */
  confinement: confinementSchema.optional(),
});

const notes = facts.partial().extend({
  /** K; of a run in natural units, kT as the temperature at which kT has this value in kJ/mol. */
  temperature: z.number().positive().optional(),
  engine: z.object({ name: z.string(), version: z.string().optional() }).optional(),
  plumed: z.string().optional(),
  latentcv: z.string().optional(),
  seed: z.number().optional(),
  /** By the kinetic energy of the whole run, in K as `temperature` is, where its engine tells that. */
  kineticTemperature: z.object({ mean: z.number().positive(), error: z.number().nonnegative() }).optional(),
});

/** An action that biased a run. */
export type BiasNote = z.infer<typeof bias>;
/** A table that a run writes. */
export type TableNote = z.infer<typeof table>;
/** What a PLUMED input tells of the frames that it makes. */
export type RunFacts = z.infer<typeof facts>;
/** What a run's folder remembers of how its frames were made; older folders know less. */
export type RunNotes = z.infer<typeof notes>;

/** The file in a run's folder that holds them. */
export const notesFile = 'run.json';

/** The file there by which one process at a time has the run. */
export const lockFile = 'run.lock';

/**
 * The notes of the run in a folder, undefined where it has none that can be read: a run may have crashed while it
 * wrote them.
 * @throws LatentcvError `file-format` where they hold what they cannot
 */
export async function readRunNotes(folder: string): Promise<RunNotes | undefined> {
  const path = join(folder, notesFile);
  const record = await parsed(path);
  if (typeof record !== 'object' || record === null || !('notes' in record)) return undefined;
  const read = notes.safeParse(record.notes);
  if (read.success) return read.data;
  const { path: at, message } = read.error.issues[0];
  throw new LatentcvError(
    'file-format',
    `${path}: notes.${at.join('.')}: ${message.toLowerCase()}`,
    'the notes are those of another version, or were edited: take that version, or a copy of the tables elsewhere, and say what the notes told, such as ‘temperature’',
  );
}

const length = z.object({ length: z.object({ timestep: z.number().positive() }) });

/** ps (or natural time) of a step of the run in a folder, where it noted that. */
export async function readRunTimestep(folder: string): Promise<number | undefined> {
  return length.safeParse(await parsed(join(folder, notesFile))).data?.length.timestep;
}

async function parsed(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Actions by label, for the choice of the columns that weigh. */
export function actionsOf({ biases }: Pick<RunFacts, 'biases'>): Map<string, string> {
  return new Map(biases.map(({ label, action }) => [label, action]));
}

/** A bias that does not change in a run, but from one run to another: which frames of it weigh as exp(V/kT). */
const staticBiases = new Set(['RESTRAINT', 'EXTERNAL', 'MOVINGRESTRAINT']);

/**
 * Refuses runs whose static biases differ, as umbrella windows do: their frames weigh by all of the biases together.
 * @throws LatentcvError `bad-argument`
 */
export function refuseDifferingBiases(
  runs: readonly { source: string; biases: readonly BiasNote[] }[],
): void {
  const [first, ...more] = runs.map(({ source, biases }) => ({ source, biases: staticOnes(biases) }));
  const other = more.find(({ biases }) => biases !== first.biases);
  if (!other) return;
  throw new LatentcvError(
    'bad-argument',
    `expected runs under one static bias but ${first.source} has ${first.biases || 'none'} and ${other.source} has ${other.biases || 'none'}`,
    'their frames weigh by all biases together, by MBAR, as latentcv fes, report and train do where ‘bias’ and ‘plumed’ are left out and each run’s PLUMED input is beside its table; else give one run at a time',
  );
}

function staticOnes(biases: readonly BiasNote[]): string {
  const words = biases
    .filter(({ action }) => staticBiases.has(action))
    .map(({ label, action, parameters }) => {
      const given = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
      return [`${label}: ${action}`, ...given.sort()].join(' ');
    });
  return words.sort().join('; ');
}
