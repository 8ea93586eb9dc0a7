import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FrameColumns } from '../../frames/index.js';
import { energyXvg, findGromacs } from '../../programs/index.js';
import { digits, LatentcvError } from '../../support/index.js';
import { parseLammpsLog, parseXvg, type EnergyTable } from './energy-tables.js';
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
    const biased = table.biased ? ownBias(window, dataset) : undefined;
    const energies = withVolume(table, sources);
    const matched = frames.filter((frame) => {
      const row = rowAt(table.time, dataset.time.at(frame)!);
      if (row === undefined) return false;
      potential[frame] = energies[row] - (biased?.[frame] ?? 0);
      return true;
    });
    if (matched.length === 0)
      throw new LatentcvError(
        'bad-data',
        `expected energies at the times of the frames of ${run.path} but ${table.path} has none of them (${digits(table.time[0], 6)} to ${digits(table.time.at(-1)!, 6)} ps)`,
        'both are to be written at the same steps: nstenergy of GROMACS or thermo of LAMMPS, and STRIDE of PRINT',
      );
    notes.push(
      `${run.name}: the potential energy of ${matched.length} of ${frames.length} frames is told by ${table.path}${table.biased ? ', less the bias' : ''}${matched.length < frames.length ? '; the others are left out' : ''}`,
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

function ownBias({ biases }: BiasedWindow, dataset: FrameColumns): Float64Array {
  const total = new Float64Array(dataset.frames);
  for (const bias of biases) bias.energy(dataset.values).forEach((value, i) => (total[i] += value));
  return total;
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
  const table = await readTable(path);
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

async function readTable(path: string): Promise<EnergyTable> {
  if (path.endsWith('.edr'))
    return { ...parseXvg(await energyXvg(await findGromacs(), path, ['Potential', 'Volume']), path) };
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new LatentcvError('file-not-found', `cannot read ${path}: there is no such file`);
  return path.endsWith('.xvg') ? parseXvg(text, path) : parseLammpsLog(text, path);
}

function noEnergies({ path, labels, plumed }: WindowRun): LatentcvError {
  const energy = plumed?.all.find(({ action }) => action === 'ENERGY')?.label;
  const printed = energy !== undefined && labels.includes(energy);
  return new LatentcvError(
    'bad-argument',
    `expected the potential energy of the run of ${path}, since temperatures differ, but found no .edr and no log.lammps beside it`,
    printed
      ? `${energy} is printed, but GROMACS leaves it 0 and other engines add what they hold it for: name the engine’s own energies with ‘energy’`
      : 'name the .edr, .xvg or log of LAMMPS that lies beside it with ‘energy’',
  );
}
