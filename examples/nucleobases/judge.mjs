// Names the modes that latentcv states found by their mean distances, and holds the states by rules against the
// reference's: the free energy of each against all else.
// usage: node judge.mjs [--modes] expected.json states.json rules.json     --modes: no free energies, the run is short
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';

const words = argv.slice(2);
const [expected, found, ruled] = words
  .filter((word) => !word.startsWith('--'))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));

const edges = { n1: 'WC', n7: 'Hoogsteen', n3: 'N3' };

/** By which nitrogen of adenine uracil's N3 is nearest, and by which oxygen its amino group has. */
function nameOf({ differences }) {
  const mean = Object.fromEntries(differences.map(({ column, mean }) => [column, mean]));
  const [edge] = Object.keys(edges).sort((a, b) => mean[a] - mean[b]);
  if (mean[edge] > 0.42) return mean.d < 0.45 ? 'stacked' : 'apart';
  return mean.o2 < mean.o4 && edge !== 'n3' ? `reversed-${edges[edge]}` : edges[edge];
}

const percent = ({ population, error }) =>
  `${(100 * population).toFixed(1)}${error === null ? '' : ` ± ${(100 * error).toFixed(1)}`} %`;
const names = found.states.map(nameOf);
for (const [i, state] of found.states.entries()) console.log(`${state.name}: ${names[i]}, ${percent(state)}`);
const missing = expected.modes.filter((name) => !names.includes(name));
let good = missing.length <= (words.includes('--modes') ? 2 : 0);
console.log(
  missing.length === 0
    ? `modes: all of ${expected.modes.join(', ')}`
    : `modes: ${missing.join(', ')} not found`,
);

const kT = 0.0083144626 * expected.temperature;
/** Free energy of a state against all else, kJ/mol, with what an error of its population makes of it. */
const energyOf = ({ population: p, error }) => [-kT * Math.log(p / (1 - p)), (kT * error) / (p * (1 - p))];

for (const state of words.includes('--modes') ? [] : ruled.states) {
  const reference = expected.states[state.name];
  if (state.error === null) {
    console.log(`${state.name}: ${state.reason}`);
    good = false;
    continue;
  }
  const [[value, error], [other, otherError]] = [energyOf(state), energyOf(reference)];
  const same = Math.abs(value - other) <= Math.max(0.5, 2 * Math.hypot(error, otherError));
  good &&= same;
  console.log(
    `${state.name}: ${percent(state)}, ΔF = ${value.toFixed(1)} ± ${error.toFixed(1)} kJ/mol, ${state.transitions} transitions; ` +
      `biased along distances ${percent(reference)}, ${other.toFixed(1)} ± ${otherError.toFixed(1)}: ` +
      `${same ? 'the same' : 'NOT the same'} within 0.5 kJ/mol or two errors`,
  );
}
process.exitCode = good ? 0 : 1;
