import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe, test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { findGromacs, findPlumed, runDriver } from '../../src/programs/index.js';

const gromacs = await findGromacs().catch(() => undefined);
const plumed = await findPlumed();
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';
const workflows = readFileSync(join(packageRoot(), 'docs', 'commands.md'), 'utf8');
const peptide = join(packageRoot(), 'examples', 'peptide');
const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Lines of the first indented block below a heading of docs/commands.md, or of another page. */
function commandsBelow(heading: string, page = workflows): string[] {
  const [, section = ''] = page.split(`\n${heading.startsWith('#') ? '' : '## '}${heading}\n`);
  const [block = ''] = /(^ {4}\S.*\n)+/m.exec(section.split('\n## ')[0]) ?? [];
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const root = temporaryFolder('workflows');
const bin = join(root, 'bin');

function script(name: string, line: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${line} "$@"\n`);
  chmodSync(join(bin, name), 0o755);
}

const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ...plumed.env,
  PLUMED_KERNEL: plumed.kernel,
};

/** What a command, typed as it stands, says; it must succeed. */
function typed(command: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' });
  assert.equal(status, 0, `${command}\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** The peptide of examples/peptide by the names that the page gives, a nanosecond learned from and 10 ps run: a test has no time for more. */
function beginning(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const files = {
    'peptide.gro': 'conf.gro',
    'hot-1.xtc': 'hot-1.xtc',
    'peptide.pdb': 'peptide.pdb',
    'topol.top': 'topol.top',
  };
  for (const [from, to] of Object.entries(files)) copyFileSync(join(peptide, from), join(folder, to));
  const mdp = readFileSync(join(peptide, 'run.mdp'), 'utf8').replace(/^nsteps.*$/m, 'nsteps = 5000');
  writeFileSync(join(folder, 'run.mdp'), mdp);
  typed('gmx -quiet grompp -f run.mdp -c conf.gro -p topol.top -o topol.tpr', folder);
  typed('echo 0 | gmx -quiet trjconv -s conf.gro -f hot-1.xtc -e 1000 -o traj.xtc', folder);
  return folder;
}

describe('workflows of docs/commands.md and the site, typed as they stand', { skip }, () => {
  before(() => {
    mkdirSync(bin);
    script('latentcv', `exec '${process.execPath}' '${main}'`);
    script('gmx', `exec '${gromacs!.executable}'`);
  });

  test('from a trajectory', () => {
    const folder = beginning('trajectory');
    copyFileSync(join(peptide, 'plumed.dat'), join(folder, 'plumed.dat'));
    execFileSync(
      'gmx',
      [
        '-quiet',
        'solvate',
        '-cp',
        'conf.gro',
        '-cs',
        'spc216.gro',
        '-box',
        '3',
        '3',
        '3',
        '-o',
        'solvated.gro',
      ],
      { cwd: folder, env, stdio: 'ignore' },
    );
    const commands = commandsBelow('From a trajectory');
    assert.deepEqual(
      commands.map((line) => line.split(' ')[1]),
      ['descriptors', 'train', 'plumed', 'run'],
    );
    for (const command of commands) typed(command, folder);
    assert.ok(existsSync(join(folder, 'run', 'COLVAR')));
  });

  test('one more line in a PLUMED input', async () => {
    const folder = beginning('input');
    const atoms = [
      ...readFileSync(join(folder, 'conf.gro'), 'utf8').matchAll(/^ *\d+\w+ +[CNO]\w* +(\d+) /gm),
    ].map(([, serial]) => serial);
    assert.ok(atoms.length >= 8, atoms.join());
    const pairs = atoms.slice(0, 8).flatMap((a, i, all) => all.slice(i + 1, 8).map((b) => [a, b]));
    const distances = pairs.map(([a, b]) => `d_${a}_${b}: DISTANCE ATOMS=${a},${b}`);
    const input = [...distances, 'PRINT ARG=* FILE=COLVAR', ''].join('\n');
    writeFileSync(join(folder, 'plumed.dat'), input);
    await runDriver({
      plumed,
      cwd: folder,
      plumedFile: join(folder, 'plumed.dat'),
      trajectory: join(folder, 'traj.xtc'),
      timestep: 1,
    });
    const training = readFileSync(join(folder, 'COLVAR'));
    const commands = commandsBelow('One more line in your PLUMED input');
    assert.deepEqual(
      commands.map((line) => line.split(' ')[1]),
      ['train', 'inspect', 'plumed', 'mdrun', 'fes'],
    );
    const said = commands.map((command) => typed(command, folder));
    const biased = readFileSync(join(folder, 'biased.dat'), 'utf8').split('\n');
    // every line is kept, and these are added
    const added = biased.filter((line) => !input.split('\n').includes(line));
    for (const line of [
      /^LOAD FILE=\/.*libLatentcvPlumed\.so$/,
      /^cv: ONNX_MODEL FILE=.* ATOMS=/,
      /^opes: OPES_METAD ARG=cv\.node-0 PACE=500 BARRIER=40 /,
      /^PRINT ARG=cv\.node-0,cv\.node-1,opes\.bias .*FILE=COLVAR_cv/,
    ])
      assert.equal(added.filter((each) => line.test(each)).length, 1, String(line));
    assert.deepEqual(
      biased.filter((line) => !added.includes(line)),
      input.split('\n'),
    );
    // the run prints its distances to COLVAR again: what was learned from is moved, and that is told
    assert.match(said[2], /note: .*COLVAR.*bck\.0\.COLVAR/);
    assert.deepEqual(readFileSync(join(folder, 'bck.0.COLVAR')), training);
    assert.match(said[4], /^#! FIELDS cv\.node-0 free error$/m);
  });

  test("the six lines of the site's front page", () => {
    const folder = beginning('six-lines');
    const page = readFileSync(join(packageRoot(), 'site', 'index.md'), 'utf8');
    const commands = commandsBelow('# From frames to a free energy', page);
    assert.deepEqual(
      commands.map((line) => line.split(' ')[1]),
      ['train', 'inspect', 'plumed', 'run', 'fes', 'report'],
    );
    for (const command of commands) typed(command, folder);
    assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /Free energy along/);
  });
});
