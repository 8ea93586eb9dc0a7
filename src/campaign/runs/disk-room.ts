import { statfs } from 'node:fs/promises';
import { LatentcvError, significant } from '../../support/index.js';

/** Room that is left to a run for its last checkpoint: bytes, and at most this part of a small disk. */
const reserve = 32e6;
const partOfDisk = 0.1;
const betweenLooks = 2000;

/** Bytes free in a folder, and fewer than a run may go on with. */
async function roomIn(folder: string): Promise<{ free: number; wanted: number } | undefined> {
  const stats = await statfs(folder).catch(() => undefined);
  // file systems that do not tell have 0 blocks
  if (!stats || stats.blocks === 0) return undefined;
  return {
    free: stats.bavail * stats.bsize,
    wanted: Math.min(reserve, partOfDisk * stats.blocks * stats.bsize),
  };
}

const inMegabytes = (bytes: number): string => `${significant(bytes / 1e6, 2)} MB`;

/**
 * Neither PLUMED nor GROMACS tells of rows that did not fit on the disk, so a run does not begin without room.
 * @throws LatentcvError `file-access`
 */
export async function expectRoom(folder: string): Promise<void> {
  const room = await roomIn(folder);
  if (room && room.free < room.wanted) throw noRoom(folder, room, 'make room before the run begins');
}

function noRoom(
  folder: string,
  { free, wanted }: { free: number; wanted: number },
  hint: string,
): LatentcvError {
  return new LatentcvError(
    'file-access',
    `expected ${inMegabytes(wanted)} free for the run in ${folder} but the disk has ${inMegabytes(free)} left`,
    hint,
  );
}

/** Looks at a run's disk while it runs. */
export class RoomWatch {
  /** Why the run was stopped; undefined where there is room. */
  problem: LatentcvError | undefined;
  private readonly timer: NodeJS.Timeout;

  /** @param stop asks the run to stop, while there is still room for its checkpoint */
  constructor(
    private readonly folder: string,
    private readonly stop: () => void,
  ) {
    this.timer = setInterval(() => void this.look(), betweenLooks);
    this.timer.unref();
  }

  /** Looks now: an engine may end by itself where its files do not fit. */
  async look(): Promise<void> {
    const room = await roomIn(this.folder);
    if (this.problem !== undefined || !room || room.free >= room.wanted) return;
    const hint = 'the run was stopped at its checkpoint: make room, and give the same command again';
    this.problem = noRoom(this.folder, room, hint);
    this.stop();
  }

  close(): void {
    clearInterval(this.timer);
  }
}
