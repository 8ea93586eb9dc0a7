import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { compositionFeatures, parseFormula } from '../../src/composition/index.js';
import type { Dataset } from '../../src/frames/index.js';
import { cacheFolder } from '../../src/support/folders.js';

/** The table of oxides, as numbers. */
export interface Oxides {
  /** Features that differ between rows, and the two properties behind them. */
  table: Dataset;
  /** Labels of the features. */
  features: string[];
  /** First element on the B site of each row, as a number. */
  element: Int32Array;
}

export const hull = 'ENERGY_ABOVE_HULL';
export const formation = 'FORMATION_ENERGY';

const sites = { A: ['A_SITE_1', 'A_SITE_2', 'A_SITE_3'], B: ['B_SITE_1', 'B_SITE_2', 'B_SITE_3'] };

/** Cells of the table's columns; between two of its rows stands a return alone. */
async function cellsOfTable(): Promise<Map<string, string[]>> {
  const path = join(cacheFolder(), 'perovskites', 'dft_calc_train.csv');
  const [labels, ...rows]: string[][] = parse(await readFile(path), {
    ...{ trim: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] },
  });
  return new Map(labels.map((label, i) => [label, rows.map((row) => row[i])]));
}

/** Mean, range and deviation of 32 properties of the elements over the A and the B site and whole compositions. */
export async function readOxides(): Promise<Oxides> {
  const cells = await cellsOfTable();
  const words = (label: string): string[] => cells.get(label)!;
  const compositions = words('COMPOSITION').map((formula) => parseFormula(formula));
  const frames = compositions.length;
  const on = Object.entries(sites).map(([name, columns]) => {
    const columnsOf = columns.map(words);
    return {
      name,
      elements: compositions.map((_, row) =>
        columnsOf.map((column) => column[row]).filter((cell) => cell !== ''),
      ),
    };
  });
  const parts = [compositionFeatures(compositions, on), compositionFeatures(compositions)];
  const columns = parts.flatMap(({ labels, data }) =>
    labels.map((label, i) => ({ label, values: data.filter((_, at) => at % labels.length === i) })),
  );
  const differing = columns.filter(({ values }) => values.some((value) => value !== values[0]));
  const properties = [hull, formation].map((label) => ({
    label,
    values: Float64Array.from(words(label), Number),
  }));
  const all = [...differing, ...properties];
  const data = Float64Array.from(
    { length: frames * all.length },
    (_, at) => all[at % all.length].values[Math.floor(at / all.length)],
  );
  const elements = new Set(words('B_SITE_1'));
  return {
    table: {
      ...{ columns: all.map(({ label }) => ({ label })), data, frames, rows: true },
      time: Float64Array.from({ length: frames }, (_, row) => row),
      segments: [{ start: 0, end: frames, source: 'dft_calc_train.csv' }],
    },
    features: differing.map(({ label }) => label),
    element: Int32Array.from(words('B_SITE_1'), (symbol) => [...elements].indexOf(symbol)),
  };
}
