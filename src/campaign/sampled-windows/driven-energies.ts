import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  collectFrames,
  columnValues,
  joinTables,
  readTables,
  type Dataset,
  type FrameColumns,
} from '../../frames/index.js';
import { DescriptorReader } from '../../native/index.js';
import { biasInput, type BiasInput, type StaticBias } from '../../plumed/index.js';
import { findPlumed, runDriver, type PlumedInstall } from '../../programs/index.js';
import { thermalEnergy } from '../../sampling/index.js';
import { digits, fixed, LatentcvError } from '../../support/index.js';
import { readStructure } from '../../trajectories/index.js';
import { mergedColumns } from './merged-columns.js';
import type { BiasedWindow } from './states.js';
import type { ReadWindows, WindowReading, WindowTrajectory } from './window-reading.js';
import type { WindowRun } from './window-runs.js';

/**
 * As `readWindows`, where biases are functions of what is not printed: `plumed driver` computes them on the frames of each window's
 * trajectory, with every input. Rows of tables and frames are joined by their times.
 * @throws LatentcvError `missing-tool`, `tool-failed`, `bad-data`, `bad-argument`
 */
export async function driveWindows(
  runs: readonly WindowRun[],
  columns: readonly string[],
  trajectories: readonly WindowTrajectory[],
  reading: WindowReading,
): Promise<ReadWindows> {
  const plumed = await findPlumed();
  const inputs = runs.map((run) => run.plumed && inputOf(run));
  const scratch = await mkdtemp(join(tmpdir(), 'latentcv-driver-'));
  try {
    const tables: FrameColumns[] = [];
    const notes: string[] = [];
    for (const [i, run] of runs.entries()) {
      const time = await frameTimes(trajectories[i]);
      const frames = time.length;
      const energies = await energiesOn(trajectories[i].file, inputs, { plumed, scratch, frames });
      const printed = (inputs[i]?.biases ?? []).filter(({ column }) => run.labels.includes(column));
      const wanted = [...new Set([...columns, ...printed.map(({ column }) => column)])];
      const table = await joined(run, { time, energies, wanted }, reading);
      for (const bias of printed) notes.push(expectAlike(run, bias, table));
      tables.push(table);
    }
    const keys = [...new Set(inputs.flatMap((input) => input?.biases.map(({ key }) => key) ?? []))];
    const windows = runs.map((run, i): BiasedWindow => ({
      run,
      biases: (inputs[i]?.biases ?? []).map(asColumn),
    }));
    return {
      windows,
      dataset: mergedColumns(tables, [...columns, ...keys]),
      ...{ checked: 0, unchecked: 0 },
      driven: [
        `energies are those that plumed driver gives the frames of each window's trajectory with every window's input`,
        ...notes,
      ],
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const energiesFile = 'energies';

const inputOf = ({ plumed, input, path, onSurface }: WindowRun): BiasInput =>
  biasInput(plumed!, { folder: resolve(dirname(input ?? path)), file: energiesFile, onSurface });

/** A bias whose energies are a column, which its key names. */
const asColumn = (bias: BiasInput['biases'][number]): StaticBias => ({
  ...bias,
  columns: [bias.key],
  energy: (values) => Float64Array.from(values(bias.key)),
});

/** ps */
async function frameTimes({ file, structure }: WindowTrajectory): Promise<Float64Array> {
  const { size } = await readStructure(structure);
  const reader = new DescriptorReader({
    ...{ descriptors: [], references: [], atoms: new Uint32Array(0) },
    ...{ total: size, minimumImage: false, threads: 1 },
  });
  const source = { path: file, format: '', perNanometre: 0, salvage: false };
  const { frames } = await reader.countFrames(source);
  const { times, problems } = await reader.read(source, 0, frames, 1);
  const back = times.findIndex((time, i) => !(i === 0 ? Number.isFinite(time) : time > times[i - 1]));
  if (problems.length === 0 && back < 0 && frames > 0) return times;
  throw new LatentcvError(
    'bad-data',
    problems[0] ??
      `expected frames at growing times in ${file} but ${frames === 0 ? 'found none' : `frame ${back} is at ${times[back]} ps`}`,
    'plumed driver is given each frame once, at its time: cut the trajectory where a restart wrote frames again',
  );
}

/** kJ/mol by the keys of biases. */
async function energiesOn(
  trajectory: string,
  inputs: readonly (BiasInput | undefined)[],
  { plumed, scratch, frames }: { plumed: PlumedInstall; scratch: string; frames: number },
): Promise<Map<string, Float64Array>> {
  const found = new Map<string, Float64Array>();
  for (const input of inputs) {
    if (!input || input.biases.every(({ key }) => found.has(key))) continue;
    const cwd = await mkdtemp(join(scratch, 'run-'));
    const plumedFile = join(cwd, 'plumed.dat');
    await writeFile(plumedFile, input.text);
    await runDriver({ plumed, cwd, plumedFile, trajectory: resolve(trajectory) });
    const table = await readTables(join(cwd, energiesFile));
    if (table.frames !== frames)
      throw new LatentcvError(
        'bad-data',
        `expected ${frames} frames of ${trajectory} from plumed driver but received ${table.frames}`,
      );
    input.biases.forEach(({ key }, i) => {
      const values = columnValues(table, table.columns[i].label);
      found.set(
        key,
        values.map((value) => value * input.unit),
      );
    });
    await rm(cwd, { recursive: true, force: true });
  }
  return found;
}

interface Driven {
  time: Float64Array;
  energies: ReadonlyMap<string, Float64Array>;
  wanted: readonly string[];
}

/** Frames of a run with the energies, and the columns that are wanted of its table. */
async function joined(
  run: WindowRun,
  { time, energies, wanted }: Driven,
  { timeUnit, begin, end, onWarning }: WindowReading,
): Promise<FrameColumns> {
  const keys = [...energies.keys()];
  const [frames, width] = [time.length, keys.length];
  const data = new Float64Array(frames * width);
  keys.forEach((key, j) => energies.get(key)!.forEach((value, i) => (data[i * width + j] = value)));
  const columns = keys.map((label) => ({ label }));
  const stream = {
    columns,
    mostFrames: frames,
    // eslint-disable-next-line @typescript-eslint/require-await
    batches: async function* () {
      yield { columns, frames, data, time, segment: 0, source: run.path };
    },
  };
  const reading = { timeUnit, begin, end, onWarning };
  const both = await joinTables(stream, {
    tables: { [run.path]: [run.path] },
    columns: wanted.length > 0 ? wanted : run.labels.slice(0, 1),
    reading,
  });
  return columnsOf(await collectFrames(both));
}

function columnsOf(dataset: Dataset): FrameColumns {
  const { columns, frames, time, segments } = dataset;
  return {
    ...{ columns, frames, time, segments, single: false },
    values: (label) => columnValues(dataset, label),
    period: (label) => columns.find((column) => column.label === label)?.period,
  };
}

/**
 * Holds a bias to what the run printed of it: positions of frames may be rounded, so that both differ a little.
 * @returns by how much, in words
 * @throws LatentcvError `bad-data` where they differ by more than kT
 */
function expectAlike(
  run: WindowRun,
  { column, key }: BiasInput['biases'][number],
  table: FrameColumns,
): string {
  const unit = run.units.natural ? 1 : run.units.energy;
  const printed = table.values(column);
  const driven = Float64Array.from(table.values(key));
  const sum = driven.reduce((total, value, i) => total + (value - unit * printed[i]) ** 2, 0);
  const off = Math.sqrt(sum / table.frames);
  const kT = thermalEnergy(run.temperature!);
  if (off > kT)
    throw new LatentcvError(
      'bad-data',
      `expected ${column} in ${run.path} as plumed driver gives it with ${run.input ?? 'its input'} but both differ by ${digits(off, 3)} kJ/mol (root mean square), more than kT`,
      'put the PLUMED input that the run was made with beside its table, and frames with enough digits',
    );
  return `${run.name}: ${column} by plumed driver and as printed differ by ${fixed(off, 4)} kJ/mol (root mean square)`;
}
