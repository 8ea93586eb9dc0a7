import type { Judge, LabelledCores, PilotResult } from '../../../campaign/index.js';
import { nanosecondsOf, statesOf } from '../../../free-energy/index.js';
import { thermalEnergy } from '../../../sampling/index.js';
import { loadSampling, type LoadedRun } from '../../frames/index.js';
import type { Terminal } from '../../terminal.js';
import type { PilotInput } from './inputs.js';
import type { PilotOptions } from './settings.js';

/** A pilot, what it met, and where. */
export interface JudgedPilot extends PilotResult {
  name: string;
  model: string;
  label: string;
  folders: string[];
}

/** Reads what pilots printed, and counts. */
export async function judged(
  pilots: readonly (PilotInput & { folders: string[] })[],
  options: PilotOptions,
  terminal: Terminal,
): Promise<{ pilots: JudgedPilot[]; judges: Judge[]; notes: string[]; natural: boolean }> {
  const { pilotResult } = await import('../../../campaign/index.js');
  const { basin, basinA, cores, every } = options;
  const columns = pilots.flatMap(({ label, outputs }) => outputs.map((output) => `${label}.${output}`));
  const quiet: Terminal = { ...terminal, note: () => undefined };
  const runs: LoadedRun[] = [];
  for (const { folders, label, patched } of pilots) {
    const outside = `${label}.outside`;
    const wanted = patched.columns.includes(outside) ? [...columns, outside] : columns;
    const how = { basin, basinA, cores, every, discard: 0, replicas: 'independent' as const };
    runs.push(await loadSampling(folders, wanted, how, quiet));
  }
  const { judges, labels, notes } = await judgesFor(runs, columns);
  const results = pilots.map(({ name, model, label, folders, patched }, i) => {
    const { run } = runs[i];
    const outside = `${label}.outside`;
    const result = pilotResult({
      nanoseconds: nanosecondsOf(run),
      ...{ time: run.dataset.time, segments: run.dataset.segments, every },
      ...{ weights: run.sample.weights, kT: thermalEnergy(run.sample.temperature), judges: labels[i] },
      ...(patched.columns.includes(outside) && { outside: run.values(outside) }),
    });
    return { name, model, label, folders, ...result };
  });
  return { pilots: results, judges, notes, natural: runs[0].natural };
}

/** By what each pilot is judged: the states that are named, or the basins that the CVs of all show. */
async function judgesFor(
  runs: readonly LoadedRun[],
  columns: readonly string[],
): Promise<{ judges: Judge[]; labels: LabelledCores[][]; notes: string[] }> {
  const byRules = runs.map(({ run, question }) => statesOf(run, question));
  if (byRules.every((states) => states !== undefined))
    return {
      judges: [],
      labels: byRules.map(({ names, cores }) => [{ name: 'states', states: names.length, cores }]),
      notes: [...new Set(byRules.flatMap(({ notes }) => notes))],
    };
  const { judgesOf, pooledFrames } = await import('../../../campaign/index.js');
  const judges = judgesOf(pooledFrames(runs.map(({ run }) => run)), columns);
  const notes =
    judges.length === 0
      ? [
          'no pilot left the basin that it began in: longer ones (--length), other CVs, or --basin with states that are known',
        ]
      : [];
  let first = 0;
  const labels = runs.map(({ run: { dataset } }) => {
    const from = first;
    first += dataset.frames;
    return judges.map(({ column, basins, cores }) => ({
      ...{ name: column, states: basins.length },
      cores: cores.subarray(from, from + dataset.frames),
    }));
  });
  return { judges, labels, notes };
}
