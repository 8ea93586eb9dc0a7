import { LatentcvError, hdf5Problem, hdf5TrajectoryIn, loadHdf5, type H5File } from '../../support/index.js';
import { attributeText } from './entities.js';
import { openH5md } from './h5md.js';
import type { Hdf5Frames, Hdf5Reading } from './hdf5-frames.js';
import { openMdtraj } from './mdtraj.js';

function noTrajectory(file: H5File): LatentcvError {
  const netcdf = file.attrs._NCProperties !== undefined || attributeText(file, 'Conventions') !== undefined;
  const there = file.keys().slice(0, 8).join(', ') || 'nothing';
  return new LatentcvError(
    'other-kind',
    `expected a trajectory in H5MD or of MDTraj in an HDF5 file but it has ${there}`,
    netcdf
      ? 'this is NetCDF-4: nccopy -k 64-bit-offset makes a classic file of it, which is read'
      : 'a table of descriptors in HDF5 is read without ‘structure’, ‘descriptors’ and ‘format’',
  );
}

const unfinished =
  'was it copied whole? Of a run that was killed, h5clear -s --increment (a tool of HDF5) may mend a copy of the file';

async function openFile(path: string): Promise<H5File> {
  const { File, FS } = await loadHdf5();
  // the library looks for the name behind a link, which a file without a name has not
  if (path.startsWith('/proc/self/fd/') && FS)
    Object.assign(FS, { lstat: (link: string): unknown => FS.stat(link) });
  try {
    return new File(path, 'r');
  } catch (error) {
    const problem = hdf5Problem(path, error) as LatentcvError;
    throw new LatentcvError(problem.code, problem.message, unfinished);
  }
}

/**
 * Opens a trajectory in an HDF5 file, of which only what is asked for is read.
 * @throws LatentcvError `file-format` where it is none, damaged, or which of several is meant is not clear; `bad-data` where
 * it tells no unit that is known.
 */
export async function openHdf5Frames(path: string, reading: Hdf5Reading): Promise<Hdf5Frames> {
  const file = await openFile(path);
  try {
    const kind = hdf5TrajectoryIn(file);
    if (!kind) throw noTrajectory(file);
    return kind === 'H5MD' ? openH5md(file, reading) : openMdtraj(file, reading);
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw hdf5Problem(path, error);
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}

/** Which trajectory a file is, whatever its name; undefined where it is none, or cannot be read. */
export async function hdf5Trajectory(path: string): Promise<'H5MD' | 'MDTraj' | undefined> {
  const { File } = await loadHdf5();
  try {
    const file = new File(path, 'r');
    try {
      return hdf5TrajectoryIn(file);
    } finally {
      file.close();
    }
  } catch {
    return undefined;
  }
}
