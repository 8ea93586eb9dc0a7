// What a biased step costs with each way of evaluating a network in PLUMED.
// usage: node dist/bench/step/main.js [--quick] [--json] [--record] [--network 45-64-32-2 …]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { invalidArgument, LatentcvError } from '../../src/support/errors.js';
import { machine } from '../machine.js';
import { record } from '../record.js';
import { findInstallation, type Installation } from './installation.js';
import { measureNative } from './native-limits.js';
import { networkCases, type NetworkCase } from './network-case.js';
import { limitTable, ownCostTable, ratioTable, stepRows, timeTable, type NetworkResult } from './report.js';
import { timeSteps } from './time-steps.js';

const efforts = {
  full: { rounds: 25, milliseconds: 60, nativeRounds: 50 },
  quick: { rounds: 7, milliseconds: 15, nativeRounds: 15 },
};

interface Options {
  quick: boolean;
  json: boolean;
  record: boolean;
  networks: readonly NetworkCase[];
}

function readOptions(): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { quick: flag, json: flag, record: flag, network: { type: 'string', multiple: true } },
  });
  const { quick, json, record, network } = values;
  return { quick, json, record, networks: network?.map(namedCase) ?? networkCases };
}

function namedCase(name: string): NetworkCase {
  const found = networkCases.find((network) => network.name === name);
  if (found) return found;
  const names = networkCases.map((network) => network.name).join(', ');
  throw invalidArgument(`one of ${names}`, '--network', name);
}

async function measure(options: Options, installation: Installation): Promise<NetworkResult[]> {
  const effort = options.quick ? efforts.quick : efforts.full;
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-bench-step-'));
  const results: NetworkResult[] = [];
  try {
    for (const network of options.networks) {
      console.error(`timing ${network.name}`);
      const timings = await timeSteps(network, installation, effort, join(folder, network.name));
      const native = await measureNative(installation.native, network.name, effort.nativeRounds, folder);
      results.push({ network: network.name, timings, native });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}

async function main(): Promise<void> {
  const options = readOptions();
  const where = machine();
  const installation = await findInstallation((message) => console.error(message));
  const results = await measure(options, installation);
  const tables = [timeTable, ratioTable, limitTable, ownCostTable].map((make) => make(results)).join('\n\n');
  console.log(options.json ? JSON.stringify(results.flatMap(stepRows), null, 1) : `${where}\n\n${tables}`);
  if (options.record) console.error(`appended to ${await record('bench:step', where, tables)}`);
}

await main().catch((error: unknown) => {
  if (!(error instanceof LatentcvError)) throw error;
  console.error(`error: ${error.message}${error.hint === undefined ? '' : `\nhint: ${error.hint}`}`);
  process.exitCode = error.code === 'bad-argument' ? 2 : error.code === 'missing-tool' ? 3 : 1;
});
