// What the model says of oxides that were held back, and how many of those that the designs lead to are stable.
// usage: node judge.mjs LEAST    in the folder of a run; exit code 1 where R² is below LEAST
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';

const least = Number(argv[2]);
const json = (name) => JSON.parse(readFileSync(name, 'utf8'));
const property = 'ENERGY_ABOVE_HULL';

const [{ of, metrics, coverage }] = json('predicted.json').comparisons;
const { r2, mae, rows } = metrics;
console.log(
  `${rows} oxides that were ${of === 'new' ? 'held back' : 'not held back'}: R² ${r2.toFixed(3)}, MAE ${mae.toFixed(1)} meV/atom; ` +
    `90 % intervals hold ${(100 * coverage).toFixed(1)} %`,
);

// each oxide once, in the order of the candidates that lead to it
const nearest = new Map();
for (const {
  nearest: [row],
} of json('designs.json').candidates)
  if (!nearest.has(row.name)) nearest.set(row.name, row.properties[property]);
const proposed = [...nearest.values()].slice(0, 50);
const count = (energies, most) => energies.filter((energy) => energy <= most).length;
const [head, ...lines] = readFileSync('held-back.csv', 'utf8').trim().split('\n');
const at = head.split(',').indexOf(property);
const all = lines.map((line) => Number(line.split(',')[at]));
for (const most of [0, 40]) {
  const share = (proposed.length * count(all, most)) / all.length;
  console.log(
    `of the first ${proposed.length} oxides nearest to the designs ${count(proposed, most)} lie at most ${most} meV/atom above the hull; ` +
      `of as many at random ${share.toFixed(1)} would`,
  );
}
if (!(of === 'new' && r2 >= least)) {
  console.error(`error: expected an R² of at least ${least} on oxides that were held back`);
  process.exitCode = 1;
}
