import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import {
  LatentcvError,
  bytesOf,
  outputPlace,
  setting,
  settingFacts,
  writeWhole,
} from '../../support/index.js';
import type { ModelFile } from '../../onnx/index.js';
import type { BiasRequest, PlumedInput, PatchedInput } from '../../plumed/index.js';
import { besideInput, copyBeside, expectFreeOrSame, type FileBeside } from '../beside-input.js';
import { builtPlugin } from '../built-plugin.js';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { addSettings, jsonSettings, optionalOutputSettings, type Given } from '../options/index.js';
import { kTSettings, plumedSettings } from '../options/weighing/index.js';

const help = `
Every line of the input is kept, byte for byte. Added are LOAD of the plugin, ONNX_MODEL, a bias and
a PRINT. A model that knows its atoms needs no input.

Example:
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv plumed plumed.dat --model model.onnx --bias metad --height 1 --sigma 0.1 --bias-factor 10
  latentcv plumed --model model.onnx --barrier 40 -o biased.dat
  latentcv plumed plumed.dat --model ../model.onnx --barrier 40 --relative -o biased.dat
  latentcv plumed natural.dat --model model.onnx --barrier 2 --kt 0.1
`;

const group = 'Bias';

const settings = {
  model: setting(z.string(), { flag: 'model', value: 'file', description: 'the model' }),
  ...optionalOutputSettings('where to write', 'the screen'),
  mode: setting(z.enum(['auto', 'atoms', 'arg']).default('auto'), {
    flag: 'mode',
    value: 'mode',
    description: "compute from atoms, or from the input's labels",
  }),
  renumber: setting(z.string().optional(), {
    flag: 'renumber',
    value: 'structure',
    description: "find the model's atoms by residue and name in this structure (GRO, PDB, …)",
  }),
  plugin: setting(z.string().optional(), {
    flag: 'plugin',
    value: 'file',
    description: 'the plugin',
    otherwise: 'the one built for this PLUMED',
  }),
  relative: setting(z.boolean().optional(), {
    flag: 'relative',
    description:
      'name model and plugin from the folder of the output, and copy there what lies elsewhere: the folder can be moved',
  }),
  ...jsonSettings('what was added, for scripts'),
  bias: setting(z.enum(['opes', 'metad', 'none']).default('opes'), {
    flag: 'bias',
    value: 'kind',
    group,
    description: 'bias along the CVs',
  }),
  barrier: setting(z.number().positive().optional(), {
    flag: 'barrier',
    value: 'energy',
    unit: 'kJ/mol',
    group,
    description: 'OPES: highest barrier to cross, kJ/mol',
  }),
  height: setting(z.number().positive().optional(), {
    flag: 'height',
    value: 'energy',
    unit: 'kJ/mol',
    group,
    description: 'metadynamics: height of the first hills, kJ/mol',
  }),
  sigma: setting(z.array(z.number().positive()).optional(), {
    flag: 'sigma',
    value: 'widths',
    group,
    example: '0.1,0.2',
    description: 'metadynamics: width of the hills, one or one for each component',
  }),
  biasFactor: setting(z.number().positive().optional(), {
    flag: 'bias-factor',
    value: 'factor',
    group,
    description: 'metadynamics: bias factor',
  }),
  components: setting(z.array(z.string()).optional(), {
    flag: 'components',
    value: 'names',
    group,
    example: 'node-0,node-1',
    description: 'components to bias',
    otherwise: 'all',
  }),
  pace: setting(z.number().int().min(1).default(500), {
    flag: 'pace',
    value: 'steps',
    group,
    description: 'steps between kernels or hills',
  }),
  temperature: setting(z.number().positive().optional(), {
    flag: 'temperature',
    value: 'kelvin',
    group,
    description: 'of the run, in K, where the engine does not tell PLUMED',
  }),
  kT: setting(kTSettings.kT, { ...settingFacts(kTSettings.kT), group }),
  stride: setting(z.number().int().min(1).default(500), {
    flag: 'stride',
    value: 'steps',
    group: 'Printed frames',
    description: 'steps between printed frames',
  }),
  colvar: setting(z.string().optional(), {
    flag: 'colvar',
    value: 'file',
    group: 'Printed frames',
    description: 'file of the printed frames',
    otherwise: 'COLVAR, or another name where that is taken',
  }),
  also: setting(z.array(z.string()).optional(), {
    flag: 'also',
    value: 'labels',
    group: 'Printed frames',
    example: 'phi,psi',
    description: 'labels of the input to print as well',
  }),
};
type PlumedOptions = Given<typeof settings>;

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
  const { trajectorySettings } = await import('../options/trajectories/index.js');
  const { withFlagsOf } = await import('../with-flags.js');
  for (const note of notes)
    terminal.note(`note: ${withFlagsOf(note, { ...plumedSettings, ...trajectorySettings })}`);
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
  const { filesOfInput } = await import('../../plumed/index.js');
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
  const { loadModel } = await import('../../onnx/index.js');
  const { checkMolinfo, leftBehind, parsePlumedInput, patchPlumedInput, plumedModel, readPlumedText } =
    await import('../../plumed/index.js');
  const { expectActions } = await import('../../programs/index.js');
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
  const { readStructure, renumbered } = await import('../../trajectories/index.js');
  const { metadata } = model;
  if (!metadata?.descriptors)
    throw new LatentcvError('bad-argument', 'expected a model with atoms for --renumber but it has none');
  const structure = await readStructure(path);
  const { set, notes } = renumbered(metadata.descriptors, structure);
  for (const note of [...structure.notes, ...notes]) terminal.warn(note);
  return { ...model, metadata: { ...metadata, descriptors: set } };
}

function biasRequest(options: PlumedOptions): BiasRequest {
  const common = {
    components: options.components,
    pace: options.pace,
    temperature: options.temperature,
    kT: options.kT,
  };
  if (options.bias === 'none') return { kind: 'none' };
  if (options.bias === 'opes')
    return { kind: 'opes', barrier: needed(options.barrier, '--barrier', 'opes'), ...common };
  return {
    kind: 'metad',
    height: needed(options.height, '--height', 'metad'),
    sigma: oneOrEach(needed(options.sigma, '--sigma', 'metad')),
    biasFactor: needed(options.biasFactor, '--bias-factor', 'metad'),
    ...common,
  };
}

/** A single width is that of every component. */
const oneOrEach = (widths: number[]): number | number[] => (widths.length === 1 ? widths[0] : widths);

function needed<T>(value: T | undefined, option: string, bias: string): T {
  if (value !== undefined) return value;
  throw new LatentcvError(
    'bad-argument',
    `expected ${option} with --bias ${bias} but found none`,
    'latentcv plumed --help',
  );
}
