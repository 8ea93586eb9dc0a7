import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { torsionOf, type Point } from '../../src/quickstart/systems/internal-coordinates.js';
import { temporaryFolder } from '../temporary-folder.js';
import { findGromacs } from '../../src/programs/index.js';
import '../optimised-plumed.js';

/** Positions in nm from a `.gro` file, by serial. */
function positions(path: string): Map<number, Point> {
  const lines = readFileSync(path, 'utf8').split('\n');
  const field = (line: string, from: number): number => Number(line.slice(from, from + 8));
  return new Map(
    lines
      .slice(2, 2 + Number(lines[1]))
      .map((line, i) => [i + 1, [field(line, 20), field(line, 28), field(line, 36)]]),
  );
}

test('GROMACS completes, minimises and accepts the molecule, and it rests in C7eq', async () => {
  const { executable } = await findGromacs();
  const folder = temporaryFolder('alanine');
  const run = await prepareAlanine({
    gromacs: executable,
    folder,
    temperature: 300,
    nanoseconds: 1,
    seed: 1,
  });
  assert.equal(positions(run.structure).size, 22);
  assert.deepEqual(run.atoms.phi, [5, 7, 9, 15]);
  assert.equal(run.atoms.count, 22);
  // C7eq of AMBER99SB in vacuum lies at about (−80°, 60°): the internal hydrogen bond closes there
  const torsion = (atoms: readonly number[]): number => {
    const [a, b, c, d] = atoms.map((serial) => positions(run.structure).get(serial)!);
    return torsionOf(a, b, c, d);
  };
  assert.ok(Math.abs(torsion(run.atoms.phi) + 80) < 10, `φ = ${torsion(run.atoms.phi)}`);
  assert.ok(Math.abs(torsion(run.atoms.psi) - 60) < 15, `ψ = ${torsion(run.atoms.psi)}`);
  // −87.5 kJ/mol at the bottom of the well, reached by 2000 steps of GROMACS 2025.2 from here
  assert.ok(run.minimisedEnergy < -85 && run.minimisedEnergy > -90, `${run.minimisedEnergy} kJ/mol`);
});
