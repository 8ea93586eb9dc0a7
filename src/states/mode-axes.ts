import type { Numbers } from '../sampling/index.js';

/** A column that modes are looked for along. */
export interface ModeColumn {
  label: string;
  /** `[frames]` */
  values: Numbers;
  /** Its domain, where it is periodic. */
  period?: readonly [number, number] | undefined;
}

/** A column cut into cells. */
export interface ModeAxis extends ModeColumn {
  /** Width of the kernels, in the column's unit. */
  width: number;
  /** Where the first cell begins, how wide each is, and how many there are. */
  lower: number;
  cell: number;
  cells: number;
}

/** Cells for each width of a kernel: finer where there are few dimensions, so that saddles are met. */
export const cellsPerWidth = (dimensions: number): number => (dimensions <= 2 ? 2 : 1);
/** Along one axis; keys of five axes stay whole numbers then. */
const mostCells = 1000;

/** Cuts a column of which the values from `lower` to `upper` occur. */
export function modeAxis(
  column: ModeColumn,
  width: number,
  [lower, upper]: readonly [number, number],
  dimensions: number,
): ModeAxis {
  const { period } = column;
  const [from, to] = period ?? [lower, upper];
  const wanted = Math.max(width / cellsPerWidth(dimensions), (to - from) / mostCells);
  const cells = period
    ? Math.max(3, Math.min(mostCells, Math.round((to - from) / wanted)))
    : Math.min(mostCells, Math.floor((to - from) / wanted) + 1);
  return { ...column, width, lower: from, cell: period ? (to - from) / cells : wanted, cells };
}

/** The cell of a value: on a periodic axis around it, else the nearest. */
export function cellOf({ lower, cell, cells, period }: ModeAxis, value: number): number {
  const at = Math.floor((value - lower) / cell);
  return period ? ((at % cells) + cells) % cells : Math.min(cells - 1, Math.max(0, at));
}

/** The middle of a cell. */
export const middleOf = ({ lower, cell }: ModeAxis, at: number): number => lower + (at + 0.5) * cell;

/** From one value to another, on the shorter way round where the column is periodic. */
export function difference(period: readonly [number, number] | undefined, from: number, to: number): number {
  if (!period) return to - from;
  const length = period[1] - period[0];
  return to - from - length * Math.round((to - from) / length);
}
