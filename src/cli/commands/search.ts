import { Command } from 'commander';
import { z } from 'zod';
import { methodNames } from '../../models/index.js';
import { setting, settingFacts } from '../../support/index.js';
import {
  removeHalfWritten,
  search,
  splitRoles,
  statesInWords,
  trainSettings,
  type EpochReport,
  type TrainOptions,
} from '../../training/index.js';
import { countedTrainings } from '../counted-trainings.js';
import { exitCodesHelp } from '../exit-codes.js';
import {
  addRenamed,
  addSettings,
  integerRange,
  jsonSettings,
  layerLists,
  reads,
  type Given,
} from '../options/index.js';
import { architectureSettings, trainingSettings, withoutPresets } from '../options/training/index.js';
import { trajectorySettings } from '../options/trajectories/index.js';
import { plumedSettings, weighingHelp } from '../options/weighing/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv search COLVAR --columns 'd_*' --latent 1..4 --layers '32;64,32;128,64' \\
      --lag 5ps,10ps --folds 5
  latentcv search traj.xtc --structure conf.gro --descriptors 'distances heavy' --latent 1,2

Trains every combination and prints a table, best VAMP-2 score first; writes no model. The loss is
comparable only within one method, one number of CVs and one lag; the score (0 to the number of CVs)
only within one lag. Methods, and the --set options of each: latentcv help methods.
`;

const settings = {
  method: setting(z.array(z.enum(['auto', ...methodNames])).default(['auto']), {
    ...settingFacts(architectureSettings.method),
    value: 'methods',
    description: 'methods to compare',
  }),
  latent: setting(reads(integerRange).prefault('2'), {
    ...settingFacts(architectureSettings.latent),
    value: 'counts',
    description: 'numbers of CVs, such as 1..4 or 1,2',
  }),
  hidden: setting(reads(layerLists).prefault('64,32'), {
    ...settingFacts(architectureSettings.hidden),
    value: 'lists',
    description: "hidden layers of the encoder, such as '32;64,32'",
  }),
  lag: setting(z.array(z.number().positive()).default([10]), {
    ...settingFacts(architectureSettings.lag),
    value: 'times',
    example: '5ps,10ps',
    description: 'lag times of the pairs of frames',
  }),
  folds: setting(z.number().int().min(1).default(1), {
    flag: 'folds',
    value: 'count',
    group: 'Training',
    description: 'cross-validate in so many folds',
  }),
  ...trainingSettings,
  ...trajectorySettings,
  ...plumedSettings,
  ...jsonSettings('the table for scripts'),
};
type SearchCommandOptions = Given<typeof settings>;

/** `latentcv search`: which network, lag and method do well on held-out frames. */
export function searchCommand(): Command {
  const command = new Command('search').argument(
    '<file...>',
    'trajectories (XTC, TRR, DCD, …) or tables (COLVAR, CSV, NPY, HDF5), or patterns; each is a run of its own',
  );
  return addRenamed(addSettings(command, settings), {
    args: 'columns',
    engine: 'runtime',
    'exclude-first': 'begin',
  })
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: SearchCommandOptions, command: Command) => {
      const given = withoutPresets(options, command, ['method', 'latent', 'hidden', 'lag']);
      await searchNetworks(files, given, terminalFor(command));
    });
}

/** Trains every combination and prints the table. */
async function searchNetworks(
  files: string[],
  options: SearchCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { expandNames } = await import('../frames/index.js');
  const { byScore, scoreRow, scoreTable } = await import('../words/models/index.js');
  const onWarning = once((line: string) => terminal.warn(line));
  const found = await expandNames(files);
  const { learnedFrames } = await import('../../campaign/index.js');
  const { trainingFrames } = await import('../frames/training/index.js');
  const { sourceFor, training } = await trainingFrames(found, options, terminal);
  const trials = combinations(options, training);
  const common = trainSettings(trials[0]);
  const opening = { onWarning, signal: terminal.signal };
  const { dataset } = await learnedFrames(common, sourceFor, opening);
  const { labels } = splitRoles(dataset, common);
  if (labels) terminal.note(statesInWords(labels));
  terminal.beforeForcedEnd(removeHalfWritten);
  const progress = terminal.progress('search', options.folds * trials.length);
  const counted = countedTrainings(common);
  const onEpoch = (report: EpochReport): void => {
    const done = counted(report);
    progress.update(done, `training ${Math.floor(done) + 1}`);
  };
  const scores = await search(dataset, trials, options.folds, {
    onEpoch,
    onWarning,
    signal: terminal.signal,
  }).finally(() => progress.stop());
  const rows = trials.map((trial, i) => scoreRow(trainSettings(trial), scores[i])).sort(byScore);
  for (const line of scoreTable(rows)) terminal.print(line);
  terminal.json(rows);
}

function once(tell: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) tell(line);
    said.add(line);
  };
}

function combinations(options: SearchCommandOptions, training: TrainOptions): TrainOptions[] {
  const { method, latent, hidden, lag } = options;
  const lists = { method, latent, hidden, lag };
  const common = Object.entries(training).filter(([name]) => !Object.hasOwn(lists, name));
  return Object.entries(lists).reduce<TrainOptions[]>(
    (trials, [name, values]) =>
      trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value }))),
    [Object.fromEntries(common)],
  );
}
