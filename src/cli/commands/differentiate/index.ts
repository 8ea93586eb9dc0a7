/**
 * `latentcv differentiate`: what is known of a network made elsewhere, its inputs as columns or positions of atoms, and the model
 * file that is made of it. The command is here; `differentiate.ts` does its job, from which all else is a part.
 */
import { Command, Option } from 'commander';
import { exitCodesHelp } from '../../exit-codes.js';
import { columnIntervals, labels } from '../../options/index.js';
import { terminalFor } from '../../terminal.js';
import type { DifferentiateOptions } from './options.js';

const help = `
Example:
  latentcv differentiate encoder.onnx --inputs phi,psi --period phi=-pi..pi psi=-pi..pi
  latentcv differentiate encoder.onnx --colvar COLVAR --plumed plumed.dat -o model.onnx
  latentcv differentiate gnn.onnx --positions A --atoms 'resname LIG' --structure conf.gro --trajectory traj.xtc

For a network exported elsewhere (PyTorch, mlcolvar, …) with operators that PLUMED's plugin does not evaluate itself;
most networks need it not: ONNX_MODEL takes them as they are. Frames given by --colvar set the ranges of inputs and
CVs, which grids and the component \`outside\` use, and the check vectors that every loader recomputes.

A network of positions (mlcolvar's PairwiseDistances, TorsionalAngle, …, or a graph network) runs from ATOMS=: the plugin
makes the atoms whole in their order and hands positions over in the network's unit.

A line of --inputs-file: a label, then what is known of it: phi unit=rad period=-pi..pi range=-3.1..3.1
`;

/** `latentcv differentiate`: an ONNX file made elsewhere becomes a model file with derivatives. */
export function differentiateCommand(): Command {
  return new Command('differentiate')
    .argument('<model>', 'an ONNX file with one input [n, d]')
    .option('-o, --output <file>', 'the model file to write (default: beside it, as <name>.latentcv.onnx)')
    .option('--cv <name>', 'the output of the graph that holds the CVs (default: cv, or the only one)')
    .option(
      '--inputs <labels>',
      "what the inputs are, in order (default: the file's, the COLVAR's, or x0,x1,…)",
      labels,
    )
    .option('--inputs-file <file>', 'the same from a file, one per line, with units, periods and ranges')
    .option('--units <units>', 'unit of each input, or one for all: nm, rad', labels)
    .option(
      '--period <name=lower..upper...>',
      'domain of a periodic input or CV, such as phi=-pi..pi; with --positions of a CV',
      columnIntervals,
    )
    .option('--range <input=lower..upper...>', 'range of an input in the training data', columnIntervals)
    .option('--names <names>', 'names of the CVs in PLUMED (default: node-0,node-1,…)', labels)
    .option('--colvar <files...>', 'frames like those of the training')
    .option('--plumed <file>', 'the PLUMED input that computes the inputs, so that ATOMS= works')
    .addOption(
      new Option(
        '--positions <unit>',
        'the network takes positions of atoms in this unit, [n, 3·atoms] or [n, atoms, 3], and perhaps the box, [n, 3, 3]',
      ).choices(['nm', 'A']),
    )
    .option('--atoms <serials>', 'with --positions: which atoms, 1-12,15 or a selection (default: from 1 on)')
    .option('--structure <file>', 'with --positions: names of the atoms, GRO or PDB')
    .option('--trajectory <files...>', 'with --positions and --structure: frames like those of the training')
    .option('--salvage', 'with --trajectory: take the good frames of damaged trajectories')
    .option(
      '--external-data',
      'read weights that lie in a file beside the model, as torch.onnx.export writes them',
    )
    .option('--json', 'a summary for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, options: DifferentiateOptions, command: Command) => {
      const { differentiateFile } = await import('./differentiate.js');
      await differentiateFile(path, options, terminalFor(command));
    });
}
