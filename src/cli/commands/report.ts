import { Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { loadSampling } from '../sampling.js';
import {
  addSamplingOptions,
  type SamplingOptions,
  addModelTrajectoryOptions,
  type TrajectoryOptions,
  weighingHelp,
  labels,
  numberFromZero,
} from '../options/index.js';
import { terminalFor } from '../terminal.js';

const help = `
One HTML page that needs nothing else: free energies with errors, the run in time, the model and its training.

Example:
  latentcv report COLVAR --model model.onnx --cv cv.node-0 --against phi,psi --temperature 300 \\
    --basin phi=0..2.3 --cores phi=-2.8..-0.6,0.5..1.7 -o report.html
  latentcv report run --model model.onnx --training traj.xtc --structure conf.gro --cv cv.node-0 -o report.html
`;

export interface ReportCommandOptions extends SamplingOptions, TrajectoryOptions {
  output: string;
  cv: string[];
  against?: string[];
  model?: string;
  training?: string[];
  title: string;
  reference?: number;
}

/** `latentcv report`: a biased run as a page to show. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('write a self-contained HTML report of a biased run')
    .argument(
      '<colvar...>',
      'COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)',
    )
    .requiredOption('--cv <column>', 'column of the learned CV', labels)
    .requiredOption('-o, --output <file>', 'the page to write')
    .option('--against <columns>', 'one or two columns a chemist knows, such as phi,psi', labels)
    .option('--model <file>', 'the model that was biased')
    .option(
      '--training <file...>',
      "the model's training frames, tables or trajectories (these with the options below): adds diagnostics of its CVs",
    )
    .option('--title <title>', 'heading of the page', 'A run biased along a learned CV')
    .option(
      '--reference <energy>',
      'ΔF known from elsewhere, kJ/mol (with --kt in its units)',
      numberFromZero,
    );
  return addModelTrajectoryOptions(addSamplingOptions(command))
    .option('--json', 'what the page shows, for scripts')
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: ReportCommandOptions, self: Command) => {
      const terminal = terminalFor(self);
      const columns = [...options.cv, ...(options.against ?? [])];
      const sampling = await loadSampling(files, columns, options, terminal);
      const { writeReport } = await import('../report-job.js');
      await writeReport(sampling, options, terminal);
    });
}
