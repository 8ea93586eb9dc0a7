import { trainFromColvar, type TrainedModel } from '../campaign/index.js';
import type { ColvarOptions } from '../frames/index.js';
import { trainSettings, type EpochReport, type TrainOptions, type TrainSettings } from '../training/index.js';
import type { TrainCommandOptions } from './commands/train.js';
import { formatSeconds } from './progress.js';
import type { Terminal } from './terminal.js';

/** Reads the frames, trains, writes the model file and tells how it went. */
export async function trainModel(
  files: string[],
  options: TrainCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const training = trainingOptions(options);
  const settings = trainSettings(training);
  terminal.note(describeSettings(settings));
  const progress = terminal.progress('training', settings.epochs * settings.restarts);
  const onEpoch = ({ epoch, restart, train, validation }: EpochReport): void => {
    progress.update(
      restart * settings.epochs + epoch,
      `loss ${train.toFixed(4)}, validation ${validation.toFixed(4)}`,
    );
  };
  const started = performance.now();
  const trained = await trainFromColvar({
    files,
    reading: readingOptions(options),
    ...(options.plumed !== undefined && { plumedInput: options.plumed }),
    output: options.output,
    training,
    ...(options.ensemble !== undefined && { ensemble: options.ensemble }),
    hooks: { onEpoch, signal: terminal.signal },
    onWarning: (line) => terminal.warn(line),
  }).finally(() => progress.stop());
  tell(trained, (performance.now() - started) / 1000, terminal);
}

/** What was given; the library knows the defaults of the rest. */
function trainingOptions(options: TrainCommandOptions): TrainOptions {
  const { method, layers, latent, activation, lag, scaling, spread, epochs } = options;
  const { patience, batch, learningRate, weightDecay, restarts, seed, threads } = options;
  const given = { method, hidden: layers, latent, activation, lag, scaling, spread, epochs };
  const more = { patience, batch, learningRate, weightDecay, restarts, seed, threads };
  return Object.fromEntries(Object.entries({ ...given, ...more }).filter(([, value]) => value !== undefined));
}

function readingOptions({ args, excludeFirst, end, stride, dropNan }: TrainCommandOptions): ColvarOptions {
  return {
    ...(args && { columns: args }),
    ...(excludeFirst !== undefined && { begin: excludeFirst }),
    ...(end !== undefined && { end }),
    ...(stride !== undefined && { stride }),
    ...(dropNan && { nonFinite: 'drop' as const }),
  };
}

function describeSettings(s: TrainSettings): string {
  const network = `${s.hidden.join('-')}-${s.latent} ${s.activation}`;
  const optimizer = `batch ${s.batch}, learning rate ${s.learningRate}, weight decay ${s.weightDecay}`;
  return (
    `method ${s.method}, encoder ${network}, lag ${s.lag} ps, ${s.scaling} scaling, spread ${s.spread.toFixed(3)}, ${optimizer}, ` +
    `at most ${s.epochs} epochs (patience ${s.patience}), seed ${s.seed}`
  );
}

function tell(
  { output, encoder, members, dataset }: TrainedModel,
  seconds: number,
  terminal: Terminal,
): void {
  const { record, method, network } = encoder;
  const { curves, bestEpoch } = record;
  const best = `best validation loss ${curves.validation[bestEpoch].toFixed(4)} in epoch ${bestEpoch + 1} of ${curves.train.length}`;
  terminal.print(`${method} (${record.reason})`);
  terminal.print(
    `${dataset.frames} frames, ${dataset.columns.length} columns, network ${network}, ${formatSeconds(seconds)}`,
  );
  terminal.print(best);
  if (record.fractionOfVarianceExplained !== undefined) {
    terminal.print(
      `explains ${(100 * record.fractionOfVarianceExplained).toFixed(1)} % of the variance of held-out frames`,
    );
  }
  record.timescales?.forEach((ps, i) => {
    terminal.print(
      `node-${i}: time scale ${ps.toFixed(1)} ps (autocorrelation ${record.eigenvalues![i].toFixed(3)} at the lag)`,
    );
  });
  if (members) terminal.print(`the first of an ensemble of ${members.length}: the CV is their mean`);
  terminal.print(`wrote ${output}`);
  terminal.json({
    output,
    method,
    network,
    seconds,
    ...(members && { ensemble: members.length }),
    ...record,
  });
}
