// Free energies of the structures against the references: node compare.mjs expected.json c1.json c2.json c3.json
// Writes result.json; exit code 1 where one is further off than the tolerance.
import { readFileSync, writeFileSync } from 'node:fs';

const [expectedFile, ...files] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { structures, tolerance } = read(expectedFile);
const runs = files.map(read);

// a structure that was never seen has null for both
const rows = runs.map(({ deltaF }, i) => {
  const { name, moments, tempering } = structures[i];
  const [found, error] = [deltaF.value ?? NaN, deltaF.error ?? NaN];
  const errorsOff = ([value, uncertainty]) => Math.abs(found - value) / Math.hypot(error, uncertainty);
  const off = { moments: errorsOff(moments), tempering: errorsOff(tempering) };
  const within = Math.max(off.moments, off.tempering) <= tolerance.standardErrors;
  return { name, found, error, off, good: within && error <= tolerance.largestError };
});
const transitions = runs[0].transitions.all;
const good = rows.every((row) => row.good) && transitions >= tolerance.leastTransitions;
writeFileSync('result.json', `${JSON.stringify({ good, transitions, structures: rows }, undefined, 2)}\n`);

console.log('free energies above the hexagon (c0) in epsilon, and how many standard errors they are off:');
for (const { name, found, error, off, good } of rows) {
  const distances = `${off.moments.toFixed(1)} (moments), ${off.tempering.toFixed(1)} (tempering)`;
  console.log(
    `  ${name}: ${found.toFixed(3)} ± ${error.toFixed(3)}, ${distances}${good ? '' : ': NOT GOOD'}`,
  );
}
console.log(
  `${transitions} transitions between c0 and the others, at least ${tolerance.leastTransitions} expected`,
);
process.exitCode = good ? 0 : 1;
