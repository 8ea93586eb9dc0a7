import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  descriptorSet,
  pairsOf,
  type AtomStatistic,
  type Descriptor,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { latticeEnvironments } from '../../src/trajectories/definitions/distributions/lattices.js';
import { generator } from '../graph/numbers.js';
import { hasModule } from '../../src/programs/index.js';
import { plumed, runFolder, skipVectors } from './driver.js';
import { saveIdentity } from './identity-model.js';
import { assertSame, pull } from './pull.js';

// Crystals of 32 atoms in boxes of 1 nm: what a model computes of them from ATOMS, beside PLUMED's own actions.

const edge = 0.5;
const size = 32;
const atoms = Array.from({ length: size }, (_, i) => i + 1);

/** Frames of a face-centred crystal, shaken more and more, in a cubic box and sheared with it. */
function crystal(): string {
  const random = generator(5);
  const places = [
    [0, 0, 0],
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
    [0.5, 0.5, 0],
  ];
  const cells = Array.from({ length: 8 }, (_, i) => [i % 2, (i >> 1) % 2, i >> 2]);
  const lattice = cells.flatMap((cell) => places.map((place) => place.map((x, c) => edge * (x + cell[c]))));
  const boxes = [
    [1, 0, 0, 0, 1, 0, 0, 0, 1],
    [1, 0, 0, 0.06, 1.04, 0, -0.05, 0.04, 1.02],
  ];
  const frame = (box: number[], shake: number): string[] => [
    `${size}`,
    box.join(' '),
    ...lattice.map((at) => {
      const moved = at.map((x) => x + shake * (random() - 0.5));
      const image = random() < 0.2 ? 1 : 0;
      const placed = [0, 1, 2].map((c) =>
        moved.reduce((sum, x, row) => sum + (x + (row === 0 ? image : 0)) * box[3 * row + c], 0),
      );
      return `X ${placed.map((x) => x.toFixed(6)).join(' ')}`;
    }),
  ];
  return boxes.flatMap((box) => [0.02, 0.06, 0.12].flatMap((shake) => frame(box, shake))).join('\n') + '\n';
}

const switching: SwitchingFunction = { form: 'rational', r0: 0.3, d0: 0.05, nn: 6, mm: 12, dmax: 0.44 };
const switchWords = '{RATIONAL R_0=0.3 D_0=0.05 NN=6 MM=12 D_MAX=0.44}';

interface Case {
  descriptors: Descriptor[];
  /** PLUMED's statements, and what of them are the descriptors' values. */
  statements: string[];
  labels: string[];
  /** Whether values turn with the system, so that the virial is no symmetric matrix. */
  turns?: true;
  skip?: string | false;
}

/** PLUMED's actions on matrices give the virial the other way round than its others: what both have is its symmetric part. */
const symmetric = (rows: number[][]): number[][] =>
  rows.map((row) =>
    row.length === 9 ? row.map((x, i) => (x + row[3 * (i % 3) + Math.floor(i / 3)]) / 2) : row,
  );

function coordinationNumbers(): Case {
  const statistics: AtomStatistic[] = [
    { of: 'mean' },
    { of: 'moment', order: 2 },
    { of: 'moment', order: 3 },
    { of: 'bin', lower: 6, upper: 8, sigma: 1 },
  ];
  const [some, others] = [atoms.slice(0, 12), atoms.slice(8)];
  return {
    descriptors: [
      ...statistics.map((statistic): Descriptor => ({
        kind: 'coordination-number',
        atoms,
        switching,
        statistic,
      })),
      { kind: 'coordination-number', atoms: some, partners: others, switching, statistic: { of: 'mean' } },
    ],
    statements: [
      `c: COORDINATIONNUMBER SPECIES=1-${size} SWITCH=${switchWords} MEAN MOMENTS=2,3 BETWEEN={GAUSSIAN LOWER=6 UPPER=8 SMEAR=0.5}`,
      `share: CUSTOM ARG=c.between FUNC=x/${size} PERIODIC=NO`,
      `d: COORDINATION GROUPA=1-12 GROUPB=9-${size} SWITCH=${switchWords}`,
      'each: CUSTOM ARG=d FUNC=x/12 PERIODIC=NO',
    ],
    labels: ['c.mean', 'c.moment-2', 'c.moment-3', 'share', 'each'],
  };
}

/** All distances, as a vector. */
const distances = `d: DISTANCE ${pairsOf({ kind: 'debye', atoms, q: 1, window: 1 })
  .map(([a, b], i) => `ATOMS${i + 1}=${a},${b}`)
  .join(' ')}`;

/** Point by point, as PLUMED's own PAIRENTROPY cuts its Gaussians at 3.5 sigma whatever its CUTOFF says. */
function pairEntropy(): Case {
  const grid = { rmax: 0.36, sigma: 0.02, bins: 12 };
  const spacing = grid.rmax / grid.bins;
  const radii = Array.from({ length: grid.bins }, (_, k) => spacing * (k + 1));
  const norm = `${2 / (4 * Math.PI * size ** 2 * Math.sqrt(2 * Math.PI) * grid.sigma)}`;
  const share = (k: number): number => (k === grid.bins ? 0.5 : 1);
  return {
    descriptors: [
      { kind: 'pair-entropy', atoms, grid },
      ...[3, 7].map((bin): Descriptor => ({ kind: 'rdf', atoms, grid: { ...grid, rmax: 0.384 }, bin })),
    ],
    statements: [
      distances,
      'v: VOLUME',
      ...[...radii, 0.112, 0.24].flatMap((r, k) => [
        `x${k}: CUSTOM ARG=d FUNC=step(0.12-abs(x-${r}))*exp(-(x-${r})^2/${2 * grid.sigma ** 2}) PERIODIC=NO`,
        `n${k}: SUM ARG=x${k} PERIODIC=NO`,
        `g${k}: CUSTOM ARG=n${k},v FUNC=x*y*${norm}/${r ** 2} PERIODIC=NO`,
      ]),
      ...radii.map(
        (r, k) => `t${k}: CUSTOM ARG=g${k} FUNC=${r ** 2 * share(k + 1)}*(x*log(x+1e-300)-x+1) PERIODIC=NO`,
      ),
      `all: COMBINE ARG=${radii.map((_, k) => `t${k}`).join(',')} PERIODIC=NO`,
      `s: CUSTOM ARG=all,v FUNC=-2*pi*${size}*${spacing}*x/y PERIODIC=NO`,
    ],
    labels: ['s', `g${grid.bins}`, `g${grid.bins + 1}`],
  };
}

function debye(): Case {
  const qs = [12, 21.5, 40];
  return {
    descriptors: qs.map((q): Descriptor => ({ kind: 'debye', atoms, q, window: 0.45 })),
    statements: [
      distances,
      ...qs.flatMap((q, i) => [
        `w${i}: CUSTOM ARG=d FUNC=step(0.45-x)*sin(${q}*x)/(${q}*x)*sin(pi*x/0.45)/(pi*x/0.45) PERIODIC=NO`,
        `s${i}: SUM ARG=w${i} PERIODIC=NO`,
        `i${i}: CUSTOM ARG=s${i} FUNC=1+2*x/${size} PERIODIC=NO`,
      ]),
    ],
    labels: qs.map((_, i) => `i${i}`),
  };
}

function vector(): Case {
  const [first, second] = [
    [1, 2, 3, 7],
    [4, 5, 20],
  ];
  const pairs = first.flatMap((a) => second.map((b) => [a, b]));
  const plain: SwitchingFunction = { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 };
  const ranks = [0, 1, 5, 11];
  return {
    descriptors: ranks.map((rank) => ({
      kind: 'piv',
      atoms: first,
      partners: second,
      switching: plain,
      rank,
      volume: 1.2,
    })),
    statements: [
      ...pairs.map(([a, b], i) => `d${i}: DISTANCE ATOMS=${a},${b}`),
      `sorted: SORT ARG=${pairs.map((_, i) => `d${i}`).join(',')}`,
      'v: VOLUME',
      ...ranks.map(
        (rank) => `p${rank}: CUSTOM ARG=sorted.${rank + 1},v FUNC=1/(1+(x*(1.2/y)^(1/3)/0.3)^6) PERIODIC=NO`,
      ),
    ],
    labels: ranks.map((rank) => `p${rank}`),
  };
}

/** Half of the neighbours of a face-centred crystal each, as files of PLUMED hold them (Å). */
const halves: [number, number, number][][] = [
  [
    [0.25, 0.25, 0],
    [-0.25, 0.25, 0],
    [0.25, 0, 0.25],
  ],
  [
    [0.25, 0, -0.25],
    [0, 0.25, 0.25],
    [0, -0.25, 0.26],
  ],
];

const environmentFile = (vectors: [number, number, number][]): string =>
  [
    ...vectors.map(
      (vector, i) =>
        `ATOM  ${String(i + 1).padStart(5)}  X   X       1    ` +
        vector.map((x) => (10 * x).toFixed(3).padStart(8)).join('') +
        '  1.00  1.00',
    ),
    'END',
    '',
  ].join('\n');

/** PLUMED's module that not every build of it has. */
const skipSimilarity = !(await hasModule(plumed, 'envsim')) && 'PLUMED without its module envsim';

function similarity(): Case {
  const common = { kind: 'similarity', atoms, sigma: 0.013, lambda: 100 } as const;
  const lattice = { ...common, environments: latticeEnvironments('fcc', [edge]) };
  const action = `ENVIRONMENTSIMILARITY SPECIES=1-${size} SIGMA=0.013 CUTOFF=10 MEAN`;
  return {
    descriptors: [
      { ...lattice, statistic: { of: 'mean' } },
      { ...lattice, statistic: { of: 'above', threshold: 0.5 } },
      { ...common, environments: halves, statistic: { of: 'mean' } },
      {
        ...common,
        atoms: atoms.slice(0, 10),
        partners: atoms.slice(10),
        environments: [halves[0]],
        statistic: { of: 'mean' },
      },
    ],
    statements: [
      `f: ${action} LATTICE_CONSTANTS=${edge} CRYSTAL_STRUCTURE=FCC MORE_THAN={RATIONAL R_0=0.5 NN=12 MM=24}`,
      `share: CUSTOM ARG=f.morethan FUNC=x/${size} PERIODIC=NO`,
      `h: ${action} CRYSTAL_STRUCTURE=CUSTOM REFERENCE_1=half-0.pdb REFERENCE_2=half-1.pdb`,
      `p: ENVIRONMENTSIMILARITY SPECIESA=1-10 SPECIESB=11-${size} SIGMA=0.013 CUTOFF=10 MEAN CRYSTAL_STRUCTURE=CUSTOM REFERENCE=half-0.pdb`,
    ],
    labels: ['f.mean', 'share', 'h.mean', 'p.mean'],
    turns: true,
    skip: skipSimilarity,
  };
}

/** Radial ones of all atoms, angular ones of the first's three neighbours, which are nearer to each other than half the box. */
function symmetryFunctions(): Case {
  const fading = (x: string): string => `step(0.45-${x})*(cos(pi*${x}/0.45)+1)/2`;
  const near = [2, 3, 4];
  const pairs = [
    [2, 3],
    [2, 4],
    [3, 4],
  ];
  const half = (sign: string): string => `(1${sign}(x^2+y^2-z^2)/(2*x*y))/2`;
  const faded = `exp(-2*(x^2+y^2+z^2))*${['x', 'y', 'z'].map(fading).join('*')}`;
  const angles = [
    ['2', '+', 1],
    ['4', '-', -1],
  ] as const;
  return {
    descriptors: [
      { kind: 'acsf', atoms, cutoff: 0.45, function: { of: 'radial', eta: 0, shift: 0 } },
      { kind: 'acsf', atoms, cutoff: 0.45, function: { of: 'radial', eta: 30, shift: 0.3 } },
      ...angles.map(([zeta, , lambda]): Descriptor => ({
        kind: 'acsf',
        atoms: [1],
        partners: near,
        cutoff: 0.45,
        function: { of: 'angular', eta: 2, zeta: Number(zeta), lambda },
      })),
    ],
    statements: [
      distances,
      ...['1', 'exp(-30*(x-0.3)^2)'].flatMap((gaussian, i) => [
        `w${i}: CUSTOM ARG=d FUNC=${gaussian}*${fading('x')} PERIODIC=NO`,
        `s${i}: SUM ARG=w${i} PERIODIC=NO`,
        `r${i}: CUSTOM ARG=s${i} FUNC=2*x/${size} PERIODIC=NO`,
      ]),
      ...near.map((n) => `a${n}: DISTANCE ATOMS=1,${n}`),
      ...pairs.map(([a, b]) => `b${a}${b}: DISTANCE ATOMS=${a},${b}`),
      ...angles.flatMap(([zeta, sign], i) => [
        ...pairs.map(
          ([a, b]) =>
            `t${i}${a}${b}: CUSTOM ARG=a${a},a${b},b${a}${b} FUNC=2*(${half(sign)})^${zeta}*${faded} PERIODIC=NO`,
        ),
        `g${i}: COMBINE ARG=${pairs.map(([a, b]) => `t${i}${a}${b}`).join(',')} PERIODIC=NO`,
      ]),
    ],
    labels: ['r0', 'r1', 'g0', 'g1'],
  };
}

const cases: Record<string, Case> = {
  'mean, moments and bins of coordination numbers': coordinationNumbers(),
  'pair entropy and radial distribution function': pairEntropy(),
  "scattering by Debye's formula": debye(),
  'permutation invariant vector': vector(),
  'similarity to a lattice': similarity(),
  'symmetry functions': symmetryFunctions(),
};

describe(
  "distributions from ATOMS are PLUMED's own, in value, force and virial",
  { skip: skipVectors },
  () => {
    for (const [name, { descriptors, statements, labels, turns, skip }] of Object.entries(cases))
      it(name, { skip }, async () => {
        const folder = await runFolder();
        await writeFile(join(folder, 'random.xyz'), crystal());
        for (const [i, vectors] of halves.entries())
          await writeFile(join(folder, `half-${i}.pdb`), environmentFile(vectors));
        const set = descriptorSet(descriptors);
        await saveIdentity(join(folder, 'model.onnx'), set);
        const action = `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`;
        const own = labels.map((_, i) => `cv.node-${i}`);
        const ours = await pull(folder, 'ours', action, own);
        const theirs = await pull(folder, 'theirs', statements.join('\n'), labels);
        assert.equal(theirs.values.length, 6);
        assertSame(ours.values, theirs.values, `${name}: values`);
        const forces = turns ? symmetric : (rows: number[][]) => rows;
        assertSame(forces(ours.forces), forces(theirs.forces), `${name}: forces`);
      });
  },
);
