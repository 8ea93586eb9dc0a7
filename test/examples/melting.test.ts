import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Runs a script of the example in a folder. */
function run(script: string, folder: string, ...args: string[]) {
  return spawnSync(process.execPath, [join(packageRoot(), 'examples', 'crystal', script), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

const read = (folder: string, name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** What `latentcv fes --json` writes of two states. */
function writeEnergies(folder: string, place: number, value: number | null, error: number | null): void {
  const deltaF = { value, error, transitions: error === null ? 2 : 20, warnings: [] };
  writeFileSync(join(folder, `fes${place}.json`), JSON.stringify({ deltaF, energyUnit: null }));
}

test('where free energies are zero, by a weighed line', () => {
  const folder = temporaryFolder('melting-line');
  for (const [place, value, error] of [
    [1, -2, 0.1],
    [2, 0.5, 0.2],
    [3, 2, 0.1],
  ])
    writeEnergies(folder, place, value, error);
  writeFileSync(join(folder, 'tail.json'), JSON.stringify({ value: 0.5, error: 0 }));
  const { status } = run('melting.mjs', folder, '1', '2', '3');
  assert.equal(status, 0);
  const { fit, full } = read(folder, 'melting.json') as Record<'fit' | 'full', Record<string, number>>;
  // weights 100, 25, 100: mean 0.0556 at 2, slope 2
  assert.ok(Math.abs(fit.slope - 2) < 1e-12);
  assert.ok(Math.abs(fit.slopeError - Math.sqrt(1 / 200)) < 1e-12);
  assert.ok(Math.abs(fit.zero - (2 - 12.5 / 225 / 2)) < 1e-12);
  const error = Math.hypot(1 / 15, (12.5 / 225 / 2) * Math.sqrt(1 / 200)) / 2;
  assert.ok(Math.abs(fit.error - error) < 1e-12);
  assert.ok(Math.abs(full.zero - (fit.zero - 0.25)) < 1e-12);
});

test('no line without three that are determined, or where all are alike', () => {
  const folder = temporaryFolder('melting-none');
  writeEnergies(folder, 1, -2, 0.1);
  writeEnergies(folder, 2, 0, 0.1);
  writeEnergies(folder, 3, null, null);
  const { status, stdout } = run('melting.mjs', folder, '1', '2', '3');
  assert.equal(status, 1);
  assert.match(stdout, /^3 +not determined +2$/m);
  assert.match(stdout, /no line/);
  writeEnergies(folder, 1, 0, 0.1);
  writeEnergies(folder, 3, 0, 0.1);
  assert.match(run('melting.mjs', folder, '1', '2', '3').stdout, /no line/);
});

test('what a cut-off does to a perfect crystal is what lattice sums say', () => {
  const folder = temporaryFolder('melting-tail');
  // energies of fcc, neighbours d apart, per atom: 2 (12.13188 / d^12 - 14.45392 / d^6)
  // (Ashcroft & Mermin, Solid State Physics, table 20.4)
  const whole = (d: number): number => 2 * (12.13188 / d ** 12 - 14.45392 / d ** 6);
  // shells of 12, 6, 24, 12, 24, 8 neighbours at d times the root of 1, 2, 3, 4, 5, 6
  const within = (d: number): number =>
    [12, 6, 24, 12, 24, 8].reduce((sum, count, i) => {
      const square = d * d * (i + 1);
      return square < 6.25 ? sum + 2 * count * (square ** -6 - square ** -3) : sum;
    }, 0);
  const expected = (edge: number): number => {
    const d = edge / Math.SQRT2;
    const uniform = ((8 * Math.PI * 4) / edge ** 3) * (1 / (9 * 2.5 ** 9) - 1 / (3 * 2.5 ** 3));
    return 108 * (whole(d) - within(d) - uniform);
  };
  const corners = [
    [0, 0, 0],
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
    [0.5, 0.5, 0],
  ];
  const dump = (edge: number): string => {
    const cells = [0, 1, 2].flatMap((x) => [0, 1, 2].flatMap((y) => [0, 1, 2].map((z) => [x, y, z])));
    const places = cells.flatMap((cell) =>
      corners.map((corner) => corner.map((c, i) => edge * (c + cell[i]))),
    );
    const bounds = `0 ${3 * edge}\n`.repeat(3);
    const frame = `ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n108\nITEM: BOX BOUNDS pp pp pp\n${bounds}ITEM: ATOMS id type x y z\n${places.map((place, i) => `${i + 1} 1 ${place.join(' ')}`).join('\n')}\n`;
    return frame.repeat(7);
  };
  for (const [state, edge] of [
    ['crystal', 1.55],
    ['liquid', 1.65],
  ] as const) {
    mkdirSync(join(folder, state));
    writeFileSync(join(folder, state, 'traj.lammpstrj'), dump(edge));
  }
  assert.equal(run('tail.mjs', folder).status, 0);
  const { value } = read(folder, 'tail.json') as { value: number };
  const difference = expected(1.65) - expected(1.55);
  assert.ok(Math.abs(difference) > 1, `${difference}`);
  // shells beyond 8 sigma are not uniform either: some 20 atoms more or less there, 1.5e-5 epsilon a pair
  assert.ok(Math.abs(value - difference) < 0.05, `${value}, ${difference}`);
});
