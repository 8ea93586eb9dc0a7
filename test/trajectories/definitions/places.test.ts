import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorLabels, descriptorsBySerial } from '../../../src/descriptors/index.js';
import {
  expandDefinition,
  parseDefinition,
  readDefinitionFile,
  readStructure,
  readTrajectory,
  type ExpandedDefinition,
} from '../../../src/trajectories/index.js';
import { alanine } from '../fixtures.js';

// Centres in what a user writes: ACE 1 (serials 1 to 6), ALA 2 (7 to 16), NME 3 (17 to 22).

const structure = await readStructure(alanine);
const expand = async (...texts: string[]): Promise<ExpandedDefinition> =>
  expandDefinition(parseDefinition(texts), structure);
const labels = async (...texts: string[]): Promise<string[]> =>
  descriptorLabels((await expand(...texts)).set);

test('a centre stands wherever an atom may stand', async () => {
  const cases: [string, string[]][] = [
    ['distance (centre resid 1) (centre resid 3)', ['d_centre_1to6_by_centre_17to22']],
    ['distance centre (resid 1) CA', ['d_centre_1to6_by_9']],
    ['angle (centre resid 1) CA (centre resid 3)', ['a_centre_1to6_by_9_by_centre_17to22']],
    [
      'torsion (centre resid 1) (resid 2 and name N) CA (centre resid 3)',
      ['t_centre_1to6_by_7_by_9_by_centre_17to22'],
    ],
    ['distances (centre resid 1) (name CA CB)', ['d_centre_1to6_by_9', 'd_centre_1to6_by_11']],
    ['inverse-distances (centre resid 1) CA', ['inv_centre_1to6_by_9']],
    ['contacts (centre resid 1) (name CA CB) r0=0.5', ['c_centre_1to6_by_9', 'c_centre_1to6_by_11']],
    ['coordination (centre resid 1) (resid 2-3) r0=0.5', ['cn_centre_1to6_by_7to22']],
    [
      'sorted-distances (centre resid 1) (name CA CB)',
      ['sd_centre_1to6_by_9_11.1', 'sd_centre_1to6_by_9_11.2'],
    ],
  ];
  for (const [text, expected] of cases) assert.deepEqual(await labels(text), expected, text);
});

test('com is weighed by the masses, which are the elements where the file tells none; that is told', async () => {
  const { set, points, notes } = await expand('distance (com resid 1) (centre resid 1)');
  assert.deepEqual(descriptorLabels(set), ['d_com_1to6_by_centre_1to6']);
  assert.deepEqual(points[0], {
    kind: 'centre',
    atoms: [1, 2, 3, 4, 5, 6],
    // CH3-CO, hydrogens first or last as the file has them
    weights: ['CH3', 'HH31', 'HH32', 'HH33', 'C', 'O'].map(
      (name) => structure.masses[structure.names.indexOf(name)],
    ),
  });
  assert.equal(points[0].weights?.reduce((sum, mass) => sum + mass, 0).toFixed(3), '43.045');
  assert.match(notes.join('\n'), /com: .* tells no masses: those of the elements are taken/);
});

test('one centre in several statements is one point, and a name may be given to it', async () => {
  const { set, groups } = await expand(
    'ace = centre resid 1',
    'distance ace CA; distances ace (name CB N); distance (centre resid 1) (resid 3 and name N)',
  );
  assert.equal(set.points?.length, 1);
  assert.deepEqual(groups, [{ name: 'ace', selection: 'centre resid 1', atoms: 6 }]);
  assert.deepEqual(
    descriptorsBySerial(set).map(({ atoms }) => atoms),
    [
      [-1, 9],
      [-1, 7],
      [-1, 11],
      [-1, 17],
    ],
  );
  const file = readDefinitionFile(
    'groups:\n  ace: com (resid 1)\ndescriptors:\n  - distance ace CA\n',
    'd.yaml',
  );
  assert.deepEqual(descriptorLabels((await expandDefinition(file, structure)).set), ['d_com_1to6_by_9']);
});

test('what no centre can be, or cannot stand in, is refused with a hint', async () => {
  const cases: [string, RegExp][] = [
    ['distance CA (resid 1)', /expected one atom in place 2 but found 6 in "distance CA \(resid 1\)"/],
    ['distance CA', /expected 2 groups of atoms but received 1/],
    ['distance (centre resid 1) (centre resid 1)', /expected two different atoms/],
    ['angle CA CB', /expected 3 groups of atoms but received 2/],
    ['distances (centre resid 1) heavy cutoff 0.5', /expected neither cutoff nor separation with a centre/],
    ['distances (centre resid 9) heavy', /resid 9/],
    ['coordination (centre resid 1) r0=0.3', /expected a pair of atoms or centres/],
    ['angles (centre resid 1)', /centre/],
  ];
  for (const [text, message] of cases)
    await assert
      .rejects(expand(text), { code: 'bad-argument' }, text)
      .then(() => assert.rejects(expand(text), (error: Error) => message.test(error.message), text));
});

test('the frame of a host: places in it, directions, sites, depth and radius', async () => {
  const on = `aligned ${alanine} on (resid 1)`;
  const { set, groups } = await expand(
    `top = site 0.1 0.2 -0.3 ${on}`,
    `bottom = site 0.1 0.2 -0.2 ${on}`,
    'guest = centre (resid 3)',
    `positions guest ${on}; positions CA ${on}; direction guest CA ${on}`,
    'depth guest bottom top; radius CA bottom top; coordination top (name CA CB) r0=0.3',
  );
  assert.equal(set.references?.length, 1);
  const bare = ['al_centre_17to22', 'al_9', 'dir_centre_17to22_by_9'];
  assert.deepEqual(descriptorLabels(set), [
    ...bare.flatMap((label) => ['x', 'y', 'z'].map((axis) => `${label}.${axis}`)),
    'depth_centre_17to22_by_site_100_200_m200_by_site_100_200_m300',
    'radius_9_by_site_100_200_m200_by_site_100_200_m300',
    'cn_site_100_200_m300_by_9_11',
  ]);
  assert.deepEqual(
    groups.map(({ atoms }) => atoms),
    [6, 6, 6],
  );
  // of the structure itself: places in the frame are those of the file
  const { values } = await frameValues(`positions CA ${on}; positions (centre name CA) ${on}`);
  const place = Array.from(structure.places().positions.subarray(24, 27));
  [...place, ...place].forEach((x, i) =>
    assert.ok(Math.abs(values[i] - x) < 1e-12, `${values[i]}, not ${x}`),
  );
});

test('the frame of three places: positions in it, directions and sites', async () => {
  const places = 'in frame (centre resid 1) CA (resid 3 and name N)';
  const { set, groups } = await expand(
    `top = site 0.1 0.2 -0.3 ${places}`,
    'guest = centre (resid 3)',
    `positions guest ${places}; positions (name CB HA) ${places}; direction guest CA ${places}`,
    'distance top CB',
  );
  assert.equal(set.references, undefined);
  const frame = 'centre_1to6_by_9_by_17';
  const bare = (['centre_17to22', 'HA', 'CB'] as const).map((each) => {
    const serial = structure.names.indexOf(each) + 1;
    return serial > 0 ? `${serial}` : each;
  });
  const [guest, ha, cb] = bare;
  const order = Number(ha) < Number(cb) ? [ha, cb] : [cb, ha];
  assert.deepEqual(descriptorLabels(set), [
    ...[guest, ...order].flatMap((place) => ['x', 'y', 'z'].map((axis) => `al${axis}_${place}_in_${frame}`)),
    ...['x', 'y', 'z'].map((axis) => `dir${axis}_centre_17to22_by_9_in_${frame}`),
    `d_site_100_200_m300_by_${cb}`,
  ]);
  assert.deepEqual(
    groups.map(({ atoms }) => atoms),
    [3, 6],
  );
  // by hand, of the structure itself
  const { values } = await frameValues(`positions CB ${places}; direction CA CB ${places}`);
  const at = (serials: number[]): number[] =>
    [0, 1, 2].map(
      (axis) =>
        serials.reduce((sum, serial) => sum + structure.places().positions[3 * (serial - 1) + axis], 0) /
        serials.length,
    );
  const minus = (a: number[], b: number[]): number[] => a.map((x, i) => x - b[i]);
  const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const unit = (a: number[]): number[] => a.map((x) => x / Math.sqrt(dot(a, a)));
  const origin = at([1, 2, 3, 4, 5, 6]);
  const z = unit(minus(at([9]), origin));
  const towards = minus(at([17]), origin);
  const x = unit(towards.map((each, i) => each - dot(towards, z) * z[i]));
  const y = [0, 1, 2].map((i) => z[(i + 1) % 3] * x[(i + 2) % 3] - z[(i + 2) % 3] * x[(i + 1) % 3]);
  const [toCb, along] = [minus(at([Number(cb)]), origin), unit(minus(at([Number(cb)]), at([9])))];
  const byHand = [toCb, along].flatMap((v) => [x, y, z].map((axis) => dot(v, axis)));
  byHand.forEach((value, i) => assert.ok(Math.abs(values[i] - value) < 1e-6, `${values[i]}, not ${value}`));
});

test('frames that lack their atoms or their file are refused with a hint', async () => {
  const cases: [string, RegExp][] = [
    ['positions CA', /expected "aligned FILE"/],
    [`direction CA CB aligned ${alanine}`, /expected "on HOST" behind "aligned FILE"/],
    [`direction CA CA aligned ${alanine} on (resid 1)`, /expected two different places/],
    ['positions CA in frame CB N', /expected 3 groups of atoms but received 2/],
    ['positions CA in frame CB (resid 1) HA', /expected one atom in place 2 but found 6/],
    ['positions CA in frame CB HA CB', /expected three different places for a frame/],
    ['direction CA CA in frame CB HA (centre resid 1)', /expected two different places/],
    ['s = site 0 0 1 in frame CB HA CB; distance s CA', /expected three different places for a frame/],
    ['s = site 0 0 in frame CB HA CA; distance s CA', /expected x, y and z .* after site/],
    ['s = site 0 0 aligned x.pdb on (resid 1); distance s CA', /expected x, y and z .* after site/],
    [`s = site 0 0 0 aligned ${alanine} on (resid 9); distance s CA`, /resid 9/],
    ['depth CA CB', /expected 3 groups of atoms but received 2/],
  ];
  for (const [text, message] of cases)
    await assert.rejects(expand(text), (error: Error) => message.test(error.message), text);
});

/** Of the only frame of the structure, without its box, which is smaller than the molecule. */
async function frameValues(text: string): Promise<{ values: Float64Array }> {
  const { set } = await expandDefinition(parseDefinition([text]), structure, { pbc: false });
  const { data } = await readTrajectory([alanine], { set, atoms: structure.size });
  return { values: data };
}
