import { dirname, join, relative } from 'node:path';
import type { CommandBlock } from '../report/index.js';
import { packageRoot } from '../support/index.js';
import type { Job, Results } from './job.js';
import { filesToLearnFrom, trainingOptionsAsTyped } from './training-frames.js';

/** Every step as typed by hand, from the folder in which the quickstart was started. */
export function commandsOf(job: Job, { patched, colvars: files, frames }: Results): CommandBlock[] {
  const { system } = job;
  const here = (path: string): string => relative(process.cwd(), path);
  const shown = (name: string): string => here(job.path(name));
  const colvars = files.map(here);
  const training = frames.map(here);
  const withPlumed = system.training.frames.kind === 'colvar' && { plumedInput: shown('training.dat') };
  const { barrier, pace, stride, kT } = system.production;
  const [cv] = patched.components;
  const { basins, cores } = system.question;
  const [basin] = basins;
  const interval = `${basin.column}=${basin.interval.join('..')}`;
  const sets = `${cores.column}=${cores.sets.map((set) => set.join('..')).join(',')}`;
  const program = here(join(packageRoot(), 'dist', 'src', 'cli', 'main.js'));
  return [
    { caption: 'The command, where it is not installed', command: `alias latentcv='node ${program}'` },
    ...system.preparation,
    {
      caption: 'Training frames',
      command: training
        .map((folder, replica) => system.runCommand('training', { ...withPlumed, folder, replica }))
        .join('\n'),
    },
    {
      caption: 'A learned CV',
      command: trainCommand(job, training),
    },
    {
      caption: 'A bias along it',
      command:
        `latentcv plumed ${shown('plumed.dat')} --model ${shown('model.onnx')} --bias opes --barrier ${barrier} --pace ${pace} ` +
        (kT === undefined ? '' : `--kt ${kT} `) +
        `--components node-0 --stride ${stride} --also ${system.against.join(',')} --colvar ${patched.colvar} -o ${shown('biased.dat')}`,
    },
    {
      caption: 'The biased run',
      command: colvars
        .map((file, replica) => {
          return system.runCommand('production', {
            plumedInput: shown('biased.dat'),
            folder: dirname(file),
            replica,
          });
        })
        .join('\n'),
    },
    {
      caption: 'Free energies and a page like this one',
      command:
        `latentcv fes ${colvars.join(' ')} --cv ${cv} ${system.temperatureOption} --basin ${interval} --cores=${sets}\n` +
        `latentcv report ${colvars.join(' ')} --cv ${cv} --against ${system.against.join(',')} ${system.temperatureOption} ` +
        `--basin ${interval} --cores=${sets} --model ${shown('model.onnx')} -o report.html`,
    },
  ];
}

function trainCommand({ system, settings, path }: Job, folders: readonly string[]): string {
  const { frames, options } = system.training;
  const here = (file: string): string => relative(process.cwd(), file);
  return (
    `latentcv train ${filesToLearnFrom(frames, folders).join(' ')} ${trainingOptionsAsTyped(frames, here)} ` +
    `--lag ${options.lag}ps --seed ${settings.seed}` +
    (options.hidden ? ` --layers ${options.hidden.join(',')}` : '') +
    ` -o ${here(path('model.onnx'))}`
  );
}
