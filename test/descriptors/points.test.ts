import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  descriptorLabels,
  descriptorsBySerial,
  descriptorSet,
  descriptorSetText,
  parseDescriptorSet,
  parsePoints,
  pointLabels,
  pointsBySerial,
  referencesBySerial,
  selectDescriptors,
  type AlignmentReference,
  type Descriptor,
  type Point,
} from '../../src/descriptors/index.js';
import { decodeMetadata, encodeMetadata, type ModelMetadata } from '../../src/onnx/metadata/index.js';

const points: Point[] = [
  { kind: 'centre', atoms: [1, 2, 3, 7] },
  { kind: 'centre', atoms: [9, 8], weights: [12.011, 1.008] },
  { kind: 'centre', atoms: [-2, 5] },
];
const descriptors: Descriptor[] = [
  { kind: 'distance', atoms: [4, -1] },
  { kind: 'angle', atoms: [-1, 2, -2] },
  {
    kind: 'coordination',
    atoms: [-3, 6],
    partners: [11, 12],
    switching: { form: 'gaussian', r0: 0.3, d0: 0 },
  },
];
const set = descriptorSet(descriptors, { points });

test('points count on behind the atoms of a set, and are negative numbers among serials', () => {
  assert.deepEqual(set.atoms, [4, 2, 6, 11, 12, 1, 3, 7, 9, 8, 5]);
  assert.deepEqual(set.items[0].atoms, [0, 11]);
  assert.deepEqual(set.items[1].atoms, [11, 1, 12]);
  assert.deepEqual(set.points?.[2], { kind: 'centre', atoms: [12, 10] });
  assert.deepEqual(descriptorsBySerial(set), descriptors);
  assert.deepEqual(pointsBySerial(set), points);
  assert.equal(descriptorSet([{ kind: 'distance', atoms: [1, 2] }]).points, undefined);
});

test('labels say what a point is, and tell apart what has the same atoms', () => {
  assert.deepEqual(descriptorLabels(set), [
    'd_4_by_centre_1to3_7',
    'a_centre_1to3_7_by_2_by_com_9_8',
    'cn_6_centre_5_com_9_8_by_11to12',
  ]);
  const alike: Point[] = [1, 2, 3].map((weight) => ({ kind: 'centre', atoms: [1, 2], weights: [weight, 1] }));
  assert.deepEqual(pointLabels(alike), ['com_1to2', 'com_1to2_v2', 'com_1to2_v3']);
});

test('a set with points reads back from the line of a table, and from the metadata of a model', () => {
  const read = parseDescriptorSet(descriptorSetText(set), 'table.dat');
  assert.deepEqual(read, JSON.parse(JSON.stringify(set)));
  const metadata: ModelMetadata = {
    generator: 'test',
    method: 'pca',
    network: '3-1',
    inputs: descriptorLabels(set).map((label) => ({ label, unit: '' })),
    outputs: [{ name: 'node-0', min: 0, max: 1 }],
    descriptors: set,
    check: { inputs: [[1, 2, 3]], cv: [[0]], jacobian: [[0, 0, 1]] },
    training: {},
  };
  const text = encodeMetadata(metadata);
  assert.equal(
    text['latentcv.descriptors.points'],
    'centre 5 1 6 7\ncentre 8 9 weights 12.011 1.008\ncentre 12 10',
  );
  assert.deepEqual(decodeMetadata(text).descriptors?.points, set.points);
});

test('a site has the atoms of its reference, which are kept with it', () => {
  const reference: AlignmentReference = {
    atoms: [1, -1, 5],
    weights: [1, 1, 1],
    positions: [
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
    ],
  };
  const sites: Point[] = [
    { kind: 'centre', atoms: [2, 3] },
    { kind: 'site', reference: 1, position: [0.12, -0.35, 0] },
  ];
  const items: Descriptor[] = [
    { kind: 'distance', atoms: [1, 2] },
    { kind: 'depth', atoms: [9, -2, -1] },
    { kind: 'direction-y', atoms: [9, 8], reference: 0 },
  ];
  const references = [{ ...reference, atoms: [1, 2, 3] }, reference];
  const whole = descriptorSet(items, { references, points: sites });
  assert.deepEqual(descriptorLabels(whole), [
    'd_1_2',
    'depth_9_by_site_120_m350_0_by_centre_2to3',
    'dir_9_8.y',
  ]);
  const left = selectDescriptors(whole, [1]);
  assert.deepEqual(left.atoms, [9, 1, 5, 2, 3]);
  assert.deepEqual(pointsBySerial(left)[1], { ...sites[1], reference: 0 });
  assert.deepEqual(referencesBySerial(left), [reference]);
  assert.deepEqual(
    parseDescriptorSet(descriptorSetText(whole), 'table.dat'),
    JSON.parse(JSON.stringify(whole)),
  );
  const late: Point[] = [sites[1], sites[0]];
  assert.throws(() => descriptorSet(items, { references, points: late }), /before them/);
  assert.throws(
    () => descriptorSet(items, { references: [], points: sites }),
    /expected a reference from 0 to 0/,
  );
});

test('a site of three places has them, and is kept with them', () => {
  const sites: Point[] = [
    { kind: 'centre', atoms: [2, 3] },
    { kind: 'centre', atoms: [12, 13] },
    { kind: 'site', frame: [5, -1, 6], position: [0.12, -0.35, 0] },
  ];
  const items: Descriptor[] = [
    { kind: 'distance', atoms: [1, -2] },
    { kind: 'distance', atoms: [9, -3] },
    { kind: 'aligned-y', atoms: [9], frame: [-3, 7, 8] },
    { kind: 'direction-x', atoms: [9, 7], frame: [7, -3, 8] },
  ];
  const whole = descriptorSet(items, { points: sites });
  assert.deepEqual(descriptorLabels(whole), [
    'd_1_by_centre_12to13',
    'd_9_by_site_120_m350_0',
    'aly_9_in_site_120_m350_0_by_7_by_8',
    'dirx_9_7_in_7_by_site_120_m350_0_by_8',
  ]);
  assert.deepEqual(descriptorsBySerial(whole), items);
  assert.deepEqual(pointsBySerial(whole), sites);
  const left = selectDescriptors(whole, [2]);
  assert.deepEqual(pointsBySerial(left), [sites[0], { ...sites[2], frame: [5, -1, 6] }]);
  assert.deepEqual(descriptorsBySerial(left), [{ kind: 'aligned-y', atoms: [9], frame: [-2, 7, 8] }]);
  const text = descriptorSetText(whole);
  assert.match(text, /"site 8 10 9 at 0.12 -0.35 0"/);
  assert.deepEqual(parseDescriptorSet(text, 'table.dat'), JSON.parse(JSON.stringify(whole)));
  const refused = (point: Point, message: RegExp): void =>
    assert.throws(() => descriptorSet(items, { points: [sites[0], point, sites[1]] }), { message });
  refused({ kind: 'site', frame: [5, 5, 6], position: [0, 0, 0] }, /three different places for a frame/);
  refused({ kind: 'site', frame: [5, 6, -2], position: [0, 0, 0] }, /before them/);
  refused({ kind: 'site', frame: [5, 6, 7], position: [0, 0, NaN] }, /x, y and z/);
});

test('of chosen descriptors the points that they are made of are left, whatever stands between', () => {
  const left = selectDescriptors({ ...set, names: set.atoms.map((serial) => `MOL 1 A${serial}`) }, [2]);
  assert.deepEqual(pointsBySerial(left), [points[1], { kind: 'centre', atoms: [-1, 5] }]);
  assert.deepEqual(descriptorsBySerial(left), [{ ...descriptors[2], atoms: [-2, 6] }]);
  assert.deepEqual(
    left.names,
    [6, 11, 12, 9, 8, 5].map((serial) => `MOL 1 A${serial}`),
  );
  assert.equal(
    selectDescriptors(descriptorSet([...descriptors, { kind: 'distance', atoms: [1, 2] }], { points }), [3])
      .points,
    undefined,
  );
});

test('points that cannot be are refused', () => {
  const refused = (more: Point[], message: RegExp, atoms: [number, number] = [1, -1]): void => {
    assert.throws(() => descriptorSet([{ kind: 'distance', atoms }], { points: more }), {
      code: 'bad-argument',
      message,
    });
  };
  refused([], /expected an atom serial from 1 for atoms but received -1/);
  refused(
    points,
    /expected an atom serial from 1, or a point from -1 to -3, for atoms but received -4/,
    [1, -4],
  );
  refused(points, /expected an atom serial from 1 for atoms but received -1.5/, [1, -1.5]);
  refused([{ kind: 'centre', atoms: [] }], /expected at least one atom for points but received "point 0"/);
  refused([{ kind: 'centre', atoms: [1, 1] }], /different atoms/);
  refused(
    [{ kind: 'centre', atoms: [1, 2], weights: [1] }],
    /expected a weight of at least 0 for each atom, not all 0/,
  );
  refused(
    [{ kind: 'centre', atoms: [1, 2], weights: [0, 0] }],
    /a weight of at least 0 for each atom, not all 0/,
  );
  refused(
    [{ kind: 'centre', atoms: [1, 2], weights: [2, -1] }],
    /a weight of at least 0 for each atom, not all 0/,
  );
  refused([points[0], { kind: 'centre', atoms: [-2] }], /made of atoms and of those before them/);
  for (const line of [
    'centre',
    'centre 0 0',
    'middle 0',
    'centre 0 x',
    'centre 0 4',
    'centre 0 weights',
    'site 0 1 2 3',
    'site 0 1 2',
  ])
    assert.throws(
      () => parsePoints(['centre 0 1', line], 3, []),
      /line 2 of latentcv.descriptors.points: expected .* but received/,
      line,
    );
});
