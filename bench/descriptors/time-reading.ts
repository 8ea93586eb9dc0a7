import { LatentcvError } from '../../src/support/errors.js';
import { ContestantProcess } from '../contestants/contestant-process.js';
import { expectEqualValues } from './agreement.js';
import type { DescriptorCase } from './descriptor-case.js';
import type { Lengths } from './problem.js';
import type { Reading, ReaderProtocol } from './protocol.js';
import { commandOf, type Installation, type ReaderName } from './readers.js';

/** A reader on so many cores, and its readings of one case, one a round. */
export interface Timing {
  reader: ReaderName;
  cores: number;
  readings: Reading[];
  /** Ours on one core: the same without any descriptor, which is reading and unpacking alone. */
  empty: Reading[];
}

/** What was measured of a case. */
export interface CaseResult {
  one: DescriptorCase;
  timings: Timing[];
  /** Largest difference between two readers' values, nm or rad. */
  worst: number;
}

/** Peak memory of ours in processes of their own, for the file and for the longer one, MB. */
export interface Memory {
  case: DescriptorCase['name'];
  frames: number;
  long: number;
  megabytes: { frames: number; long: number };
}

type Contestant = ContestantProcess<ReaderProtocol>;

const compared = 20;

/** In the order that they are asked in each round. */
const contestants: readonly { reader: ReaderName; cores: number }[] = [
  { reader: 'latentcv', cores: 1 },
  { reader: 'mdtraj', cores: 1 },
  { reader: 'mdanalysis', cores: 1 },
  { reader: 'plumed-driver', cores: 1 },
  { reader: 'latentcv', cores: 2 },
];

/** Reads the problem's file with every reader in turn, after their values were seen to be equal. */
export async function timeCases(
  cases: readonly DescriptorCase[],
  { folder, lengths, rounds }: { folder: string; lengths: Lengths; rounds: number },
  installation: Installation,
): Promise<CaseResult[]> {
  const waiting = contestants.map(({ reader, cores }) => ({
    ...{ reader, cores },
    process: new ContestantProcess<ReaderProtocol>(commandOf(reader, folder, cores, installation)),
  }));
  try {
    const results: CaseResult[] = [];
    for (const one of cases) {
      const values = [];
      for (const { reader, process } of waiting)
        values.push({ reader, ...(await process.ask('values', { case: one.name, frames: compared })) });
      const worst = expectEqualValues(one, values);
      const timings = waiting.map(({ reader, cores }) => ({
        ...{ reader, cores },
        ...{ readings: [] as Reading[], empty: [] as Reading[] },
      }));
      for (let round = 0; round < rounds; round++) {
        console.error(`${one.name}, round ${round + 1} of ${rounds}`);
        for (const [i, { process }] of waiting.entries()) await timeRound(one, process, timings[i], lengths);
      }
      results.push({ one, timings, worst });
    }
    return results;
  } finally {
    await Promise.all(waiting.map(({ process }) => process.end()));
  }
}

async function timeRound(
  one: DescriptorCase,
  process: Contestant,
  timing: Timing,
  lengths: Lengths,
): Promise<void> {
  const question = { case: one.name, file: 'frames' } as const;
  const reading = await process.ask('read', question);
  expectAll(timing, reading, lengths);
  timing.readings.push(reading);
  if (timing.reader === 'latentcv' && timing.cores === 1)
    timing.empty.push(await process.ask('read', { ...question, empty: true }));
}

function expectAll({ reader }: Timing, { frames }: Reading, lengths: Lengths): void {
  const expected = reader === 'plumed-driver' ? lengths.few - lengths.fewest : lengths.frames;
  if (frames === expected) return;
  throw new LatentcvError('bad-data', `expected ${expected} frames of ${reader} but it read ${frames}`);
}

/** Reads the file, and the longer one, each in a fresh process. */
export async function peakMemory(
  one: DescriptorCase,
  { folder, lengths }: { folder: string; lengths: Lengths },
  installation: Installation,
): Promise<Memory> {
  const peak = async (file: 'frames' | 'long'): Promise<number> => {
    const process = new ContestantProcess<ReaderProtocol>(commandOf('latentcv', folder, 1, installation));
    try {
      await process.ask('read', { case: one.name, file });
      return (await process.ask('memory', {})).peakMegabytes;
    } finally {
      await process.end();
    }
  };
  const { frames, long } = lengths;
  return {
    case: one.name,
    frames,
    long,
    megabytes: { frames: await peak('frames'), long: await peak('long') },
  };
}
