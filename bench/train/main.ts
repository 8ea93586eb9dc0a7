// What training costs, beside PyTorch and mlcolvar: same weights, same data, same losses.
// With --until: how long ours trains until it is where mlcolvar's whole training ends. With --slopes: committor and generator.
// usage: node dist/bench/train/main.js [--quick] [--json] [--record] [--network S …] [--engine onnxruntime …] [--until [--training defaults]] [--slopes] [--seeds N]
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { invalidArgument } from '../../src/support/errors.js';
import { commonOptions, inTemporaryFolder, runBench, type BenchResult } from '../run-bench.js';
import { engines, type EngineName } from './engines.js';
import { writeProblem } from './problem.js';
import { notes, rowsOf, trainTable, type Result } from './report.js';
import { slopesTable, timeSlopes, type Slopes } from './time-slopes.js';
import { timeTraining, type Effort } from './time-training.js';
import { timeUntil, trainings, untilTable, type Until } from './time-until.js';
import { namedCase, networkOf, trainCases, type TrainCase } from './train-case.js';

interface Efforts {
  usual: Effort;
  /** Of a million frames. */
  million?: Effort;
  /** Wide networks with all cores, too. */
  allCores: boolean;
}

const efforts: Record<'full' | 'quick', Efforts> = {
  full: {
    usual: { stepRounds: 9, steps: 1, epochRounds: 3 },
    million: { stepRounds: 0, steps: 1, epochRounds: 1, epochs: 2 },
    allCores: true,
  },
  quick: { usual: { stepRounds: 3, steps: 0.34, epochRounds: 1 }, allCores: false },
};

const [thousands, million] = [20_000, 1_000_000];
const withMillion: readonly EngineName[] = ['onnxruntime', 'onnxruntime-streamed', 'pytorch', 'mlcolvar'];

function readOptions() {
  const list = { type: 'string', multiple: true } as const;
  const text = { type: 'string' } as const;
  const also = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      network: list,
      engine: list,
      until: also,
      slopes: also,
      training: text,
      seeds: text,
    },
  });
  const { network, engine, quick, training, seeds = quick ? '1' : '5', ...rest } = values;
  return {
    ...rest,
    quick,
    only: training === undefined ? undefined : namedTraining(training),
    seeds: Number(seeds),
    effort: efforts[quick ? 'quick' : 'full'],
    networks: network?.map(namedCase) ?? trainCases,
    wanted: engine?.map(namedEngine) ?? engines,
  };
}

function namedTraining(name: string): string {
  if (trainings.some((training) => training.name === name)) return name;
  throw invalidArgument(
    `one of ${trainings.map((training) => training.name).join(', ')}`,
    '--training',
    name,
  );
}

function namedEngine(name: string): EngineName {
  const found = engines.find((engine) => engine === name);
  if (found) return found;
  throw invalidArgument(`one of ${engines.join(', ')}`, '--engine', name);
}

async function measure(
  network: TrainCase,
  wanted: readonly EngineName[],
  { usual, million: long, allCores }: Efforts,
  folder: string,
): Promise<Result[]> {
  const cores = availableParallelism();
  const at = (frames: number): string => join(folder, `${network.name}-${frames}`);
  const results: Result[] = [];
  const add = async (frames: number, names: readonly EngineName[], threads: number, effort: Effort) => {
    console.error(
      `${networkOf(network)}, ${frames} frames, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    );
    const problem = await writeProblem(network, frames, at(frames));
    results.push({
      network,
      frames,
      threads,
      ...(await timeTraining(network, problem, names, threads, effort)),
    });
    await rm(at(frames), { recursive: true });
  };
  const streamed = wanted.includes('onnxruntime') ? (['onnxruntime-streamed'] as const) : [];
  await add(thousands, [...wanted, ...(network.million ? streamed : [])], 1, usual);
  if (allCores && network.wide && cores > 1) await add(thousands, wanted, cores, usual);
  if (long && network.million) {
    const names = [...wanted, ...streamed].filter((name) => withMillion.includes(name));
    await add(million, names, 1, long);
  }
  return results;
}

type Options = ReturnType<typeof readOptions>;

async function bench(options: Options): Promise<BenchResult> {
  if (options.slopes) return slopesBench(options);
  return options.until ? untilBench(options) : costBench(options);
}

async function untilBench({ networks, seeds, quick, only }: Options): Promise<BenchResult> {
  const rows: Until[] = [];
  await inTemporaryFolder('bench-train', async (folder) => {
    // what users have: a latent of so many numbers is seldom made of thousands
    for (const network of networks.filter(({ name }) => name !== 'XL')) {
      const at = join(folder, network.name);
      rows.push(
        ...(await timeUntil(network, await writeProblem(network, thousands, at), { seeds, quick, only })),
      );
      await rm(at, { recursive: true });
    }
  });
  return { title: 'bench:train --until', tables: untilTable(rows), rows };
}

async function slopesBench({ networks, quick }: Options): Promise<BenchResult> {
  const rows: Slopes[] = [];
  await inTemporaryFolder('bench-train', async (folder) => {
    for (const network of networks.filter(({ wide }) => !wide)) {
      const problem = await writeProblem(network, thousands, join(folder, network.name));
      rows.push(...(await timeSlopes(network, problem, { rounds: quick ? 1 : 3, epochs: network.epochs })));
    }
  });
  return { title: 'bench:train --slopes', tables: slopesTable(rows), rows };
}

async function costBench({ networks, wanted, effort }: Options): Promise<BenchResult> {
  const results: Result[] = [];
  await inTemporaryFolder('bench-train', async (folder) => {
    for (const network of networks) results.push(...(await measure(network, wanted, effort, folder)));
  });
  const tables = `${trainTable(results)}\n\n${notes(results)}`;
  return { title: 'bench:train', tables, rows: results.flatMap(rowsOf) };
}

await runBench(readOptions, bench);
