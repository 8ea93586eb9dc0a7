/**
 * `latentcv pilot`: short runs along each of several CVs, and which of them crosses most often. The command and its job are here;
 * `inputs.ts` writes what they run, `judged.ts` reads and counts, `words.ts` says it.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { RunProgress } from '../../../programs/index.js';
import { LatentcvError, expectOutputFolder, writeWhole } from '../../../support/index.js';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { addSettings } from '../../options/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { tellNotes } from '../plumed/index.js';
import { apart, engineFrom } from '../run/index.js';
import { pilotInputs, type PilotInput } from './inputs.js';
import { judged } from './judged.js';
import { settings, type PilotOptions } from './settings.js';
import { pilotLines, verdictLines } from './words.js';

const help = `
Whether a CV is good only a run along it tells. Each model is biased in a run of its own, all from
the same start, under the same kind of bias and equally long; every model is printed in every run.
Counted are the crossings between the states of --basin (their cores: --cores), or, where none are
named, between the basins that each CV shows in all pilots together. Errors are those of a count,
√n. Exit code 4 where no pilot crossed.

Example:
  latentcv pilot a.onnx b.onnx --plumed plumed.dat --tpr topol.tpr --length 1ns --folder pilots
  latentcv pilot '*.onnx' --tpr topol.tpr --length 1ns --folder pilots --temperature 300 \\
      --plumed plumed.dat --also phi --basin phi=0..2.3 --cores=phi=-2.8..-0.6,0.5..1.7
  latentcv pilot '*.onnx' --pesmd pesmd.in --plumed surface.dat --kt 1 --barrier 20 --folder pilots

A pilot that was stopped or killed goes on when the same command is given again. As jobs: one with
--only for each model, then the command without it, which runs what is missing and judges.
`;

/** `latentcv pilot`: which of several CVs crosses most often. */
export function pilotCommand(): Command {
  const command = new Command('pilot').argument(
    '<models...>',
    'model files, patterns too; behind --, options of the engine',
  );
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (operands: string[], options: PilotOptions, self: Command) => {
      const { folders: models, further } = apart(operands, process.argv);
      await pilot(models, options, further, terminalFor(self));
    });
}

async function pilot(
  models: readonly string[],
  options: PilotOptions,
  further: readonly string[],
  terminal: Terminal,
): Promise<void> {
  await expectOutputFolder(options.folder);
  const once = sayingOnce(terminal);
  const inputs = await pilotInputs(models, options, once);
  for (const { patched } of inputs) await tellNotes(patched.notes, once);
  if (options.only !== undefined) return await runOnly(options.only, inputs, options, further, terminal);
  const ran = await runAll(inputs, options, further, terminal);
  const { pilots, judges, notes, natural } = await judged(ran, options, terminal);
  const { ranked } = await import('../../../campaign/index.js');
  const order = ranked(pilots);
  const result = {
    folder: options.folder,
    judges: judges.map(({ column, basins }) => ({ column, basins })),
    pilots: order,
    notes,
  };
  await writeWhole(join(options.folder, 'pilots.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  terminal.json(result);
  for (const note of notes) terminal.note(note);
  for (const line of pilotLines(order, judges, natural)) terminal.print(line);
  for (const line of verdictLines(order)) terminal.print(line);
  if (order[0].crossing.crossings === 0) process.exitCode = exitCodes.notDetermined;
}

/** Runs one of the pilots, as a job of its own. */
async function runOnly(
  name: string,
  inputs: readonly PilotInput[],
  options: PilotOptions,
  further: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const input = inputs.find((each) => each.name === name);
  if (!input) {
    const names = inputs.map((each) => each.name).join(', ');
    throw new LatentcvError('bad-argument', `expected one of ${names} for --only but received ${name}`);
  }
  const [{ folders }] = await runAll([input], options, further, terminal);
  terminal.json({ folder: options.folder, only: name, folders });
  for (const folder of folders) terminal.print(folder);
}

/** What is said of every model is said of the first. */
function sayingOnce(terminal: Terminal): Terminal {
  const said = new Set<string>();
  const note = (line: string): void => {
    if (!said.has(line)) terminal.note(line);
    said.add(line);
  };
  return { ...terminal, note };
}

/** Runs the pilots side by side. */
async function runAll(
  inputs: readonly PilotInput[],
  options: PilotOptions,
  further: readonly string[],
  terminal: Terminal,
): Promise<(PilotInput & { folders: string[] })[]> {
  const { biasedRun, inParallel } = await import('../../../campaign/index.js');
  const { findPlumed } = await import('../../../programs/index.js');
  const { availableParallelism } = await import('node:os');
  const plumed = await findPlumed();
  const { fromZero, checkpointMinutes, maxHours } = options;
  const most = options.parallel ?? Math.max(1, Math.floor(availableParallelism() / options.threads));
  const bar = terminal.progress('pilots', inputs.length);
  const parts = inputs.map(() => 0);
  await mkdir(options.folder, { recursive: true });
  try {
    return await inParallel(
      inputs.map((input, i) => async (signal: AbortSignal) => {
        const { folders } = await biasedRun({
          engine: await engineFrom(options, further),
          ...{ plumed, folder: input.folder, fromZero, checkpointMinutes, maxHours, signal },
          input: input.patched.text,
          inputPath: options.plumed,
          inputFolder: dirname(resolve(options.plumed ?? 'plumed.dat')),
          onNote: (line) => terminal.note(`note: ${line}`),
          onProgress: ({ step, steps }: RunProgress) => {
            parts[i] = steps > 0 ? step / steps : 0;
            bar.update(parts.reduce((a, b) => a + b, 0));
          },
        });
        return { ...input, folders };
      }),
      most,
      terminal.signal,
    );
  } finally {
    bar.stop();
  }
}
