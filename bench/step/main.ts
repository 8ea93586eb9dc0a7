// What a biased step costs with each way of evaluating a network in PLUMED.
// usage: node dist/bench/step/main.js [--quick] [--json] [--record] [--network 45-64-32-2 …]
//        node dist/bench/step/main.js --whole-run|--water|--crystal [--quick] [--json] [--record]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { invalidArgument } from '../../src/support/errors.js';
import { commonOptions, inTemporaryFolder, runBench, type BenchResult } from '../run-bench.js';
import { timeCrystal } from './crystal.js';
import { findInstallation, type Installation } from './installation.js';
import { measureNative } from './native-limits.js';
import { networkCases, type NetworkCase } from './network-case.js';
import {
  crystalTable,
  limitTable,
  ownCostTable,
  positionTable,
  ratioTable,
  stepRows,
  timeTable,
  waterTable,
  wholeRunTable,
  type NetworkResult,
} from './report.js';
import { timePositionModel } from './position-model.js';
import { timeSteps } from './time-steps.js';
import { timeWater } from './water.js';
import { wholeRuns } from './whole-run/whole-run.js';

const efforts = {
  full: { rounds: 25, milliseconds: 60, nativeRounds: 50, runs: { rounds: 3, seconds: 16 } },
  quick: { rounds: 7, milliseconds: 15, nativeRounds: 15, runs: { rounds: 1, seconds: 8 } },
};

interface Options {
  quick: boolean;
  json: boolean;
  record: boolean;
  wholeRun: boolean;
  water: boolean;
  crystal: boolean;
  networks: readonly NetworkCase[];
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      'whole-run': { type: 'boolean', default: false },
      water: { type: 'boolean', default: false },
      crystal: { type: 'boolean', default: false },
      network: { type: 'string', multiple: true },
    },
  });
  const { quick, json, record, water, crystal, 'whole-run': wholeRun, network } = values;
  return { quick, json, record, wholeRun, water, crystal, networks: network?.map(namedCase) ?? networkCases };
}

function namedCase(name: string): NetworkCase {
  const found = networkCases.find((network) => network.name === name);
  if (found) return found;
  const names = networkCases.map((network) => network.name).join(', ');
  throw invalidArgument(`one of ${names}`, '--network', name);
}

async function stepBench(options: Options, installation: Installation, folder: string): Promise<BenchResult> {
  const effort = efforts[options.quick ? 'quick' : 'full'];
  const results: NetworkResult[] = [];
  for (const network of options.networks) {
    console.error(`timing ${network.name}`);
    const { timings, own } = await timeSteps(network, installation, effort, join(folder, network.name));
    const native = await measureNative(installation.native, network.name, effort.nativeRounds, folder);
    results.push({ network: network.name, timings, own, native });
  }
  console.error('timing a network of positions');
  const foreign = await timePositionModel(installation, effort, join(folder, 'positions'));
  const tables = [
    ...[timeTable, ratioTable, limitTable, ownCostTable].map((make) => make(results)),
    positionTable(foreign),
  ].join('\n\n');
  return { title: 'bench:step', tables, rows: results.flatMap(stepRows) };
}

async function wholeRunBench(
  options: Options,
  installation: Installation,
  folder: string,
): Promise<BenchResult> {
  const result = await wholeRuns(installation, efforts[options.quick ? 'quick' : 'full'].runs, folder);
  return { title: 'bench:step --whole-run', tables: wholeRunTable(result), rows: result.rows };
}

async function waterBench(
  options: Options,
  installation: Installation,
  folder: string,
): Promise<BenchResult> {
  const effort = efforts[options.quick ? 'quick' : 'full'];
  const result = await timeWater(installation, effort, join(folder, 'water'));
  return { title: 'bench:step --water', tables: waterTable(result), rows: result.timings };
}

async function crystalBench(options: Options, folder: string): Promise<BenchResult> {
  const effort = efforts[options.quick ? 'quick' : 'full'];
  const rows = await timeCrystal(effort, join(folder, 'crystal'), (message) => console.error(message));
  return {
    title: 'bench:step --crystal',
    tables: crystalTable(rows),
    rows: rows.map(({ label, timing }) => ({ ...timing, label })),
  };
}

async function measure(options: Options): Promise<BenchResult> {
  if (options.crystal) return inTemporaryFolder('bench-step', (folder) => crystalBench(options, folder));
  const installation = await findInstallation((message) => console.error(message));
  const bench = options.wholeRun ? wholeRunBench : options.water ? waterBench : stepBench;
  return inTemporaryFolder('bench-step', (folder) => bench(options, installation, folder));
}

await runBench(readOptions, measure);
