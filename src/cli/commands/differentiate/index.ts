/**
 * `latentcv differentiate`: what is known of a network made elsewhere, its inputs as columns or positions of atoms, and the model
 * file that is made of it. The command is here; `differentiate.ts` does its job, from which all else is a part.
 */
import { Command } from 'commander';
import { exitCodesHelp } from '../../exit-codes.js';
import { addRenamed, addSettings } from '../../options/index.js';
import { terminalFor } from '../../terminal.js';
import { settings, type DifferentiateOptions } from './options.js';

export { settings as differentiateSettings };

const help = `
Example:
  latentcv differentiate encoder.onnx --columns phi,psi --periodic phi,psi
  latentcv differentiate encoder.onnx --frames COLVAR --plumed plumed.dat -o model.onnx
  latentcv differentiate gnn.onnx --positions A --atoms 'resname LIG' \\
      --structure conf.gro --frames traj.xtc

For a network exported elsewhere (PyTorch, mlcolvar, …) with operators that PLUMED's plugin does not
evaluate itself; most networks need it not: ONNX_MODEL takes them as they are. Frames given by
--frames set the ranges of inputs and CVs, which grids and the component \`outside\` use, and the
check vectors that every loader recomputes.

A network of positions (mlcolvar's PairwiseDistances, TorsionalAngle, …, or a graph network) runs
from ATOMS=: the plugin makes the atoms whole in their order and hands positions over in the
network's unit.

A line of --inputs-file is a label, then what is known of it:
  phi unit=rad period=-pi..pi range=-3.1..3.1
`;

/** `latentcv differentiate`: an ONNX file made elsewhere becomes a model file with derivatives. */
export function differentiateCommand(): Command {
  const command = new Command('differentiate').argument('<model>', 'an ONNX file with one input [n, d]');
  return addRenamed(addSettings(command, settings), {
    inputs: 'columns',
    period: 'periodic',
    cv: 'graph-output',
    names: 'cv-names',
    colvar: 'frames',
    trajectory: 'frames',
  })
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, options: DifferentiateOptions, command: Command) => {
      const { differentiateFile } = await import('./differentiate.js');
      await differentiateFile(path, options, terminalFor(command));
    });
}
