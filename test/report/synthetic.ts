import {
  deltaFCourse,
  deltaFOfSums,
  exactDeltaF,
  exactProfile,
  freeEnergyProfile,
  freeEnergySurface,
  stateSums,
} from '../../src/free-energy/index.js';
import { labelFrames, reweight, thermalEnergy } from '../../src/sampling/index.js';
import type { ReportData } from '../../src/report/index.js';
import { randomNumbers } from '../free-energy/random.js';

const kT = thermalEnergy(300);
const period = [-Math.PI, Math.PI] as const;

/** Free energy in kJ/mol of a toy of alanine dipeptide on the torus of φ, ψ: C7eq, C5 and C7ax. */
function potential(phi: number, psi: number): number {
  const well = (phi0: number, psi0: number, kappa: number, depth: number) =>
    depth * Math.exp(kappa * (Math.cos(phi - phi0) - 1) + 0.6 * kappa * (Math.cos(psi - psi0) - 1));
  return 55 - well(-1.45, 1.2, 3, 50) - well(-2.6, 2.8, 3, 38) - well(1.1, -0.8, 5, 46);
}

const torus = { x: period, y: period, points: 200 };

/** Free energy along φ of the toy, by summing over ψ. */
function alongPhi(phi: number): number {
  let sum = 0;
  for (let k = 0; k < 60; k++) sum += Math.exp(-potential(phi, (k * Math.PI) / 30) / kT);
  return -kT * Math.log(sum);
}

const wrap = (angle: number) => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

interface Walk {
  phi: Float64Array;
  psi: Float64Array;
  bias: Float64Array;
  time: Float64Array;
}

/** A Metropolis walk, exact whatever its step, with a bias that takes `flatness` of the barrier along φ away. */
export function walk(frames: number, flatness: number, temperature: number, seed: number): Walk {
  const random = randomNumbers(seed);
  const thermal = thermalEnergy(temperature);
  const table = Float64Array.from({ length: 721 }, (_, i) => alongPhi(-Math.PI + (i * Math.PI) / 360));
  const tabled = (phi: number) => {
    const place = (wrap(phi) + Math.PI) / (Math.PI / 360);
    const cell = Math.min(719, Math.floor(place));
    return table[cell] + (place - cell) * (table[cell + 1] - table[cell]);
  };
  const biasAt = (phi: number) => -flatness * Math.min(tabled(phi), 46);
  const run: Walk = {
    phi: new Float64Array(frames),
    psi: new Float64Array(frames),
    bias: new Float64Array(frames),
    time: Float64Array.from({ length: frames }, (_, i) => (i + 1) * 0.5),
  };
  let [phi, psi] = [-1.45, 1.2];
  let energy = potential(phi, psi) + biasAt(phi);
  for (let frame = 0; frame < frames; frame++) {
    for (let k = 0; k < 25; k++) {
      const [tryPhi, tryPsi] = [wrap(phi + 0.35 * random.normal()), wrap(psi + 0.35 * random.normal())];
      const tried = potential(tryPhi, tryPsi) + biasAt(tryPhi);
      if (random.uniform() < Math.exp((energy - tried) / thermal)) {
        [phi, psi, energy] = [tryPhi, tryPsi, tried];
      }
    }
    run.phi[frame] = phi;
    run.psi[frame] = psi;
    run.bias[frame] = biasAt(phi);
  }
  return run;
}

const cv = ({ phi, psi }: Walk) =>
  phi.map((value, i) => 0.75 * Math.sin(value - 0.25) + 0.2 * Math.sin(psi[i]));

/** A whole report of a toy run: realistic in shape, not in its numbers. */
export function syntheticReport(frames = 10_000): ReportData {
  const run = walk(frames, 0.95, 300, 1);
  const training = walk(Math.round(frames / 2), 0, 1500, 2);
  const sample = reweight(run.bias, 300);
  const states = { a: 'C7eq', b: 'C7ax', interval: [0, 2.3] as const };
  const labels = (...intervals: (readonly [number, number])[]) =>
    labelFrames(
      frames,
      intervals.map((interval) => ({ values: run.phi, interval })),
    ).labels;
  const sums = stateSums({
    sample,
    states: labels([2.3, 0], states.interval),
    cores: labels([-2.8, -0.6], [0.5, 1.7]),
    looks: { time: run.time, every: 0.5 },
  });
  const difference = deltaFOfSums(sums);
  const nanoseconds = run.time.at(-1)! / 1000;
  const exact = exactProfile(potential, torus, kT, 'x');
  const epochs = 120;
  return {
    title: 'Alanine dipeptide biased along a learned collective variable',
    summary:
      'Alanine dipeptide in vacuum at 300 K (AMBER99SB-ILDN, GROMACS), biased by OPES_METAD along the slow latent of an autoencoder trained on 45 distances between heavy atoms.',
    date: '22 November 2026',
    result: {
      deltaF: difference.value,
      error: difference.error,
      symbol: 'ΔF(C7ax − C7eq)',
      reference: exactDeltaF(potential, torus, kT, (phi) => phi > 0 && phi < 2.3),
      referenceSource: 'quadrature of the toy',
      transitions: difference.transitions,
      wantedTransitions: 150,
      nanoseconds,
      effectiveFrames: sample.effectiveSize,
      frames,
      warnings: difference.warnings,
    },
    cv: { label: 'node-0' },
    x: { label: 'φ', unit: 'rad', domain: period },
    y: { label: 'ψ', unit: 'rad', domain: period },
    states,
    alongCv: { profile: freeEnergyProfile(cv(run), sample) },
    alongX: {
      profile: freeEnergyProfile(run.phi, sample, { period }),
      marks: [
        {
          coordinate: 1.1,
          energy: exact.energy[Math.round((1.1 + Math.PI) / (Math.PI / 100))],
          label: 'C7ax',
        },
      ],
      reference: exact,
      source: 'quadrature of the toy',
    },
    surface: freeEnergySurface(run.phi, run.psi, sample, { x: { period }, y: { period } }),
    run: {
      time: run.time.map((time) => time / 1000),
      cv: cv(run),
      x: run.phi,
      discardedUntil: nanoseconds * 0.2,
    },
    deltaF: difference,
    convergence: deltaFCourse(sums, 20).map(({ fraction, prefix, block }) => ({
      nanoseconds: 0.8 * nanoseconds * fraction,
      value: prefix.value,
      error: prefix.error,
      block: block.value,
    })),
    model: {
      file: 'model.onnx',
      method: 'vamp-autoencoder',
      network: '45-64-32-2 tanh',
      inputs: '45 distances between 10 heavy atoms (nm)',
      outputs: 'node-0, node-1',
      lag: 10,
      seed: 1,
      frames: 10_000,
      epochs,
      varianceExplained: 0.8123,
      timeScales: [72.3, 8.1],
      fingerprint: 'sha256:9f2c41d0a7b35e18c6d4',
      seconds: 21.4,
    },
    loss: {
      training: Float64Array.from({ length: epochs }, (_, i) => -1.6 + 2.4 * Math.exp(-i / 14)),
      validation: Float64Array.from(
        { length: epochs },
        (_, i) => -1.5 + 2.3 * Math.exp(-i / 13) + i * 0.0008,
      ),
      bestEpoch: 71,
      label: 'loss: reconstruction − VAMP-2',
    },
    frames: { cv: cv(training), x: training.phi, y: training.psi },
    trainingNote:
      'Frames every 0.5 ps from an unbiased run at a temperature at which both basins are visited.',
    trainingRuns: [
      {
        name: 'hot',
        engine: 'GROMACS 2025.2',
        temperature: 600,
        nanoseconds: 5,
        frames: 10_000,
        crossings: 10,
        fractionInB: 0.061,
      },
    ],
    settings: [
      {
        name: 'Training',
        rows: [
          ['optimiser', 'AdamW, 1e-3, weight decay 1e-3'],
          ['batch', '1024'],
          ['validation', 'held-out time blocks'],
        ],
      },
      {
        name: 'Bias',
        rows: [
          ['method', 'OPES_METAD'],
          ['BARRIER', '40 kJ/mol'],
          ['PACE', '500'],
          ['temperature', '300 K'],
        ],
      },
    ],
    versions: [
      ['latentcv', '0.1.0'],
      ['Node', 'v20.20.2'],
      ['PLUMED', '2.11-dev'],
      ['GROMACS', '2025.2'],
      ['onnxruntime', '1.30.0'],
    ],
    commands: [
      {
        caption: 'Train the CV on the training frames.',
        command: 'npx latentcv train COLVAR --seed 1 -o model.onnx',
      },
      {
        caption: 'Write the PLUMED input and run it.',
        command:
          'npx latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40\ngmx mdrun -s run.tpr -plumed plumed-latentcv.dat -nt 1',
      },
    ],
  };
}
