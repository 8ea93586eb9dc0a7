import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { LatentcvError, bytesOf, outputPlace, writeWhole } from '../../../support/index.js';
import type { ModelFile } from '../../../onnx/index.js';
import type { PlumedInput, PatchedInput } from '../../../plumed/index.js';
import { besideInput, copyBeside, expectFreeOrSame, type FileBeside } from '../../beside-input.js';
import { builtPlugin } from '../../built-plugin.js';
import { exitCodesHelp } from '../../exit-codes.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { addSettings } from '../../options/index.js';
import { plumedSettings } from '../../options/weighing/index.js';
import { biasRequest } from './bias-request.js';
import { help, settings, type PlumedOptions } from './options.js';

/** `latentcv plumed`: adds the learned CV and a bias to a PLUMED input. */
export function plumedCommand(): Command {
  const command = new Command('plumed').argument(
    '[input]',
    'the PLUMED input to start from (default: an empty one)',
  );
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string | undefined, options: PlumedOptions, command: Command) => {
      const terminal = terminalFor(command);
      if (options.relative && options.output === undefined)
        throw new LatentcvError(
          'bad-argument',
          'expected --output with --relative but found none',
          elsewhere,
        );
      if (options.output !== undefined) await outputPlace(options.output, await filesRead(path, options));
      const { beside, ...patched } = await patch(path, options, terminal);
      const copied = await copyBeside(beside);
      if (options.output !== undefined) await writeWhole(options.output, bytesOf(patched.text));
      else terminal.text(patched.text);
      terminal.json({ ...patched, output: options.output ?? null, copied });
      await tellNotes(patched.notes, terminal);
      if (options.output !== undefined) {
        terminal.note(
          `wrote ${options.output}; frames will go to ${patched.colvar}: ${patched.columns.join(' ')}`,
        );
        if (options.relative) terminal.note(tellBeside(beside, copied, dirname(resolve(options.output))));
      }
    });
}

/** Notes name settings of what trained the model and of what will read the run's table, too. */
async function tellNotes(notes: readonly string[], terminal: Terminal): Promise<void> {
  if (notes.length === 0) return;
  const { trajectorySettings } = await import('../../options/trajectories/index.js');
  const { withFlagsOf } = await import('../../with-flags.js');
  for (const note of notes)
    terminal.note(`note: ${withFlagsOf(note, { ...plumedSettings, ...trajectorySettings, ...settings })}`);
}

const elsewhere = 'the paths are those from its folder';

/** Which files the folder needs, and which of them were put there just now. */
function tellBeside(beside: readonly FileBeside[], copied: readonly string[], folder: string): string {
  const put = copied.length > 0 ? `, copied ${copied.join(' and ')} there` : '';
  const files = beside.map(({ name }) => name).join(' and ');
  return `${folder} has ${files} that the input names${put}: it can be moved as a whole, and PLUMED must run in it`;
}

/** What the output must not be written over. */
async function filesRead(path: string | undefined, options: PlumedOptions): Promise<string[]> {
  const { model, renumber, plugin } = options;
  const { filesOfInput } = await import('../../../plumed/index.js');
  const folder = dirname(resolve(options.output ?? ''));
  const copies = options.relative
    ? [model, plugin ?? 'libLatentcvPlumed.so'].map((file) => besideInput(file, folder).to)
    : [];
  const named = [model, renumber, plugin, ...copies].filter((file) => file !== undefined);
  return [...named, ...(path === undefined ? [] : filesOfInput(path))];
}

async function patch(
  path: string | undefined,
  options: PlumedOptions,
  terminal: Terminal,
): Promise<PatchedInput & { beside: FileBeside[] }> {
  const request = biasRequest(options);
  const { loadModel } = await import('../../../onnx/index.js');
  const { checkMolinfo, leftBehind, parsePlumedInput, patchPlumedInput, plumedModel, readPlumedText } =
    await import('../../../plumed/index.js');
  const { expectActions } = await import('../../../programs/index.js');
  const model = await inSystem(await loadModel(options.model), options.renumber, terminal);
  const text = path === undefined ? '' : readPlumedText(path);
  const inputFolder = dirname(resolve(path ?? 'plumed.dat'));
  const workingFolder = options.output === undefined ? inputFolder : dirname(resolve(options.output));
  const print = {
    file: options.colvar,
    stride: options.stride,
    also: options.also,
  };
  const input = parsePlumedInput(text, path, { workingFolder });
  const lost = leftBehind(input, inputFolder, workingFolder);
  if (lost.length > 0)
    terminal.note(
      `note: PLUMED looks for ${lost.join(', ')} in the folder in which it runs: run it in ${inputFolder}, where they lie, or copy them to ${workingFolder}`,
    );
  if (options.mode !== 'arg') {
    const renamed = await checkMolinfo(input, model.metadata?.descriptors, inputFolder);
    if (renamed !== '') terminal.note(`note: MOLINFO has the model's atoms, written otherwise: ${renamed}`);
  }
  if (options.output !== undefined) tellBackups(input, workingFolder, terminal);
  const own = options.plugin === undefined ? await builtPlugin(terminal) : undefined;
  const files = {
    model: besideInput(options.model, workingFolder),
    plugin: besideInput(own?.path ?? options.plugin!, workingFolder),
  };
  if (options.relative) await expectFreeOrSame(files.model);
  const patched = patchPlumedInput(input, {
    model: plumedModel(options.model, model),
    modelPath: options.relative ? files.model.name : files.model.from,
    // without a slash it would be looked for on the paths of the system alone
    pluginPath: options.relative ? `./${files.plugin.name}` : files.plugin.from,
    folder: workingFolder,
    mode: options.mode,
    bias: request,
    walls: options.wall,
    print,
  });
  if (own) await expectActions(own.plumed, parsePlumedInput(patched.text, options.output, { workingFolder }));
  const loads = patched.added.some((line) => line.startsWith('LOAD '));
  const beside = options.relative ? [files.model, ...(loads ? [files.plugin] : [])] : [];
  return { ...patched, beside };
}

/** A run that prints to a table that is there moves it, as PLUMED does with any. */
function tellBackups({ all }: PlumedInput, folder: string, terminal: Terminal): void {
  const files = all.flatMap(({ action, keywords }) =>
    action === 'PRINT' ? (keywords.get('FILE') ?? []) : [],
  );
  for (const file of new Set(files))
    if (existsSync(resolve(folder, file)))
      terminal.note(
        `note: ${file} is there: a run in its folder prints to it anew, and PLUMED renames this one bck.0.${basename(file)}`,
      );
}

/** The model with its atoms as another system numbers them. */
async function inSystem(model: ModelFile, path: string | undefined, terminal: Terminal): Promise<ModelFile> {
  if (path === undefined) return model;
  const { readStructure, renumbered } = await import('../../../trajectories/index.js');
  const { metadata } = model;
  if (!metadata?.descriptors)
    throw new LatentcvError('bad-argument', 'expected a model with atoms for --renumber but it has none');
  const structure = await readStructure(path);
  const { set, notes } = renumbered(metadata.descriptors, structure);
  for (const note of [...structure.notes, ...notes]) terminal.warn(note);
  return { ...model, metadata: { ...metadata, descriptors: set } };
}
