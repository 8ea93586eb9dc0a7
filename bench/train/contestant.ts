// One engine with one problem, in a process of its own, so that its CPU time and its memory are its own.
// usage: node dist/bench/train/contestant.js ENGINE FOLDER THREADS, then commands on standard input (protocol.ts)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createEngine, type OwnEngine } from './own-engines.js';
import { ownEpochs, OwnSteps } from './own-training.js';
import type { Problem } from './problem.js';
import type { Command, Commands } from './protocol.js';

const [name, folder, threadsText] = process.argv.slice(2);
const threads = Number(threadsText);

/** Answers commands one at a time, each by one line. */
async function main(): Promise<void> {
  const engine = await createEngine(name as OwnEngine, threads);
  const problem = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8')) as Problem;
  const streamed = name === 'onnxruntime-streamed';
  let steps: OwnSteps | undefined;
  const answers: { [C in Command['command']]: (command: Commands[C]) => Promise<unknown> } = {
    curve: async ({ steps: count }) => {
      steps ??= await OwnSteps.begin(problem, engine);
      return { losses: await steps.curve(count) };
    },
    steps: async ({ steps: count }) => {
      steps ??= await OwnSteps.begin(problem, engine);
      return steps.timed(count);
    },
    epochs: async ({ epochs }) => {
      // a training's memory is to be its own
      await steps?.release();
      steps = undefined;
      return ownEpochs(problem, engine, { epochs, threads, streamed });
    },
    memory: () => Promise.resolve({ peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6 }),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as Command;
    const answer = await (answers[command.command] as (command: Command) => Promise<unknown>)(command);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

await main();
