import type { DeltaF } from '../../../src/free-energy/delta-f.js';
import { deltaF } from '../../../src/free-energy/delta-f.js';
import { freeEnergyProfile } from '../../../src/free-energy/free-energy.js';
import { mbarSample } from '../../../src/sampling/mbar-sample.js';
import { thermalEnergy } from '../../../src/sampling/thermal.js';
import { harmonicWindows, type HarmonicWindows } from '../../sampling/mbar/harmonic.js';

// ½ a x² with a = 2 kT under nine harmonic windows; A is x < 0.5, B x > 2.2, which one frame in a thousand reaches unbiased.

const a = 2;
export const kT = thermalEnergy(300);
export const [edgeA, edgeB] = [0.5, 2.2];
export const centres = [-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3];

/** ∫ exp(−½ a x²) from one place to another by Simpson's rule. */
function partition(from: number, to: number): number {
  const [steps, step] = [4000, (to - from) / 4000];
  let sum = 0;
  for (let i = 0; i <= steps; i++)
    sum += (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * Math.exp(-0.5 * a * (from + i * step) ** 2);
  return (sum * step) / 3;
}

/** Exact F(B) − F(A) in kJ/mol. */
export const exactDeltaF = -kT * Math.log(partition(edgeB, 12) / partition(-12, edgeA));

/** Exact −kT ln p(x), p per unit of x. */
export const exactEnergy = (x: number): number => kT * (0.5 * a * x * x + 0.5 * Math.log((2 * Math.PI) / a));

export function windowsOf(seed: number, frames: number, correlation = 0): HarmonicWindows {
  return harmonicWindows({ a, kappa: 10, centres, counts: centres.map(() => frames), correlation, seed });
}

export function questionOf(windows: HarmonicWindows) {
  const sample = mbarSample(windows, 300);
  const states = Uint8Array.from(windows.x, (x) => (x < edgeA ? 1 : x > edgeB ? 2 : 0));
  return { sample, states, cores: states };
}

/** How often errors held the exact value. */
export interface Coverage {
  found: DeltaF[];
  /** Parts of all repeats within one and two standard errors. */
  deltaF: [number, number];
  /** The same of points of the profile. */
  profile: [number, number];
  /** Root mean square of the deviations against that of the errors. */
  ratio: number;
}

export function coverageOf(repeats: number, frames: number, correlation: number): Coverage {
  const found: DeltaF[] = [];
  const points = { all: 0, held: [0, 0] };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const windows = windowsOf(5000 + repeat, frames, correlation);
    const question = questionOf(windows);
    found.push(deltaF(question));
    const profile = freeEnergyProfile(windows.x, question.sample, { points: 30, range: [-1, 3] });
    profile.coordinate.forEach((x, i) => {
      if (Number.isNaN(profile.error[i])) return;
      const away = Math.abs(profile.energy[i] + profile.lowest - exactEnergy(x));
      points.all++;
      [1, 2].forEach((sigmas, at) => (points.held[at] += away < sigmas * profile.error[i] ? 1 : 0));
    });
  }
  const within = (sigmas: number): number =>
    found.filter(({ value, error }) => Math.abs(value! - exactDeltaF) < sigmas * error!).length / repeats;
  const squares = (of: (each: DeltaF) => number): number =>
    found.reduce((sum, each) => sum + of(each) ** 2, 0);
  return {
    found,
    deltaF: [within(1), within(2)],
    profile: [points.held[0] / points.all, points.held[1] / points.all],
    ratio: Math.sqrt(squares(({ value }) => value! - exactDeltaF) / squares(({ error }) => error!)),
  };
}

export function inWords({ deltaF: [one, two], profile, ratio }: Coverage): string {
  const percent = (parts: readonly number[]): string =>
    parts.map((part) => `${(100 * part).toFixed(1)} %`).join(' and ');
  return `within 1 and 2 standard errors: ΔF ${percent([one, two])}, scatter / stated ${ratio.toFixed(2)}; points of profiles ${percent(profile)}`;
}
