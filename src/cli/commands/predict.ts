import { Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';

const help = `
Example:
  latentcv predict model.onnx COLVAR -o CV
  latentcv predict model.onnx new/COLVAR -o predicted.dat --json

The columns are found by the labels the model was trained on. The output is a PLUMED table with the times of the
input, the CVs, an ensemble's uncertainty, and the properties that the model predicts.
`;

/** `latentcv predict`: CVs and properties of frames in a COLVAR file. */
export function predictCommand(): Command {
  return new Command('predict')
    .description('give the CVs, and properties where the model predicts some, of frames in a COLVAR file')
    .argument('<model>', 'a model file')
    .argument('<colvar>', 'a COLVAR file with the inputs of the model, gzip allowed')
    .requiredOption('-o, --output <file>', 'the table to write')
    .option('--json', 'print what was written, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, colvar: string, { output }: { output: string }, command: Command) => {
      const terminal = terminalFor(command);
      const { loadModel } = await import('../../onnx/index.js');
      const { readTables, writeTable } = await import('../../frames/index.js');
      const { predict } = await import('../../campaign/index.js');
      const model = await loadModel(path);
      const wanted = model.metadata?.inputs.map(({ label }) => label);
      const dataset = await readTables(colvar, {
        ...(wanted && { columns: wanted }),
        onWarning: (line) => terminal.warn(line),
      });
      const predicted = await predict(model, dataset);
      await writeTable(output, predicted);
      const columns = predicted.columns.map(({ label }) => label);
      terminal.json({ output, frames: predicted.frames, columns });
      terminal.print(`${output}: ${predicted.frames} frames of ${columns.join(', ')}`);
    });
}
