import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  alignedPositions,
  descriptorLabels,
  descriptorsBySerial,
  pointsBySerial,
  descriptorSet,
  referencesBySerial,
  sortedDistances,
  type Descriptor,
} from '../../../src/descriptors/index.js';
import { descriptorStatements } from '../../../src/plumed/descriptors/descriptor-statements.js';
import {
  descriptorsFromPlumed,
  lengthLabels,
} from '../../../src/plumed/descriptors/descriptors-from-plumed.js';
import { checkArguments, checkTurning } from '../../../src/plumed/model-arguments.js';
import { NameTable } from '../../../src/plumed/names.js';
import { parsePlumedInput } from '../../../src/plumed/parse-input.js';
import { findPlumed } from '../../../src/programs/index.js';
import { runDriver } from '../../../src/programs/plumed/run-plumed.js';
import { formatReferencePdb, parseReferencePdb } from '../../../src/plumed/descriptors/reference-pdb.js';

const input = parsePlumedInput(
  [
    'd1: DISTANCE ATOMS=5,7 NOPBC',
    'd2: DISTANCE ATOMS=5-6 NOPBC',
    'd3: DISTANCE ATOMS=1,2',
    'd4: DISTANCE ATOMS=1,2 COMPONENTS',
    'phi: TORSION ATOMS=5,7,9,15',
    'c: FIXEDATOM AT=0,0,0',
    'd5: DISTANCE ATOMS=c,4',
    'd6: DISTANCE ATOMS1=1,2 ATOMS2=3,4',
    'd7: DISTANCE ...',
    '  NOPBC # as the others',
    '  ATOMS=9,5',
    '...',
    'c1: COORDINATION GROUPA=1-3 R_0=0.3',
    'c2: COORDINATION GROUPA=1-3 SWITCH={RATIONAL R_0=0.3 D_MAX=1}',
    'c3: COORDINATION GROUPA=1-3 SWITCH={SMAP R_0=0.3 A=3 B=2}',
    'c4: COORDINATION GROUPA=1-3 SWITCH={RATIONAL R_0=0.3} NLIST NL_CUTOFF=1 NL_STRIDE=10',
    'i1: CUSTOM ARG=phi FUNC=1/x PERIODIC=NO',
    'i2: CUSTOM ARG=d3 FUNC=x^2 PERIODIC=NO',
    's: SORT ARG=d3,d4.x',
    'v: VOLUME',
    't6: TORSION AXIS=1,2 VECTOR1=3,4 VECTOR2=5,6',
    'cosine: TORSION ATOMS=5,7,9,15 COSINE',
    'c5: COORDINATION GROUPA=1-3 SWITCH={RATIONAL R_0=0.3}',
    'c6: COORDINATION GROUPA=1 GROUPB=4 SWITCH={GAUSSIAN R_0=0.3 D_0=0.1}',
    'theta: ANGLE ATOMS=5,7,9',
    'c8: COORDINATION GROUPA=1 GROUPB=4-6 SWITCH={RATIONAL R_0=0.3 D_MAX=0.9} NLIST NL_CUTOFF=1 NL_STRIDE=10',
    'c9: COORDINATION GROUPA=1 GROUPB=4-6 R_0=0.3 NN=4 NLIST NL_CUTOFF=1 NL_STRIDE=10',
  ].join('\n'),
  'plumed.dat',
);

test('plain distances are told from the input that printed them', () => {
  const result = descriptorsFromPlumed(input, ['d1', 'd2', 'd7']);
  assert.ok(result.descriptors);
  assert.deepEqual(
    descriptorsBySerial(result.descriptors).map(({ atoms }) => atoms),
    [
      [5, 7],
      [5, 6],
      [9, 5],
    ],
  );
  assert.equal(result.descriptors.pbc, false);
  assert.deepEqual(result.descriptors.atoms, [5, 7, 6, 9]);
  assert.equal(descriptorsFromPlumed(input, ['d3']).descriptors?.pbc, true);
});

test('components, angles, torsions and coordination are told too', () => {
  const result = descriptorsFromPlumed(input, ['d4.y', 'phi', 'cosine', 'theta', 'c5', 'c6']);
  assert.ok(result.descriptors);
  assert.deepEqual(descriptorsBySerial(result.descriptors), [
    { kind: 'distance-y', atoms: [1, 2] },
    { kind: 'torsion', atoms: [5, 7, 9, 15] },
    { kind: 'torsion-cos', atoms: [5, 7, 9, 15] },
    { kind: 'angle', atoms: [5, 7, 9] },
    // NN=6 and MM=2 NN are PLUMED's defaults
    {
      kind: 'coordination',
      atoms: [1, 2, 3],
      switching: { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 },
    },
    { kind: 'contact', atoms: [1, 4], switching: { form: 'gaussian', r0: 0.3, d0: 0.1 } },
  ]);
});

test('coordination with a cut-off is told, with a list of neighbours that reaches so far', () => {
  const rational = { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 } as const;
  const result = descriptorsFromPlumed(input, ['c1', 'c2', 'c8']);
  assert.ok(result.descriptors);
  assert.deepEqual(descriptorsBySerial(result.descriptors), [
    {
      kind: 'coordination',
      atoms: [1, 2, 3],
      switching: { ...rational, dmax: 0.3 * 0.00001 ** (-1 / 6) },
    },
    { kind: 'coordination', atoms: [1, 2, 3], switching: { ...rational, dmax: 1 } },
    { kind: 'coordination', atoms: [1], partners: [4, 5, 6], switching: { ...rational, dmax: 0.9 } },
  ]);
});

test('what descriptorStatements writes is told back, descriptor by descriptor', () => {
  const rational = { form: 'rational', r0: 0.3, d0: 0.05, nn: 6, mm: 10 } as const;
  const descriptors: Descriptor[] = [
    { kind: 'distance', atoms: [5, 7] },
    { kind: 'distance-x', atoms: [5, 7] },
    { kind: 'distance-z', atoms: [5, 7] },
    { kind: 'inverse-distance', atoms: [5, 7] },
    { kind: 'angle', atoms: [5, 7, 9] },
    { kind: 'torsion', atoms: [5, 7, 9, 15] },
    { kind: 'torsion-sin', atoms: [5, 7, 9, 15] },
    { kind: 'torsion-cos', atoms: [5, 7, 9, 15] },
    { kind: 'contact', atoms: [5, 7], switching: rational },
    { kind: 'contact', atoms: [5, 7], switching: { form: 'fermi', r0: 0.3, beta: 20 } },
    { kind: 'coordination', atoms: [1, 2, 3], partners: [3, 4], switching: rational },
    { kind: 'coordination', atoms: [1, 2, 3], switching: { form: 'gaussian', r0: 0.3, d0: 0 } },
    { kind: 'coordination', atoms: [1, 2], partners: [3, 4], switching: { ...rational, dmax: 0.7 } },
    { kind: 'contact', atoms: [5, 8], switching: { form: 'gaussian', r0: 0.3, d0: 0, dmax: 0.9 } },
    { kind: 'contact', atoms: [5, 9], switching: { form: 'fermi', r0: 0.3, beta: 20, dmax: 0.5 } },
    ...sortedDistances([2, 5, 9]),
    ...sortedDistances([1, 2], [5, 9]),
  ];
  for (const pbc of [true, false]) {
    const set = descriptorSet(descriptors, { pbc });
    const text = descriptorStatements(set).join('\n');
    assert.deepEqual(
      descriptorsFromPlumed(parsePlumedInput(text), descriptorLabels(set)).descriptors,
      set,
      text,
    );
  }
});

test('radii of gyration and RMSDs are taken where they mean the same, and left to PLUMED with the reason where not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'poses-'));
  const pose = (deviations: string[]): string =>
    deviations
      .map(
        (weight, i) =>
          `ATOM      ${i + 3}  X   REF A   1       ${i}.000   ${i % 2}.500   ${i * i}.250  1.00  ${weight}`,
      )
      .join('\n');
  await writeFile(join(folder, 'alike.pdb'), `${pose(['1.00', '1.00', '1.00', '1.00'])}\nEND\n`);
  await writeFile(join(folder, 'some.pdb'), `${pose(['2.00', '0.00', '1.00', '0.00'])}\nEND\n`);
  await writeFile(join(folder, 'none.pdb'), `${pose(['0.00', '0.00', '0.00', '0.00'])}\nEND\n`);
  const lines = [
    'g: GYRATION ATOMS=1-3,7',
    'gr: GYRATION TYPE=RADIUS ATOMS=1-3',
    'gt: GYRATION TYPE=ASPHERICITY ATOMS=1-3',
    'gm: GYRATION ATOMS=1-3 MASS_WEIGHTED',
    'r: RMSD REFERENCE=alike.pdb TYPE=OPTIMAL',
    'rw: RMSD REFERENCE=some.pdb TYPE=OPTIMAL-FAST',
    'rn: RMSD REFERENCE=none.pdb TYPE=OPTIMAL',
    'rs: RMSD REFERENCE=alike.pdb',
    'rq: RMSD REFERENCE=alike.pdb TYPE=OPTIMAL SQUARED',
    'rx: RMSD REFERENCE=lost.pdb TYPE=OPTIMAL',
  ];
  const poses = parsePlumedInput(lines.join('\n'), join(folder, 'plumed.dat'));
  const { descriptors } = descriptorsFromPlumed(poses, ['g', 'gr', 'r', 'rw']);
  assert.deepEqual(descriptorsBySerial(descriptors!), [
    { kind: 'gyration', atoms: [1, 2, 3, 7] },
    { kind: 'gyration', atoms: [1, 2, 3] },
    { kind: 'rmsd', atoms: [3, 4, 5, 6], reference: 0 },
    { kind: 'rmsd', atoms: [3, 5], reference: 0, weights: [2, 1] },
  ]);
  // one structure in both files
  assert.equal(descriptors!.references!.length, 1);
  assert.deepEqual(descriptors!.references![0].positions[2], [0.2, 0.05, 0.425]);
  const reasons: [string, RegExp][] = [
    ['gt', /expected TYPE=RADIUS but received TYPE=ASPHERICITY/],
    ['gm', /MASS_WEIGHTED takes the masses of the run/],
    ['rn', /expected weights of at least 0 as temperature factors of REFERENCE/],
    ['rs', /TYPE=SIMPLE superposes nothing by a rotation/],
    ['rq', /SQUARED makes it another number/],
    ['rx', /lost.pdb/],
  ];
  for (const [label, reason] of reasons) {
    const result = descriptorsFromPlumed(poses, [label]);
    assert.ok(!result.descriptors);
    assert.match(result.reason, reason);
  }
  await rm(folder, { recursive: true });
});

test('statements share what several descriptors are computed from', () => {
  const set = descriptorSet([
    { kind: 'torsion-sin', atoms: [5, 7, 9, 15] },
    { kind: 'torsion-cos', atoms: [5, 7, 9, 15] },
    { kind: 'distance-x', atoms: [1, 2] },
    { kind: 'distance-y', atoms: [1, 2] },
  ]);
  assert.deepEqual(descriptorStatements(set), [
    't_5_7_9_15: TORSION ATOMS=5,7,9,15',
    'sin_5_7_9_15: CUSTOM ARG=t_5_7_9_15 FUNC=sin(x) PERIODIC=NO',
    'cos_5_7_9_15: CUSTOM ARG=t_5_7_9_15 FUNC=cos(x) PERIODIC=NO',
    'dc_1_2: DISTANCE ATOMS=1,2 COMPONENTS',
  ]);
});

test('anything else is refused with the line and the reason', () => {
  const cases: [string[], RegExp][] = [
    [['d1', 'd3'], /plumed\.dat:3: d1 and d3 differ in NOPBC/],
    [['d4'], /plumed\.dat:4: COMPONENTS makes it more/],
    [['d3.x'], /plumed\.dat:3: expected COMPONENTS, which has x, y and z, for \.x/],
    [['d4.a'], /plumed\.dat:4: expected COMPONENTS, which has x, y and z, for \.a/],
    [['phi.x'], /plumed\.dat:5: TORSION has no component x/],
    [['d5'], /plumed\.dat:7: expected two atoms but received ATOMS=c,4: c is neither a serial nor a GROUP/],
    [['d6'], /plumed\.dat:8: ATOMS1 makes it more/],
    [['d8'], /plumed\.dat defines no label d8/],
    [['c3'], /plumed\.dat:15: SWITCH={SMAP R_0=0\.3 A=3 B=2} is none of the functions/],
    [['c4'], /plumed\.dat:16: its NL_CUTOFF cuts the function off with a step; write a D_MAX/],
    [['c9'], /plumed\.dat:27: its NL_CUTOFF cuts the function off with a step/],
    [['i1'], /plumed\.dat:17: expected one distance for ARG/],
    [['i2'], /plumed\.dat:18: expected FUNC=1\/x, sin\(x\) or cos\(x\)/],
    [['s.1'], /plumed\.dat:19: expected all distances within a group/],
    [['v'], /plumed\.dat:20: expected DISTANCE, ANGLE, .* but received VOLUME/],
    [['t6'], /plumed\.dat:21: (AXIS|VECTOR1) makes it more than a plain torsion/],
  ];
  for (const [labels, reason] of cases) {
    const result = descriptorsFromPlumed(input, labels);
    assert.ok(result.descriptors === undefined, labels.join());
    assert.match(result.reason, reason);
  }
});

test('lengths in other units are refused, where they matter; moved atoms are noted', () => {
  const angstrom = parsePlumedInput('UNITS LENGTH=A\nd: DISTANCE ATOMS=1,2\nt: TORSION ATOMS=1-4');
  const refused = descriptorsFromPlumed(angstrom, ['t', 'd']);
  assert.ok(refused.descriptors === undefined);
  assert.match(refused.reason, /line 1: lengths are not in nm/);
  assert.ok(descriptorsFromPlumed(angstrom, ['t']).descriptors);
  assert.deepEqual(lengthLabels(angstrom, ['t', 'd', 'e']), ['d']);
  assert.ok(descriptorsFromPlumed(angstrom, ['t', 'd'], { d: 0.1 }).descriptors, 'converted to nm');
  assert.ok(
    !descriptorsFromPlumed(angstrom, ['t', 'd'], { d: 0.5 }).descriptors,
    'converted from another unit',
  );
  const moved = descriptorsFromPlumed(parsePlumedInput('WHOLEMOLECULES ENTITY0=1-9\nd: DISTANCE ATOMS=1,2'), [
    'd',
  ]);
  assert.ok(moved.descriptors);
  assert.match(moved.note ?? '', /line 1: WHOLEMOLECULES belongs in every input/);
});

const reference = {
  atoms: [5, 7, 9],
  weights: [12, 16.5, 0.01],
  positions: [
    [0, -1.2345, 10.0001],
    [0.15, 0, 0.1],
    [0.3, 0.7, -0.2],
  ] as [number, number, number][],
};

test('aligned positions are told from FIT_TO_TEMPLATE, its PDB file beside the input, and POSITION', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-aligned-'));
  t.after(() => rm(folder, { recursive: true }));
  const references = [reference, { ...reference, weights: [1, 1, 1] }];
  const descriptors: Descriptor[] = [
    { kind: 'distance-x', atoms: [1, 5] },
    ...alignedPositions([9]),
    ...alignedPositions([9, 5], 1),
  ];
  for (const pbc of [true, false]) {
    const set = descriptorSet(descriptors, { references, pbc });
    for (const [n, structure] of referencesBySerial(set).entries())
      await writeFile(join(folder, `reference-${n}.pdb`), formatReferencePdb(structure));
    const labels = descriptorLabels(set);
    const text = descriptorStatements(set).join('\n');
    const parsed = parsePlumedInput(text, join(folder, 'plumed.dat'));
    const told = descriptorsFromPlumed(parsed, labels);
    assert.deepEqual(told.descriptors, set, text);
    const model = { inputs: labels, outputs: ['node-0'], descriptors: set };
    assert.deepEqual(checkArguments(parsed, new NameTable(parsed), model), []);
    assert.throws(() => checkTurning(parsed, model), {
      code: 'plumed-input',
      message: /FIT_TO_TEMPLATE turns the system, and with it the distance-x/,
    });
    checkTurning(parsed, { ...model, descriptors: descriptorSet(descriptors.slice(1), { references }) });
    const other = { ...set, references: set.references!.toReversed() };
    assert.throws(
      () => checkArguments(parsed, new NameTable(parsed), { ...model, descriptors: other }),
      /trained with al_9\.x as POSITION ATOM=9 NOPBC but here it is .* aligned to another reference/,
    );
  }
  const text = ['FIT_TO_TEMPLATE REFERENCE=reference-1.pdb TYPE=OPTIMAL', 'd: DISTANCE ATOMS=5,7 COMPONENTS'];
  const cases: [string, string, RegExp][] = [
    ['', 'd.x', /its components are turned by FIT_TO_TEMPLATE at .*plumed\.dat:1/],
    ['p: POSITION ATOM=5', 'p.x', /expected POSITION NOPBC after FIT_TO_TEMPLATE TYPE=OPTIMAL/],
    ['p: POSITION ATOM=5 NOPBC', 'p', /expected the component x, y or z/],
    ['p: POSITION ATOM=5 NOPBC SCALED_COMPONENTS', 'p.x', /SCALED_COMPONENTS makes it more/],
    ['p: POSITION ATOM=1 NOPBC', 'p.x', /expected atom 1 in the REFERENCE of .*:1, with occupancy 0/],
    [
      'FIT_TO_TEMPLATE REFERENCE=reference-1.pdb\np: POSITION ATOM=5 NOPBC',
      'p.x',
      /:3: expected TYPE=OPTIMAL/,
    ],
    [
      'FIT_TO_TEMPLATE REFERENCE=no.pdb TYPE=OPTIMAL\np: POSITION ATOM=5 NOPBC',
      'p.x',
      /cannot read REFERENCE=no/,
    ],
  ];
  for (const [more, label, reason] of cases) {
    const parsed = parsePlumedInput([...text, more].join('\n'), join(folder, 'plumed.dat'));
    const told = descriptorsFromPlumed(parsed, [label]);
    assert.ok(told.descriptors === undefined, more);
    assert.match(told.reason, reason);
  }
});

test('a reference survives its PDB file, or is refused where the columns are too short', () => {
  assert.deepEqual(parseReferencePdb(formatReferencePdb(reference)), reference);
  assert.equal(parseReferencePdb('ATOM      1  X   REF A   1       1.000   2.000   x\n'), undefined);
  const wrong = [{ weights: [1, 1, 1 / 3] }, { weights: [1, 1, 1000] }, { atoms: [5, 7, 100000] }];
  for (const change of wrong)
    assert.throws(() => formatReferencePdb({ ...reference, ...change }), { code: 'bad-argument' });
  const positions: typeof reference.positions = [[0, 0, 0.12345], ...reference.positions.slice(1)];
  assert.throws(() => formatReferencePdb({ ...reference, positions }), {
    message: /3 decimals in 8 columns/,
  });
});

test('names of MOLINFO, groups, strides and variables mean what PLUMED takes them for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-'));
  try {
    const atoms = [
      ['ACE', 1, ['CH3', 'C', 'O']],
      ['VAL', 2, ['N', 'CA', 'C', 'O', 'CB', 'CG1', 'CG2']],
      ['NME', 3, ['N', 'C']],
    ] as const;
    const lines = atoms.flatMap(([residue, number, names]) =>
      names.map((name) => ({ residue, number, name })),
    );
    const pdb = lines.map(({ residue, number, name }, i) => {
      const [serial, at] = [String(i + 1).padStart(5), String(number).padStart(4)];
      return `ATOM  ${serial}  ${name.padEnd(3)} ${residue} B${at}    ${'   0.000'.repeat(3)}  1.00  1.00`;
    });
    await writeFile(join(folder, 'molecule.pdb'), [...pdb, 'END', ''].join('\n'));
    const text = [
      'early: TORSION ATOMS=@phi-2',
      'MOLINFO STRUCTURE=molecule.pdb',
      'phi: TORSION ATOMS=@phi-2',
      'psi: TORSION ATOMS=@psi-B2',
      'chi: TORSION ATOMS=@chi1-B_2',
      'far: TORSION ATOMS=@phi-9',
      'other: TORSION ATOMS=@phi-A2',
      'ends: GROUP ATOMS=1-9:8,@N-3',
      'all: GROUP ATOMS=ends,5',
      'none: GROUP ATOMS=1-9 REMOVE=3',
      'c: COORDINATION GROUPA=all GROUPB=6,7 SWITCH={RATIONAL R_0=0.3}',
      'late: COORDINATION GROUPA=after SWITCH={RATIONAL R_0=0.3}',
      'lost: COORDINATION GROUPA=none SWITCH={RATIONAL R_0=0.3}',
      'after: GROUP ATOMS=1,2',
      'd: DISTANCE ATOMS=ends,2',
      'r: DISTANCE ATOMS=1,2',
      'i: CUSTOM ARG=r VAR=r FUNC=1/r PERIODIC=NO',
    ].join('\n');
    const of = parsePlumedInput(text, join(folder, 'plumed.dat'));
    const found = descriptorsFromPlumed(of, ['phi', 'psi', 'chi', 'c', 'i']);
    assert.ok(found.descriptors, 'reason' in found ? found.reason : '');
    // serials by hand, and PLUMED's own log below
    assert.deepEqual(
      descriptorsBySerial(found.descriptors).map(({ atoms: serials }) => serials),
      [
        [2, 4, 5, 6],
        [4, 5, 6, 11],
        [4, 5, 8, 9],
        [1, 9, 11, 5],
        [1, 2],
      ],
    );
    const refused: [string, RegExp][] = [
      ['early', /dat:1: expected four atoms but received ATOMS=@phi-2: @phi-2 needs MOLINFO before it/],
      ['far', /@phi-9 is no torsion or atom of .*dat:2/],
      ['other', /@phi-A2 is no torsion or atom/],
      ['late', /expected atoms for GROUPA and GROUPB: after is neither a serial nor a GROUP/],
      ['lost', /REMOVE of GROUP is not read/],
      ['d', /expected two atoms but received ATOMS=ends,2/],
    ];
    for (const [label, reason] of refused) {
      const result = descriptorsFromPlumed(of, [label]);
      assert.ok(!result.descriptors, label);
      assert.match(result.reason, reason);
    }
    const plumed = await findPlumed();
    const parsed = text
      .split('\n')
      .filter((line) => !/^(early|far|other|late|lost|none|d):/.test(line))
      .join('\n');
    await writeFile(join(folder, 'right.dat'), parsed + '\nPRINT ARG=phi FILE=OUT\n');
    await writeFile(
      join(folder, 'frame.xyz'),
      `12\n9 9 9\n${lines.map((_, i) => `C ${i} ${i % 3} ${i % 2}`).join('\n')}\n`,
    );
    await runDriver({
      plumed,
      cwd: folder,
      plumedFile: join(folder, 'right.dat'),
      trajectory: join(folder, 'frame.xyz'),
    });
    const log = await readFile(join(folder, 'driver.log'), 'utf8');
    assert.deepEqual(
      [...log.matchAll(/between atoms (\d+) (\d+) (\d+) (\d+)/g)].map((match) => match.slice(1).map(Number)),
      [
        [2, 4, 5, 6],
        [4, 5, 6, 11],
        [4, 5, 8, 9],
      ],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('centres are told back as points, once each, with weights, in groups and of one another', () => {
  const centres = parsePlumedInput(
    [
      'host: CENTER ATOMS=1-3 WEIGHTS=1,2,1',
      'guest: CENTER ATOMS=7,9',
      'both: CENTER ATOMS=host,5',
      'pair: GROUP ATOMS=host,guest',
      'open: CENTER ATOMS=1-3 NOPBC',
      'heavy: COM ATOMS=1-3',
      'massive: CENTER ATOMS=1-3 MASS',
      'fixed: FIXEDATOM AT=0,0,0',
      'd: DISTANCE ATOMS=host,guest',
      'a: ANGLE ATOMS=host,5,both',
      'c: COORDINATION GROUPA=pair GROUPB=10-12 SWITCH={RATIONAL R_0=0.3}',
      'e: DISTANCE ATOMS=open,5',
      'f: DISTANCE ATOMS=heavy,5',
      'g: DISTANCE ATOMS=massive,5',
      'h: DISTANCE ATOMS=fixed,5',
      'i: GYRATION ATOMS=host,5',
    ].join('\n'),
    'plumed.dat',
  );
  const { descriptors: set } = descriptorsFromPlumed(centres, ['d', 'a', 'c']);
  assert.ok(set);
  const [distance, angle, sum] = descriptorsBySerial(set);
  assert.deepEqual(distance.atoms, [-1, -2]);
  assert.deepEqual(angle.atoms, [-1, 5, -3]);
  assert.deepEqual(sum.atoms, [-1, -2]);
  assert.deepEqual(pointsBySerial(set), [
    { kind: 'centre', atoms: [1, 2, 3], weights: [1, 2, 1] },
    { kind: 'centre', atoms: [7, 9] },
    { kind: 'centre', atoms: [-1, 5] },
  ]);
  const again = descriptorsFromPlumed(
    parsePlumedInput(descriptorStatements(set).join('\n')),
    descriptorLabels(set),
  );
  assert.deepEqual(again.descriptors, set);

  const model = { inputs: ['c', 'd'], outputs: ['node-0'] };
  const known = descriptorsFromPlumed(centres, model.inputs).descriptors!;
  assert.deepEqual(checkArguments(centres, new NameTable(centres), { ...model, descriptors: known }), []);
  // in another order of the labels points have other numbers
  const turned = descriptorsFromPlumed(centres, ['a', 'd', 'c']).descriptors!;
  const inputs = ['a', 'd', 'c'];
  assert.deepEqual(
    checkArguments(centres, new NameTable(centres), { ...model, inputs, descriptors: turned }),
    [],
  );
  const other = parsePlumedInput(
    ['host: CENTER ATOMS=1-4', 'guest: CENTER ATOMS=7,9', 'd: DISTANCE ATOMS=host,guest'].join('\n'),
    'plumed.dat',
  );
  const alone = descriptorsFromPlumed(centres, ['d']).descriptors!;
  assert.throws(
    () => checkArguments(other, new NameTable(other), { ...model, inputs: ['d'], descriptors: alone }),
    /trained with d as DISTANCE ATOMS=\w+,\w+ but here it is DISTANCE ATOMS=host,guest/,
  );
  for (const [label, reason] of [
    ['e', /plumed\.dat:5: it and what is made of it differ in NOPBC/],
    ['f', /plumed\.dat:6: a centre by mass takes the masses of the run/],
    ['g', /plumed\.dat:7: a centre by mass/],
    ['h', /fixed is neither a serial nor a GROUP or CENTER/],
    ['i', /expected serials from 1 for ATOMS/],
  ] as const) {
    const refused = descriptorsFromPlumed(centres, [label]);
    assert.ok(!refused.descriptors);
    assert.match(refused.reason, reason);
  }
});
