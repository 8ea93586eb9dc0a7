import type { Diagnostics } from '../../../diagnostics/index.js';
import { loadModel } from '../../../onnx/index.js';
import { LatentcvError } from '../../../support/index.js';
import { expandFiles, modelTrajectories } from '../../frames/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import type { ReportCommandOptions } from './settings.js';

/** What the model's training frames say of its CVs, where --training names them. */
export async function diagnosticsOf(
  options: Omit<ReportCommandOptions, 'cv' | 'campaign'>,
  terminal: Terminal,
): Promise<Diagnostics | undefined> {
  const { model, training, parts, structure, format, renumber } = options;
  if (training === undefined) {
    if (structure ?? format ?? renumber) throw withoutTraining();
    return undefined;
  }
  if (model === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected --model with --training: whose CVs are to be diagnosed',
    );
  const { diagnoseModel } = await import('../../diagnose.js');
  const files = await expandFiles(training);
  const trajectories = await modelTrajectories(files, { ...trajectoryOptions(options), parts }, terminal);
  return diagnoseModel(model, await loadModel(model), {
    files,
    trajectories,
    reading: { parts, onWarning: (line) => terminal.warn(line) },
  });
}

/** --begin and --end are of the biased run. */
function trajectoryOptions({
  structure,
  format,
  timestep,
  perNanometre,
  salvage,
  renumber,
}: Omit<ReportCommandOptions, 'cv' | 'campaign'>): TrajectoryOptions {
  return {
    structure,
    format,
    timestep,
    perNanometre,
    salvage: salvage ? salvage : undefined,
    renumber: renumber ? renumber : undefined,
  };
}

function withoutTraining(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --training with --structure, --format or --renumber: which trajectories they are of',
  );
}
