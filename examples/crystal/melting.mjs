// Where crystal and liquid are in equilibrium, from free energies at several pressures or temperatures: node melting.mjs
// PLACE…, in the folder of melting.sh. Prints a table, writes melting.json; exit code 1 where one is not determined.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const rows = process.argv.slice(2).map((place) => {
  const { deltaF, energyUnit } = JSON.parse(readFileSync(`fes${place}.json`, 'utf8'));
  const { value, error, transitions, warnings } = deltaF;
  return { place: Number(place), value, error, transitions, warnings, unit: energyUnit ?? 'epsilon' };
});
const known = rows.filter(({ error }) => error !== null);

/** Straight line by least squares weighed by the errors, and where it is zero; undefined where its slope is within two errors of none. */
function line(points) {
  const weights = points.map(({ error }) => 1 / error ** 2);
  const sum = (of) => points.reduce((total, point, i) => total + weights[i] * of(point), 0);
  const all = sum(() => 1);
  const middle = sum(({ place }) => place) / all;
  const spread = sum(({ place }) => (place - middle) ** 2);
  const slope = sum(({ place, value }) => (place - middle) * value) / spread;
  const slopeError = 1 / Math.sqrt(spread);
  if (Math.abs(slope) < 2 * slopeError) return undefined;
  const at = sum(({ value }) => value) / all;
  const error = Math.hypot(1 / Math.sqrt(all), (at / slope) * slopeError) / Math.abs(slope);
  const chi2 = sum(({ place, value }) => (value - at - slope * (place - middle)) ** 2);
  return { slope, slopeError, zero: middle - at / slope, error, chi2, degrees: points.length - 2 };
}

const show = (value, error) => `${value.toPrecision(4)} ± ${error.toPrecision(2)}`;
console.log(`at        G(liquid) - G(crystal), ${rows[0].unit}   transitions`);
for (const { place, value, error, transitions, warnings } of rows) {
  const text = error === null ? 'not determined' : show(value, error);
  console.log([String(place).padEnd(10) + text.padEnd(35) + transitions, ...warnings].join('  '));
}
const fit = known.length >= 3 ? line(known) : undefined;
const result = { rows, fit, transitions: rows.reduce((sum, { transitions }) => sum + transitions, 0) };
if (fit === undefined)
  console.log('no line: it takes three that are determined, and a slope that is more than its error');
else {
  console.log(`slope ${show(fit.slope, fit.slopeError)}; chi² ${fit.chi2.toFixed(1)} of ${fit.degrees}`);
  console.log(`zero at ${show(fit.zero, fit.error)}`);
  if (existsSync('tail.json')) {
    const shift = JSON.parse(readFileSync('tail.json', 'utf8'));
    result.shift = shift;
    result.full = {
      zero: fit.zero - shift.value / fit.slope,
      error: Math.hypot(fit.error, shift.error / fit.slope),
    };
    console.log(
      `interactions beyond the cut-off, which the runs take as uniform, add ${show(shift.value, shift.error)}`,
    );
    console.log(`zero of the full potential, of as many atoms: ${show(result.full.zero, result.full.error)}`);
  }
}
writeFileSync('melting.json', `${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = known.length === rows.length ? 0 : 1;
