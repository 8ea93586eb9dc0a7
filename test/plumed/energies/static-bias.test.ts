import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inputBiases, parsePlumedInput, type InputBiases } from '../../../src/plumed/index.js';
import { findPlumed, runDriver } from '../../../src/programs/plumed/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

// three columns of 40 frames: coordinates of one atom, of which PLUMED makes a periodic one as well
const frames = Array.from({ length: 40 }, (_, i) => [
  3 * Math.sin(1.7 * i + 0.3),
  2.9 * Math.cos(0.9 * i),
  0.05 * i - 1,
]);
const columns = `p: POSITION ATOM=1 NOPBC
phi: CUSTOM ARG=p.x FUNC=x PERIODIC=-pi,pi
`;

const statements = `
r1: RESTRAINT ARG=p.y AT=0.4 KAPPA=120
r2: RESTRAINT ARG=phi AT=3 KAPPA=35.5
r3: RESTRAINT ARG=phi,p.y,p.z AT=-3,pi/4,0.1 KAPPA=10,20,0 SLOPE=1,-2,4.5
RESTRAINT ARG=p.z AT=0 KAPPA=7 LABEL=r4
u1: UPPER_WALLS ARG=p.z AT=0.2 KAPPA=500
u2: UPPER_WALLS ARG=p.z,phi AT=0.1,2 KAPPA=100,30 EXP=4,3 EPS=0.5,2 OFFSET=0.3,0
l1: LOWER_WALLS ARG=p.z,p.y AT=-0.5,0 KAPPA=100,3 EXP=2,3 EPS=1,0.7 OFFSET=0.05,0.2
twist: MATHEVAL ARG=phi,p.y VAR=a,b FUNC=2*(1+cos(3*a-pi/3))*exp(-b^2/2)-b^-2 PERIODIC=NO
b1: BIASVALUE ARG=twist
turned: CUSTOM ARG=p.x,p.y FUNC=atan2(y,x) PERIODIC=-pi,pi
r5: RESTRAINT ARG=turned AT=3.0 KAPPA=11
both: COMBINE ARG=p.y,phi,turned COEFFICIENTS=0.5,2,-1 PARAMETERS=0.3,3,-3 POWERS=2,2,1 PERIODIC=NO
b2: BIASVALUE ARG=both,twist
far: CUSTOM ARG=p.z,p.y,phi FUNC=step(w-0.1)*select(y,erf(w)+z,erfc(w*4));w=x^2+min(x,z)*abs(x) PERIODIC=NO
u3: UPPER_WALLS ARG=far AT=0 KAPPA=3
`;

/** Each bias as PLUMED prints it for the frames, by its column. */
async function byPlumed(text: string, labels: readonly string[]): Promise<number[][]> {
  const folder = temporaryFolder('energies');
  const xyz = frames.map(
    (row) => `1\n100 100 100\nC ${row.map((value) => value.toPrecision(17)).join(' ')}\n`,
  );
  writeFileSync(join(folder, 'frames.xyz'), xyz.join(''));
  const print = `PRINT ARG=p.x,p.y,p.z,phi,${labels.map((label) => `${label}.bias`).join(',')} FILE=out FMT=%.15g\n`;
  writeFileSync(join(folder, 'plumed.dat'), columns + text + print);
  const plumed = await findPlumed();
  await runDriver({
    plumed,
    cwd: folder,
    plumedFile: join(folder, 'plumed.dat'),
    trajectory: join(folder, 'frames.xyz'),
  });
  return readFileSync(join(folder, 'out'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));
}

const labels = ['r1', 'r2', 'r3', 'r4', 'u1', 'u2', 'l1', 'b1', 'r5', 'b2', 'u3'];
const names = ['p.x', 'p.y', 'p.z', 'phi'];
const printed = (label: string) =>
  names.includes(label)
    ? { period: label === 'phi' ? ([-Math.PI, Math.PI] as const) : undefined }
    : undefined;

const ofInput = (text: string): InputBiases => inputBiases(parsePlumedInput(text), printed);

test("each static bias of printed columns has PLUMED's energy, periodic columns on the shorter way round", async () => {
  const rows = await byPlumed(statements, labels);
  assert.equal(rows.length, frames.length);
  const { known, others } = ofInput(columns + statements);
  assert.deepEqual(others, []);
  assert.deepEqual(known.map(({ label }) => label).sort(), [...labels].sort());
  const values = (column: string) => Float64Array.from(rows, (row) => row[1 + names.indexOf(column)]);
  for (const { label, energy } of known) {
    const ours = energy(values);
    const place = 1 + names.length + labels.indexOf(label);
    rows.forEach((row, i) => {
      const allowed = 1e-6 * Math.max(1, Math.abs(row[place]));
      assert.ok(Math.abs(ours[i] - row[place]) < allowed, `${label}, frame ${i}: ${ours[i]}, ${row[place]}`);
    });
    assert.ok(
      rows.some((row) => Math.abs(row[place]) > 0.1),
      `${label} acts`,
    );
  }
});

test('energies are in the unit of the input, and come out in kJ/mol', () => {
  const text = 'r: RESTRAINT ARG=p.y AT=1 KAPPA=10\n';
  const values = () => Float64Array.of(3);
  const one = (units: string) => ofInput(units + text).known[0].energy(values)[0];
  assert.equal(one(''), 20);
  assert.equal(one('UNITS ENERGY=kcal/mol LENGTH=A\n'), 20 * 4.184);
  assert.equal(one('UNITS NATURAL\n'), 20);
  const [plain, kcal] = ['', 'UNITS ENERGY=kcal/mol\n'].map((units) => ofInput(units + text).known[0].key);
  assert.notEqual(plain, kcal);
});

test('walls bound, a surface is none of the biases, and equal functions have equal keys', () => {
  const { known } = ofInput(
    'a: RESTRAINT ARG=p.y AT=1.0 KAPPA=10\nb: RESTRAINT KAPPA=10.0 ARG=p.y AT=1\nw: LOWER_WALLS ARG=p.y AT=1 KAPPA=10\npotential: BIASVALUE ARG=p.y\n',
  );
  assert.deepEqual(
    known.map(({ kind }) => kind),
    ['weigh', 'weigh', 'bound', 'surface'],
  );
  assert.equal(known[0].key, known[1].key);
  assert.notEqual(known[0].key, known[2].key);
});

test('what is no static function of printed columns is told with the reason', () => {
  const { known, others } = ofInput(
    'opes: OPES_METAD ARG=p.y PACE=500 BARRIER=40\npull: MOVINGRESTRAINT ARG=p.y STEP0=0 AT0=0 KAPPA0=1\n' +
      'd: DISTANCE ATOMS=1,2\nr: RESTRAINT ARG=d AT=0 KAPPA=1\nq: RESTRAINT ARG=(p\\..*) AT=0 KAPPA=1\ngrid: EXTERNAL ARG=p.y FILE=grid.dat\n' +
      'half: CUSTOM ARG=d FUNC=x/2 PERIODIC=NO\nh: BIASVALUE ARG=half\n',
  );
  assert.deepEqual(known, []);
  assert.deepEqual(
    others.map(({ label, why, missing }) => [label, why, missing]),
    [
      ['opes', 'adaptive', []],
      ['pull', 'moving', []],
      ['r', 'unknown', ['d']],
      ['q', 'unknown', []],
      ['grid', 'unknown', []],
      ['h', 'unknown', ['d']],
    ],
  );
  assert.match(others[1].reason, /MOVINGRESTRAINT moves with time/);
  assert.match(others[2].reason, /d is not printed/);
});

test('a function that PLUMED could not read either is refused with its line', () => {
  const refused = (func: string, message: RegExp) =>
    assert.throws(() => ofInput(`f: CUSTOM ARG=p.y FUNC=${func} PERIODIC=NO\nb: BIASVALUE ARG=f\n`), {
      code: 'plumed-input',
      message,
    });
  refused('x+', /line 2: expected a value at its end/);
  refused('sinus(x)', /expected a function of Lepton but received ‘sinus’/);
  refused('(x', /closing parenthesis/);
  refused('x*u', /expected a variable but received ‘u’/);
  refused('min(x)', /expected 2 values for min but received 1/);
});
