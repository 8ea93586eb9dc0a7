// Each method's CV on alanine dipeptide: how well it tells the basins apart, and what a biased run makes of it.
// usage: node dist/bench/methods/main.js [--quick] [--json] [--record] [--length NS] [--seeds N] [--method NAME …]
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../../src/support/folders.js';
import { LatentcvError } from '../../src/index.js';
import { buildPlugin, findGromacs, findPlumed } from '../../src/public/plumed.js';
import { commonOptions, runBench, type BenchResult } from '../run-bench.js';
import { allCases, type Case } from './cases.js';
import { trainingFrames, type Frames, type Tools } from './frames.js';
import { learn } from './learn.js';
import { methodTable, type MethodRow } from './report.js';
import { sample } from './sample.js';

function readOptions() {
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      length: { type: 'string' },
      seeds: { type: 'string' },
      method: { type: 'string', multiple: true },
    },
  });
  const { quick, json, record, method } = values;
  const length = Number(values.length ?? (quick ? 0.5 : 5));
  const seeds = Number(values.seeds ?? (quick ? 1 : 10));
  return { json, record, length, seeds, wanted: method };
}

async function findTools(): Promise<Tools> {
  const plumed = await findPlumed();
  const gromacs = await findGromacs();
  if (!gromacs)
    throw new LatentcvError(
      'missing-tool',
      'expected GROMACS but found none',
      'npm run bench:methods sets it up',
    );
  const { path: pluginPath } = await buildPlugin(plumed, { onBuild: (line) => console.error(line) });
  return { plumed, gromacs, pluginPath };
}

async function measure(one: Case, frames: Frames, tools: Tools, folder: string): Promise<MethodRow> {
  await mkdir(folder, { recursive: true });
  if ('torsions' in one) return { cv: one.name, ...(await sample(one, frames, tools, join(folder, 'run'))) };
  try {
    const { model, diagnosis } = await learn(one, frames, folder);
    return { cv: one.name, diagnosis, ...(await sample({ model }, frames, tools, join(folder, 'run'))) };
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code === 'interrupted') throw error;
    return { cv: one.name, problem: error.message };
  }
}

/** Cases one after the other on each core; what was finished before is only read again. */
async function measureAll(cases: Case[], frames: Frames, tools: Tools, folder: string): Promise<MethodRow[]> {
  const rows = new Array<MethodRow>(cases.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < cases.length) {
      const at = next++;
      const one = cases[at];
      console.error(`${at + 1}/${cases.length} ${one.name}`);
      rows[at] = await measure(one, frames, tools, join(folder, one.name.replaceAll(/[^\p{L}\d]+/gu, '-')));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return rows;
}

async function bench({ length, seeds, wanted }: ReturnType<typeof readOptions>): Promise<BenchResult> {
  const folder = join(cacheFolder(), 'bench-methods', `${length}-ns`);
  const tools = await findTools();
  console.error('training frames: 2 × 5 ns at 600 K');
  const frames = await trainingFrames(tools, folder, length);
  const cases = allCases(seeds).filter(
    (one) => wanted === undefined || ('method' in one && wanted.includes(one.method)),
  );
  const rows = await measureAll(cases, frames, tools, folder);
  return { title: 'bench:methods', tables: methodTable(rows, length), rows };
}

await runBench(readOptions, bench);
