// What the model's action and PLUMED's own give where a bias pulls their values, and whether it is the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { drive, readNumbers } from './driver.js';

/** Values of every frame, and forces with the virial, where a bias pulls each value with another strength. */
export async function pull(folder: string, name: string, definitions: string, labels: string[]) {
  const slopes = labels.map((_, i) => (i + 1) * (i % 2 === 0 ? 1 : -1)).join(',');
  const zeros = labels.map(() => 0).join(',');
  const text = [
    definitions,
    `r: RESTRAINT ARG=${labels.join(',')} AT=${zeros} KAPPA=${zeros} SLOPE=${slopes}`,
    `PRINT ARG=${labels.join(',')} FILE=${name} FMT=%.12f`,
  ].join('\n');
  const extra = ['--dump-forces', `${name}.forces`, '--dump-forces-fmt', '%.12f', '--dump-full-virial'];
  await drive(folder, text, {
    trajectory: join(folder, 'random.xyz'),
    extra: [...extra, '--length-units', 'nm'],
  });
  return {
    values: await readNumbers(join(folder, name)),
    forces: await readNumbers(join(folder, `${name}.forces`)),
  };
}

/** Every number within 1e-8 of the other's, relative to the largest of its row, at least 1. */
export function assertSame(ours: number[][], theirs: number[][], what: string): void {
  assert.equal(ours.length, theirs.length, what);
  theirs.forEach((row, line) => {
    const scale = Math.max(1, ...row.map(Math.abs));
    assert.equal(ours[line].length, row.length, `${what}, line ${line + 1}`);
    row.forEach((value, i) => {
      const off = Math.abs(ours[line][i] - value) / scale;
      assert.ok(off < 1e-8, `${what}, line ${line + 1}: ${ours[line][i]} is not ${value}`);
    });
  });
}
