import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { confinePose } from '../../src/campaign/index.js';
import { columnValues, readTables } from '../../src/frames/index.js';
import { findGromacs } from '../../src/programs/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { readPose, readStructure } from '../../src/trajectories/index.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../temporary-folder.js';
import '../optimised-plumed.js';

const example = join(packageRoot(), 'examples', 'host-guest');
const python = join(cacheFolder(), 'python-ambertools', 'bin', 'python');
const gromacs = await findGromacs().catch(() => undefined);
const withoutGromacs = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';
const withoutAmberTools = existsSync(python)
  ? false
  : 'no AmberTools: npm run setup -- --for example:host-guest';

/** What lies in the example ready for a force field, unpacked. */
const ready = (field: string, name: string): string =>
  gunzipSync(readFileSync(join(example, `acd-cbu-${field}`, `${name}.gz`))).toString();

suite('built anew', { skip: withoutAmberTools }, () => {
  const root = temporaryFolder('host-guest-built');
  const fields = ['gaff', 'gaff2'];

  before(async () => {
    const run = promisify(execFile);
    const build = (field: string): Promise<unknown> =>
      run('bash', [join(example, 'build.sh'), 'acd', 'cbu', '--force-field', field, join(root, field)], {
        env: { ...process.env, PYTHON: python },
      });
    await Promise.all(fields.map(build));
  });

  test('both poses and the topology are what lies ready', () => {
    for (const field of fields)
      for (const name of ['p.gro', 's.gro', 'complex.top', 'ends'])
        assert.equal(readFileSync(join(root, field, name), 'utf8'), ready(field, name), `${field} ${name}`);
  });

  test("README's table is what the parameters are", () => {
    const script = join(example, 'parameters.py');
    const table = execFileSync(python, [script, ...fields.map((field) => join(root, field))], {
      encoding: 'utf8',
    });
    assert.ok(readFileSync(join(example, 'README.md'), 'utf8').includes(table));
  });
});

suite('25 ps of what lies ready, within a cylinder', { skip: withoutGromacs }, () => {
  const folder = temporaryFolder('host-guest-run');

  test('a run keeps the guest in the cylinder that its pose gives', async () => {
    for (const name of ['p-start.gro', 'complex.top']) writeFileSync(join(folder, name), ready('gaff', name));
    const said = runCli(
      [
        ...[
          'plumed',
          '--cylinder',
          '--pose',
          'p-start.gro',
          '--host',
          'resname MGO',
          '--guest',
          'resname CBU',
        ],
        ...['--stride', '250', '--temperature', '298.15', '-o', 'cylinder.dat'],
      ],
      { cwd: folder },
    );
    assert.equal(said.code, 0, said.stderr);
    const words = ['-f', join(example, 'run.mdp'), '-c', 'p-start.gro', '-p', 'complex.top', '-o', 'run.tpr'];
    execFileSync(gromacs!.executable, ['-quiet', 'grompp', ...words], { cwd: folder, stdio: 'ignore' });
    const ran = runCli(
      ['run', '--tpr', 'run.tpr', '--plumed', 'cylinder.dat', '--folder', 'run', '--length', '25ps'],
      { cwd: folder },
    );
    assert.equal(ran.code, 0, ran.stderr);
    const table = await readTables([join(folder, 'run', 'COLVAR')]);
    const depth = Array.from(columnValues(table, 'depth'));
    assert.equal(depth.length, 26);
    // the walls are soft
    assert.ok(Math.min(...depth) > -0.5 && Math.max(...depth) < 1.4, `${depth.join(' ')}`);
    assert.ok(Math.max(...columnValues(table, 'radial')) < 0.45);
  });
});

suite('states of frames that lie ready', () => {
  // 0.1 ns at 500 K from each pose, within the cylinder: the solute of every picosecond, the water left out
  const hot = fileURLToPath(new URL('../../../test/fixtures/host-guest/hot', import.meta.url));
  const folder = temporaryFolder('host-guest-states');

  test('both orientations by rules are those that the structures written of them show', () => {
    for (const name of ['p.gro', 's.gro', 'ends']) writeFileSync(join(folder, name), ready('gaff', name));
    execFileSync('node', [join(example, 'orientation.mjs'), 'p.gro', 's.gro', 'ends', '1.12'], {
      cwd: folder,
    });
    const rules = readFileSync(join(folder, 'rules.txt'), 'utf8').trim();
    assert.equal(rules, 'p: cosine < 0 and depth < 1.12; s: cosine > 0 and depth < 1.12');
    const tables = ['COLVAR-p', 'COLVAR-s'].map((name) => join(hot, name));
    const trajectories = ['p.xtc', 's.xtc'].map((name) => join(hot, name));
    const cylinder =
      'cylinder distance=distance depth=depth radial=radial from=-0.67 to=1.32 radius=0.31 kappa=9920';
    const { code, stderr } = runCli(
      [
        ...['states', ...tables, '--frames', ...trajectories, '--structure', join(hot, 'solute.gro')],
        ...['--basin', rules, '--bias', 'none', '--temperature', '500', '-o', 'rules'],
        ...['--unbound', 'depth > 1.12', '--confinement', cylinder],
      ],
      { cwd: folder },
    );
    // the guest never left: no ΔG°
    assert.equal(code, 4, stderr);
    const judge = (...words: string[]) =>
      spawnSync(
        'node',
        [
          ...[join(example, 'judge.mjs'), ...words, join(example, 'expected.json'), 'acd-cbu-gaff', 'ends'],
          ...['rules', 'rules'],
        ],
        { cwd: folder, encoding: 'utf8' },
      );
    const whole = judge();
    assert.equal(whole.status, 4, whole.stderr);
    assert.match(whole.stdout, /^ΔG° of both: not determined: .* state unbound was never visited in them$/m);
    const judged = judge('--short');
    assert.equal(judged.status, 0, judged.stderr);
    // the name by the rule, that by most of the structures, and of how many: they are chosen among frames of the rule
    assert.match(judged.stdout, /^p: p \(11 of 11 structures\)/m);
    assert.match(judged.stdout, /^s: s \(11 of 11 structures\)/m);
  });
});

test('both poses give the same cylinder, deeper than the guest was seen to go', async () => {
  const folder = temporaryFolder('host-guest-poses');
  for (const name of ['p-start.gro', 's-start.gro']) {
    const path = join(folder, name);
    writeFileSync(path, ready('gaff', name));
    const pose = readPose(await readStructure(path), 'resname MGO', 'resname CBU');
    const { limits, notes } = confinePose(pose, { kind: 'cylinder', kT: 2.479 });
    const [{ from }] = limits;
    assert.ok(from < -0.5 && from > -0.58, `${name} ${from}`);
    assert.match(notes.join(), /the guest's size \(0\.1[89] nm\) behind the host's end/);
  }
});

test('the pairs that lie ready are those that were published', () => {
  const published = Object.keys(
    JSON.parse(readFileSync(join(example, 'expected.json'), 'utf8')) as Record<string, unknown>,
  ).filter((name) => name !== 'comment');
  const folders = readdirSync(example, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), published.sort());
});
