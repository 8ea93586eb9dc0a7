// How fast descriptors come out of a trajectory, beside MDTraj, MDAnalysis and PLUMED's driver: same file, same values.
// usage: node dist/bench/descriptors/main.js [--quick] [--json] [--record] [--case 1000-distances …]
import { parseArgs } from 'node:util';
import { commonOptions, inTemporaryFolder, runBench, type BenchResult } from '../run-bench.js';
import { descriptorCases, namedCase } from './descriptor-case.js';
import { writeProblem, type Lengths } from './problem.js';
import { findInstallation } from './readers.js';
import { notes, readerTable, rowsOf } from './report.js';
import { peakMemory, timeCases } from './time-reading.js';

interface Effort {
  lengths: Lengths;
  rounds: number;
}

const efforts: Record<'full' | 'quick', Effort> = {
  full: { lengths: { frames: 100_000, long: 400_000, few: 5000, fewest: 500 }, rounds: 5 },
  quick: { lengths: { frames: 20_000, long: 80_000, few: 1500, fewest: 500 }, rounds: 2 },
};

function readOptions() {
  const { values } = parseArgs({
    options: { ...commonOptions, case: { type: 'string', multiple: true } },
  });
  const { quick, case: names, ...printing } = values;
  return {
    ...printing,
    effort: efforts[quick ? 'quick' : 'full'],
    cases: names?.map(namedCase) ?? descriptorCases,
  };
}

async function bench({ effort, cases }: ReturnType<typeof readOptions>): Promise<BenchResult> {
  const installation = await findInstallation();
  return inTemporaryFolder('bench-descriptors', async (folder) => {
    const problem = { folder, ...effort };
    console.error(`writing ${effort.lengths.frames} and ${effort.lengths.long} frames`);
    await writeProblem(cases, effort.lengths, installation.python, folder);
    const results = await timeCases(cases, problem, installation);
    const memory = await peakMemory(cases.find(({ bars }) => bars) ?? cases[0], problem, installation);
    return {
      title: 'bench:descriptors',
      tables: `${readerTable(results)}\n\n${notes(results, memory, effort.rounds)}`,
      rows: results.flatMap(rowsOf),
    };
  });
}

await runBench(readOptions, bench);
