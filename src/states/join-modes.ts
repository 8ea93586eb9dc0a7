import type { FoundModes, ModeBarrier } from './find-modes.js';
import { difference, type ModeColumn } from './mode-axes.js';

/**
 * One mode joined to the neighbour that it is parted from by the lowest barrier, or to the nearest where it touches none.
 * Modes after it count one less.
 */
export function joinMode(found: FoundModes, mode: number, columns: readonly ModeColumn[]): FoundModes {
  const into = neighbourOf(found, mode, columns);
  const moved = (old: number): number => {
    const target = old === mode ? into : old;
    return target > mode ? target - 1 : target;
  };
  const { frames, population } = found.modes[mode];
  const modes = found.modes.map((each, i) =>
    i === into ? { ...each, frames: each.frames + frames, population: each.population + population } : each,
  );
  return {
    ...found,
    modes: modes.filter((_, i) => i !== mode),
    labels: found.labels.map((label) => (label === 0 ? 0 : moved(label - 1) + 1)),
    cores: found.cores.map((core) => (core === 0 || core - 1 === mode ? 0 : moved(core - 1) + 1)),
    barriers: found.barriers
      .filter(({ between }) => !between.includes(mode))
      .map((barrier): ModeBarrier => {
        const [a, b] = barrier.between;
        return { ...barrier, between: [moved(a), moved(b)] };
      }),
  };
}

function neighbourOf(
  { modes, barriers, widths }: FoundModes,
  mode: number,
  columns: readonly ModeColumn[],
): number {
  const touching = barriers
    .filter(({ between }) => between.includes(mode))
    .map(({ between, heights }) => {
      const side = between.indexOf(mode);
      return { other: between[1 - side], height: heights[side] };
    })
    .sort((a, b) => a.height - b.height);
  if (touching.length > 0) return touching[0].other;
  const squared = (other: number): number =>
    columns.reduce(
      (sum, { period }, k) =>
        sum + (difference(period, modes[mode].peak[k], modes[other].peak[k]) / widths[k]) ** 2,
      0,
    );
  const others = modes.map((_, i) => i).filter((i) => i !== mode);
  return others.reduce((a, b) => (squared(b) < squared(a) ? b : a));
}
