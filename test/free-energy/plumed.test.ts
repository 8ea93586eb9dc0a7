import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deltaF } from '../../src/free-energy/delta-f.js';
import { freeEnergyProfile, freeEnergySurface } from '../../src/free-energy/free-energy.js';
import { reweight } from '../../src/sampling/reweight.js';
import { thermalEnergy } from '../../src/sampling/thermal.js';

// References: PLUMED 2.10.1, REWEIGHT_BIAS and HISTOGRAM, by test/free-energy/plumed/make.sh. Its HISTOGRAM leaves
// out the first frame, and its weights are normalised to sum 1 over the others.
const folder = new URL('../../../test/free-energy/plumed/', import.meta.url);
const kT = thermalEnergy(300);

function table(name: string): number[][] {
  const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));
}

const frames = table('COLVAR');
const column = (index: number) => Float64Array.from(frames, (row) => row[index]);
const [x, phi, bias] = [column(1), column(2), column(3)];
const sample = reweight(bias, 300, {
  discard: 0,
  runs: [{ source: 'COLVAR', ranges: [{ start: 1, end: frames.length }] }],
});

test("a histogram and its free energy are PLUMED's to the printed digits", () => {
  // A grid point of PLUMED's discrete kernel is the middle of a bin, its value the weight in it.
  const { energy, lowest } = freeEnergyProfile(x, sample, {
    method: 'histogram',
    range: [-1.775, 1.775],
    points: 71,
  });
  const [bins, fes] = [table('bins.dat'), table('fes.dat')];
  assert.equal(bins.length, 71);
  bins.forEach(([place, weight], i) => {
    const ours = Number.isNaN(energy[i]) ? 0 : 0.05 * Math.exp(-(energy[i] + lowest) / kT);
    assert.ok(Math.abs(ours - weight) < 0.6e-7, `at ${place}: ${ours} against ${weight}`);
    if (Number.isNaN(energy[i])) return;
    const free = energy[i] + lowest - kT * Math.log(0.05);
    assert.ok(Math.abs(free - fes[i][1]) < 2e-5, `at ${place}: ${free} against ${fes[i][1]}`);
  });
});

test("ΔF is that of the sums of PLUMED's bins", () => {
  // The bins' border next to 0 is −0.025.
  const sums = [0, 0];
  for (const [place, weight] of table('bins.dat')) sums[place > -0.01 ? 1 : 0] += weight;
  const states = Uint8Array.from(x, (value) => (value > -0.025 ? 2 : 1));
  const { value } = deltaF({ sample, states, cores: states });
  assert.ok(Math.abs(value! + kT * Math.log(sums[1] / sums[0])) < 1e-4, String(value));
});

// PLUMED's Gaussian estimate f is the ordinary one; ours follows the slope as well: f exp(−h² (f′/f)² / 2), which is
// made of PLUMED's density and derivative here. Both with kernels cut at 6 h (PLUMED: CUTOFF=18, its default
// of 6.25 cuts at 3.5 h, rounded up to whole steps of the grid, and is off by 1e-4 here).
const slopesTaken = (f: number, derivatives: readonly number[], widths: readonly number[]) =>
  -kT * (Math.log(f) - derivatives.reduce((sum, d, i) => sum + (widths[i] * d) ** 2, 0) / (2 * f * f));

test("kernels: PLUMED's density and derivative give the same free energy", () => {
  const options = { range: [-1.75, 1.75] as const, points: 71, bandwidth: 0.05 };
  const { energy, lowest } = freeEnergyProfile(x, sample, options);
  let compared = 0;
  table('smooth.dat').forEach(([place, f, derivative], i) => {
    // PLUMED prints nine decimals.
    if (Number.isNaN(energy[i]) || f < 1e-4) return;
    const theirs = slopesTaken(f, [derivative], [0.05]);
    assert.ok(Math.abs(energy[i] + lowest - theirs) < 2e-3, `at ${place}: ${energy[i] + lowest}, ${theirs}`);
    compared++;
  });
  assert.ok(compared > 55, `${compared} points`);
});

test("kernels on a periodic coordinate: PLUMED's too, through the ends", () => {
  const options = { period: [-Math.PI, Math.PI] as const, points: 60, bandwidth: 0.2 };
  const { energy, lowest } = freeEnergyProfile(phi, sample, options);
  table('round.dat').forEach(([place, f, derivative], i) => {
    const theirs = slopesTaken(f, [derivative], [0.2]);
    assert.ok(Math.abs(energy[i] + lowest - theirs) < 1e-3, `at ${place}: ${energy[i] + lowest}, ${theirs}`);
  });
});

test("a surface: PLUMED's density and derivatives", () => {
  const { energy, lowest } = freeEnergySurface(x, phi, sample, {
    x: { range: [-1.75, 1.75], points: 21 },
    y: { period: [-Math.PI, Math.PI], points: 20 },
    bandwidth: [0.1, 0.3],
  });
  let compared = 0;
  table('both.dat').forEach(([a, b, f, ...derivatives], i) => {
    if (Number.isNaN(energy[i]) || f < 2e-3) return;
    const theirs = slopesTaken(f, derivatives, [0.1, 0.3]);
    assert.ok(Math.abs(energy[i] + lowest - theirs) < 2e-3, `at ${a} ${b}: ${energy[i] + lowest}, ${theirs}`);
    compared++;
  });
  assert.ok(compared > 200, `${compared} points`);
});
