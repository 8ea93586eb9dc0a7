import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGromacs } from '../../src/programs/index.js';
import { runExample } from '../examples/run-example.js';
import { temporaryFolder } from '../temporary-folder.js';
import '../optimised-plumed.js';

const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

interface FoundStates {
  states: { name: string; population: number; representative: { source: string } | null }[];
}
interface RunNotes {
  notes: { confinement: { kind: string; radius: number } };
}

test('from two nucleobases to the ways in which they bind, found along a learned CV', { skip }, async () => {
  const folder = temporaryFolder('example-nucleobases');
  const { output, code } = await runExample('nucleobases', folder);
  // the example ends with code 1 where the biased run of 0.6 ns was in fewer than three of the four hydrogen-bonded pairs;
  // without a bias, one of them at most is left within a nanosecond
  assert.equal(code, 0, output);
  assert.match(output, /frames by rules: WC \d+, reversed-WC \d+, Hoogsteen \d+, reversed-Hoogsteen \d+/);
  const { states } = JSON.parse(readFileSync(join(folder, 'states', 'states.json'), 'utf8')) as FoundStates;
  assert.ok(states.length >= 1, output);
  const all = states.reduce((sum, { population }) => sum + population, 0);
  assert.ok(Math.abs(all - 1) < 1e-6, `${all}`);
  const [, atoms, ...lines] = readFileSync(join(folder, 'states', 'M1.gro'), 'utf8').split('\n');
  assert.equal(Number(atoms), 33);
  assert.ok(
    lines.some((line) => line.slice(5, 15) === 'MUR     O4'),
    'both molecules are in the structure',
  );
  // what keeps them together came from the pose, and the run notes it
  const { notes } = JSON.parse(readFileSync(join(folder, 'biased', 'run.json'), 'utf8')) as RunNotes;
  assert.equal(notes.confinement.kind, 'sphere');
  assert.equal(notes.confinement.radius, 1.2);
  assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /<html/);
});
