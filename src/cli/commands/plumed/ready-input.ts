import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ModelFile } from '../../../onnx/index.js';
import type { PatchedInput, PatchOptions, PlumedInput } from '../../../plumed/index.js';
import { LatentcvError } from '../../../support/index.js';
import { besideInput, expectFreeOrSame, type FileBeside } from '../../beside-input.js';
import { builtPlugin } from '../../built-plugin.js';
import type { Terminal } from '../../terminal.js';
import { readyConfinement, type ReadyConfinement } from './confinement.js';
import { framesOfModel, withWidths, type FramesOfModel } from './frames.js';
import type { OptionsWithModel } from './options.js';

/** An input and what it is to be given, but for the bias. */
export interface ReadyInput {
  input: PlumedInput;
  given: Omit<PatchOptions, 'bias'>;
  model: ModelFile;
  frames: FramesOfModel | undefined;
  beside: FileBeside[];
  confined: ReadyConfinement | undefined;
  /** @throws LatentcvError `plumed-input` for an action that the PLUMED at hand does not have */
  expectActions: (patched: PatchedInput) => Promise<void>;
}

/**
 * Reads model, input and frames, and finds the plugin.
 * @param workingFolder in which PLUMED is to run; the input's own by default
 */
export async function readyInput(
  path: string | undefined,
  options: OptionsWithModel,
  workingFolder: string | undefined,
  terminal: Terminal,
): Promise<ReadyInput> {
  const { loadModel } = await import('../../../onnx/index.js');
  const { checkMolinfo, leftBehind, parsePlumedInput, plumedModel, readPlumedText } =
    await import('../../../plumed/index.js');
  const { expectActions } = await import('../../../programs/index.js');
  const model = await inSystem(await loadModel(options.model), options.renumber, terminal);
  const text = path === undefined ? '' : readPlumedText(path);
  const inputFolder = dirname(resolve(path ?? 'plumed.dat'));
  const folder = workingFolder ?? inputFolder;
  const print = {
    file: options.colvar,
    stride: options.stride,
    also: options.also,
  };
  const input = parsePlumedInput(text, path, { workingFolder: folder });
  const lost = leftBehind(input, inputFolder, folder);
  if (lost.length > 0)
    terminal.note(
      `note: PLUMED looks for ${lost.join(', ')} in the folder in which it runs: run it in ${inputFolder}, where they lie, or copy them to ${folder}`,
    );
  if (options.mode !== 'arg') {
    const renamed = await checkMolinfo(input, model.metadata?.descriptors, inputFolder);
    if (renamed !== '') terminal.note(`note: MOLINFO has the model's atoms, written otherwise: ${renamed}`);
  }
  if (options.output !== undefined) tellBackups(input, folder, terminal);
  const own = options.plugin === undefined ? await builtPlugin(terminal) : undefined;
  const files = {
    model: besideInput(options.model, folder),
    plugin: besideInput(own?.path ?? options.plugin!, folder),
  };
  if (options.relative) await expectFreeOrSame(files.model);
  const frames = await framesOfModel(options, model, terminal);
  // umbrella windows share no folder for a file that FUNNEL_PS reads
  const output = options.bias === 'umbrella' ? undefined : options.output;
  const confined = await readyConfinement({ ...options, output }, own?.plumed, terminal);
  const given = {
    ...(confined && { confinement: confined.request }),
    model: withWidths(plumedModel(options.model, model), frames, options),
    modelPath: options.relative ? files.model.name : files.model.from,
    // without a slash it would be looked for on the paths of the system alone
    pluginPath: options.relative ? `./${files.plugin.name}` : files.plugin.from,
    folder,
    mode: options.mode,
    walls: options.wall,
    gradient: options.gradient,
    print,
  };
  const beside = options.relative ? [files.model, files.plugin] : [];
  return {
    ...{ input, given, model, frames, beside, confined },
    expectActions: async ({ text: patched }) => {
      if (own)
        await expectActions(own.plumed, parsePlumedInput(patched, options.output, { workingFolder: folder }));
    },
  };
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
