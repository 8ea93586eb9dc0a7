// The pressure at which crystal and liquid have one free energy: node compare.mjs expected.json 3.5.json 3.8.json …
// Each file is what latentcv fes tells at the pressure that it is named by. Writes result.json; exit code 1 where the crossing is
// further off than the tolerance, or where the box did not go there and back.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [expectedFile, ...files] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { crossing, tolerance } = read(expectedFile);
const rows = files.map((file) => {
  const { deltaF, transitions } = read(file);
  return { pressure: Number(basename(file, '.json')), ...deltaF, transitions: transitions.all };
});

console.log('G(crystal) - G(liquid) of the box in epsilon:');
for (const { pressure, value, error, transitions } of rows) {
  const found = error === null ? 'not determined' : `${value.toFixed(2)} ± ${error.toFixed(2)}`;
  console.log(`  P = ${pressure}: ${found}, ${transitions} transitions`);
}
const roundTrips = rows.reduce((sum, { transitions }) => sum + Math.floor(transitions / 2), 0);
console.log(`${roundTrips} round trips in all`);

// a line by weighted least squares; its zero, and that one's error by the covariance of the line
const known = rows.filter(({ error }) => error !== null);
const sums = known.reduce(
  ([s, x, y, xx, xy], { pressure, value, error }) => {
    const weight = 1 / error ** 2;
    return [
      s + weight,
      x + weight * pressure,
      y + weight * value,
      xx + weight * pressure ** 2,
      xy + weight * pressure * value,
    ];
  },
  [0, 0, 0, 0, 0],
);
const [s, x, y, xx, xy] = sums;
const determinant = s * xx - x * x;
const [offset, slope] = [(xx * y - x * xy) / determinant, (s * xy - x * y) / determinant];
const zero = -offset / slope;
const zeroError = Math.sqrt((xx - 2 * zero * x + zero ** 2 * s) / determinant) / Math.abs(slope);
const isLine = known.length > 2;
if (isLine) {
  console.log(`a line through them: slope ${slope.toFixed(1)} (the difference of the volumes of the box)`);
  console.log(
    `zero at P = ${zero.toFixed(3)} ± ${zeroError.toFixed(3)}; published for the full potential and many atoms ${crossing.published}`,
  );
}
const good = isLine
  ? Math.abs(zero - crossing.published) <= tolerance.shift + 2 * zeroError &&
    roundTrips >= tolerance.roundTrips
  : rows.every(({ transitions }) => transitions >= tolerance.quickTransitions);
const result = { good, roundTrips, rows, ...(isLine && { slope, zero, zeroError }) };
writeFileSync('result.json', `${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = good ? 0 : 1;
