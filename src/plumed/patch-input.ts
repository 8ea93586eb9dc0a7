import { basename, resolve } from 'node:path';
import { isBiasAction, type Confinement } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import {
  biasLines,
  kolmogorovWords,
  wallLines,
  type BiasLines,
  type BiasRequest,
  type WallRequest,
} from './biases/index.js';
import { narrowingNotes, refuseSecondConfinement } from './confine-input.js';
import { confinementLines, type ConfinementRequest } from './confinement/index.js';
import { energyLimit, energyStatement } from './engine-energy.js';
import { insertLines, type Insertion } from './insert-lines.js';
import { serialWords } from './descriptors/index.js';
import { checkArguments, checkTurning, type PlumedModel } from './model-arguments.js';
import { NameTable } from './names.js';
import { expectInput, type PlumedInput } from './parse-input.js';
import { checkPrinted, printLine, unitNotes, type PrintOptions } from './printed.js';
import { placeOf, type Statement } from './statement.js';
import { inputUnits, type InputUnits } from './units.js';
import { argumentList, wordForPath } from './words.js';

export interface PatchOptions {
  model: PlumedModel;
  /** As PLUMED is to open them: absolute, or relative to the folder in which it runs. */
  modelPath: string;
  pluginPath: string;
  /** The folder in which PLUMED runs, where relative paths begin; by default this process's. */
  folder?: string;
  /** Evaluate from atoms, from the input's labels, or from atoms where the model tells how (default). */
  mode?: 'atoms' | 'arg' | 'auto';
  bias?: BiasRequest;
  /** What the run is not to pass, whatever biases it; OPES_METAD is told of them. */
  walls?: readonly WallRequest[];
  /** What keeps a guest near its host. */
  confinement?: ConfinementRequest;
  print?: PrintOptions;
  /** Other models that are evaluated and printed as well, without a bias along them. */
  beside?: readonly ModelBeside[];
  /** Print how far the model's input is beyond the training range, where it tells one, wall or no wall. */
  outside?: boolean;
  /** Print the lengths of the CVs' gradients by the atoms, for geometric free energies; of models of atoms alone. */
  gradient?: boolean;
  /** Labels to use; refused where taken. Without them `cv`, `opes`, `metad`, with a number where taken. */
  labels?: { model?: string; bias?: string };
}

/** A model that is only looked at. */
export interface ModelBeside {
  model: PlumedModel;
  /** As PLUMED is to open it. */
  modelPath: string;
  /** Refused where taken; without one `cv`, with a number where taken. */
  label?: string;
}

export interface PatchedInput {
  text: string;
  mode: 'atoms' | 'arg';
  labels: { model: string; bias?: string };
  /** Arguments as PLUMED names them: `cv.node-0`, … */
  components: string[];
  /** The table of the added PRINT, its columns besides `time`, and what the bias writes. */
  colvar: string;
  columns: string[];
  biasFiles: string[];
  /** The lines added, in order. */
  added: string[];
  /** What keeps the guest near its host, where it was asked for. */
  confinement?: Confinement;
  /** What the user should know: names chosen, other biases, units. */
  notes: string[];
}

function refuseSecondTime(input: PlumedInput, { modelPath, folder = '.' }: PatchOptions): void {
  const same = ({ action, keywords }: Statement): boolean =>
    action === 'ONNX_MODEL' && resolve(folder, keywords.get('FILE') ?? '') === resolve(folder, modelPath);
  const there = input.all.find(same);
  if (!there) return;
  const label = there.label === undefined ? 'without a label' : `as ${there.label}`;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(there)}: the model ${modelPath} is already there, ${label}`,
    'give the input from before it was added, or another model',
  );
}

/** Whether ONNX_MODEL can tell how far an input is beyond the training range: some input has one. */
const tellsOutside = ({ inputMin, inputPeriods }: PlumedModel): boolean =>
  inputMin !== undefined && inputMin.some((_, i) => inputPeriods?.[i] === undefined);

type ModelOptions = Pick<PatchOptions, 'mode' | 'model' | 'modelPath'>;

function decideMode({ mode = 'auto', model, modelPath }: ModelOptions): 'atoms' | 'arg' {
  if (mode === 'auto') return model.descriptors ? 'atoms' : 'arg';
  if (mode === 'atoms' && !model.descriptors) {
    throw new LatentcvError(
      'plumed-input',
      `expected a model that tells its atoms for mode atoms but ${modelPath} names only the labels of its arguments`,
      'use mode arg, or train with the PLUMED input that wrote the COLVAR',
    );
  }
  return mode;
}

/** LOAD goes first: before PLUMED 2.10 it had to precede all but set-up actions. */
function loadInsertion(
  input: PlumedInput,
  { pluginPath, folder = '.' }: PatchOptions,
  notes: string[],
): Insertion[] {
  const line = `LOAD FILE=${wordForPath(pluginPath, 'pluginPath')}`;
  const loaded = input.all.find(
    ({ action, keywords }) =>
      action === 'LOAD' && basename(keywords.get('FILE') ?? '') === basename(pluginPath),
  );
  if (loaded) {
    const path = loaded.keywords.get('FILE') ?? '';
    if (resolve(folder, path) !== resolve(folder, pluginPath))
      notes.push(`${placeOf(loaded)}: the plugin is loaded from ${path}`);
    return [];
  }
  return [{ before: (input.statements[0] ?? input.end)?.firstLine, lines: [line] }];
}

/** What a model gives beside its CVs, and what is always printed of it. */
const besideCvs = ({ uncertainty, committor }: PlumedModel): string[] => [
  ...(uncertainty ? ['uncertainty'] : []),
  ...(committor ? ['committor'] : []),
];

/** What the model's action is to tell besides that. */
interface Told {
  outside?: boolean;
  gradient?: boolean;
  /** Keywords for the bias of a committor. */
  kolmogorov?: string;
}

/** The components that it then has, besides its outputs. */
function toldComponents({ model }: ModelOptions, { outside, gradient }: Told): string[] {
  const { outputs } = model;
  return [
    ...besideCvs(model),
    ...(outside ? ['outside'] : []),
    ...(gradient ? outputs.map((output) => `${output}-gradient`) : []),
    ...(gradient && outputs.length > 1 ? ['gradient'] : []),
  ];
}

function modelLine(
  label: string,
  mode: 'atoms' | 'arg',
  { model, modelPath }: ModelOptions,
  { outside, gradient, kolmogorov = '' }: Told = {},
): string {
  const source =
    mode === 'atoms'
      ? `ATOMS=${serialWords(model.descriptors?.atoms ?? [])}`
      : `ARG=${argumentList(model.inputs)}`;
  const names = [...besideCvs(model), ...(outside ? ['outside'] : []), ...(gradient ? ['gradient'] : [])];
  const flags = names.map((name) => ` ${name.toUpperCase()}`).join('');
  return `${label}: ONNX_MODEL FILE=${wordForPath(modelPath, 'modelPath')} ${source}${flags}${kolmogorov}`;
}

/** The lines of models that are only looked at, what they print, and what is to be told of them. */
function linesBeside(
  input: PlumedInput,
  options: PatchOptions,
  names: NameTable,
): { lines: string[]; printed: string[]; notes: string[] } {
  const each = (options.beside ?? []).map((beside) => {
    const given = { ...options, ...beside };
    refuseSecondTime(input, given);
    const mode = decideMode(given);
    if (mode === 'atoms') checkTurning(input, beside.model);
    const notes = mode === 'arg' ? checkArguments(input, names, beside.model) : [];
    const label = names.label(beside.label, 'cv');
    const printed = beside.model.outputs.map((output) => `${label}.${output}`);
    return { lines: [modelLine(label, mode, given)], printed, notes };
  });
  return {
    lines: each.flatMap(({ lines }) => lines),
    printed: each.flatMap(({ printed }) => printed),
    notes: each.flatMap(({ notes }) => notes),
  };
}

function printed(
  options: PatchOptions,
  names: NameTable,
  components: string[],
  bias: BiasLines | undefined,
): string[] {
  const also = options.print?.also ?? [];
  for (const label of also) checkPrinted(label, names);
  return [...new Set([...also, ...components, ...(bias?.printed ?? [])])];
}

function otherBiases(input: PlumedInput): string[] {
  return input.all
    .filter(({ action }) => isBiasAction(action))
    .map((statement) => `${placeOf(statement)}: ${statement.action} biases this run as well`);
}

/** What the input asks that a first run along a new bias, or the engine, may not be able to do. */
function runNotes(input: PlumedInput, bias: BiasLines | undefined): string[] {
  const restart = input.all.find(({ action, flags }) => action === 'RESTART' && !flags.has('NO'));
  const energy = energyStatement(input);
  return [
    ...(restart && bias && bias.files.length > 0
      ? [
          `${placeOf(restart)}: by RESTART the new bias goes on from ${bias.files[0]}: for its first run remove RESTART, ` +
            `or write RESTART=NO into ${bias.label}`,
        ]
      : []),
    ...(energy ? [`${placeOf(energy)}: ${energyLimit}: latentcv run refuses those`] : []),
  ];
}

/** A model computes from atoms in nm; of a natural unit of length, PLUMED only knows the factor that UNITS gives. */
function lengthNotes(mode: 'atoms' | 'arg', { natural, length }: InputUnits): string[] {
  if (!natural || mode === 'arg') return [];
  return [
    `the input works in natural units, of whose length the model takes ${1 / length} for a nm: ` +
      `it must have been trained on trajectories in this unit with ‘perNanometre: ${1 / length}’`,
  ];
}

/**
 * Adds a learned CV to a PLUMED input: LOAD of the plugin, ONNX_MODEL, a bias along its components and a PRINT. Every
 * line of the input stays as it is, byte for byte. The new statements stand at the end, where all arguments are
 * defined and no earlier `ARG=*` sees them. Energies are converted to the input's `UNITS`.
 * @throws LatentcvError `plumed-input` with the line where the input and the model do not fit, a name is taken that
 *   was asked for, or the model is already there; `bad-argument` for options out of range
 */
export function patchPlumedInput(input: PlumedInput, options: PatchOptions): PatchedInput {
  expectInput(input);
  refuseSecondTime(input, options);
  if (options.confinement) refuseSecondConfinement(input);
  const mode = decideMode(options);
  const names = new NameTable(input);
  if (mode === 'atoms') checkTurning(input, options.model);
  const notes = mode === 'arg' ? checkArguments(input, names, options.model) : [];
  const load = loadInsertion(input, options, notes);
  const model = names.label(options.labels?.model, 'cv');
  const components = options.model.outputs.map((output) => `${model}.${output}`);
  const units = inputUnits(input);
  const request = options.bias ?? { kind: 'none' };
  const context = { input, model: options.model, modelLabel: model, names, units };
  const common = request.kind === 'none' ? {} : request;
  const confined = options.confinement && confinementLines(options.confinement, { names, units });
  const walls = wallLines(options.walls ?? [], common, mode, { ...context, label: undefined, walls: [] });
  const bias = biasLines(request, {
    ...context,
    label: options.labels?.bias,
    walls: [...(confined?.labels ?? []), ...walls.labels].map((label) => `${label}.bias`),
  });
  const told = {
    outside: walls.outside || (options.outside === true && tellsOutside(options.model)),
    gradient: options.gradient,
    ...(request.kind === 'kolmogorov+opes' && { kolmogorov: kolmogorovWords(request, context) }),
  };
  if (told.gradient && mode === 'arg')
    throw new LatentcvError(
      'plumed-input',
      'expected a model that is evaluated from atoms for the lengths of gradients, but it takes arguments: which atoms these move is not known to it',
    );
  const beside = linesBeside(input, options, names);
  const others = toldComponents(options, told).map((name) => `${model}.${name}`);
  const bounds = [...(confined?.printed ?? []), ...walls.printed];
  const columns = printed(options, names, [...components, ...others, ...beside.printed, ...bounds], bias);
  const colvar = names.file(options.print?.file, 'COLVAR', model);
  const lines = [
    `# latentcv: the collective variables of ${basename(options.modelPath)}${bias ? ' and a bias along them' : ''}`,
    modelLine(model, mode, options, told),
    ...beside.lines,
    ...(confined?.lines ?? []),
    ...walls.lines,
    ...(bias?.lines ?? []),
    printLine(columns, colvar, options.print ?? {}),
  ];
  const insertions = [...load, { before: input.end?.firstLine, lines }];
  return {
    text: insertLines(input.text, insertions),
    mode,
    labels: { model, bias: bias?.label },
    components,
    colvar,
    columns,
    biasFiles: bias?.files ?? [],
    ...(confined && { confinement: confined.confinement }),
    added: insertions.flatMap((insertion) => insertion.lines),
    notes: [
      ...notes,
      ...beside.notes,
      ...names.notes,
      ...lengthNotes(mode, units),
      ...unitNotes(colvar, units),
      ...(confined?.notes ?? []),
      ...walls.notes,
      ...(confined ? narrowingNotes(confined.confinement, options.walls) : []),
      ...(bias?.notes ?? []),
      ...(bias ? otherBiases(input) : []),
      ...runNotes(input, bias),
    ],
  };
}
