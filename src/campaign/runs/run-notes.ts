import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { tableLabels } from '../../frames/index.js';
import { parsePlumedInput, runFacts } from '../../plumed/index.js';
import type { PlumedRuntime, EngineNotes } from '../../programs/index.js';
import type { RunFacts, RunNotes, TableNote } from '../../sampling/index.js';
import { LatentcvError, packageVersion } from '../../support/index.js';

/** How the frames of a run are made: what its engine and its PLUMED input say. */
export function runNotes(
  { natural, ...engine }: EngineNotes,
  { version }: PlumedRuntime,
  input: string | undefined,
  folder: string,
): RunNotes {
  const facts = input === undefined ? undefined : factsOf(input, folder);
  return {
    ...engine,
    ...facts,
    ...(facts && natural && { units: { ...facts.units, natural } }),
    plumed: input !== undefined && version ? version.join('.') : undefined,
    latentcv: packageVersion(),
  };
}

/** Undefined where only PLUMED can read the input, or refuse it. */
function factsOf(input: string, folder: string): RunFacts | undefined {
  try {
    return runFacts(parsePlumedInput(input, undefined, { workingFolder: folder }));
  } catch (error) {
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}

/** The notes with the columns that tables have, now that they are written. */
export async function withColumns(notes: RunNotes, folder: string): Promise<RunNotes> {
  if (!notes.tables) return notes;
  return { ...notes, tables: await Promise.all(notes.tables.map((table) => written(table, folder))) };
}

async function written(table: TableNote, folder: string): Promise<TableNote> {
  const path = resolve(folder, table.file);
  if (!existsSync(path)) return table;
  const labels = await tableLabels(path).catch(() => undefined);
  return labels ? { ...table, columns: [...labels] } : table;
}
