import type { FreeEnergyProfile, FreeEnergySurface } from '../../../free-energy/index.js';
import { piText } from '../../../frames/index.js';
import { rounded } from '../../../support/index.js';

/** What stands above a table of free energies. */
export interface TableHeader {
  /** Names of the one or two coordinates. */
  labels: readonly string[];
  /** Their domains, undefined where a coordinate is not periodic. */
  periods: readonly (readonly [number, number] | undefined)[];
  /** K; undefined in reduced units. */
  temperature?: number;
  units: {
    /** Of the free energy and its error, such as kJ/mol. */
    energy: string;
  };
}

/** Free energies of one grid, with their errors. */
type Estimate = Pick<FreeEnergyProfile, 'energy' | 'error'>;

/**
 * A profile as PLUMED's DUMPGRID (2.10) writes a grid: FIELDS, SET lines, then coordinate, free energy,
 * standard error. `nbins` is the number of steps from `min` to `max`, on a coordinate that is not periodic one
 * fewer than the points.
 */
export function profileTable(profile: FreeEnergyProfile, header: TableHeader, geometric?: Estimate): string {
  const { coordinate } = profile;
  const rows = Array.from(coordinate, (value, i) => row(value, ...numbersAt(i, profile, geometric)));
  return [...headerLines(header, [coordinate], geometric), ...rows, ''].join('\n');
}

const numbersAt = (i: number, ...estimates: (Estimate | undefined)[]): number[] =>
  estimates.flatMap((estimate) => (estimate ? [estimate.energy[i], estimate.error[i]] : []));

/** A surface in the same way, x running fastest, an empty line after every row: what gnuplot reads too. */
export function surfaceTable(surface: FreeEnergySurface, header: TableHeader, geometric?: Estimate): string {
  const { x, y } = surface;
  const blocks = Array.from(y, (yValue, j) => {
    const rows = Array.from(x, (xValue, i) =>
      row(xValue, yValue, ...numbersAt(j * x.length + i, surface, geometric)),
    );
    return `${rows.join('\n')}\n`;
  });
  return [...headerLines(header, [x, y], geometric), ...blocks, ''].join('\n');
}

function headerLines(
  { labels, periods, temperature, units }: TableHeader,
  axes: readonly Float64Array[],
  geometric?: Estimate,
): string[] {
  return [
    `#! FIELDS ${labels.join(' ')} free error${geometric ? ' geometric geometric_error' : ''}`,
    ...(temperature === undefined ? [] : [`#! SET temperature ${temperature}`]),
    `#! SET energy_unit ${units.energy}`,
    ...labels.flatMap((label, i) => axisLines(label, axes[i], periods[i])),
  ];
}

function axisLines(
  label: string,
  points: Float64Array,
  period: readonly [number, number] | undefined,
): string[] {
  // The middles of bins start half a bin into the domain: the grid's own first point counts, once around.
  const first = points[0];
  const last = period ? first + period[1] - period[0] : points[points.length - 1];
  return [
    `#! SET min_${label} ${piText(tidy(first))}`,
    `#! SET max_${label} ${piText(tidy(last))}`,
    `#! SET nbins_${label} ${period ? points.length : points.length - 1}`,
    `#! SET periodic_${label} ${period !== undefined}`,
  ];
}

/** Without the last digits, where sums have left their rounding. */
const tidy = (value: number): number => (Math.abs(value) === Math.PI ? value : rounded(value, 12));

function row(...values: number[]): string {
  return values.map((value) => (Number.isNaN(value) ? 'nan' : value.toPrecision(8)).padStart(14)).join(' ');
}
