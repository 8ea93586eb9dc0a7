import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import type { PlumedModel } from '../../src/plumed/model-arguments.js';
import { parsePlumedInput } from '../../src/plumed/parse-input.js';
import { patchPlumedInput, type PatchedInput, type PatchOptions } from '../../src/plumed/patch-input.js';
import { temporaryFolder } from '../temporary-folder.js';

const descriptors = descriptorSet([
  { kind: 'distance', atoms: [5, 7] },
  { kind: 'distance', atoms: [7, 9] },
]);
const model: PlumedModel = {
  inputs: ['d1', 'd2'],
  inputUnits: ['nm', 'nm'],
  outputs: ['node-0', 'node-1'],
  outputMin: [-1, -0.5],
  outputMax: [1, 0.5],
};
const files = { modelPath: 'model.onnx', pluginPath: '/opt/latentcv/plugin.so' };
const opes = { kind: 'opes', barrier: 40 } as const;
const plain = 'd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9\nPRINT ARG=d1,d2 FILE=COLVAR STRIDE=10\n';

function patch(text: string, options: Partial<PatchOptions> = {}): PatchedInput {
  return patchPlumedInput(parsePlumedInput(text, 'plumed.dat'), { model, ...files, ...options });
}

test('a CV, a bias and a print join an input that stays as it was', () => {
  const { text, columns, colvar, labels, mode } = patch(plain, { bias: opes });
  assert.equal(
    text,
    'LOAD FILE=/opt/latentcv/plugin.so\n' +
      plain +
      '# latentcv: the collective variables of model.onnx and a bias along them\n' +
      'cv: ONNX_MODEL FILE=model.onnx ARG=d1,d2\n' +
      'opes: OPES_METAD ARG=cv.node-0,cv.node-1 PACE=500 BARRIER=40 FILE=KERNELS STATE_WFILE=STATE STATE_WSTRIDE=500\n' +
      'PRINT ARG=cv.node-0,cv.node-1,opes.bias STRIDE=500 FILE=COLVAR_cv\n',
  );
  assert.deepEqual(columns, ['cv.node-0', 'cv.node-1', 'opes.bias']);
  assert.deepEqual([colvar, mode, labels], ['COLVAR_cv', 'arg', { model: 'cv', bias: 'opes' }]);
});

test('the bias of a committor, applied as it is, beside OPES along its z', () => {
  const committor = { ...model, outputs: ['node-0'], committor: true, kolmogorov: { temperature: 310 } };
  const bias = { kind: 'kolmogorov+opes', barrier: 40, sigma: 0.1 } as const;
  const { text, columns, notes } = patch(plain, { model: committor, bias: { ...bias, temperature: 310 } });
  assert.ok(
    text.includes(
      'cv: ONNX_MODEL FILE=model.onnx ARG=d1,d2 COMMITTOR KOLMOGOROV TEMP=310\n' +
        'kolmogorov: BIASVALUE ARG=cv.kolmogorov\n' +
        'opes: OPES_METAD ARG=cv.node-0 PACE=500 BARRIER=40 SIGMA=0.1 TEMP=310 FILE=KERNELS',
    ),
    text,
  );
  assert.deepEqual(columns, ['cv.node-0', 'cv.committor', 'kolmogorov.bias', 'opes.bias']);
  assert.ok(notes.includes('the frames weigh by the sum of kolmogorov.bias and opes.bias'));
  const natural = patch(`UNITS NATURAL\n${plain}`, {
    model: { ...committor, kolmogorov: { temperature: 1 / 8.31446261815324e-3 } },
    bias: { ...bias, kT: 1 },
  });
  assert.match(natural.text, /KOLMOGOROV TEMP=1\n/);
  // left to the engine, which PLUMED asks
  assert.match(patch(plain, { model: committor, bias }).text, /COMMITTOR KOLMOGOROV\n/);
});

test('that bias is refused at another temperature, and of a model without it', () => {
  const bias = { kind: 'kolmogorov+opes', barrier: 40, sigma: 0.1, temperature: 300 } as const;
  assert.throws(() => patch(plain, { model: { ...model, kolmogorov: { temperature: 310 } }, bias }), {
    code: 'bad-argument',
    message: /expected 310 K, at which the model has the bias from its committor, but the run is at 300 K/,
  });
  assert.throws(() => patch(plain, { bias }), {
    code: 'bad-argument',
    message:
      /expected a model with the bias from the gradient of its committor for kolmogorov\+opes but it has none/,
  });
});

test('from atoms where the model tells how', () => {
  const { text, mode } = patch('', { model: { ...model, descriptors } });
  assert.equal(mode, 'atoms');
  assert.match(
    text,
    /^LOAD .*\n# .*\ncv: ONNX_MODEL FILE=model.onnx ATOMS=5,7,9\nPRINT ARG=cv.node-0,cv.node-1 STRIDE=500 FILE=COLVAR\n$/,
  );
  assert.throws(() => patch('', { mode: 'atoms' }), {
    code: 'plumed-input',
    message: /model that tells its atoms/,
  });
});

test('every byte of the input is kept: line ends, missing final newline, blocks, comments, ENDPLUMED', () => {
  const inputs = [
    '# vim:ft=plumed\r\nd1: DISTANCE ATOMS=5,7\r\nd2: DISTANCE ATOMS=7,9\r\n',
    'd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9',
    'd1: DISTANCE ...\n\tATOMS=5,7 # ENDPLUMED\n... d1:\n\n\n  d2:  DISTANCE   ATOMS=7,9  \t\n#\n',
    '\n# ENDPLUMED LOAD\nd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9\nENDPLUMED\nrubbish here',
  ];
  for (const input of inputs) {
    const { text, added } = patch(input, { bias: opes });
    let rest = text;
    for (const line of added) {
      assert.ok(rest.includes(line), line);
      rest = rest.replace(new RegExp(`${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\r?\\n`), '');
    }
    assert.equal(rest.replace(/\n$/, ''), input.replace(/\n$/, ''));
    assert.equal(text.includes('\r\n'), input.includes('\r\n'));
    const again = parsePlumedInput(text);
    assert.deepEqual(
      again.statements.map(({ label, action }) => label ?? action),
      ['LOAD', 'd1', 'd2', 'cv', 'opes', 'PRINT'],
    );
  }
});

test('without a final newline one is added, and nothing else', () => {
  const input = 'd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9';
  assert.ok(patch(input).text.includes(`${input}\n# latentcv`));
});

test('labels and files that are taken are avoided, and the user is told', () => {
  const text =
    plain +
    'cv: COMBINE ARG=d1 PERIODIC=NO\nMETAD LABEL=opes ARG=d1 SIGMA=0.1 HEIGHT=1 PACE=5 FILE=KERNELS\n';
  const { text: patched, notes, labels, biasFiles } = patch(text, { bias: opes });
  assert.deepEqual(labels, { model: 'cv2', bias: 'opes2' });
  assert.deepEqual(biasFiles, ['KERNELS_opes2', 'STATE']);
  assert.match(patched, /cv2: ONNX_MODEL/);
  assert.match(patched, /opes2: OPES_METAD ARG=cv2.node-0,cv2.node-1/);
  assert.ok(notes.includes('plumed.dat:4: the label cv is already taken by COMBINE; cv2 is used instead'));
  assert.ok(notes.includes('plumed.dat:5: METAD biases this run as well'));
});

test('a label or file asked for is refused where taken', () => {
  assert.throws(() => patch(plain, { labels: { model: 'd1' } }), {
    code: 'plumed-input',
    message: 'plumed.dat:1: the label d1 is already taken by DISTANCE',
  });
  assert.throws(() => patch(plain, { print: { file: 'COLVAR' } }), {
    code: 'plumed-input',
    message: 'plumed.dat:3: the file COLVAR is already taken by PRINT',
  });
  assert.throws(() => patch(plain, { labels: { model: 'a.b' } }), { code: 'bad-argument' });
});

test('a plugin that is loaded already is not loaded twice', () => {
  const { text } = patch(`LOAD FILE=${files.pluginPath}\n${plain}`);
  assert.equal(text.match(/LOAD/g)?.length, 1);
  const { notes } = patch(`LOAD FILE=/elsewhere/plugin.so\n${plain}`);
  assert.deepEqual(notes.slice(0, 1), ['plumed.dat:1: the plugin is loaded from /elsewhere/plugin.so']);
});

test('patching twice is refused with the place of the model', () => {
  const once = patch(plain).text;
  assert.throws(() => patch(once), {
    code: 'plumed-input',
    message: 'plumed.dat:6: the model model.onnx is already there, as cv',
  });
  assert.equal(patch(once, { modelPath: 'other.onnx' }).labels.model, 'cv2');
});

test('arguments that are missing are refused with the closest and its line', () => {
  assert.throws(() => patch('# x\ndd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9\n'), {
    code: 'plumed-input',
    message:
      'expected the label d1, which the model needs, in plumed.dat but found none of that name; ' +
      'the closest to d1 is dd1 at plumed.dat:2',
  });
  assert.throws(() => patch('', { mode: 'arg', model: { ...model, descriptors } }), {
    message: /expected the labels d1, d2, which the model needs, in plumed.dat/,
    hint: /mode atoms/,
  });
});

test('arguments defined behind ENDPLUMED are refused with both lines', () => {
  assert.throws(() => patch('d1: DISTANCE ATOMS=5,7\nENDPLUMED\nd2: DISTANCE ATOMS=7,9\n'), {
    message: 'plumed.dat:3: the model needs d2, which is defined behind ENDPLUMED (line 2)',
  });
});

test('a label that means another distance than in training is refused', () => {
  const known = { mode: 'arg', model: { ...model, descriptors } } as const;
  assert.doesNotThrow(() => patch('d1: DISTANCE ATOMS=7,5\nd2: DISTANCE ATOMS=7,9\n', known));
  const cases: [string, RegExp][] = [
    ['DISTANCE ATOMS=5,8', /plumed.dat:2: .* d1 as DISTANCE ATOMS=5,7 but here it is DISTANCE ATOMS=5,8$/],
    ['DISTANCE ATOMS=5,7 NOPBC', /here it is DISTANCE ATOMS=5,7 NOPBC$/],
    ['COMBINE ARG=d2 PERIODIC=NO', /here it is COMBINE$/],
    ['TORSION ATOMS=1,2,3,4', /here it is TORSION ATOMS=1,2,3,4$/],
  ];
  for (const [definition, message] of cases) {
    assert.throws(() => patch(`d2: DISTANCE ATOMS=7,9\nd1: ${definition}\n`, known), {
      code: 'plumed-input',
      message,
    });
  }
});

test('a label that means another torsion or coordination than in training is refused', () => {
  const known = {
    mode: 'arg',
    model: {
      ...model,
      inputs: ['phi', 'cn'],
      descriptors: descriptorSet([
        { kind: 'torsion', atoms: [5, 7, 9, 15] },
        {
          kind: 'coordination',
          atoms: [1, 2],
          partners: [3, 4],
          switching: { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 },
        },
      ]),
    },
  } as const;
  const phi = 'phi: TORSION ATOMS=15,9,7,5\n';
  const cn = 'cn: COORDINATION GROUPA=4,3 GROUPB=1-2 SWITCH={RATIONAL R_0=0.3}\n';
  assert.doesNotThrow(() => patch(phi + cn, known));
  assert.throws(() => patch(`phi: TORSION ATOMS=5,7,15,9\n${cn}`, known), {
    message: /phi as TORSION ATOMS=5,7,9,15 but here it is TORSION ATOMS=5,7,15,9$/,
  });
  assert.throws(() => patch(phi + cn.replace('0.3', '0.4'), known), {
    message:
      /cn as COORDINATION GROUPA=1,2 GROUPB=3,4 SWITCH={RATIONAL R_0=0\.3 .*} but here it is .*R_0=0\.4/,
  });
  assert.throws(() => patch(`UNITS LENGTH=A\n${phi}${cn}`, known), {
    message: /the model takes cn in nm but here lengths are in units of 0\.1 nm/,
  });
});

test('components of actions and labels of included files count as arguments', async () => {
  const folder = temporaryFolder('plumed');
  await writeFile(join(folder, 'cvs.dat'), 'v: DISTANCE ATOMS=1,2 COMPONENTS\ncv: GYRATION ATOMS=1-9\n');
  const input = parsePlumedInput('INCLUDE FILE=cvs.dat\n', join(folder, 'plumed.dat'));
  const options = { model: { inputs: ['v.x', 'cv'], outputs: ['node-0'] }, ...files };
  const { text, notes } = patchPlumedInput(input, options);
  assert.match(text, /^LOAD.*\nINCLUDE FILE=cvs.dat\n#.*\ncv2: ONNX_MODEL FILE=model.onnx ARG=v.x,cv\n/);
  assert.match(notes[0], /cvs\.dat:2: the label cv is already taken by GYRATION/);
});

test('lengths in other units are refused for arguments and left to the plugin for atoms', () => {
  const angstrom = 'UNITS LENGTH=A\n' + plain;
  assert.throws(() => patch(angstrom), {
    code: 'plumed-input',
    message: 'plumed.dat:1: the model takes d1 in nm but here lengths are in units of 0.1 nm',
  });
  assert.doesNotThrow(() => patch(angstrom, { model: { ...model, descriptors } }));
  const { notes } = patch(angstrom, { model: { ...model, inputUnits: ['', ''] } });
  assert.match(notes[0], /plumed.dat:1: .* make sure that d1 was in the same unit/);
});

test('energies are converted to the units of the input', () => {
  // 40 / 4.184 and 1.2 / 4.184 kcal/mol
  assert.match(patch('UNITS ENERGY=kcal/mol\n' + plain, { bias: opes }).text, / BARRIER=9\.56022944551 /);
  const metad = { kind: 'metad', height: 1.2, sigma: 0.1, biasFactor: 10 } as const;
  assert.match(patch('UNITS ENERGY=kcal/mol\n' + plain, { bias: metad }).text, / HEIGHT=0\.286806883365 /);
  const natural = patch('UNITS NATURAL\n' + plain, { bias: opes });
  assert.match(natural.text, / BARRIER=40 /);
  assert.ok(natural.notes.some((note) => note.includes('natural units')));
});

test('in natural units kT stands for the temperature, and the unit of length is told', () => {
  const units = 'UNITS NATURAL\n';
  const { text, notes } = patch(units + plain, { bias: { ...opes, kT: 0.1 } });
  assert.match(text, / BARRIER=40 TEMP=0\.1 /);
  assert.ok(
    !notes.some((note) => note.includes('perNanometre')),
    'the labels of the input are what they are',
  );
  const fromAtoms = { model: { ...model, descriptors } };
  assert.ok(patch(units, fromAtoms).notes.some((note) => note.endsWith('with ‘perNanometre: 1’')));
  assert.ok(
    patch('UNITS NATURAL LENGTH=0.5\n', fromAtoms).notes.some((note) => note.endsWith('‘perNanometre: 2’')),
  );
  assert.deepEqual(patch('', fromAtoms).notes, []);
  assert.throws(() => patch(units + plain, { bias: { ...opes, temperature: 300 } }), {
    message: /expected kT for an input in natural units \(plumed\.dat:1\) but received a temperature of 300/,
    hint: /‘kT’/,
  });
});

test('units that COLVAR will be in are told', () => {
  const { notes } = patch('UNITS ENERGY=kcal/mol TIME=fs\n' + plain, { bias: opes });
  assert.ok(
    notes.includes(
      "in COLVAR_cv energies are in kcal/mol, times are in fs: latentcv fes and train need ‘plumed’ with this input, or a run's folder",
    ),
    notes.join('\n'),
  );
  const natural = patch('UNITS NATURAL\n' + plain, { bias: { ...opes, kT: 0.1 } });
  assert.ok(
    natural.notes.includes('in COLVAR_cv energies are in natural units: latentcv fes and train need ‘kT’'),
    natural.notes.join('\n'),
  );
});

test('kT is refused where units are not natural, and beside a temperature', () => {
  assert.throws(() => patch(plain, { bias: { ...opes, kT: 0.1 } }), {
    code: 'plumed-input',
    message: 'expected UNITS NATURAL in the input for kT=0.1 but found no UNITS',
    hint: /units lj/,
  });
  assert.throws(() => patch('UNITS ENERGY=kcal/mol\n' + plain, { bias: { ...opes, kT: 0.1 } }), {
    message: /but found other units at plumed\.dat:1$/,
  });
  assert.throws(() => patch('UNITS NATURAL\n' + plain, { bias: { ...opes, kT: 0.1, temperature: 1 } }), {
    code: 'bad-argument',
  });
});

test('metadynamics gets a grid from the training ranges, and prints what reweighting needs', () => {
  const bias = {
    kind: 'metad',
    height: 1.2,
    sigma: [0.1, 0.05],
    biasFactor: 10,
    pace: 250,
    temperature: 300,
  } as const;
  const { text, columns } = patch(plain, { bias });
  assert.match(
    text,
    /\nmetad: METAD ARG=cv\.node-0,cv\.node-1 PACE=250 HEIGHT=1\.2 SIGMA=0\.1,0\.05 BIASFACTOR=10 TEMP=300 FILE=HILLS GRID_MIN=-3,-1\.5 GRID_MAX=3,1\.5 CALC_RCT\n/,
  );
  assert.deepEqual(columns.slice(2), ['metad.bias', 'metad.rbias']);
  const periodic: PlumedModel = { ...model, outputPeriods: [[-Math.PI, Math.PI], undefined] };
  assert.match(patch(plain, { bias, model: periodic }).text, /GRID_MIN=-pi,-1\.5 GRID_MAX=pi,1\.5/);
  const unknown = patch(plain, { bias, model: { inputs: ['d1', 'd2'], outputs: ['node-0', 'node-1'] } });
  assert.doesNotMatch(unknown.text, /GRID|RCT/);
  assert.deepEqual(unknown.columns.slice(2), ['metad.bias']);
});

test("one component can be biased, and the input's own labels printed along", () => {
  const bias = { ...opes, components: ['node-1'], pace: 100, temperature: 310 };
  const { text } = patch(plain, { bias, print: { stride: 50, also: ['d1'], file: 'LATENT' } });
  assert.match(
    text,
    /opes: OPES_METAD ARG=cv\.node-1 PACE=100 BARRIER=40 TEMP=310 FILE=KERNELS STATE_WFILE=STATE STATE_WSTRIDE=100\n/,
  );
  assert.match(text, /PRINT ARG=d1,cv\.node-0,cv\.node-1,opes\.bias STRIDE=50 FILE=LATENT\n$/);
  assert.throws(() => patch(plain, { bias: { ...opes, components: ['node-2'] } }), {
    code: 'bad-argument',
    message: /expected components of the model \(node-0, node-1\) but received node-2/,
  });
  assert.throws(() => patch(plain, { print: { also: ['phi'] } }), { code: 'bad-argument' });
});

test('numbers out of range are refused', () => {
  for (const bias of [
    { ...opes, barrier: 0 },
    { ...opes, barrier: NaN },
    { ...opes, pace: 0.5 },
    { ...opes, temperature: -1 },
    { kind: 'metad', height: 1, sigma: [0.1], biasFactor: 10 } as const,
    { kind: 'metad', height: 1, sigma: 0.1, biasFactor: 1 } as const,
  ]) {
    assert.throws(() => patch(plain, { bias }), { code: 'bad-argument' }, JSON.stringify(bias));
  }
  assert.throws(() => patch(plain, { print: { stride: 0 } }), { code: 'bad-argument' });
});

test('paths with blanks are put in braces; what PLUMED cannot read is refused', () => {
  assert.match(patch(plain, { modelPath: 'my model.onnx' }).text, /ONNX_MODEL FILE=\{my model\.onnx\} ARG/);
  assert.throws(() => patch(plain, { modelPath: 'a#b.onnx' }), {
    code: 'bad-argument',
    message: /without # and braces/,
  });
});

test('names of a model file that PLUMED would take for something else are refused, bias or not', () => {
  for (const name of ['* FILE=PWNED STRIDE=1 #', 'a b', 'a,b', 'cv*', '{a}', '(a', 'a=1', 'a"b', 'a\tb']) {
    for (const bias of [opes, { kind: 'none' } as const])
      assert.throws(() => patch(plain, { bias, model: { ...model, outputs: ['node-0', name] } }), {
        code: 'plumed-input',
        message: /expected names that PLUMED reads as one argument/,
      });
  }
  const inputs = ['d1', 'd1.x FILE=PWNED'];
  assert.throws(() => patch('d1: DISTANCE ATOMS=5,7 COMPONENTS\n', { model: { ...model, inputs } }), {
    code: 'plumed-input',
  });
});

test('RESTART and ENERGY of the input are told', () => {
  const { notes } = patch(`RESTART\nene: ENERGY\n${plain}`, { bias: opes });
  assert.ok(
    notes.includes(
      'plumed.dat:1: by RESTART the new bias goes on from KERNELS: for its first run remove RESTART, or write RESTART=NO into opes',
    ),
    notes.join('\n'),
  );
  assert.ok(notes.some((note) => /^plumed\.dat:2: GROMACS 2024 to 2026 leave ENERGY 0/.test(note)));
  assert.deepEqual(
    patch(`RESTART NO\n${plain}`, { bias: opes }).notes.length,
    patch(plain, { bias: opes }).notes.length,
  );
});

test('an ensemble is asked for its uncertainty, which is printed and not biased', () => {
  const { text, components, columns } = patch('d1: DISTANCE ATOMS=7,5\nd2: DISTANCE ATOMS=7,9\n', {
    mode: 'arg',
    model: { ...model, uncertainty: true },
    bias: { kind: 'opes', barrier: 40 },
  });
  assert.match(text, /ONNX_MODEL FILE=model.onnx ARG=d1,d2 UNCERTAINTY\n/);
  assert.ok(columns.includes('cv.uncertainty') && !components.includes('cv.uncertainty'));
  assert.match(text, /PRINT ARG=\S*cv\.uncertainty/);
  assert.doesNotMatch(text, /OPES_METAD ARG=\S*uncertainty/);
});

test('lengths of gradients are printed of models of atoms, and refused of arguments', () => {
  const { text, columns } = patch('', { model: { ...model, descriptors }, gradient: true });
  assert.match(text, /ONNX_MODEL FILE=model.onnx ATOMS=5,7,9 GRADIENT\n/);
  for (const name of ['node-0-gradient', 'node-1-gradient', 'gradient'])
    assert.ok(columns.includes(`cv.${name}`), name);
  assert.throws(() => patch(plain, { gradient: true }), /from atoms for the lengths of gradients/);
});

test('angles in radians are refused for a model that was trained on degrees', () => {
  const angles = 'phi: TORSION ATOMS=5,7,9,15\ntheta: ANGLE ATOMS=5,7,9\n';
  const trained = (
    inputPeriods: NonNullable<PlumedModel['inputPeriods']>,
    inputMax: number[],
  ): Partial<PatchOptions> => ({
    model: { inputs: ['phi', 'theta'], inputPeriods, inputMin: [0, 0], inputMax, outputs: ['node-0'] },
  });
  assert.throws(() => patch(angles, trained([[-180, 180], undefined], [170, 2])), {
    code: 'plumed-input',
    message: 'plumed.dat:1: the model was trained on phi in degrees (-180 to 180) but TORSION gives radians',
  });
  assert.throws(() => patch(angles, trained([[-Math.PI, Math.PI], undefined], [3, 143])), {
    message: 'plumed.dat:2: the model was trained on theta in degrees (up to 143) but ANGLE gives radians',
  });
  assert.doesNotThrow(() => patch(angles, trained([[-Math.PI, Math.PI], undefined], [3, 2])));
  const degrees =
    'r: TORSION ATOMS=5,7,9,15\nphi: CUSTOM ARG=r FUNC=x*180/pi PERIODIC=-180,180\ntheta: ANGLE ATOMS=5,7,9\n';
  assert.doesNotThrow(() => patch(degrees, trained([[-180, 180], undefined], [170, 2])));
});
