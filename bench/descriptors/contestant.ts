// Our reader with one problem, in a process of its own.
// usage: node dist/bench/descriptors/contestant.js FOLDER THREADS, then commands on standard input (protocol.ts)
import { join } from 'node:path';
import { readTrajectoryBatches } from '../../src/trajectories/index.js';
import { answerCommands, peakMegabytes } from '../contestants/answer-commands.js';
import { stopwatch } from '../contestants/stopwatch.js';
import { descriptorSetOf, namedCase, systemAtoms } from './descriptor-case.js';
import { files, type ReaderProtocol } from './protocol.js';

const [folder, threadsText] = process.argv.slice(2);
const threads = Number(threadsText);

const batches = (name: string, file: keyof typeof files, empty = false) =>
  readTrajectoryBatches(
    [join(folder, files[file])],
    { set: descriptorSetOf(namedCase(name), empty), atoms: systemAtoms },
    { threads },
  );

await answerCommands<ReaderProtocol>({
  values: async ({ case: name, frames }) => {
    for await (const { data, columns } of batches(name, 'frames')) {
      const row = (i: number): number[] => [...data.subarray(i * columns.length, (i + 1) * columns.length)];
      return { values: Array.from({ length: frames }, (_, i) => row(i)) };
    }
    return { values: [] };
  },
  read: async ({ case: name, file, empty }) => {
    const read = stopwatch();
    let frames = 0;
    for await (const batch of batches(name, file, empty)) frames += batch.frames;
    return { frames, ...read() };
  },
  memory: () => Promise.resolve({ peakMegabytes: peakMegabytes() }),
});
