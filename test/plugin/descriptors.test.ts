import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  alignedPositions,
  descriptorLabels,
  descriptorsBySerial,
  descriptorSet,
  groupsOf,
  positionsOf,
  referencesBySerial,
  referencesOf,
  sortedDistances,
  type AlignmentReference,
  type Descriptor,
  type DescriptorSet,
  type Point,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { descriptorStatements, formatReferencePdb } from '../../src/plumed/index.js';
import { generator } from '../graph/numbers.js';
import { drive, runFolder } from './driver.js';
import { saveIdentity } from './identity-model.js';
import { assertSame, pull } from './pull.js';

// A model whose outputs are its inputs, once from ATOMS and once from PLUMED's own actions: values, forces on the atoms
// and virial are the same.

const rational: SwitchingFunction = { form: 'rational', r0: 0.5, d0: 0.1, nn: 6, mm: 12 };
const odd: SwitchingFunction = { form: 'rational', r0: 0.6, d0: 0, nn: 5, mm: 9 };
const gaussian: SwitchingFunction = { form: 'gaussian', r0: 0.5, d0: 0.1 };
const fermi: SwitchingFunction = { form: 'fermi', r0: 0.6, beta: 12 };
const cubic: SwitchingFunction = { form: 'cubic', d0: 0.2, dmax: 0.9 };
const cutOff = [rational, odd, gaussian, fermi].map((switching) => ({ ...switching, dmax: 0.75 }));

const cases: Record<string, Descriptor[]> = {
  distances: [
    { kind: 'distance', atoms: [2, 5] },
    { kind: 'distance', atoms: [6, 1] },
  ],
  'distance components': [
    { kind: 'distance-x', atoms: [2, 5] },
    { kind: 'distance-y', atoms: [2, 5] },
    { kind: 'distance-z', atoms: [6, 1] },
  ],
  'inverse distances': [
    { kind: 'inverse-distance', atoms: [2, 5] },
    { kind: 'inverse-distance', atoms: [6, 1] },
  ],
  angles: [
    { kind: 'angle', atoms: [1, 2, 3] },
    { kind: 'angle', atoms: [6, 1, 4] },
  ],
  torsions: [
    { kind: 'torsion', atoms: [1, 2, 3, 4] },
    { kind: 'torsion', atoms: [6, 1, 4, 2] },
  ],
  'sines and cosines of torsions': [
    { kind: 'torsion-sin', atoms: [1, 2, 3, 4] },
    { kind: 'torsion-cos', atoms: [1, 2, 3, 4] },
    { kind: 'torsion-cos', atoms: [6, 1, 4, 2] },
  ],
  contacts: [rational, odd, gaussian, fermi, cubic, ...cutOff].map((switching) => ({
    kind: 'contact',
    atoms: [2, 5],
    switching,
  })),
  coordination: [
    { kind: 'coordination', atoms: [1, 2, 3], partners: [4, 5], switching: rational },
    { kind: 'coordination', atoms: [1, 2, 3], partners: [2, 3, 4], switching: odd },
    { kind: 'coordination', atoms: [1, 2, 3, 6], switching: gaussian },
    { kind: 'coordination', atoms: [1], partners: [4, 5], switching: fermi },
    ...cutOff.map((switching): Descriptor => ({
      kind: 'coordination',
      atoms: [1, 2, 4],
      partners: [3, 5, 6],
      switching,
    })),
  ],
  'aligned positions': [...alignedPositions([5, 2, 4]), ...alignedPositions([1, 3], 1)],
  'a distance beside aligned positions': [
    { kind: 'distance-x', atoms: [2, 5] },
    ...alignedPositions([3], 1),
    { kind: 'distance', atoms: [1, 6] },
  ],
  "RMSD of a group, and of its guest in the group's frame": [
    { kind: 'rmsd', atoms: [6, 3, 1], reference: 1, weights: [1, 2, 1] },
    { kind: 'rmsd', atoms: [5, 2], reference: 0 },
    { kind: 'rmsd', atoms: [1, 2, 3, 4], reference: 0, weights: [1, 2, 3, 4] },
  ],
  'the frame of three places': [
    ...alignedPositions([4, -1, 2], [1, 2, 3]),
    ...alignedPositions([6], [-1, 4, -2]),
    ...(['x', 'y', 'z'] as const).flatMap((axis): Descriptor[] => [
      { kind: `direction-${axis}`, atoms: [5, 6], frame: [1, 2, 3] },
      { kind: `direction-${axis}`, atoms: [-2, 5], frame: [-1, 4, 6] },
    ]),
  ],
  'the least of several RMSDs': [
    { kind: 'least-rmsd', atoms: [6, 3, 1, 2], references: [2, 3], beta: 30 },
    { kind: 'least-rmsd', atoms: [6, 3, 1, 2], references: [3, 2], beta: 0.5 },
    // in the frame of others
    { kind: 'least-rmsd', atoms: [3, 1], references: [0, 1, 2], beta: 8 },
  ],
  'radii of gyration': [
    { kind: 'gyration', atoms: [1, 3, 4, 6] },
    { kind: 'gyration', atoms: [2, 5, 3], weights: [12, 1, 16] },
  ],
  'hydrogen bonds': [
    { kind: 'hydrogen-bonds', atoms: [1], hydrogens: [2], acceptors: [3], switching: rational },
    {
      kind: 'hydrogen-bonds',
      atoms: [4, 4],
      hydrogens: [5, 6],
      acceptors: [1, 2, 3, 4],
      switching: gaussian,
    },
  ],
  rings: (['distance', 'cosine', 'cosine-squared', 'height', 'offset'] as const).map((measure) => ({
    kind: `ring-${measure}` as const,
    atoms: [1, 3, 2],
    partners: [4, 6, 5, 1],
  })),
  positions: descriptorsBySerial(positionsOf([5, 2, 4])),
  'positions and the box': [
    { kind: 'distance', atoms: [2, 5] },
    ...descriptorsBySerial(positionsOf([1, 3], { box: true })),
  ],
  'sorted distances': [...sortedDistances([1, 2, 4]), ...sortedDistances([1, 2], [3, 6])],
  'distances of centres': [
    { kind: 'distance', atoms: [-1, -2] },
    { kind: 'distance', atoms: [4, -1] },
    { kind: 'distance', atoms: [-3, 2] },
    { kind: 'inverse-distance', atoms: [-2, 5] },
    { kind: 'distance-x', atoms: [-1, 6] },
    { kind: 'distance-z', atoms: [-1, 6] },
  ],
  'angles and torsions of centres': [
    { kind: 'angle', atoms: [-1, 5, -2] },
    { kind: 'torsion', atoms: [-1, 4, 6, -2] },
    { kind: 'torsion-cos', atoms: [-3, 1, -2, 3] },
  ],
  'contacts, coordination and sorted distances of centres': [
    { kind: 'contact', atoms: [-1, -2], switching: fermi },
    { kind: 'coordination', atoms: [-1, 2, -2], partners: [3, 5, -3], switching: rational },
    { kind: 'coordination', atoms: [-1, -2, 3], switching: gaussian },
    ...sortedDistances([-1, 2], [3, -2]),
  ],
};

/** By number: a mean, a mean by masses, and one of an atom and a centre. */
const points: Point[] = [
  { kind: 'centre', atoms: [1, 2, 3] },
  { kind: 'centre', atoms: [6, 4, 2], weights: [12.011, 1.008, 15.999] },
  { kind: 'centre', atoms: [5, -1] },
];

/** Two structures to align to, as exact as a PDB file holds them; an atom of weight 0 in the first. */
const references: AlignmentReference[] = [
  {
    atoms: [1, 2, 3, 4, 5],
    weights: [12, 1, 16, 14.01, 0],
    positions: [
      [0.1, 0.2, 0.3],
      [0.3125, -0.1, 0.25],
      [0.55, 0.1, 0.4],
      [0.3, 0.4, 0.7],
      [0, 0, 0.15],
    ],
  },
  {
    atoms: [6, 3, 1],
    weights: [1, 2, 1],
    positions: [
      [1.2, 0, 0],
      [1.5, 0.3, 0.1],
      [1.9, -0.2, 0.3],
    ],
  },
  // a pose, and the same with its ends exchanged
  ...[
    [6, 3, 1, 2],
    [1, 3, 6, 2],
  ].map((atoms): AlignmentReference => ({
    atoms,
    weights: [1, 1, 1, 1],
    positions: [
      [0.1, 0, 0],
      [0.25, 0.2, 0.1],
      [0.4, 0.05, 0],
      [0.2, 0.3, 0.4],
    ],
  })),
];

/**
 * Random places of six atoms, in no box (or one more), an orthorhombic one and two triclinic ones. A molecule's are within half a box
 * of each other, and then each atom is moved by whole box vectors.
 */
function trajectory(molecule: boolean, inBoxes: boolean): string {
  const random = generator(11);
  const boxes = [
    inBoxes ? '1.7 0 0 0 1.6 0 0 0 1.5' : '0 0 0 0 0 0 0 0 0',
    '1.2 0 0 0 1.1 0 0 0 1.3',
    '1.2 0 0 0.4 1.1 0 -0.3 0.5 1.0',
    '1.5 0 0 0.5 1.41 0 -0.5 0.7 1.22',
  ];
  const place = (box: number[]): number[] => {
    const at = [0, 1, 2].map(() => (molecule ? 0.3 : 2) * random());
    const images = [0, 1, 2].map(() => (molecule ? Math.floor(3 * random()) - 1 : 0));
    return at.map((x, axis) => images.reduce((sum, n, row) => sum + n * box[3 * row + axis], x));
  };
  const atom = (box: string): string =>
    `X ${place(box.split(' ').map(Number))
      .map((x) => x.toFixed(6))
      .join(' ')}`;
  const atoms = (box: string): string[] => Array.from({ length: 6 }, () => atom(box));
  const frames = boxes.flatMap((box) => [0, 1, 2].flatMap(() => ['6', box, ...atoms(box)]));
  return frames.join('\n') + '\n';
}

const setOf = (descriptors: Descriptor[], pbc: boolean): DescriptorSet =>
  descriptorSet(descriptors, {
    pbc,
    ...(descriptors.some((item) => referencesOf(item).length > 0) && { references }),
    ...(descriptors.some((item) => groupsOf(item).some((atoms) => atoms.some((atom) => atom < 0))) && {
      points,
    }),
  });

const takesBox = (descriptors: readonly Descriptor[]): boolean =>
  descriptors.some(({ kind }) => kind.startsWith('box-'));

describe("descriptors from ATOMS are PLUMED's own, in value, force and virial", () => {
  const all = Object.entries(cases).flatMap(([name, descriptors]) =>
    [true, false]
      .filter((pbc) => pbc || !takesBox(descriptors))
      .map((pbc) => [name, setOf(descriptors, pbc)] as const),
  );
  for (const [name, set] of all) {
    it(`${name}${set.pbc ? '' : ', NOPBC'}`, async () => {
      const folder = await runFolder();
      await writeFile(
        join(folder, 'random.xyz'),
        trajectory(set.references !== undefined || name.startsWith('rings'), takesBox(set.items)),
      );
      await saveIdentity(join(folder, 'model.onnx'), set);
      for (const [n, reference] of referencesBySerial(set).entries())
        await writeFile(join(folder, `reference-${n}.pdb`), formatReferencePdb(reference));
      const labels = descriptorLabels(set);
      const action = `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`;
      const ours = await pull(
        folder,
        'ours',
        action,
        labels.map((_, i) => `cv.node-${i}`),
      );
      const theirs = await pull(folder, 'theirs', descriptorStatements(set).join('\n'), labels);
      assert.equal(theirs.values.length, 12);
      assert.ok(theirs.forces.flat().some((force) => Math.abs(force) > 0.1));
      assertSame(ours.values, theirs.values, `${name}: values`);
      assertSame(ours.forces, theirs.forces, `${name}: forces`);
    });
  }
});

/** 30 frames of 700 atoms that walk, in boxes that change; some go around the box. */
function walk(box: number[]): string {
  const random = generator(12);
  const atoms = Array.from({ length: 700 }, () => [0, 1, 2].map(() => 2.4 * random()));
  const frames = Array.from({ length: 30 }, (_, step) => {
    const scale = 1 + 0.002 * Math.sin(step);
    const rows = box.map((x) => x * scale);
    for (const at of atoms) at.forEach((_, c) => (at[c] += 0.03 * (random() - 0.5)));
    const shown = atoms.map((at) => {
      const image = random() < 0.1 ? 1 : 0;
      return `X ${at.map((x, c) => (scale * x + image * rows[c]).toFixed(6)).join(' ')}`;
    });
    return ['700', rows.join(' '), ...shown].join('\n');
  });
  return frames.join('\n') + '\n';
}

describe('coordination among hundreds of partners is that of PLUMED, with a list of neighbours and without', () => {
  const switching: SwitchingFunction = { form: 'rational', r0: 0.35, d0: 0, nn: 6, mm: 12, dmax: 0.8 };
  const partners = Array.from({ length: 690 }, (_, i) => 11 + i);
  const set = descriptorSet([
    { kind: 'coordination', atoms: [1], partners, switching },
    { kind: 'coordination', atoms: [2, 3, 5], partners, switching: { ...switching, nn: 5, mm: 9 } },
    { kind: 'coordination', atoms: [4, 20], partners, switching: { ...switching, d0: 0.1, dmax: 0.6 } },
    {
      kind: 'coordination',
      atoms: partners.slice(0, 120),
      switching: { form: 'gaussian', r0: 0.3, d0: 0, dmax: 0.7 },
    },
  ]);
  const labels = descriptorLabels(set);
  const boxes = {
    orthorhombic: [2.4, 0, 0, 0, 2.5, 0, 0, 0, 2.3],
    triclinic: [2.5, 0, 0, 0.7, 2.4, 0, -0.6, 0.9, 2.2],
  };
  for (const [name, box] of Object.entries(boxes))
    it(name, async () => {
      const folder = await runFolder();
      await writeFile(join(folder, 'random.xyz'), walk(box));
      await saveIdentity(join(folder, 'model.onnx'), set);
      const ours = await pull(
        folder,
        'ours',
        `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`,
        labels.map((_, i) => `cv.node-${i}`),
      );
      const statements = descriptorStatements(set).join('\n');
      for (const list of ['', ' NLIST NL_CUTOFF=1.1 NL_STRIDE=3']) {
        const text = statements.replaceAll(/^(.*COORDINATION.*)$/gm, `$1${list}`);
        const theirs = await pull(folder, 'theirs', text, labels);
        assert.equal(theirs.values.length, 30);
        assert.ok(theirs.values.every((row) => row.slice(1).every((value) => value > 0.5)));
        assertSame(ours.values, theirs.values, `values${list}`);
        assertSame(ours.forces, theirs.forces, `forces${list}`);
      }
    });
});

const reference = references[0];
const bySites: Point[] = [
  { kind: 'centre', atoms: [6, 2], weights: [1, 3] },
  { kind: 'site', reference: 0, position: [0.4, 0.35, 0.2] },
  { kind: 'site', reference: 0, position: [0.4, 0.35, 0.45] },
];

it("sites and places in the frame of a group are PLUMED's after FIT_TO_TEMPLATE, in value, force and virial", async () => {
  const folder = await runFolder();
  await writeFile(join(folder, 'random.xyz'), trajectory(true, false));
  const set = descriptorSet(
    [
      { kind: 'distance', atoms: [-2, 6] },
      { kind: 'distance', atoms: [-2, -1] },
      { kind: 'contact', atoms: [-2, 6], switching: gaussian },
      ...alignedPositions([6, -1]),
      { kind: 'direction-x', atoms: [6, 3], reference: 0 },
      { kind: 'direction-z', atoms: [6, -1], reference: 0 },
      { kind: 'depth', atoms: [6, -2, -3] },
      { kind: 'radius', atoms: [6, -2, -3] },
    ],
    { references: [reference], points: bySites },
  );
  await saveIdentity(join(folder, 'model.onnx'), set);
  await writeFile(join(folder, 'reference-0.pdb'), formatReferencePdb(referencesBySerial(set)[0]));
  // of the frame: the centre of the group is that of the reference, and differences are the frame's
  const total = reference.weights.reduce((sum, weight) => sum + weight, 0);
  const mean = [0, 1, 2].map(
    (axis) => reference.positions.reduce((sum, p, i) => sum + reference.weights[i] * p[axis], 0) / total,
  );
  const places = ['a', 'b'].flatMap((name) =>
    ['x', 'y', 'z'].map(
      (axis, i) => `${name}${axis}: CUSTOM ARG=${name}.${axis} FUNC=x+${mean[i]} PERIODIC=NO`,
    ),
  );
  const theirs = [
    'WHOLEMOLECULES ENTITY0=1,2,3,4,5',
    'FIT_TO_TEMPLATE REFERENCE=reference-0.pdb TYPE=OPTIMAL',
    `middle: CENTER ATOMS=1,2,3,4,5 WEIGHTS=${reference.weights.join(',')}`,
    'c: CENTER ATOMS=6,2 WEIGHTS=1,3',
    's: FIXEDATOM AT=0.4,0.35,0.2',
    'd6: DISTANCE ATOMS=s,6',
    'dc: DISTANCE ATOMS=s,c',
    'n6: COORDINATION GROUPA=s GROUPB=6 SWITCH={GAUSSIAN R_0=0.5 D_0=0.1}',
    'a: DISTANCE ATOMS=middle,6 COMPONENTS',
    'b: DISTANCE ATOMS=middle,c COMPONENTS',
    ...places,
    'u: DISTANCE ATOMS=6,3 COMPONENTS',
    'ux: CUSTOM ARG=u.x,u.y,u.z VAR=x,y,z FUNC=x/sqrt(x*x+y*y+z*z) PERIODIC=NO',
    'v: DISTANCE ATOMS=6,c COMPONENTS',
    'vz: CUSTOM ARG=v.x,v.y,v.z VAR=x,y,z FUNC=z/sqrt(x*x+y*y+z*z) PERIODIC=NO',
    // the sites are above one another in the frame
    'w: DISTANCE ATOMS=s,6 COMPONENTS',
    'depth: CUSTOM ARG=w.z FUNC=x PERIODIC=NO',
    'radius: CUSTOM ARG=w.x,w.y VAR=x,y FUNC=sqrt(x*x+y*y) PERIODIC=NO',
  ].join('\n');
  const labels = ['d6', 'dc', 'n6', 'ax', 'ay', 'az', 'bx', 'by', 'bz', 'ux', 'vz', 'depth', 'radius'];
  const ours = await pull(
    folder,
    'ours',
    `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`,
    labels.map((_, i) => `cv.node-${i}`),
  );
  const plumeds = await pull(folder, 'theirs', theirs, labels);
  assertSame(ours.values, plumeds.values, 'values');
  assertSame(ours.forces, plumeds.forces, 'forces');
});

it("sites of three places are PLUMED's GHOST, in value, force and virial", async () => {
  const folder = await runFolder();
  await writeFile(join(folder, 'random.xyz'), trajectory(true, false));
  const set = descriptorSet(
    [
      { kind: 'distance', atoms: [-1, 6] },
      { kind: 'angle', atoms: [5, -1, 4] },
      { kind: 'distance-y', atoms: [-1, 4] },
      { kind: 'contact', atoms: [-1, 5], switching: gaussian },
    ],
    { points: [{ kind: 'site', frame: [1, 2, 3], position: [0.1, -0.15, 0.2] }] },
  );
  await saveIdentity(join(folder, 'model.onnx'), set);
  const theirs = [
    'WHOLEMOLECULES ENTITY0=1,2,3',
    // along A, then across both, then from B
    's: GHOST ATOMS=1,2,3 COORDINATES=0.2,-0.15,-0.1',
    'a: DISTANCE ATOMS=s,6',
    'b: ANGLE ATOMS=5,s,4',
    'c: DISTANCE ATOMS=s,4 COMPONENTS',
    'd: COORDINATION GROUPA=s GROUPB=5 SWITCH={GAUSSIAN R_0=0.5 D_0=0.1}',
  ].join('\n');
  const labels = ['a', 'b', 'c.y', 'd'];
  const ours = await pull(
    folder,
    'ours',
    `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`,
    labels.map((_, i) => `cv.node-${i}`),
  );
  const plumeds = await pull(folder, 'theirs', theirs, labels);
  assertSame(ours.values, plumeds.values, 'values');
  assertSame(ours.forces, plumeds.forces, 'forces');
});

it('three places in line stop a run in their frame', async () => {
  const folder = await runFolder();
  await saveIdentity(join(folder, 'model.onnx'), descriptorSet(alignedPositions([4], [1, 2, 3])));
  const line = join(folder, 'line.xyz');
  const atoms = [0, 1, 2, 3, 4, 5].map((i) => `X ${i} ${i} ${i === 3 ? 1 : i}`);
  await writeFile(line, `6\n0 0 0\n${atoms.join('\n')}\n`);
  await assert.rejects(
    drive(folder, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=4,1,2,3\nPRINT ARG=cv.* FILE=COLVAR', {
      trajectory: line,
    }),
    /at step 0: descriptors in the frame of 1, 2 and 3 .*expected three places that are not in line but they are/s,
  );
});

it('two atoms in one place stop a run on their inverse distance', async () => {
  const folder = await runFolder();
  await saveIdentity(join(folder, 'model.onnx'), descriptorSet(cases['inverse distances']));
  const action = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,5,6,1\nPRINT ARG=cv.* FILE=COLVAR';
  const same = join(folder, 'same.xyz');
  await writeFile(same, `6\n0 0 0\n${'X 1 1 1\n'.repeat(6)}`);
  await assert.rejects(
    drive(folder, action, { trajectory: same }),
    /at step 0: descriptor "inverse-distance 0 1".*expected two atoms in different places but they are in one/s,
  );
});

it('a model that takes the box vectors is refused with NOPBC, and in a system without a box', async () => {
  const folder = await runFolder();
  await saveIdentity(join(folder, 'model.onnx'), positionsOf([2], { box: true }));
  const input = (flag: string): string =>
    `cv: ONNX_MODEL FILE=model.onnx ATOMS=2 ${flag}\nPRINT ARG=cv.* FILE=COLVAR`;
  const open = join(folder, 'open.xyz');
  await writeFile(open, `6\n0 0 0\n${'X 1 1 1\n'.repeat(6)}`);
  await assert.rejects(
    drive(folder, input('NOPBC'), { trajectory: open }),
    /takes the box, but received NOPBC/,
  );
  await assert.rejects(
    drive(folder, input(''), { trajectory: open }),
    /at step 0: expected a periodic box, as the model takes the box vectors/,
  );
});
