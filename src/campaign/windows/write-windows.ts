import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { UmbrellaWindows } from '../../sampling/index.js';
import { bytesOf, expectOutputFolder, LatentcvError, writeWhole } from '../../support/index.js';
import type { StartFrame } from './start-frames.js';

/** What `windows.json` holds; energies in kJ/mol, times in ps. */
export interface WindowsRecord {
  kind: 'umbrella';
  model: string;
  /** The CV, and its column in the tables of the runs. */
  component: string;
  column: string;
  /** Column of the restraint's bias, kappa/2 (cv − centre)². */
  bias: string;
  /** K; absent in natural units. */
  temperature?: number;
  kT: number;
  /** How far the CV fluctuates in a window, √(kT/κ), and what neighbours have in common where the free energy is flat. */
  width: number;
  overlap: number;
  windows: WindowFolder[];
}

/** A window's folder; paths go from that of `windows.json`. */
export interface WindowFolder {
  folder: string;
  /** Its PLUMED input, and where its run is to write. */
  plumed: string;
  run: string;
  colvar: string;
  centre: number;
  kappa: number;
  /** The frame that it starts from, as a structure too where the frames are of trajectories; absent where none were given. */
  start?: { file: string; time: number; cv: number; away: number; structure?: string };
}

export interface WindowsJob {
  /** New or empty. */
  folder: string;
  windows: UmbrellaWindows;
  record: Omit<WindowsRecord, 'kind' | 'width' | 'overlap' | 'windows'>;
  /** The PLUMED input of the window with this centre, and its table. */
  inputOf: (centre: number) => { text: string; colvar: string };
  starts?: readonly StartFrame[];
  /** The frame as a GRO file; absent where only tables were given. */
  structureOf?: (start: StartFrame) => Promise<string>;
}

export interface WrittenWindows {
  /** The path of `windows.json`. */
  path: string;
  record: WindowsRecord;
}

/**
 * Writes a folder for each window, and `windows.json` last.
 * @throws LatentcvError `bad-argument` for a folder that holds something already
 */
export async function writeWindows(job: WindowsJob): Promise<WrittenWindows> {
  const { folder, windows } = job;
  await expectEmpty(folder);
  const digits = Math.max(2, String(windows.centres.length - 1).length);
  const written: WindowFolder[] = [];
  for (const [i, centre] of windows.centres.entries())
    written.push(await writeWindow(job, `w${String(i).padStart(digits, '0')}`, centre, job.starts?.[i]));
  const { width, overlap } = windows;
  const record: WindowsRecord = { kind: 'umbrella', ...job.record, width, overlap, windows: written };
  const path = join(folder, 'windows.json');
  await writeWhole(path, `${JSON.stringify(record, undefined, 2)}\n`);
  return { path, record };
}

async function expectEmpty(folder: string): Promise<void> {
  await expectOutputFolder(folder);
  const there = await readdir(folder).catch(() => []);
  if (there.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a new or empty folder for the windows but ${folder} has ${there[0]}`,
    'name another folder, or remove this one',
  );
}

async function writeWindow(
  { folder, windows, inputOf, structureOf }: WindowsJob,
  name: string,
  centre: number,
  start: StartFrame | undefined,
): Promise<WindowFolder> {
  await mkdir(join(folder, name), { recursive: true });
  const { text, colvar } = inputOf(centre);
  await writeWhole(join(folder, name, 'plumed.dat'), bytesOf(text));
  const structure = start && structureOf ? join(name, 'start.gro') : undefined;
  if (structure) await writeWhole(join(folder, structure), await structureOf!(start!));
  return {
    folder: name,
    plumed: join(name, 'plumed.dat'),
    run: join(name, 'run'),
    colvar: join(name, 'run', colvar),
    centre,
    kappa: windows.kappa,
    ...(start && {
      start: {
        file: resolve(start.source),
        time: start.time,
        cv: start.cv,
        away: start.away,
        ...(structure !== undefined && { structure }),
      },
    }),
  };
}
