import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  alignedPositions,
  descriptorKinds,
  descriptorLabels,
  descriptorSet,
  descriptorUnits,
  planeFamily,
  sortedDistances,
  type AlignmentReference,
  type BoxDescriptor,
  type CellDescriptor,
  type Descriptor,
  type DescriptorKind,
  type DescriptorSet,
  type RingDescriptor,
  type Point,
} from '../../src/descriptors/index.js';
import { affine, constant, input, tanh } from '../../src/graph/index.js';
import { loadNativeModel, type NativeModel } from '../../src/native/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { generator } from '../graph/numbers.js';
import { temporaryFolder } from '../temporary-folder.js';

// Every kind of descriptor × box × precision through a network and a harmonic bias: forces and virial against central
// differences, invariances, and geometries where derivatives do not exist. The code is the plugin's; that the plugin
// hands positions, box and forces over as PLUMED means them is held in test/plugin.

type BoxKind = BoxDescriptor['kind'];

const rational = { form: 'rational', r0: 0.5, d0: 0.1, nn: 6, mm: 12 } as const;
const gaussian = { form: 'gaussian', r0: 0.5, d0: 0 } as const;
const fermi = { form: 'fermi', r0: 0.6, beta: 12 } as const;
const pairs: [number, number][] = [
  [1, 2],
  [3, 5],
  [6, 4],
];
const quadruples: [number, number, number, number][] = [
  [1, 2, 3, 4],
  [6, 1, 4, 2],
];
const triples: [number, number, number][] = [
  [1, 2, 3],
  [6, 1, 4],
];

const position = (atom: number, axis: 'x' | 'y' | 'z'): Descriptor => ({
  kind: `position-${axis}`,
  atoms: [atom],
});
const everyAtom = [1, 2, 3, 4, 5, 6];
const cubic = { form: 'cubic', d0: 0.2, dmax: 0.74 } as const;
const expansion = {
  basis: { functions: 3, degree: 4, cutoff: 0.74, sigma: 0.08 },
  weighting: 'poly',
  average: 'outer',
} as const;
const environment = {
  atoms: everyAtom,
  sigma: 0.04,
  lambda: 4,
  environments: [
    [
      [0.05, 0.05, 0.27],
      [-0.1, 0.2, 0.1],
    ],
    [
      [-0.05, -0.1, 0.25],
      [0, 0.1, -0.25],
    ],
  ] as [number, number, number][][],
};
const cellKinds = (Object.keys(descriptorKinds) as DescriptorKind[]).filter(
  (kind): kind is CellDescriptor['kind'] => kind.startsWith('cell-'),
);
const boxKinds = (Object.keys(descriptorKinds) as DescriptorKind[]).filter((kind): kind is BoxKind =>
  kind.startsWith('box-'),
);

const ringKinds = (Object.keys(descriptorKinds) as DescriptorKind[]).filter(
  (kind): kind is RingDescriptor['kind'] => kind.startsWith('ring-'),
);

const cases: Record<DescriptorKind, Descriptor[]> = {
  'position-x': [position(2, 'x'), position(5, 'x'), position(1, 'x')],
  'position-y': [position(2, 'y'), position(5, 'y'), position(5, 'z')],
  'position-z': [position(6, 'z'), position(3, 'z')],
  ...(Object.fromEntries(
    boxKinds.map((kind, i): [BoxKind, Descriptor[]] => [
      kind,
      [{ kind, atoms: [] }, position(4, 'x'), { kind: boxKinds[(i + 4) % 9], atoms: [] }],
    ]),
  ) as Record<BoxKind, Descriptor[]>),
  distance: pairs.map((atoms) => ({ kind: 'distance', atoms })),
  'distance-x': pairs.map((atoms) => ({ kind: 'distance-x', atoms })),
  'distance-y': pairs.map((atoms) => ({ kind: 'distance-y', atoms })),
  'distance-z': pairs.map((atoms) => ({ kind: 'distance-z', atoms })),
  'inverse-distance': pairs.map((atoms) => ({ kind: 'inverse-distance', atoms })),
  angle: triples.map((atoms) => ({ kind: 'angle', atoms })),
  torsion: quadruples.map((atoms) => ({ kind: 'torsion', atoms })),
  'torsion-sin': quadruples.map((atoms) => ({ kind: 'torsion-sin', atoms })),
  'torsion-cos': quadruples.map((atoms) => ({ kind: 'torsion-cos', atoms })),
  contact: [rational, gaussian, fermi].map((switching, i) => ({
    kind: 'contact',
    atoms: pairs[i],
    switching,
  })),
  coordination: [
    { kind: 'coordination', atoms: [1, 2, 3], partners: [3, 4, 5], switching: rational },
    { kind: 'coordination', atoms: [1, 4, 6], switching: gaussian },
    { kind: 'coordination', atoms: [2, 5, 6], switching: fermi },
    { kind: 'coordination', atoms: [1, 2, 5], partners: [3, 4], switching: { ...rational, dmax: 1.1 } },
  ],
  'sorted-distance': [...sortedDistances([1, 2, 4]), ...sortedDistances([3, 5], [6])],
  rmsd: [
    { kind: 'rmsd', atoms: [5, 1, 2, 6, 3], reference: 0 },
    { kind: 'rmsd', atoms: [4, 6], reference: 1, weights: [12, 16] },
  ],
  'least-rmsd': [
    { kind: 'least-rmsd', atoms: [1, 3, 6], references: [0, 1], beta: 20 },
    { kind: 'least-rmsd', atoms: [6, 4], references: [1], beta: 5 },
  ],
  gyration: [
    { kind: 'gyration', atoms: [1, 2, 3] },
    { kind: 'gyration', atoms: [4, 2, 6, 5], weights: [12, 1, 16, 0] },
  ],
  'hydrogen-bonds': [
    { kind: 'hydrogen-bonds', atoms: [1, 1], hydrogens: [2, 3], acceptors: [4, 5, 6], switching: gaussian },
    { kind: 'hydrogen-bonds', atoms: [2, 5], hydrogens: [3, 6], acceptors: [1, 2, 4], switching: rational },
  ],
  ...(Object.fromEntries(
    ringKinds.map((kind): [RingDescriptor['kind'], Descriptor[]] => [
      kind,
      [
        { kind, atoms: [1, 3, 2, 5], partners: [4, 6, 5] },
        { kind, atoms: [4, 6, 5], partners: [3, 1, 2] },
      ],
    ]),
  ) as Record<RingDescriptor['kind'], Descriptor[]>),
  'aligned-x': alignedPositions([1, 5]).filter(({ kind }) => kind === 'aligned-x'),
  'aligned-y': alignedPositions([2, 6]).filter(({ kind }) => kind === 'aligned-y'),
  'aligned-z': alignedPositions([3, 4], 1).filter(({ kind }) => kind === 'aligned-z'),
  'direction-x': [{ kind: 'direction-x', atoms: [1, -1], reference: 0 }],
  'direction-y': [
    { kind: 'direction-y', atoms: [4, -2], reference: 0 },
    { kind: 'direction-y', atoms: [4, 2], frame: [-1, 6, 1] },
    ...alignedPositions([5, -2], [3, 2, -1]),
  ],
  'direction-z': [
    { kind: 'direction-z', atoms: [2, 5], reference: 1 },
    { kind: 'aligned-z', atoms: [-1], reference: 1 },
  ],
  volume: [
    { kind: 'volume', atoms: everyAtom },
    { kind: 'volume', atoms: [] },
  ],
  ...(Object.fromEntries(
    cellKinds.map((kind, i): [CellDescriptor['kind'], Descriptor[]] => [
      kind,
      [
        { kind, atoms: [] },
        { kind: cellKinds[(i + 2) % 6], atoms: [] },
        { kind: 'distance', atoms: [1, 2] },
      ],
    ]),
  ) as Record<CellDescriptor['kind'], Descriptor[]>),
  bragg: [
    { kind: 'bragg', atoms: everyAtom, planes: [[1, 0, 2]] },
    { kind: 'bragg', atoms: [1, 3, 4], planes: planeFamily([1, 1, 0]) },
  ],
  steinhardt: [
    { kind: 'steinhardt', atoms: everyAtom, switching: cubic, degree: 6, statistic: { of: 'mean' } },
    {
      kind: 'steinhardt',
      atoms: everyAtom,
      switching: cubic,
      degree: 3,
      statistic: { of: 'moment', order: 2 },
    },
  ],
  'averaged-steinhardt': [
    { kind: 'averaged-steinhardt', atoms: everyAtom, switching: cubic, degree: 4, statistic: { of: 'mean' } },
    {
      kind: 'averaged-steinhardt',
      atoms: everyAtom,
      switching: cubic,
      degree: 6,
      statistic: { of: 'bin', lower: 0.3, upper: 0.6, sigma: 0.1 },
    },
  ],
  'coordination-number': [
    { kind: 'coordination-number', atoms: everyAtom, switching: cubic, statistic: { of: 'mean' } },
    {
      kind: 'coordination-number',
      atoms: everyAtom,
      switching: { ...rational, dmax: 0.7 },
      statistic: { of: 'moment', order: 3 },
    },
    {
      kind: 'coordination-number',
      atoms: [1, 2, 3],
      partners: [3, 4, 5, 6],
      switching: cubic,
      statistic: { of: 'bin', lower: 0.5, upper: 1.5, sigma: 0.5 },
    },
  ],
  rdf: [4, 5, 3].map((bin) => ({
    kind: 'rdf',
    atoms: everyAtom,
    grid: { rmax: 0.45, sigma: 0.05, bins: 6 },
    bin,
  })),
  'pair-entropy': [
    { kind: 'pair-entropy', atoms: everyAtom, grid: { rmax: 0.55, sigma: 0.03, bins: 40 } },
    { kind: 'pair-entropy', atoms: [1, 2], partners: [3, 4, 5], grid: { rmax: 0.5, sigma: 0.04, bins: 25 } },
  ],
  debye: [
    { kind: 'debye', atoms: everyAtom, q: 9, window: 0.74 },
    { kind: 'debye', atoms: everyAtom, q: 14, window: 0.74 },
    { kind: 'debye', atoms: [1, 2, 6], partners: [3, 4, 5], q: 6, window: 0.7 },
  ],
  piv: [
    { kind: 'piv', atoms: everyAtom, switching: gaussian, rank: 2, volume: 3 },
    { kind: 'piv', atoms: everyAtom, switching: gaussian, rank: 5, volume: 3 },
    { kind: 'piv', atoms: [1, 4], partners: [2, 3, 5], switching: rational, rank: 1 },
  ],
  similarity: [
    { kind: 'similarity', ...environment, statistic: { of: 'mean' } },
    { kind: 'similarity', ...environment, statistic: { of: 'above', threshold: 0.2 } },
  ],
  soap: [
    { kind: 'soap', atoms: everyAtom, ...expansion, spectrum: { first: 0, second: 1, degree: 2 } },
    { kind: 'soap', atoms: everyAtom, ...expansion, spectrum: { first: 1, second: 1, degree: 3 } },
    {
      kind: 'soap',
      atoms: everyAtom,
      partners: [1, 2, 4],
      others: [3, 5, 6],
      ...expansion,
      average: 'inner',
      spectrum: { first: 2, second: 0, degree: 1 },
    },
  ],
  acsf: [
    { kind: 'acsf', atoms: everyAtom, cutoff: 0.74, function: { of: 'radial', eta: 20, shift: 0.4 } },
    {
      kind: 'acsf',
      atoms: everyAtom,
      cutoff: 0.74,
      function: { of: 'angular', eta: 2, zeta: 4, lambda: -1 },
    },
    {
      kind: 'acsf',
      atoms: [1, 3, 4],
      partners: [1, 2],
      others: [5, 6],
      cutoff: 0.74,
      function: { of: 'angular', eta: 1, zeta: 1.5, lambda: 1 },
    },
  ],
  depth: [
    { kind: 'depth', atoms: [-1, 2, -2] },
    { kind: 'depth', atoms: [5, -2, 3] },
  ],
  radius: [
    { kind: 'radius', atoms: [-1, 2, -2] },
    { kind: 'radius', atoms: [5, -2, 3] },
  ],
};
/** What negative numbers name. */
const points: Point[] = [
  { kind: 'centre', atoms: [4, 3], weights: [1, 3] },
  { kind: 'site', reference: 1, position: [0.3, 0.6, 0.2] },
];
const inFrame = /^(aligned|direction)|^depth$|^radius$|rmsd$/;
const kinds = Object.keys(cases) as DescriptorKind[];

const atoms = 6;
const seed = 8;
const random = generator(seed);
const reference = (of: number[]): AlignmentReference => ({
  atoms: of,
  weights: of.map((_, i) => (i === 1 ? 0 : 1 + i)),
  positions: of.map(() => [random(), random(), random()]),
});
const references = [reference([5, 1, 2, 6, 3]), reference([3, 1, 4, 6])];

/** A 4-wide tanh network on the descriptors, of weights from a seed: the same whatever other kinds there are. */
async function writeModel(path: string, set: DescriptorSet): Promise<void> {
  const random = generator(seed);
  const d = set.items.length;
  const labels = descriptorLabels(set);
  const weights = (name: string, shape: number[]) =>
    constant(
      Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random() - 0.5),
      shape,
      name,
    );
  const x = input('x', ['n', d]);
  const hidden = tanh(affine(x, weights('w1', [d, 4]), weights('b1', [4])));
  const range = { min: 0, max: 1 };
  await saveModel(path, {
    x,
    cv: affine(hidden, weights('w2', [4, 2]), weights('b2', [2])),
    metadata: {
      method: 'test',
      network: `${d}-4-2 tanh`,
      inputs: set.items.map(({ kind }, i) => {
        const { period } = descriptorKinds[kind];
        return { label: labels[i], unit: descriptorUnits[kind], ...(period && { period }), ...range };
      }),
      outputs: ['node-0', 'node-1'].map((name) => ({ name, ...range })),
      descriptors: set,
      check: { inputs: [labels.map((_, i) => 0.3 * (i + 1))] },
      training: null,
    },
  });
}

const folder = temporaryFolder('exactness');
const paths = new Map<DescriptorKind, string>();
const sets = new Map<DescriptorKind, DescriptorSet>();
for (const kind of kinds) {
  const set = descriptorSet(cases[kind], inFrame.test(kind) ? { references, points } : {});
  paths.set(kind, join(folder, `${kind}.onnx`));
  sets.set(kind, set);
  await writeModel(paths.get(kind)!, set);
}

const precisions = ['double', 'float'] as const;
const models = new Map(
  kinds.flatMap((kind) =>
    precisions.map(
      (precision) => [`${kind} ${precision}`, loadNativeModel(paths.get(kind)!, { precision })] as const,
    ),
  ),
);
const modelOf = (kind: DescriptorKind, precision: (typeof precisions)[number]): NativeModel =>
  models.get(`${kind} ${precision}`)!;

const boxes: Record<string, number[]> = {
  'no box': [],
  orthorhombic: [1.6, 0, 0, 0, 1.5, 0, 0, 0, 1.7],
  triclinic: [1.6, 0, 0, 0.5, 1.5, 0, -0.4, 0.6, 1.4],
};

const ofBox = /^(box-|cell-|volume$|bragg$|rdf$|pair-entropy$|piv$)/;

/** Of a model that takes the box vectors, those that are there. */
const boxesFor = (kind: DescriptorKind): [string, number[]][] =>
  Object.entries(boxes).filter(([, box]) => box.length > 0 || !ofBox.test(kind));

type Frame = { positions: number[]; box: number[] };
const everywhere = Array.from({ length: 3 * atoms }, () => 1.2 * random());

/** Places by serial for a set's atoms, in the order of its list. */
const frameOf = (kind: DescriptorKind, box: number[], places = everywhere): Frame => ({
  positions: sets.get(kind)!.atoms.flatMap((serial) => places.slice(3 * serial - 3, 3 * serial)),
  box,
});

function evaluate(model: NativeModel, frames: Frame[]) {
  const flat = (of: (frame: Frame) => number[]): Float64Array => Float64Array.from(frames.flatMap(of));
  return model.evaluateAtoms(
    flat(({ positions }) => positions),
    flat(({ box }) => box),
  );
}

const [kappa, at] = [
  [50, 20],
  [0.2, -0.1],
];

/** Energies of the frames. */
function bias(model: NativeModel, frames: Frame[]): number[] {
  const { cv } = evaluate(model, frames);
  return frames.map((_, n) => kappa.reduce((sum, k, i) => sum + (k / 2) * (cv[2 * n + i] - at[i]) ** 2, 0));
}

/** Derivatives of the bias by positions and by strain (PLUMED's by the box, with the sign turned). */
function gradient(model: NativeModel, frame: Frame): number[] {
  const { cv, derivatives, boxDerivatives } = evaluate(model, [frame]);
  const slopes = kappa.map((k, i) => k * (cv[i] - at[i]));
  const sum = (of: Float64Array, width: number, sign: number): number[] =>
    Array.from({ length: width }, (_, j) => sign * (slopes[0] * of[j] + slopes[1] * of[width + j]));
  return [...sum(derivatives, frame.positions.length, 1), ...sum(boxDerivatives, 9, -1)];
}

/** r_b += ε r_a for all vectors. */
const strained = (vectors: number[], a: number, b: number, epsilon: number): number[] =>
  vectors.map((x, i) => (i % 3 === b ? x + epsilon * vectors[i - b + a] : x));

/** The frame with one coordinate moved, or, past the coordinates, strained. */
function moved({ positions, box }: Frame, which: number, by: number): Frame {
  const strain = which - positions.length;
  if (strain < 0) return { positions: positions.map((x, i) => (i === which ? x + by : x)), box };
  const [a, b] = [Math.floor(strain / 3), strain % 3];
  return { positions: strained(positions, a, b, by), box: strained(box, a, b, by) };
}

/** The same by central differences of fourth order, (8 f(h) − 8 f(−h) − f(2h) + f(−2h)) / 12h. */
function differences(model: NativeModel, frame: Frame): number[] {
  const h = 1e-4;
  return Array.from({ length: frame.positions.length + 9 }, (_, which) => {
    const [up, down, up2, down2] = bias(
      model,
      [h, -h, 2 * h, -2 * h].map((by) => moved(frame, which, by)),
    );
    return (8 * (up - down) - (up2 - down2)) / (12 * h);
  });
}

const tolerance = { double: 1e-6, float: 1e-4 };

for (const [name, box] of Object.entries(boxes)) {
  describe(`forces and virial against central differences, ${name}`, () => {
    for (const kind of kinds.filter((kind) => boxesFor(kind).some(([known]) => known === name))) {
      const frame = frameOf(kind, box);
      // of the double bias for float too: differences of float numbers tell nothing
      const expected = differences(modelOf(kind, 'double'), frame);
      const largest = Math.max(...expected.map(Math.abs));
      for (const precision of precisions) {
        it(`${kind}, ${precision}`, () => {
          const received = gradient(modelOf(kind, precision), frame);
          assert.equal(received.length, expected.length);
          assert.ok(largest > 0.1, `${largest} is a force`);
          received.forEach((value, i) => {
            const off = Math.abs(value - expected[i]) / largest;
            assert.ok(off < tolerance[precision], `derivative ${i}: ${value}, not ${expected[i]}`);
          });
        });
      }
    }
  });
}

/** By 1 rad about (1, 2, 3), by Rodrigues' formula. */
function rotated(vectors: number[]): number[] {
  const axis = [1, 2, 3].map((x) => x / Math.sqrt(14));
  const [c, s] = [Math.cos(1), Math.sin(1)];
  return vectors.map((x, i) => {
    const [a, b, e] = [i % 3, (i + 1) % 3, (i + 2) % 3];
    const r = vectors.slice(i - a, i - a + 3);
    const along = axis[0] * r[0] + axis[1] * r[1] + axis[2] * r[2];
    return c * x + s * (axis[b] * r[e] - axis[e] * r[b]) + (1 - c) * along * axis[a];
  });
}

/** Moves atom n by so many whole box vectors. */
const shifted = ({ positions, box }: Frame, by: (atom: number) => number[]): Frame => ({
  positions: positions.map((x, i) =>
    by(Math.floor(i / 3)).reduce((sum, n, row) => sum + n * (box[3 * row + (i % 3)] ?? 0), x),
  ),
  box,
});

// positions (which the sets of the box have too) are those of the first atom's image
const moves = (kind: DescriptorKind): boolean => /^(position|box)-/.test(kind);
const turns = (kind: DescriptorKind): boolean =>
  kind.startsWith('distance-') || kind === 'similarity' || moves(kind);
const changes: [string, (frame: Frame) => Frame, (kind: DescriptorKind, box: number[]) => boolean][] = [
  [
    'translated',
    ({ positions, box }) => ({ positions: positions.map((x, i) => x + [3, -1, 2][i % 3]), box }),
    (kind) => !moves(kind),
  ],
  [
    'all atoms moved by a lattice vector',
    (frame) => shifted(frame, () => [1, -2, 1]),
    (kind, box) => !moves(kind) || box.length === 0,
  ],
  [
    'each atom in another image',
    (frame) => shifted(frame, (n) => [n % 3, n % 2, -(n >> 1)]),
    // the first atom stays where it is for those that are made whole along the list
    () => true,
  ],
  [
    'rotated',
    ({ positions, box }) => ({ positions: rotated(positions), box: rotated(box) }),
    (kind) => !turns(kind),
  ],
];

describe('values stay as they are', () => {
  // a float network sees inputs that differ by their own rounding
  const closeness = { double: 1e-12, float: 1e-6 };
  for (const kind of kinds)
    for (const precision of precisions)
      it(`${kind}, ${precision}`, () => {
        const model = modelOf(kind, precision);
        for (const [name, box] of boxesFor(kind))
          for (const [what, change, holds] of changes) {
            const frame = frameOf(kind, box);
            const { cv } = evaluate(model, [frame, change(frame)]);
            const off = Math.max(Math.abs(cv[0] - cv[2]), Math.abs(cv[1] - cv[3]));
            assert.equal(off < closeness[precision], holds(kind, box), `${what}, ${name}: ${off}`);
          }
      });
});

const repeat = (of: (atom: number) => number[]): number[] =>
  Array.from({ length: atoms }, (_, n) => of(n)).flat();
const degenerate: Record<string, number[]> = {
  'all atoms in one place': repeat(() => [0.3, 0.2, 0.1]),
  'all atoms in line': repeat((n) => [0.1 * n, 0.2 * n, 0.05 * n]),
  'two atoms in one place': [...everywhere.slice(0, 3), ...everywhere.slice(0, 3), ...everywhere.slice(6)],
  'three atoms in line': [0, 0, 0, 0.1, 0, 0, 0.3, 0, 0, ...everywhere.slice(9)],
  'all atoms in one place of different images': repeat((n) => [1.6 * n, 0, 0]),
};
const stops: Partial<Record<DescriptorKind, RegExp>> = {
  'inverse-distance': /expected two atoms in different places but they are in one/,
  'hydrogen-bonds': /expected a hydrogen in another place than its donor and acceptor/,
  ...Object.fromEntries(ringKinds.map((kind) => [kind, /expected rings with a plane/])),
  ...Object.fromEntries(
    kinds.filter((kind) => ofBox.test(kind)).map((kind) => [kind, /expected a periodic box/]),
  ),
  ...Object.fromEntries(
    kinds
      .filter((kind) => inFrame.test(kind))
      .map((kind) => [kind, /expected atoms that one rotation aligns best/]),
  ),
};

/** What stops, but not where all atoms are in one place. */
const lonely = /expected of each atom in steinhardt at least one neighbour within the cutoff/;
const stopsElsewhere: typeof stops = { steinhardt: lonely, 'averaged-steinhardt': lonely };

describe('a geometry without derivatives gives finite numbers or stops with words', () => {
  for (const kind of kinds)
    for (const precision of precisions)
      it(`${kind}, ${precision}`, () => {
        for (const [name, places] of Object.entries(degenerate))
          for (const box of Object.values(boxes)) {
            const frame = frameOf(kind, box, places);
            const run = (): number[] => [
              ...bias(modelOf(kind, precision), [frame]),
              ...gradient(modelOf(kind, precision), frame),
            ];
            try {
              assert.ok(run().every(Number.isFinite), name);
            } catch (error) {
              const { code, message } = error as Error & { code: string };
              assert.equal(code, 'bad-argument', `${name}: ${message}`);
              assert.match(message, stops[kind] ?? stopsElsewhere[kind] ?? /no stop/, name);
            }
          }
        const stop = stops[kind];
        const worst = (): unknown =>
          bias(modelOf(kind, precision), [frameOf(kind, [], degenerate['all atoms in one place'])]);
        if (stop) assert.throws(worst, { message: stop });
        else worst();
      });
});
