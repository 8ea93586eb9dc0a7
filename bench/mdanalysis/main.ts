// Whether latentcv reads the files of MDAnalysisTests as MDAnalysis does: names, box, times, distances, angles, torsions.
// usage: node dist/bench/mdanalysis/main.js [--json] [--record] [--only PART-OF-A-NAME]
import { parseArgs } from 'node:util';
import { commonOptions, runBench, type BenchResult } from '../run-bench.js';
import { casesIn, nameOf } from './cases.js';
import { isExpected, missing } from './expected.js';
import { outcomeOf } from './outcome.js';
import { filesFolder, OurReader, referencesOf } from './programs.js';
import { report, speaksForItself, type Row } from './report.js';

function readOptions() {
  const { values } = parseArgs({ options: { ...commonOptions, only: { type: 'string', default: '' } } });
  return values;
}

async function bench({ only }: ReturnType<typeof readOptions>): Promise<BenchResult> {
  const cases = casesIn(filesFolder()).filter((files) => nameOf(files).includes(only));
  const rows: Row[] = [];
  const ours = new OurReader();
  for await (const reference of referencesOf(cases)) {
    const files = cases[rows.length];
    const descriptors = 'refused' in reference ? undefined : reference.descriptors;
    const outcome = outcomeOf(await ours.read({ case: files, descriptors }), reference);
    const row = { name: nameOf(files), ...outcome };
    const reason = isExpected(row);
    rows.push({ ...row, reason });
    if (rows.length % 50 === 0) console.error(`${rows.length} of ${cases.length}`);
  }
  ours.close();
  const gone = only === '' ? missing(rows) : [];
  if (gone.length > 0 || rows.some((row) => row.reason === undefined && !speaksForItself(row)))
    process.exitCode = 1;
  return { title: 'compare:mdanalysis', tables: report(rows, gone), rows };
}

await runBench(readOptions, bench);
