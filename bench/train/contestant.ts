// One engine with one problem, in a process of its own.
// usage: node dist/bench/train/contestant.js ENGINE FOLDER THREADS, then commands on standard input (protocol.ts)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerCommands, peakMegabytes } from '../contestants/answer-commands.js';
import { Arithmetic } from './arithmetic.js';
import { createEngine, type OwnEngine } from './own-engines.js';
import { ownEpochs, ownSlopes, OwnSteps, ownUntil } from './own-training.js';
import type { Problem } from './problem.js';
import type { TrainProtocol } from './protocol.js';

const [name, folder, threadsText] = process.argv.slice(2);
const threads = Number(threadsText);

const engine = await createEngine(name as OwnEngine, threads);
const problem = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8')) as Problem;
const streamed = name === 'onnxruntime-streamed';
let steps: OwnSteps | undefined;
let arithmetic: Arithmetic | undefined;

await answerCommands<TrainProtocol>({
  curve: async ({ steps: count }) => {
    steps ??= await OwnSteps.begin(problem, engine);
    return { losses: await steps.curve(count) };
  },
  steps: async ({ steps: count }) => {
    steps ??= await OwnSteps.begin(problem, engine);
    return steps.timed(count);
  },
  arithmetic: async ({ steps: count }) => {
    arithmetic ??= await Arithmetic.begin(problem.sizes, { ...problem, threads });
    return arithmetic.timed(count);
  },
  epochs: async ({ epochs }) => {
    // a training's memory is to be its own
    await steps?.release();
    steps = undefined;
    await arithmetic?.release();
    arithmetic = undefined;
    return ownEpochs(problem, engine, { epochs, threads, streamed });
  },
  slopes: ({ method, epochs }) => ownSlopes(problem, engine, { method, epochs, threads }),
  whole: () => Promise.reject(new Error('only mlcolvar is asked for whole trainings')),
  until: ({ seed, loss }) => ownUntil(problem, engine, { seed, loss, threads }),
  memory: () => Promise.resolve({ peakMegabytes: peakMegabytes() }),
});
