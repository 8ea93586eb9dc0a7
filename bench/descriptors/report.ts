import type { Seconds } from '../contestants/stopwatch.js';
import { median, shown, table } from '../table.js';
import { decodingBar, type DescriptorCase } from './descriptor-case.js';
import type { Reading } from './protocol.js';
import type { ReaderName } from './readers.js';
import type { CaseResult, Memory, Timing } from './time-reading.js';

/** What `--json` prints an array of. */
export interface ReaderRow {
  case: DescriptorCase['name'];
  reader: ReaderName;
  cores: number;
  frames: number;
  /** By CPU time on one core, which other programs do not lengthen; on more, by time on the wall. Best and middle round. */
  clock: keyof Seconds;
  framesPerSecond: number;
  framesPerSecondMedian: number;
  /** The same by the other clock, best round. */
  framesPerSecondWall: number;
  framesPerSecondCpu: number;
  /** How many times as many frames per second latentcv reads on as many cores. */
  ratio: number;
  /** Of latentcv on one core: part of its CPU time that it takes to read and unpack frames without any descriptor. */
  decodingShare?: number;
  /** Of latentcv on more: frames per second over those on one core. */
  scaling?: number;
}

const rates = (readings: readonly Reading[], clock: keyof Seconds): number[] =>
  readings.map((reading) => reading.frames / reading[clock]);
const best = (readings: readonly Reading[], clock: keyof Seconds): number =>
  Math.max(...rates(readings, clock));

export function rowsOf({ one, timings }: CaseResult): ReaderRow[] {
  return timings.map((timing) => {
    const { reader, cores, readings } = timing;
    const clock = cores === 1 ? 'cpu' : 'wall';
    const ours = timings.find((each) => each.reader === 'latentcv' && each.cores === cores)!;
    return {
      ...{ case: one.name, reader, cores, frames: readings[0].frames, clock },
      framesPerSecond: best(readings, clock),
      framesPerSecondMedian: median(rates(readings, clock)),
      framesPerSecondWall: best(readings, 'wall'),
      framesPerSecondCpu: best(readings, 'cpu'),
      ratio: best(ours.readings, clock) / best(readings, clock),
      decodingShare: timing.empty.length > 0 ? best(readings, 'cpu') / best(timing.empty, 'cpu') : undefined,
      scaling: reader === 'latentcv' && cores > 1 ? best(readings, clock) / onOneCore(timings) : undefined,
    };
  });
}

function onOneCore(timings: readonly Timing[]): number {
  return best(timings.find(({ reader, cores }) => reader === 'latentcv' && cores === 1)!.readings, 'cpu');
}

/** Best and, in brackets, middle round; expected ratios beside ours. */
export function readerTable(results: readonly CaseResult[]): string {
  const head = ['descriptors', 'reader', 'cores', 'frames', 'frames/s by CPU time', 'frames/s on the wall'];
  return table([
    [...head, 'latentcv: times as many', 'of its time, decoding', 'faster than on one core'],
    ...results.flatMap((result) =>
      result.timings.map((timing, i) => cells(result, timing, rowsOf(result)[i])),
    ),
  ]);
}

const count = (value: number): string => Math.round(value).toLocaleString('en-GB');
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

function cells({ one }: CaseResult, { readings }: Timing, row: ReaderRow): string[] {
  const { reader, cores, decodingShare, scaling } = row;
  const both = (clock: keyof Seconds): string =>
    `${count(best(readings, clock))} (${count(median(rates(readings, clock)))})`;
  const bar = reader === 'latentcv' ? undefined : one.bars?.[reader];
  const expected = bar === undefined ? '' : ` (≥ ${bar})`;
  return [
    ...[one.name, reader, String(cores), count(row.frames), both('cpu'), both('wall')],
    reader === 'latentcv' ? '' : `${shown(row.ratio)}${expected}`,
    decodingShare === undefined
      ? ''
      : `${percent(decodingShare)}${one.bars ? ` (≥ ${percent(decodingBar)})` : ''}`,
    scaling === undefined ? '' : shown(scaling),
  ];
}

/** What the reader of the table has to know. */
export function notes(results: readonly CaseResult[], memory: Memory, rounds: number): string {
  const worst = Math.max(...results.map((result) => result.worst));
  const { megabytes } = memory;
  return [
    `An XTC file of 500 atoms in a box, minimum images everywhere; best (middle) of ${rounds} rounds, readers in turn. Ratios by`,
    'CPU time on one core, which other programs do not lengthen. Two cores: frames/s on the wall, which they do, over those of',
    'one core by CPU time. All read the whole file, opening included, but PLUMED’s driver (-O3, a vector, PRINT): the first frames',
    'of the same file, its start taken off. Decoding: what is left of the CPU time where the same reading computes no descriptor.',
    `Values of 20 frames were equal within ${worst.toExponential(1)} nm or rad. Peak memory of latentcv with ${memory.case}:`,
    `${shown(megabytes.frames)} MB for ${count(memory.frames)} frames, ${shown(megabytes.long)} MB for ${count(memory.long)}.`,
  ].join('\n');
}
