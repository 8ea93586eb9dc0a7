// How often the box melted and froze: node judge.mjs LEAST, in the folder of a run. Writes result.json; exit code 1 below LEAST.
import { readFileSync, writeFileSync } from 'node:fs';

const least = Number(process.argv[2]);
const { deltaF, transitions } = JSON.parse(readFileSync('fes.json', 'utf8'));
const good = transitions.all >= least;
const { value, error, warnings } = deltaF;
writeFileSync(
  'result.json',
  `${JSON.stringify({ good, transitions: transitions.all, value, error, warnings }, undefined, 2)}\n`,
);
console.log(`${transitions.all} transitions between crystal and liquid, at least ${least} expected`);
for (const line of warnings) console.log(`G(liquid) - G(crystal): ${line}`);
process.exitCode = good ? 0 : 1;
