import { LatentcvError } from '../../src/support/errors.js';
import { ContestantProcess } from '../contestants/contestant-process.js';
import type { Seconds } from '../contestants/stopwatch.js';
import { expectEqualCurves } from './agreement.js';
import { commandOf, type EngineName } from './engines.js';
import type { Problem } from './problem.js';
import type { TrainProtocol } from './protocol.js';
import type { TrainCase } from './train-case.js';

/** How often and how long is measured. */
export interface Effort {
  /** Blocks of steps, engines in turn. */
  stepRounds: number;
  /** Part of the network's steps in a block. */
  steps: number;
  /** Trainings, engines in turn. */
  epochRounds: number;
  /** Epochs that count in each, where they are not as many as the network has. */
  epochs?: number;
}

/** What was measured of one engine, seconds. */
export interface Timing {
  engine: EngineName;
  threads: number;
  /** Of a step, one value a round. */
  steps: Seconds[];
  /** Of ours with ONNX Runtime and wide layers: of the products of matrices in a step, one value a round. */
  arithmetic: Seconds[];
  epochs: Seconds[];
  peakMegabytes: number;
}

export interface Round {
  timings: Timing[];
  /** Why an engine was left out. */
  absent: { engine: EngineName; why: string }[];
  /** Largest relative difference between two engines' losses. */
  worst: number;
}

class Contestant extends ContestantProcess<TrainProtocol> {
  constructor(
    readonly engine: EngineName,
    folder: string,
    threads: number,
  ) {
    super(commandOf(engine, folder, threads));
  }
}

/** Engines that begin with what may not be possible on a machine. */
const optional: readonly EngineName[] = ['pytorch-compiled'];

/** Engines whose trainings take the frames in an order of their own. */
const ownOrder: readonly EngineName[] = ['mlcolvar', 'onnxruntime-streamed'];

/** Steps whose losses have to be equal: an epoch of 20,000 frames. */
const curveSteps = 78;

/**
 * Trains one problem with every engine, in turn, after their losses were seen to be equal.
 * Throws `bad-data` where they are not, `tool-failed` where an engine fails.
 */
export async function timeTraining(
  network: TrainCase,
  problem: Problem,
  wanted: readonly EngineName[],
  threads: number,
  effort: Effort,
): Promise<Round> {
  const contestants = wanted.map((engine) => new Contestant(engine, problem.folder, threads));
  try {
    const { present, absent, worst, meanLoss } = await compareCurves(contestants);
    // where the compared steps are the whole first epoch
    const firstLoss = problem.trainingFrames < problem.batch * (curveSteps + 1) ? meanLoss : undefined;
    const timings = present.map(({ engine }) => ({
      ...{ engine, threads, peakMegabytes: 0 },
      ...{ steps: [] as Seconds[], arithmetic: [] as Seconds[], epochs: [] as Seconds[] },
    }));
    const steps = Math.max(4, Math.round(network.steps * effort.steps));
    await timeSteps(present, timings, { steps, rounds: effort.stepRounds, products: network.wide });
    await timeEpochs(present, timings, effort.epochs ?? network.epochs, effort, firstLoss);
    for (const [i, contestant] of present.entries())
      timings[i].peakMegabytes = (await contestant.ask('memory', {})).peakMegabytes;
    return { timings, absent, worst };
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.end()));
  }
}

async function timeSteps(
  contestants: readonly Contestant[],
  timings: readonly Timing[],
  { steps, rounds, products }: { steps: number; rounds: number; products: boolean },
): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (const [i, contestant] of contestants.entries()) {
      const { engine } = contestant;
      if (engine !== 'mlcolvar') timings[i].steps.push(await timeOf(contestant, 'steps', steps));
      // right after the steps that it is compared with; of small networks calls would be most of it
      if (products && engine === 'onnxruntime')
        timings[i].arithmetic.push(await timeOf(contestant, 'arithmetic', steps));
    }
}

async function timeEpochs(
  contestants: readonly Contestant[],
  timings: readonly Timing[],
  epochs: number,
  { epochRounds }: Effort,
  expected: number | undefined,
): Promise<void> {
  for (let round = 0; round < epochRounds; round++)
    for (const [i, contestant] of contestants.entries()) {
      const done = await contestant.ask('epochs', { epochs });
      timings[i].epochs.push(...done.epochs);
      if (expected !== undefined && !ownOrder.includes(contestant.engine))
        expectEqualCurves([
          { engine: 'the first steps', losses: [expected] },
          { engine: `${contestant.engine}'s first epoch`, losses: [done.firstLoss] },
        ]);
    }
}

async function timeOf(contestant: Contestant, what: 'steps' | 'arithmetic', steps: number): Promise<Seconds> {
  const { wall, cpu } = await contestant.ask(what, { steps });
  return { wall: wall / steps, cpu: cpu / steps };
}

/** Frames on disk come in another order, so theirs has no curve to compare. */
async function compareCurves(
  contestants: readonly Contestant[],
): Promise<{ present: Contestant[]; absent: Round['absent']; worst: number; meanLoss: number }> {
  const curves: { engine: EngineName; losses: number[] }[] = [];
  const [present, absent]: [Contestant[], Round['absent']] = [[], []];
  for (const contestant of contestants) {
    try {
      const { engine } = contestant;
      if (engine !== 'onnxruntime-streamed')
        curves.push({ engine, ...(await contestant.ask('curve', { steps: curveSteps })) });
      present.push(contestant);
    } catch (error) {
      if (!(error instanceof LatentcvError) || !optional.includes(contestant.engine)) throw error;
      absent.push({ engine: contestant.engine, why: error.message });
    }
  }
  const [{ losses }] = curves;
  const meanLoss = losses.reduce((sum, loss) => sum + loss / losses.length, 0);
  return { present, absent, worst: expectEqualCurves(curves), meanLoss };
}
