import type { Segment } from '../../../frames/index.js';
import type { Block } from '../../learnable.js';

/** Pieces that begin `length` frames apart, each long enough for the pairs that begin in it. */
export function cut({ start, end }: Segment, length: number, lag: number): Segment[] {
  const pieces: Segment[] = [];
  for (let from = start; from + lag < end; from += length)
    pieces.push({ start: from, end: Math.min(from + length + lag, end) });
  return pieces;
}

/**
 * Pieces, in their order, that are in memory together: as many as have so many frames, and, where pieces are so short
 * that these make few pairs a lag apart, so many pairs. What is left at the end and fills no part of its own is in the last.
 */
export function inParts(
  pieces: readonly Segment[],
  least: { frames: number; samples: number; lag: number },
): Segment[][] {
  const parts: Segment[][] = [];
  let [chosen, frames, samples]: [Segment[], number, number] = [[], 0, 0];
  for (const piece of pieces) {
    const length = piece.end - piece.start;
    if (frames + length > least.frames && samples >= least.samples) {
      parts.push(chosen);
      [chosen, frames, samples] = [[], 0, 0];
    }
    chosen.push(piece);
    frames += length;
    samples += length - least.lag;
  }
  if (samples >= least.samples || parts.length === 0) parts.push(chosen);
  else parts.at(-1)!.push(...chosen);
  return parts;
}

/** How much a sample takes. */
interface SampleSize {
  /** Frames in all, more or less. */
  wanted: number;
  /** Frames of a piece at most. */
  length: number;
  /** Of all blocks. */
  frames: number;
}

/**
 * Pieces at even distances over blocks. Where there are more blocks than pieces, every so many of them have one, of each
 * side by its frames, and the first of each group, so that the sample stays as small as it was to be.
 */
export function samplePieces(
  blocks: readonly Block[],
  { wanted, length, frames }: SampleSize,
  groupOf: (block: Block) => string,
): Block[] {
  if (wanted >= frames) return [...blocks];
  const cell = Math.max(length, Math.round((length * frames) / wanted));
  if (blocks.length * length <= wanted)
    return blocks.flatMap((block) => spread(block, countIn(block, cell), length));
  const part = wanted / frames;
  const due = { train: 0, validation: 0 };
  const seen = new Set<string>();
  return blocks.flatMap((block) => {
    const group = `${block.side} ${groupOf(block)}`;
    const own = block.end - block.start;
    const piece = Math.min(length, own);
    due[block.side] += part * own;
    const wished = Math.max(seen.has(group) ? 0 : 1, Math.floor(due[block.side] / piece));
    const count = Math.min(wished, countIn(block, length));
    seen.add(group);
    due[block.side] -= count * piece;
    return spread(block, count, length);
  });
}

const countIn = ({ start, end }: Segment, length: number): number =>
  Math.max(1, Math.round((end - start) / length));

/** So many pieces of a block, at even distances. */
function spread({ start, end, side }: Block, count: number, length: number): Block[] {
  const bound = (i: number): number => start + Math.floor(((end - start) * i) / count);
  return Array.from({ length: count }, (_, i) => ({
    start: bound(i),
    end: Math.min(bound(i) + length, bound(i + 1)),
    side,
  }));
}
