import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { writeTable } from '../../../../src/frames/index.js';
import { Random } from '../../../../src/support/index.js';
import '../../../optimised-plumed.js';
import { temporaryFolder } from '../../../temporary-folder.js';
import { runCli } from '../../run-cli.js';
import { expectDocumented } from '../../documented-keys.js';

// A particle in two dimensions with a barrier of 7 kT along x and none along y, and a model of either.

const cwd = temporaryFolder('pilot-command');
const surface = `UNITS NATURAL
p: DISTANCE ATOMS=1,2 COMPONENTS
v: CUSTOM ARG=p.x,p.y FUNC=7*(x^2-1)^2+2*y^2 PERIODIC=NO
pot: BIASVALUE ARG=v
`;
const pesmd = (steps: number): string =>
  `nstep ${steps}\ntstep 0.01\ntemperature 1\nfriction 2\ndimension 2\nperiodic false\nipos -1.0,0.0\nidum 1\n`;

interface Told {
  judges: { column: string }[];
  notes: string[];
  pilots: {
    name: string;
    label: string;
    folders: string[];
    nanoseconds: number;
    crossing: {
      crossings: number;
      rate: number;
      error: number | null;
      below: number | null;
      inefficiency: number;
      independent: number;
    };
    judges: { name: string; crossings: number }[];
    filled: number;
    outside: { part: number; farthest: number } | null;
    behind: number;
  }[];
}

before(async () => {
  const random = new Random(5);
  const frames = 4000;
  const data = new Float64Array(2 * frames);
  for (let i = 0; i < frames; i++) {
    data[2 * i] = (random.uniform() < 0.5 ? -1 : 1) + 0.2 * random.normal();
    data[2 * i + 1] = 0.5 * random.normal();
  }
  const columns = ['p.x', 'p.y'].map((label) => ({ label }));
  const time = Float64Array.from({ length: frames }, (_, i) => i);
  const segments = [{ start: 0, end: frames, source: 'TRAINING' }];
  await writeTable(join(cwd, 'TRAINING'), { data, frames, columns, time, segments });
  for (const axis of ['x', 'y']) {
    const words = ['train', 'TRAINING', '--columns', `p.${axis}`, '--method', 'pca', '--latent', '1'];
    const { code, stderr } = runCli([...words, '-o', `along-${axis}.onnx`], { cwd });
    assert.equal(code, 0, stderr);
  }
  writeFileSync(join(cwd, 'surface.dat'), surface);
  writeFileSync(join(cwd, 'pesmd.in'), pesmd(60_000));
  writeFileSync(join(cwd, 'short.in'), pesmd(600));
});

const common = ['--plumed', 'surface.dat', '--kt', '1', '--barrier', '9', '--pace', '100', '--stride', '20'];
const asked = ['--also', 'p.x', '--basin', 'p.x=0..4', '--cores=p.x=-4..-0.7,0.7..4'];

function pilot(words: readonly string[], codes: readonly number[] = [0]): Told {
  const { code, stdout, stderr } = runCli(['pilot', ...words, ...common, '--json'], { cwd });
  assert.ok(code !== null && codes.includes(code), `${code}: ${stderr}`);
  return JSON.parse(stdout) as Told;
}

test('the CV that has the barrier crosses most often, by given states and by those that CVs show', () => {
  const models = ['along-x.onnx', 'along-y.onnx', '--pesmd', 'pesmd.in', '--folder', 'pilots'];
  const told = pilot([...models, ...asked]);
  const [first, second] = told.pilots;
  assert.deepEqual([first.name, second.name], ['along-x', 'along-y']);
  assert.equal(first.nanoseconds, second.nanoseconds);
  assert.ok(first.crossing.crossings > 10 && second.behind > 2, JSON.stringify(told));
  const { crossings, error, inefficiency, independent } = first.crossing;
  assert.ok(inefficiency >= 1 && Math.abs(independent - crossings / inefficiency) < 1e-9);
  assert.ok(Math.abs(error! - Math.sqrt(inefficiency * crossings) / first.nanoseconds) < 1e-9);
  // the bias reaches its barrier along x, where there is one; both pilots print both CVs
  assert.ok(first.filled > 6 && first.filled < 12, `${first.filled}`);
  assert.ok(first.outside && first.outside.part < 0.2, JSON.stringify(first.outside));
  const fields = readFileSync(join(cwd, 'pilots', 'along-y', 'COLVAR_pilot'), 'utf8').split('\n', 1)[0];
  for (const column of ['p.x', 'cv1.node-0', 'cv2.node-0', 'cv2.outside', 'opes.bias'])
    assert.ok(fields.split(' ').includes(column), fields);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'pilots', 'pilots.json'), 'utf8')), told);
  expectDocumented('pilot', told);
  // without states the same runs are judged by the basins of the CVs: those of x alone are two
  const columns = pilot([...models, '--also', 'p.x']);
  assert.deepEqual(
    columns.judges.map(({ column }) => column),
    ['cv1.node-0'],
  );
  assert.equal(columns.pilots[0].name, 'along-x');
});

test('where no pilot crosses that is said, with what rate is ruled out', () => {
  const words = ['along-x.onnx', 'along-y.onnx', '--pesmd', 'short.in', '--folder', 'short'];
  const { pilots } = pilot([...words, ...asked], [4]);
  for (const { crossing } of pilots) {
    assert.equal(crossing.crossings, 0);
    assert.equal(crossing.error, null);
    assert.ok(crossing.below! > 0);
  }
  // without states there is but one basin to see
  const { judges, notes, pilots: still } = pilot([...words, '--also', 'p.x'], [4]);
  assert.deepEqual(judges, []);
  assert.match(notes.join(), /no pilot left the basin that it began in[^]*--basin/);
  assert.equal(still[0].crossing.crossings, 0);
});

test('a pilot runs as a job of its own, and the command without --only judges what jobs ran', () => {
  const words = ['along-x.onnx', 'along-y.onnx', '--pesmd', 'short.in', '--folder', 'jobs', ...asked];
  for (const name of ['along-x', 'along-y']) {
    const { code, stdout, stderr } = runCli(['pilot', ...words, '--only', name, ...common, '--json'], {
      cwd,
    });
    assert.equal(code, 0, stderr);
    assert.deepEqual((JSON.parse(stdout) as { folders: string[] }).folders, [join(cwd, 'jobs', name)]);
  }
  const written = statSync(join(cwd, 'jobs', 'along-x', 'COLVAR_pilot')).mtimeMs;
  pilot(words, [4]);
  assert.equal(statSync(join(cwd, 'jobs', 'along-x', 'COLVAR_pilot')).mtimeMs, written);
  const { code, stderr } = runCli(['pilot', ...words, '--only', 'along-z', ...common], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /expected one of along-x, along-y for --only but received along-z/);
});

test('what does not fit is refused before a run', () => {
  const { code, stderr } = runCli(
    ['pilot', 'along-x.onnx', './along-x.onnx', '--pesmd', 'pesmd.in', '--folder', 'twice', ...common],
    { cwd },
  );
  assert.equal(code, 2);
  assert.match(stderr, /models of different names/);
  const none = runCli(['pilot', 'along-x.onnx', '--folder', 'none', ...common], { cwd });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /--tpr/);
  assert.ok(!existsSync(join(cwd, 'twice')) && !existsSync(join(cwd, 'none', 'along-x', 'COLVAR_pilot')));
});
