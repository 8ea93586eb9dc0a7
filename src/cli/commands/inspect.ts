import { Command } from 'commander';
import type { ModelFile } from '../../onnx/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { describeModel } from '../describe-model.js';
import { terminalFor } from '../terminal.js';

const help = `
Example:
  latentcv inspect model.onnx
  latentcv inspect model.onnx --json | jq .metadata.inputs

The file's check vectors are recomputed; a file that does not reproduce them is refused.
`;

/** `latentcv inspect`: what a model file says of itself. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description('tell what is in a model file')
    .argument('<model>', 'an ONNX file')
    .option('--json', 'all of it, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, _options: object, command: Command) => {
      const terminal = terminalFor(command);
      const { loadModel } = await import('../../onnx/index.js');
      const file = await loadModel(path);
      terminal.json(modelAsJson(path, file));
      for (const line of describeModel(path, file)) terminal.print(line);
    });
}

function modelAsJson(path: string, { graph, problem, ...file }: ModelFile): unknown {
  return { path, ...file, readable: graph !== undefined, ...(problem && { problem: problem.message }) };
}
