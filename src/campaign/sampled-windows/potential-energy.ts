import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readColumns, type FrameColumns } from '../../frames/index.js';
import { parsePlumedInput, readPlumedText } from '../../plumed/index.js';
import { energyXvg, findGromacs } from '../../programs/index.js';
import { digits, LatentcvError } from '../../support/index.js';
import { parseXvg, type EnergyTable } from './energy-tables.js';
import { fixInEnergy, parseLammpsLog } from './lammps-log.js';
import { rowsOf } from './merged-columns.js';
import type { BiasedWindow } from './states.js';
import type { WindowRun } from './window-runs.js';

/** Where runs of several temperatures have their potential energy from. */
export interface EnergySources {
  /** Files that were named; each belongs to the run in whose folder it lies. */
  files?: readonly string[];
  /** Of a barostat, bar. */
  pressure?: number;
}

/** Energies without the bias, of every frame that has one. */
export interface PotentialEnergy {
  /** The frames at whose times there are energies. */
  dataset: FrameColumns;
  /** kJ/mol, of those, with pV where the volume changes. */
  potential: Float64Array;
  notes: string[];
}

/** kJ/mol of a bar times a nm³. */
const barNm3 = 0.0602214076;

/**
 * The energy of each frame without its bias, by the time of the frames.
 * @throws LatentcvError `bad-argument`, `bad-data` where a run's energies are not told
 */
export async function potentialEnergy(
  windows: readonly BiasedWindow[],
  dataset: FrameColumns,
  sources: EnergySources,
): Promise<PotentialEnergy> {
  const potential = new Float64Array(dataset.frames).fill(NaN);
  const notes: string[] = [];
  for (const window of windows) {
    const { run } = window;
    const segments = dataset.segments.filter(({ source }) => source === run.path);
    const frames = segments.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, i) => start + i),
    );
    const table = await tableOf(run, sources);
    const energies = withVolume(table, sources);
    const matched = frames.filter((frame) => {
      const row = rowAt(table.time, dataset.time.at(frame)!);
      if (row === undefined) return false;
      potential[frame] = energies[row];
      return true;
    });
    if (matched.length === 0)
      throw new LatentcvError(
        'bad-data',
        `expected energies at the times of the frames of ${run.path} but ${table.path} has none of them (${digits(table.time[0], 6)} to ${digits(table.time.at(-1)!, 6)} ps)`,
        'both are to be written at the same steps: nstenergy of GROMACS or thermo of LAMMPS, and STRIDE of PRINT',
      );
    notes.push(
      `${run.name}: the potential energy of ${matched.length} of ${frames.length} frames is told by ${table.path}${table.by === undefined ? '' : ` (${table.by})`}${matched.length < frames.length ? '; the others are left out' : ''}`,
    );
  }
  const known = Int32Array.from(potential.keys()).filter((frame) => !Number.isNaN(potential[frame]));
  return {
    dataset: rowsOf(dataset, known),
    potential: Float64Array.from(known, (frame) => potential[frame]),
    notes,
  };
}

function withVolume({ potential, volume, path }: EnergyTable, { pressure }: EnergySources): Float64Array {
  const changes = volume && volume.some((value) => Math.abs(value - volume[0]) > 1e-6 * volume[0]);
  if (!changes) return potential;
  if (pressure === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected the pressure of the barostat, since the volume in ${path} changes`,
      'say ‘pressure’, in bar: at several temperatures pV weighs as well',
    );
  return potential.map((value, i) => value + pressure * barNm3 * volume[i]);
}

/** The row at a time, to a thousandth of the spacing; undefined where there is none. */
function rowAt(times: Float64Array, time: number): number | undefined {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  const near = low > 0 && Math.abs(times[low - 1] - time) < Math.abs(times[low] - time) ? low - 1 : low;
  const spacing = times.length > 1 ? (times.at(-1)! - times[0]) / (times.length - 1) : 1;
  return Math.abs(times[near] - time) <= 1e-3 * spacing + 1e-6 * Math.abs(time) ? near : undefined;
}

async function tableOf(run: WindowRun, { files = [] }: EnergySources): Promise<EnergyTable> {
  const folder = resolve(dirname(run.path));
  const named = files.filter((file) => resolve(dirname(file)) === folder);
  const path = named[0] ?? (await foundIn(folder));
  if (named.length > 1)
    throw new LatentcvError(
      'bad-argument',
      `expected one file of energies for ${run.path} but received ${named.join(', ')}`,
    );
  if (path === undefined) throw noEnergies(run);
  const table = await readTable(path, run);
  if (table.potential.some((value) => value !== 0)) return table;
  throw new LatentcvError('bad-data', `expected potential energies in ${path} but all are 0`, zeroHint);
}

const zeroHint = 'GROMACS leaves PLUMED’s ENERGY 0: its own energies are in the .edr file';

/** In a run's folder: its one .edr, or LAMMPS’ log. */
async function foundIn(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.edr'));
  if (names.length === 1) return join(folder, names[0]);
  const log = join(folder, 'log.lammps');
  return existsSync(log) ? log : undefined;
}

async function readTable(path: string, run: WindowRun): Promise<EnergyTable> {
  if (path.endsWith('.edr'))
    return { ...parseXvg(await energyXvg(await findGromacs(), path, ['Potential', 'Volume']), path) };
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new LatentcvError('file-not-found', `cannot read ${path}: there is no such file`);
  if (text.startsWith('#! FIELDS')) return printedEnergy(path, run);
  return path.endsWith('.xvg') ? parseXvg(text, path) : parseLammpsLog(text, path);
}

/** The column of a table that PLUMED's ENERGY is printed in. */
async function printedEnergy(path: string, run: WindowRun): Promise<EnergyTable> {
  const label = energyLabel(run);
  if (label === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected a run whose PLUMED input prints ENERGY, to take it from ${path}, but ${run.input ?? `that of ${run.path}`} has none`,
      'name the engine’s own energies with ‘energy’',
    );
  const log = await readFile(join(dirname(path), 'log.lammps'), 'utf8').catch(() => '');
  const fix = fixInEnergy(log);
  if (fix !== undefined)
    throw new LatentcvError(
      'bad-data',
      `expected the potential energy without the bias in ${path} but LAMMPS adds that of the step before to ${label}`,
      `‘fix_modify ${fix} energy no’ keeps it out`,
    );
  const { time, energy, natural } = run.units;
  const columns = await readColumns([path], { columns: [label], timeUnit: time, parts: true });
  const unit = natural ? 1 : energy;
  return {
    path,
    time: Float64Array.from({ length: columns.frames }, (_, i) => columns.time.at(i)!),
    potential: Float64Array.from(columns.values(label), (value) => value * unit),
    by: `${label}, PLUMED’s ENERGY`,
  };
}

/** What the input of a run calls its ENERGY. */
function energyLabel({ input, plumed }: WindowRun): string | undefined {
  const read = plumed ?? (input === undefined ? undefined : parsePlumedInput(readPlumedText(input), input));
  return read?.all.find(({ action }) => action === 'ENERGY')?.label;
}

function noEnergies(run: WindowRun): LatentcvError {
  const { path, labels } = run;
  const energy = energyLabel(run);
  const printed = energy !== undefined && labels.includes(energy);
  return new LatentcvError(
    'bad-argument',
    `expected the potential energy of the run of ${path}, since temperatures differ, but found no .edr and no log.lammps beside it`,
    printed
      ? `${energy} is printed, which GROMACS 2024 to 2026 leave 0 and LAMMPS adds a bias to unless fix_modify says energy no: where neither is so, name the table with ‘energy’; else the engine’s own energies`
      : 'name the .edr, .xvg or log of LAMMPS that lies beside it with ‘energy’',
  );
}
