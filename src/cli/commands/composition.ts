import { Command } from 'commander';
import { z } from 'zod';
import type { Site } from '../../composition/index.js';
import { fitsColumn } from '../../frames/index.js';
import {
  closestName,
  counted,
  LatentcvError,
  outputPlace,
  setting,
  shortList,
  writeWhole,
} from '../../support/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, jsonSettings, outputSettings, type Given } from '../options/index.js';
import { readCells, type Cells } from '../frames/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv composition table.csv --formula COMPOSITION -o features.csv
  latentcv composition table.csv --formula COMPOSITION --sites 'A=A_*; B=B_*' -o features.csv
  latentcv train features.csv --columns '* mean,* range,* deviation' --properties gap -o model.onnx

Mean by amount, range and mean absolute deviation of 32 properties of the elements (Magpie's, by
matminer 0.10.1), of whole compositions or of each site: columns that are added to the table, for
latentcv train. --sites names the columns with the symbols of the elements on each site.
`;

const settings = {
  ...outputSettings('the CSV to write'),
  formula: setting(z.string().default('formula'), {
    flag: 'formula',
    value: 'column',
    description: 'column with the formulas, such as Ba0.5Sr0.5TiO3',
  }),
  sites: setting(z.string().optional(), {
    flag: 'sites',
    value: 'columns',
    example: "'A=A_SITE_*; B=B_SITE_*'",
    description: "columns with the elements of each site, such as 'A=A_SITE_*; B=B_SITE_*'",
    otherwise: 'whole compositions',
  }),
  ...jsonSettings('what was written, for scripts'),
};
type CompositionOptions = Given<typeof settings>;

/** `latentcv composition`: statistics of the elements, added to a table. */
export function compositionCommand(): Command {
  const command = new Command('composition').argument('<file>', 'a CSV with a column of formulas');
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, options: CompositionOptions, command: Command) => {
      await addComposition(path, options, terminalFor(command));
    });
}

async function addComposition(path: string, options: CompositionOptions, terminal: Terminal): Promise<void> {
  const { compositionFeatures, parseFormula } = await import('../../composition/index.js');
  const { output } = options;
  await outputPlace(output, [path]);
  const table = await readCells(path);
  const formulas = column(path, table, options.formula);
  const compositions = formulas.map((formula, i) => inRow(path, i, () => parseFormula(formula)));
  const sites = options.sites === undefined ? undefined : sitesOf(path, table, options.sites);
  const { labels, data, leftOut } = compositionFeatures(compositions, sites);
  for (const { property, element } of leftOut)
    terminal.warn(`${property} has no columns: there is no value of ${element}`);
  const numbers = (row: number): string[] =>
    Array.from(data.subarray(row * labels.length, (row + 1) * labels.length), (value) =>
      String(+value.toPrecision(9)),
    );
  const lines = [[...table.labels, ...labels], ...table.rows.map((row, i) => [...row, ...numbers(i)])];
  await writeWhole(output, lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join(''));
  terminal.print(
    `${output}: ${counted(table.rows.length, 'row')} with ${counted(labels.length, 'new column')}`,
  );
  terminal.json({ output, rows: table.rows.length, columns: labels, leftOut });
}

function column(path: string, { labels, rows }: Cells, label: string): string[] {
  const at = labels.indexOf(label);
  if (at >= 0) return rows.map((row) => row[at]);
  const closest = closestName(label, labels);
  throw new LatentcvError(
    'bad-argument',
    `expected a column ${label} in ${path} but it has ${shortList(labels) || 'none'}`,
    closest === undefined ? '‘formula’ names the column of formulas' : `did you mean ${closest}?`,
  );
}

/** `A=A_SITE_*; B=B1,B2` as sites, with the elements that stand in their columns in each row. */
function sitesOf(path: string, { labels, rows }: Cells, text: string): Site[] {
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, name, patterns] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/.exec(part) ?? [];
      if (name === undefined)
        throw new LatentcvError(
          'bad-argument',
          `expected a site and its columns, such as A=A_SITE_*, but received ${part.trim()}`,
        );
      const wanted = patterns.split(',').map((pattern) => pattern.trim());
      const places = labels.flatMap((label, i) =>
        wanted.some((pattern) => fitsColumn(pattern, label)) ? [i] : [],
      );
      if (places.length === 0)
        throw new LatentcvError(
          'bad-argument',
          `expected columns of ${path} that fit ${patterns} but it has ${shortList(labels)}`,
        );
      const elements = rows.map((row) => places.map((at) => row[at]).filter((cell) => cell !== ''));
      return { name, elements };
    });
}

/** What goes wrong in a row is told with its place; the first row is below the names. */
function inRow<T>(path: string, row: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}, row ${row + 1}: ${error.message}`, error.hint);
  }
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
