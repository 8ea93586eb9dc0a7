import { Command } from 'commander';
import { counted, outputPlace, writeWhole } from '../../support/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, formulaSettings, jsonSettings, outputSettings, type Given } from '../options/index.js';
import { readCells } from '../frames/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv composition table.csv --formula COMPOSITION -o features.csv
  latentcv composition table.csv --formula COMPOSITION --sites 'A=A_*; B=B_*' -o features.csv
  latentcv train table.csv --composition --properties gap -o model.onnx

Mean by amount, range and mean absolute deviation of 32 properties of the elements (Magpie's, by
matminer 0.10.1), of whole compositions or of each site: columns that are added to the table, as
latentcv train --composition does by itself. --sites names the columns with the symbols of the
elements on each site.
`;

const settings = {
  ...outputSettings('the CSV to write'),
  ...formulaSettings,
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
  const { tableCompositions } = await import('../../campaign/index.js');
  const { output, formula, sites } = options;
  await outputPlace(output, [path]);
  const table = await readCells(path);
  const { labels, data, leftOut } = tableCompositions(
    { ...table, path },
    { formula, ...(sites !== undefined && { sites }) },
  );
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

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
