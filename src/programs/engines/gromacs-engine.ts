import { readFileSync } from 'node:fs';
import { invalidArgument, readProblem } from '../../support/index.js';
import {
  checkpointsIn,
  expectEnergyTold,
  expectNoExchange,
  readRunInput,
  runMdrun,
  type GromacsInstall,
  type RunInput,
} from '../gromacs/index.js';
import { gromacsTemperature, gromacsTemperatureProblem } from './gromacs-temperature.js';
import {
  keptFolder,
  runOfEach,
  type EngineEnd,
  type EngineRun,
  type MdEngine,
  type StartOptions,
} from './md-engine.js';

export interface GromacsEngineOptions {
  gromacs: GromacsInstall;
  /** One run input per replica; the seeds are in there, so replicas must not share one. */
  tprs: readonly string[];
  /** Length of each replica in ps, as the run input says where left out; more than before extends a run. */
  picoseconds?: number;
  /** OpenMP threads of each replica; 1 by default. */
  threads?: number;
  /** Words before `gmx` that start it on several processes: `mpirun -np 4`, for a GROMACS built with MPI. */
  launcher?: readonly string[];
  /** Runs an input with ENERGY in a GROMACS of a version that leaves it 0: one with a patch that mends that. */
  trustEnergy?: boolean;
  /** Further options of mdrun. */
  further?: readonly string[];
}

/** GROMACS: `gmx mdrun`, which goes on from its checkpoints. */
export function gromacsEngine(options: GromacsEngineOptions): MdEngine {
  const { gromacs, tprs, threads = 1, trustEnergy = false, further = [] } = options;
  return {
    name: 'gromacs',
    cores: threads,
    expectInput(input) {
      if (!input) return;
      if (!trustEnergy) expectEnergyTold(gromacs, input);
      expectNoExchange(gromacs, further);
    },
    runs: () => runOfEach("GROMACS's run inputs (‘tpr’)", tprs, (tpr) => gromacsRun(options, tpr)),
  };
}

async function gromacsRun(engine: GromacsEngineOptions, tpr: string): Promise<EngineRun> {
  const { gromacs, threads, further, launcher } = engine;
  const input = await readRunInput(gromacs, tpr);
  const steps = stepsOf(engine, tpr, input);
  const { temperature, seed, timestep } = input;
  return {
    steps,
    timestep,
    inputs: ['gromacs', contentOf(tpr), ...decisive(further)],
    notes: { engine: { name: 'gromacs', version: gromacs.version }, temperature, seed },
    canExtend: true,
    ownFiles: /^#?(md(_prev|_step\d+)?\.|mdrun\.log)/,
    checkpointFiles: /^md\.cpt$/,
    keepsCheckpoints: true,
    checkpoints: (folder) => checkpointsIn(gromacs, folder, keptFolder),
    async start({ from, ...options }: StartOptions): Promise<EngineEnd> {
      const { nanosecondsPerDay, steps: step } = await runMdrun({
        ...{ ...options, gromacs, tpr, steps, threads, launcher, extra: further },
        from: from ?? 'the start',
      });
      if (temperature === undefined || step < steps) return { step, nanosecondsPerDay };
      const kineticTemperature = await gromacsTemperature(gromacs, options.cwd, steps * timestep);
      const problem = gromacsTemperatureProblem(kineticTemperature, { temperature, timestep });
      if (problem !== undefined) options.onNote?.(problem);
      return { step, nanosecondsPerDay, kineticTemperature };
    },
  };
}

/** Options of mdrun that say where and how fast it computes, or what it prints, and what they take. */
const ofSpeed =
  /^-(nb|pme|pmefft|bonded|update|gpu_id|gputasks|nt|ntmpi|ntomp|npme|ntomp_pme|pin\w*|ddorder|dd|rdd|rcon|dlb|dds|nstlist|v|stepout|cpt|maxh|tunepme|notunepme)$/;

/** Those of mdrun's further options that decide what it computes. */
function decisive(further: readonly string[] = []): string[] {
  let counts = false;
  return further.filter((word) => {
    if (/^-[a-z]/i.test(word)) counts = !ofSpeed.test(word);
    return counts;
  });
}

function stepsOf({ picoseconds }: GromacsEngineOptions, tpr: string, { steps, timestep }: RunInput): number {
  if (picoseconds === undefined && steps > 0) return steps;
  if (picoseconds !== undefined && picoseconds > 0) return Math.max(1, Math.round(picoseconds / timestep));
  throw invalidArgument(
    'a positive length in ps',
    'picoseconds',
    picoseconds ?? `none, for a ${tpr} without end`,
  );
}

function contentOf(tpr: string): string {
  try {
    return readFileSync(tpr, 'base64');
  } catch (error) {
    throw readProblem(tpr, error, "GROMACS's run input");
  }
}
