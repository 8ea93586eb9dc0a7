// Holds what `latentcv fes --json` said of each φ against the reference: transitions, and ΔF where the run is long.
// usage: node judge.mjs [--transitions] expected.json phi1.json phi2.json
import { readFileSync } from 'node:fs';

const words = process.argv.slice(2);
const [expected, ...found] = words
  .filter((word) => !word.startsWith('--'))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));

let good = true;
for (const { cv, deltaF, transitions } of found) {
  const [name] = cv;
  const { value, error } = expected.deltaF[name];
  const known = deltaF.error !== null;
  const same = known && Math.abs(deltaF.value - value) <= 3 * Math.hypot(deltaF.error, error);
  const enough = transitions.all >= expected.leastTransitions;
  good &&= enough && (same || words.includes('--transitions'));
  const number = (x) => x.toFixed(1);
  const found = known ? `= ${number(deltaF.value)} ± ${number(deltaF.error)} kJ/mol` : deltaF.reason;
  console.log(
    `${name}: ΔF ${found}; biased along the torsions themselves ` +
      `${number(value)} ± ${number(error)}: ${same ? 'the same' : 'NOT the same'} within three errors; ` +
      `${transitions.all} transitions${enough ? '' : `, NOT the ${expected.leastTransitions} expected`}`,
  );
}
process.exitCode = good ? 0 : 1;
