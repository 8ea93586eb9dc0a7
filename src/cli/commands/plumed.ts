import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { LatentcvError, writeWhole, bytesOf, outputPlace } from '../../support/index.js';
import type { ModelFile } from '../../onnx/index.js';
import type { BiasRequest, PlumedInput, PatchedInput } from '../../plumed/index.js';
import { builtPlugin } from '../built-plugin.js';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { labels, positiveInteger, positiveNumber } from '../options/index.js';

const help = `
Every line of the input is kept, byte for byte. Added are LOAD of the plugin, ONNX_MODEL, a bias and a PRINT. A model that knows its
atoms needs no input.

Example:
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv plumed plumed.dat --model model.onnx --bias metad --height 1 --sigma 0.1 --bias-factor 10
  latentcv plumed --model model.onnx --barrier 40 -o biased.dat
  latentcv plumed natural.dat --model model.onnx --barrier 2 --kt 0.1
`;

interface PlumedOptions {
  model: string;
  output?: string;
  bias: BiasRequest['kind'];
  barrier?: number;
  height?: number;
  sigma?: string;
  biasFactor?: number;
  components?: string[];
  pace?: number;
  temperature?: number;
  kt?: number;
  mode: 'auto' | 'atoms' | 'arg';
  stride?: number;
  colvar?: string;
  also?: string[];
  plugin?: string;
  renumber?: string;
}

/** `latentcv plumed`: adds the learned CV and a bias to a PLUMED input. */
export function plumedCommand(): Command {
  const bias = new Option('--bias <kind>', 'bias along the CVs').choices(['opes', 'metad', 'none']);
  const mode = new Option('--mode <mode>', "compute from atoms, or from the input's labels");
  return new Command('plumed')
    .argument('[input]', 'the PLUMED input to start from (default: an empty one)')
    .requiredOption('--model <file>', 'the model')
    .option('-o, --output <file>', 'where to write (default: the screen)')
    .addOption(bias.default('opes'))
    .option('--barrier <energy>', 'OPES: highest barrier to cross, kJ/mol', positiveNumber)
    .option('--height <energy>', 'metadynamics: height of the first hills, kJ/mol', positiveNumber)
    .option('--sigma <widths>', 'metadynamics: width of the hills, one or one for each component')
    .option('--bias-factor <factor>', 'metadynamics: bias factor', positiveNumber)
    .option('--components <names>', 'components to bias (default: all)', labels)
    .option('--pace <steps>', 'steps between kernels or hills (default: 500)', positiveInteger)
    .option('--temperature <kelvin>', 'where the engine does not tell PLUMED', positiveNumber)
    .option('--kt <energy>', 'instead of it, for an input with UNITS NATURAL: kT', positiveNumber)
    .addOption(mode.choices(['auto', 'atoms', 'arg']).default('auto'))
    .option('--stride <steps>', 'steps between printed frames (default: 500)', positiveInteger)
    .option('--colvar <file>', 'file of the printed frames (default: COLVAR)')
    .option('--also <labels>', 'labels of the input to print as well', labels)
    .option(
      '--renumber <structure>',
      "find the model's atoms by residue and name in this structure (GRO, PDB, …)",
    )
    .option('--plugin <file>', 'the plugin (default: the one built for this PLUMED)')
    .option('--json', 'what was added, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string | undefined, options: PlumedOptions, command: Command) => {
      const terminal = terminalFor(command);
      if (options.output !== undefined) await outputPlace(options.output, await filesRead(path, options));
      const patched = await patch(path, options, terminal);
      if (options.output !== undefined) await writeWhole(options.output, bytesOf(patched.text));
      else terminal.text(patched.text);
      terminal.json({ ...patched, output: options.output ?? null });
      for (const note of patched.notes) terminal.note(`note: ${note}`);
      if (options.output !== undefined) {
        terminal.note(
          `wrote ${options.output}; frames will go to ${patched.colvar}: ${patched.columns.join(' ')}`,
        );
      }
    });
}

/** What the output must not be written over. */
async function filesRead(path: string | undefined, options: PlumedOptions): Promise<string[]> {
  const { model, renumber, plugin } = options;
  const { filesOfInput } = await import('../../plumed/index.js');
  const named = [model, renumber, plugin].filter((file) => file !== undefined);
  return [...named, ...(path === undefined ? [] : filesOfInput(path))];
}

async function patch(
  path: string | undefined,
  options: PlumedOptions,
  terminal: Terminal,
): Promise<PatchedInput> {
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
  const patched = patchPlumedInput(input, {
    model: plumedModel(options.model, model),
    modelPath: resolve(options.model),
    pluginPath: own?.path ?? resolve(options.plugin!),
    mode: options.mode,
    bias: request,
    print,
  });
  if (own) await expectActions(own.plumed, parsePlumedInput(patched.text, options.output, { workingFolder }));
  return patched;
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
    kT: options.kt,
  };
  if (options.bias === 'none') return { kind: 'none' };
  if (options.bias === 'opes')
    return { kind: 'opes', barrier: needed(options.barrier, '--barrier', 'opes'), ...common };
  return {
    kind: 'metad',
    height: needed(options.height, '--height', 'metad'),
    sigma: oneOrEach(needed(options.sigma, '--sigma', 'metad').split(',').map(positiveNumber)),
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
