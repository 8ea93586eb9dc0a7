import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  descriptorLabels,
  descriptorSet,
  descriptorUnits,
  planeFamily,
  type AtomStatistic,
  type Descriptor,
  type Plane,
  type SwitchingFunction,
  type SymmetryFunction,
} from '../../src/descriptors/index.js';
import { affine, constant, input } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { buildPlugin, findPlumed } from '../../src/programs/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { LatentcvError } from '../../src/support/errors.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { worstDifference } from './agreement.js';
import { runTimer, type TimerInstallation } from './time-steps.js';
import type { Effort, Timing } from './timing.js';
import { least, leastInput } from './variants.js';

// Descriptors of a crystal: 256 Lennard-Jones atoms, fcc, as hot as where it melts.

const cells = 4;
const atoms = Array.from({ length: 4 * cells ** 3 }, (_, i) => i + 1);
/** Between the first shell of neighbours and the second, nm. */
const switching: SwitchingFunction = { form: 'cubic', d0: 0.42, dmax: 0.51 };
const serials = `1-${atoms.length}`;

const order = (kind: 'steinhardt' | 'averaged-steinhardt', degree: number): Descriptor => ({
  kind,
  atoms,
  switching,
  degree,
  statistic: { of: 'mean' },
});

/** Of fcc argon, nm. */
const half = 0.27;
const neighbours = [half, -half].flatMap((a) =>
  [half, -half].flatMap((b): [number, number, number][] => [
    [a, b, 0],
    [a, 0, b],
    [0, a, b],
  ]),
);

const peaks: Plane[] = [
  ...planeFamily([cells, cells, cells]),
  ...planeFamily([2 * cells, 0, 0]),
  ...planeFamily([2 * cells, 2 * cells, 0]),
];

const numbers: AtomStatistic[] = [
  { of: 'mean' },
  { of: 'moment', order: 2 },
  { of: 'moment', order: 3 },
  ...Array.from({ length: 9 }, (_, i): AtomStatistic => ({
    of: 'bin',
    lower: i + 5.5,
    upper: i + 6.5,
    sigma: 0.5,
  })),
];
const grid = Array.from({ length: 25 }, (_, i) => i);
const nearest = Array.from({ length: 100 }, (_, i) => i);
const fcc = (statistic: AtomStatistic): Descriptor => ({
  kind: 'similarity',
  atoms,
  sigma: 0.04,
  lambda: 100,
  environments: [neighbours],
  statistic,
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** As `soap all cutoff=0.51` has them. */
const spectra = upTo(5).flatMap((degree) =>
  upTo(4).flatMap((first) =>
    upTo(4)
      .slice(first)
      .map((second): Descriptor => ({
        kind: 'soap',
        atoms,
        basis: { functions: 4, degree: 4, cutoff: 0.51, sigma: 0.05 },
        weighting: 'poly',
        average: 'outer',
        spectrum: { first, second, degree },
      })),
  ),
);
/** As `acsf all cutoff=0.51` has them. */
const symmetryFunctions = [
  ...upTo(7).map((i): SymmetryFunction => ({ of: 'radial', eta: 123, shift: (0.51 / 8) * (i + 1) })),
  ...[1, 4, 16].flatMap((zeta) =>
    ([1, -1] as const).map((lambda): SymmetryFunction => ({ of: 'angular', eta: 7.7, zeta, lambda })),
  ),
].map((each): Descriptor => ({ kind: 'acsf', atoms, cutoff: 0.51, function: each }));

/** What is timed, and what it may cost, µs a step. */
const cases: Record<string, { descriptors: Descriptor[]; goal?: number }> = {
  q6: { descriptors: [order('steinhardt', 6)], goal: 200 },
  'averaged q4 and q6': {
    descriptors: [order('averaged-steinhardt', 4), order('averaged-steinhardt', 6)],
    goal: 500,
  },
  '13 Bragg peaks': {
    descriptors: peaks.map((plane) => ({ kind: 'bragg', atoms, planes: [plane] })),
    goal: 30,
  },
  'mean, 2 moments and 9 bins of coordination numbers': {
    descriptors: numbers.map((statistic) => ({ kind: 'coordination-number', atoms, switching, statistic })),
  },
  'radial distribution in 25 bins': {
    descriptors: grid.map((bin) => ({
      kind: 'rdf',
      atoms,
      grid: { rmax: 0.75, sigma: 0.03, bins: 25 },
      bin,
    })),
  },
  'pair entropy': {
    descriptors: [{ kind: 'pair-entropy', atoms, grid: { rmax: 0.75, sigma: 0.03, bins: 50 } }],
  },
  "Debye's formula at one q": { descriptors: [{ kind: 'debye', atoms, q: 20, window: 0.95 }] },
  'the 100 nearest of all pairs': {
    descriptors: nearest.map((rank) => ({
      kind: 'piv',
      atoms,
      switching: { form: 'rational', r0: 0.4, d0: 0, nn: 6, mm: 12 },
      rank,
      volume: 10,
    })),
  },
  'similarity to fcc': { descriptors: [fcc({ of: 'mean' }), fcc({ of: 'above', threshold: 0.5 })] },
  'power spectrum, 50 components': { descriptors: spectra },
  '13 symmetry functions': { descriptors: symmetryFunctions },
  'order, peaks and the volume': {
    descriptors: [
      order('steinhardt', 6),
      order('averaged-steinhardt', 4),
      order('averaged-steinhardt', 6),
      ...peaks.map((plane): Descriptor => ({ kind: 'bragg', atoms, planes: [plane] })),
      { kind: 'volume', atoms },
    ],
  },
};

/** PLUMED's action for the first case. */
export const plumedQ6 = "PLUMED's Q6";

/** A row of the table; the goal is for what a step costs over the least, µs. */
export interface CrystalRow {
  label: string;
  timing: Timing;
  goal?: number;
}

/** PLUMED at -O3, our plugin for it, and the timer, which is compiled here: no more than these descriptors need. */
async function installationOf(
  folder: string,
  onBuild: (message: string) => void,
): Promise<TimerInstallation & { latentcv: string }> {
  process.env.PLUMED_KERNEL =
    process.env.LATENTCV_OPTIMISED_PLUMED ?? join(cacheFolder(), 'plumed-o3', 'lib', 'libplumedKernel.so');
  const plumed = await findPlumed();
  const { path: latentcv } = await buildPlugin(plumed, { onBuild });
  const timer = join(folder, 'step_timer');
  const source = join(packageRoot(), 'bench', 'step', 'programs', 'step_timer.cpp');
  const args = ['-std=c++17', '-O2', source, '-o', timer, '-isystem', plumed.includeDir, '-ldl'];
  await runProgram({
    command: process.env.CXX ?? 'c++',
    args,
    cwd: folder,
    logPath: join(folder, 'compile.log'),
  });
  return { plumed, timer, latentcv };
}

/** A model whose outputs are its inputs. */
async function saveIdentity(path: string, descriptors: Descriptor[]): Promise<void> {
  const set = descriptorSet(descriptors);
  const d = descriptors.length;
  const identity = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const x = input('x', ['n', d]);
  const range = { min: 0, max: 1 };
  const labels = descriptorLabels(set);
  await saveModel(path, {
    x,
    cv: affine(x, constant(identity, [d, d], 'weight'), constant(new Array(d).fill(0), [d], 'bias')),
    metadata: {
      method: 'identity',
      network: `${d}-${d}`,
      inputs: set.items.map(({ kind }, i) => ({ label: labels[i], unit: descriptorUnits[kind], ...range })),
      outputs: labels.map((_, i) => ({ name: `node-${i}`, ...range })),
      descriptors: set,
      check: { inputs: [labels.map((_, i) => 0.1 * (i + 1))] },
      training: {},
    },
  });
}

/** Pulls every value, so that all have forces. */
function pulled(labels: readonly string[], slope = 10): string {
  const each = (value: number): string => labels.map(() => value).join(',');
  return `RESTRAINT ARG=${labels.join(',')} AT=${each(0)} KAPPA=${each(0)} SLOPE=${each(slope)}`;
}

/**
 * Times a biased step of each case, and of PLUMED's own Q6.
 * @throws `bad-data` where that gives other forces
 */
export async function timeCrystal(
  effort: Effort,
  folder: string,
  onBuild: (message: string) => void,
): Promise<CrystalRow[]> {
  await mkdir(folder, { recursive: true });
  const installation = await installationOf(folder, onBuild);
  // PLUMED's lacks a factor √(4π/13)
  const slope = 10 * Math.sqrt((4 * Math.PI) / 13);
  const { d0, dmax } = switching as { d0: number; dmax: number };
  const texts: Record<string, string> = {
    [least]: leastInput,
    [plumedQ6]: `q: Q6 SPECIES=${serials} SWITCH={CUBIC D_0=${d0} D_MAX=${dmax}} MEAN\n${pulled(['q_mean'], slope)}\n`,
  };
  for (const [label, { descriptors }] of Object.entries(cases)) {
    const model = join(folder, `${label.replaceAll(/\W+/g, '-')}.onnx`);
    await saveIdentity(model, descriptors);
    const outputs = descriptors.map((_, i) => `cv.node-${i}`);
    const action = `cv: ONNX_MODEL FILE={${model}} LABELS=ignore ATOMS=${serials}`;
    texts[label] = `LOAD FILE={${installation.latentcv}}\n${action}\n${pulled(outputs)}\n`;
  }
  const labels = Object.keys(texts);
  const inputs = labels.map((_, i) => `${i}=${join(folder, `${i}.dat`)}`);
  for (const [i, label] of labels.entries()) await writeFile(join(folder, `${i}.dat`), texts[label]);
  const system = { atoms: atoms.length, cells };
  const timings = await runTimer(inputs, atoms.length, installation, effort, folder, system);
  const rows = labels.map((label, i): CrystalRow => {
    const goal = cases[label]?.goal;
    return { label, timing: timings[i], ...(goal !== undefined && { goal }) };
  });
  const of = (label: string): Timing => rows.find((row) => row.label === label)!.timing;
  const worst = worstDifference(of('q6'), of(plumedQ6));
  if (worst > 1e-8)
    throw new LatentcvError(
      'bad-data',
      `${plumedQ6} gives other forces than q6 of ATOMS: ${worst.toExponential(1)}`,
    );
  return rows;
}
