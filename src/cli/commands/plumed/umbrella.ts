import { join, resolve } from 'node:path';
import type { StartFrame, WindowsRecord } from '../../../campaign/index.js';
import type { PatchedInput, PlumedModel, RestraintBias } from '../../../plumed/index.js';
import type { UmbrellaWindows } from '../../../sampling/index.js';
import { digits, invalidArgument, LatentcvError } from '../../../support/index.js';
import { copyBeside } from '../../beside-input.js';
import type { Terminal } from '../../terminal.js';
import { biasRequest } from './bias-request.js';
import type { FramesOfModel } from './frames.js';
import type { OptionsWithModel, PlumedOptions } from './options.js';
import { readyInput, type ReadyInput } from './ready-input.js';
import { tellNotes } from './tell-notes.js';

/** Writes a folder of umbrella windows, and tells how they are run. */
export async function writeUmbrella(
  path: string | undefined,
  options: OptionsWithModel,
  terminal: Terminal,
): Promise<void> {
  const { output, relative } = options;
  biasRequest(options);
  if (output === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected a folder (--output) for umbrella windows but found none',
      'each window is a folder in it',
    );
  const { writeWindows } = await import('../../../campaign/index.js');
  const { patchPlumedInput } = await import('../../../plumed/index.js');
  // with model and plugin beside it, an input runs where it lies
  const window = join(resolve(output), 'w00', relative ? '' : 'run');
  const ready = await readyInput(path, options, window, terminal);
  const model = ready.given.model;
  const component = componentOf(model, options);
  const kT = await kTOf(options);
  const windows = await planned(model, component, kT, options);
  const patchAt = (centre: number): PatchedInput => {
    const { temperature, kT: natural } = options;
    const bias: RestraintBias = {
      ...{ kind: 'restraint', at: centre, kappa: windows.kappa },
      components: [model.outputs[component]],
      ...(temperature !== undefined && { temperature }),
      ...(natural !== undefined && { kT: natural }),
    };
    return patchPlumedInput(ready.input, { ...ready.given, bias });
  };
  const first = patchAt(windows.centres[0]);
  await ready.expectActions(first);
  const starts = await startsOf(ready.frames, component, windows, model);
  const written = await writeWindows({
    ...{ folder: output, windows, inputOf: patchAt },
    record: recordOf(first, component, kT, options, model),
    ...(starts && { starts, structureOf: await structures(ready) }),
  });
  const loads = first.added.some((line) => line.startsWith('LOAD '));
  const beside = ready.beside.slice(0, loads ? 2 : 1);
  for (const { folder } of relative ? written.record.windows : [])
    await copyBeside(beside.map((file) => ({ ...file, to: join(output, folder, file.name) })));
  terminal.json({ output, file: written.path, ...written.record, notes: first.notes });
  await tellNotes(first.notes, terminal);
  tell(windows, written.record, ready.frames, options, terminal);
  if (relative)
    terminal.note(
      `each window has ${beside.map(({ name }) => name).join(' and ')} that its input names: it can be moved as a whole`,
    );
}

/** Which output the windows are along. */
function componentOf({ outputs }: PlumedModel, { components = outputs.slice() }: PlumedOptions): number {
  const index = outputs.indexOf(components[0]);
  if (components.length === 1 && index >= 0) return index;
  throw new LatentcvError(
    'bad-argument',
    `expected one of ${outputs.join(', ')} with --components for umbrella windows but received ${components.join(', ')}`,
    'windows stand along one CV',
  );
}

async function kTOf({ temperature, kT }: PlumedOptions): Promise<number> {
  const { thermalEnergy } = await import('../../../sampling/index.js');
  if (kT !== undefined && temperature === undefined) return kT;
  if (temperature !== undefined && kT === undefined) return thermalEnergy(temperature);
  throw new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, for umbrella windows',
    'their springs and whoever weighs them go by it',
  );
}

/** Centres by --at and --to, else from end to end of the training range. */
async function planned(
  { outputs, outputMin, outputMax }: PlumedModel,
  component: number,
  kT: number,
  { at, to, kappa, windows, overlap }: PlumedOptions,
): Promise<UmbrellaWindows> {
  const { umbrellaWindows } = await import('../../../sampling/index.js');
  const one = (name: string, list: number[] | undefined, otherwise?: number): number | undefined => {
    if (list && list.length !== 1)
      throw invalidArgument('one number for umbrella windows', name, list.join(', '));
    return list?.[0] ?? otherwise;
  };
  const from = one('--at', at, outputMin?.[component]);
  const end = one('--to', to, outputMax?.[component]);
  if (from === undefined || end === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected --at and --to, as the model tells no training range of ${outputs[component]}`,
    );
  const spring = one('--kappa', kappa);
  return umbrellaWindows({
    ...{ from, to: end, kT },
    ...(windows !== undefined && { count: windows }),
    ...(overlap !== undefined && { overlap }),
    ...(spring !== undefined && { kappa: spring }),
  });
}

async function startsOf(
  frames: FramesOfModel | undefined,
  component: number,
  { centres }: UmbrellaWindows,
  { outputPeriods }: PlumedModel,
): Promise<StartFrame[] | undefined> {
  if (!frames) return undefined;
  const { startFrames } = await import('../../../campaign/index.js');
  const { columnValues } = await import('../../../frames/index.js');
  const { cvs } = frames;
  const cv = columnValues(cvs, cvs.columns[component].label);
  return startFrames(cv, cvs, centres, outputPeriods?.[component]);
}

/** How a start frame becomes a structure; undefined of tables. */
async function structures({
  frames,
}: ReadyInput): Promise<((start: StartFrame) => Promise<string>) | undefined> {
  if (!frames?.trajectories) return undefined;
  const { formatGro, framePositions, readStructure } = await import('../../../trajectories/index.js');
  const structure = await readStructure(frames.structure ?? frames.files[0]);
  if (structure.names.every((name) => name === ''))
    throw new LatentcvError(
      'bad-argument',
      `expected names of atoms for start frames but ${structure.path} tells none`,
      '--structure names a file that has them (GRO, PDB, …)',
    );
  return async (start) => {
    const title = `${start.source}, t= ${start.time}, cv ${digits(start.cv, 6)}`;
    return formatGro(structure, await framePositions(frames.files, structure.size, start), title);
  };
}

function recordOf(
  { labels }: PatchedInput,
  component: number,
  kT: number,
  { model, temperature }: OptionsWithModel,
  { outputs }: PlumedModel,
): Omit<WindowsRecord, 'kind' | 'width' | 'overlap' | 'windows'> {
  return {
    model: resolve(model),
    component: outputs[component],
    column: `${labels.model}.${outputs[component]}`,
    bias: `${labels.bias}.bias`,
    ...(temperature !== undefined && { temperature }),
    kT,
  };
}

function tell(
  { centres, kappa, width, overlap }: UmbrellaWindows,
  { windows: folders }: WindowsRecord,
  frames: FramesOfModel | undefined,
  { output, kT }: PlumedOptions,
  terminal: Terminal,
): void {
  const [first, last] = [centres[0], centres[centres.length - 1]].map((centre) => digits(centre, 4));
  terminal.note(
    `wrote ${centres.length} windows into ${output}, from ${first} to ${last}: kappa ${digits(kappa, 4)}${kT === undefined ? ' kJ/mol' : ''}, ` +
      `a CV that fluctuates by ${digits(width, 3)}, neighbours that overlap by ${digits(overlap, 2)} where the free energy is flat`,
  );
  const far = folders.filter(({ start }) => start && Math.abs(start.away) > 2 * width);
  if (far.length > 0)
    terminal.warn(
      `no frame is near the ${far.length === 1 ? 'centre' : 'centres'} of ${far.map(({ folder }) => folder).join(', ')}: ` +
        'they start from the nearest and are pulled hard; --bias steered makes frames in between',
    );
  if (!frames?.trajectories) {
    terminal.note('no start frames: --frames traj.xtc --structure conf.gro picks them by the model');
    return;
  }
  terminal.note(
    `to run them: for w in ${output}/w[0-9]*; do gmx grompp -f md.mdp -c $w/start.gro -p topol.top -o $w/topol.tpr; done; ` +
      `latentcv run '${output}/w*' (start frames have no velocities: gen-vel = yes)`,
  );
}
