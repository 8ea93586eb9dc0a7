import { basename, join } from 'node:path';
import { temperatureOf } from '../../sampling/index.js';
import { invalidArgument, writeWhole } from '../../support/index.js';
import { runPesmd } from '../plumed/index.js';
import {
  runOfEach,
  type EngineEnd,
  type EngineNotes,
  type EngineRun,
  type MdEngine,
  type StartOptions,
} from './md-engine.js';
import { kineticTemperatureIn, temperatureProblem } from './pesmd-temperature.js';

export interface PesmdEngineOptions {
  /** Text of the pesmd input; its `idum` and `plumed` lines are replaced, and `nstep` where a length is given. */
  input: string;
  steps?: number;
  /** The same as a time, in that of the input's `tstep`, which tables have as ps. */
  picoseconds?: number;
  /** One seed per replica. */
  seeds: readonly number[];
  /** Name of a table that the PLUMED input writes, for progress. */
  colvar?: string;
}

/** `plumed pesmd`: Langevin dynamics on a surface that the PLUMED input defines. It has no checkpoints. */
export function pesmdEngine(options: PesmdEngineOptions): MdEngine {
  return {
    name: 'pesmd',
    cores: 1,
    expectInput(input) {
      if (!input) throw invalidArgument('a PLUMED input for pesmd', 'input', 'none');
    },
    runs: () => runOfEach('‘seeds’', options.seeds, (seed) => pesmdRun(options, seed)),
  };
}

const setting = (text: string, name: string): number =>
  Number(new RegExp(`^\\s*${name}\\s+(\\S+)`, 'm').exec(text)?.[1] ?? NaN);

const timestepOf = (input: string): number => setting(input, 'tstep') || 0.005;

/** Steps that are asked for; undefined where the input says them. */
function stepsOf({ input, steps, picoseconds }: PesmdEngineOptions): number | undefined {
  if (picoseconds === undefined) return steps;
  const asked = Math.round(picoseconds / timestepOf(input));
  if (!(asked > 0 && Number.isFinite(asked)))
    throw invalidArgument('a length of at least a step', 'picoseconds', picoseconds);
  if (steps !== undefined && steps !== asked)
    throw invalidArgument('steps or picoseconds', 'steps', `${steps}, and ${asked} by picoseconds`);
  return asked;
}

function pesmdRun(engine: PesmdEngineOptions, seed: number): EngineRun {
  const asked = stepsOf(engine);
  const replaced = asked === undefined ? /^\s*(idum|plumed)\s/ : /^\s*(idum|plumed|nstep)\s/;
  const kept = engine.input.split('\n').filter((line) => line.trim() !== '' && !replaced.test(line));
  const length = asked === undefined ? [] : [`nstep ${asked}`];
  const text = [...kept, ...length, `idum ${seed}`, ''].join('\n');
  const steps = setting(text, 'nstep') || 0;
  const start = async (options: StartOptions): Promise<EngineEnd> => {
    const input = join(options.cwd, 'pesmd.in');
    await writeWhole(input, `${text}plumed ${basename(options.plumedFile ?? '')}\n`);
    const colvar = engine.colvar === undefined ? {} : { colvar: join(options.cwd, engine.colvar) };
    await runPesmd({ ...options, input, ...colvar });
    const found = await kineticTemperatureIn(options.cwd, setting(text, 'friction'));
    const asked = { temperature: setting(text, 'temperature'), timestep: timestepOf(text) };
    const problem = temperatureProblem(found, asked);
    if (problem !== undefined) options.onNote?.(problem);
    if (!found) return { step: steps };
    const { kT, error } = found;
    const mean = temperatureOf(kT);
    return { step: steps, kineticTemperature: { mean, error: mean * (error / kT) } };
  };
  return {
    steps,
    timestep: timestepOf(text),
    inputs: ['pesmd', `${text}plumed plumed.dat\n`],
    notes: pesmdNotes(text, seed),
    canExtend: false,
    ownFiles: /^pesmd\.(in|log)$/,
    checkpointFiles: undefined,
    checkpoints: () => Promise.resolve([]),
    start,
  };
}

/** pesmd's temperature is kT. */
function pesmdNotes(input: string, seed: number): EngineNotes {
  const kT = setting(input, 'temperature');
  return {
    engine: { name: 'pesmd' },
    temperature: kT > 0 ? temperatureOf(kT) : undefined,
    seed,
    natural: true,
  };
}
