import type { FreeEnergyProfile, FreeEnergySurface } from '../free-energy/index.js';

/** A profile as PLUMED would write it: a FIELDS line, then coordinate, kJ/mol, standard error. */
export function profileTable(label: string, { coordinate, energy, error }: FreeEnergyProfile): string {
  const rows = Array.from(coordinate, (value, i) => row(value, energy[i], error[i]));
  return [`#! FIELDS ${label} free error`, ...rows, ''].join('\n');
}

/** A surface in the same way, x running fastest, an empty line after every row: what gnuplot reads. */
export function surfaceTable(xLabel: string, yLabel: string, surface: FreeEnergySurface): string {
  const { x, y, energy, error } = surface;
  const blocks = Array.from(y, (yValue, j) => {
    const rows = Array.from(x, (xValue, i) =>
      row(xValue, yValue, energy[j * x.length + i], error[j * x.length + i]),
    );
    return `${rows.join('\n')}\n`;
  });
  return [`#! FIELDS ${xLabel} ${yLabel} free error`, ...blocks, ''].join('\n');
}

function row(...values: number[]): string {
  return values.map((value) => (Number.isNaN(value) ? 'nan' : value.toPrecision(8)).padStart(14)).join(' ');
}
