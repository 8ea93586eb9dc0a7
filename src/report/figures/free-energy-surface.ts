import * as Plot from '@observablehq/plot';
import type { FreeEnergySurface } from '../../free-energy/index.js';
import { compact } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { Quantity, StateMark } from '../report-data.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import type { Units } from '../units.js';
import { axis, axisTitle, freeEnergyAxis, upright } from './axes.js';
import { colourBar, colourScale } from './colours.js';
import type { Figure, FigureColumn, FigureTable } from './figure.js';
import { stateMarks } from './state-marks.js';

interface Grid {
  values: Float64Array;
  columns: number;
  rows: number;
  x: [number, number];
  y: [number, number];
}

/** Free energy over two coordinates as filled contours; white where nothing was sampled. */
export function freeEnergySurfaceFigure(
  surface: FreeEnergySurface,
  x: Quantity,
  y: Quantity,
  units: Units,
  { id = 'surface', marks = [] }: { id?: string; marks?: readonly StateMark[] } = {},
): Figure {
  const { step, top } = levels(surface.energy);
  const shades = { ...freeEnergyAxis(units), domain: [0, top] as const };
  const colour = colourScale(shades.domain);
  const grid = padded(surface, [isRound(surface.x, x), isRound(surface.y, y)]);
  const height = 420;
  const svg = plotSvg(
    { id, label: `Free energy over ${x.label} and ${y.label}` },
    {
      width: 452,
      height,
      x: axis({ ...x, domain: x.domain ?? edges(surface.x) }),
      y: upright({ ...y, domain: y.domain ?? edges(surface.y) }),
      color: { type: 'identity' },
      marks: [
        Plot.contour(grid.values, {
          width: grid.columns,
          height: grid.rows,
          x1: grid.x[0],
          x2: grid.x[1],
          y1: grid.y[0],
          y2: grid.y[1],
          value: Plot.identity,
          thresholds: Array.from({ length: Math.round(top / step) }, (_, i) => i * step),
          fill: (contour: { value: number }) => colour(contour.value + step / 2),
          stroke: 'white',
          strokeWidth: 0.5,
          strokeOpacity: 0.5,
          // The grid is the raster already; Plot would fill what is NaN from the nearest neighbour.
          interpolate: (_index, _width, _height, _x, _y, values) => values as never,
          clip: true,
        }),
        ...stateMarks(marks),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  return {
    id,
    width: 'half',
    body: sheet(`Free energy over ${x.label} and ${y.label}`, [
      [svg, colourBar(id, shades, height, Math.round(top / step))],
    ]),
    data: [{ columns: columns(surface, x, y, units) }, ...(marks.length > 0 ? [markTable(marks, x, y)] : [])],
    caption: `Free energy over ${x.label} and ${y.label}, a contour every ${compact(step)} ${units.energy}. White was never sampled.${marks.length > 0 ? ' Diamonds: the states.' : ''} ${widths(surface, x, y)}`,
  };
}

/** x runs fastest. */
function columns(surface: FreeEnergySurface, x: Quantity, y: Quantity, { energy }: Units): FigureColumn[] {
  return [
    { name: axisTitle(x), values: surface.x, each: 1 },
    { name: axisTitle(y), values: surface.y, each: surface.x.length },
    { name: `free energy (${energy})`, values: surface.energy },
    { name: `standard error (${energy})`, values: surface.error },
  ];
}

function markTable(marks: readonly StateMark[], x: Quantity, y: Quantity): FigureTable {
  return {
    name: 'marks',
    columns: [
      { name: 'mark', values: marks.map(({ name }) => name) },
      { name: axisTitle(x), values: marks.map((mark) => mark.x) },
      { name: axisTitle(y), values: marks.map((mark) => mark.y) },
    ],
  };
}

function widths({ bandwidth: [bx, by], method }: FreeEnergySurface, x: Quantity, y: Quantity): string {
  const kernels = method === 'kde' ? 'Gaussian kernels' : 'Bins';
  return `${kernels} of ${compact(bx)} in ${axisTitle(x)} and ${compact(by)} in ${axisTitle(y)}.`;
}

/** A round step that divides the energies into 8 to 16 contours. */
function levels(energies: Float64Array): { step: number; top: number } {
  const highest = energies.reduce((a, b) => (b > a ? b : a), 0) || 1;
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((size) => highest / size <= 16) ?? highest / 12;
  return { step, top: Math.ceil(highest / step) * step };
}

function edges(grid: Float64Array): [number, number] {
  return [grid[0], grid.at(-1)!];
}

/** Whether a grid goes all around the quantity's domain: its first point follows its last. */
function isRound(grid: Float64Array, { domain }: Quantity): boolean {
  const spacing = grid[1] - grid[0];
  return domain !== undefined && Math.abs(domain[1] - domain[0] - grid.length * spacing) < 1e-6 * spacing;
}

/** The surface as pixels around grid points, a line of images added at both ends of what is periodic. */
function padded({ x, y, energy: values }: FreeEnergySurface, [roundX, roundY]: [boolean, boolean]): Grid {
  const [padX, padY] = [roundX ? 1 : 0, roundY ? 1 : 0];
  const [columns, rows] = [x.length + 2 * padX, y.length + 2 * padY];
  const wrapped = (index: number, length: number) => (index + length) % length;
  return {
    columns,
    rows,
    values: Float64Array.from({ length: columns * rows }, (_, cell) => {
      const i = wrapped((cell % columns) - padX, x.length);
      const j = wrapped(Math.floor(cell / columns) - padY, y.length);
      return values[j * x.length + i];
    }),
    x: pixelEdges(x, padX),
    y: pixelEdges(y, padY),
  };
}

function pixelEdges(grid: Float64Array, pad: number): [number, number] {
  const spacing = grid[1] - grid[0];
  return [grid[0] - (pad + 0.5) * spacing, grid.at(-1)! + (pad + 0.5) * spacing];
}
