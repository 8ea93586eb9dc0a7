import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeModelFile } from '../../../src/onnx/index.js';
import { smallModel } from '../../onnx/models.js';
import { runCli } from '../run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const folder = temporaryFolder('plumed');
const model = join(folder, 'model.onnx');
writeFileSync(model, writeModelFile(smallModel()));
const input = join(folder, 'plumed.dat');
const lines = ['# mine', 'phi: TORSION ATOMS=5,7,9,15', 'PRINT ARG=phi FILE=PHI', ''];
writeFileSync(input, lines.join('\n'));
const common = ['plumed', input, '--model', model, '--plugin', '/opt/plugin.so'];

test('the learned CV and its bias are added, and every line kept', () => {
  const output = join(folder, 'biased.dat');
  const { code, stderr } = runCli([...common, '--barrier', '40', '--components', 'node-0', '-o', output]);
  assert.equal(code, 0, stderr);
  const text = readFileSync(output, 'utf8').split('\n');
  assert.deepEqual(
    text.filter((line) => lines.includes(line) && line !== ''),
    lines.slice(0, 3),
  );
  for (const line of [
    /^LOAD FILE=\/opt\/plugin\.so$/,
    /^cv: ONNX_MODEL FILE=\S+model\.onnx ATOMS=5,7,9,15$/,
    /^opes: OPES_METAD ARG=cv\.node-0 PACE=500 BARRIER=40 /,
    /^PRINT ARG=cv\.node-0,cv\.node-1,opes\.bias STRIDE=500 FILE=COLVAR$/,
  ]) {
    assert.ok(
      text.some((written) => line.test(written)),
      `${line}\n${text.join('\n')}`,
    );
  }
  assert.match(stderr, /wrote .*biased\.dat; frames will go to COLVAR/);
});

test('without --output the input is printed, and nothing else goes to the same place', () => {
  const { code, stdout } = runCli([
    ...common,
    '--bias',
    'metad',
    '--height',
    '1',
    '--sigma',
    '0.1,0.2',
    '--bias-factor',
    '8',
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /^# mine/m);
  assert.match(stdout, /METAD ARG=cv\.node-0,cv\.node-1 .*HEIGHT=1 SIGMA=0\.1,0\.2 BIASFACTOR=8/);
});

test("the help's own example: one width is that of every component", () => {
  const words = '--bias metad --height 1 --sigma 0.1 --bias-factor 10'.split(' ');
  const { code, stdout, stderr } = runCli([...common, ...words]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /METAD ARG=cv\.node-0,cv\.node-1 .*HEIGHT=1 SIGMA=0\.1,0\.1 BIASFACTOR=10/);
});

test('each kind of bias takes its options and refuses those of others', () => {
  const cases: [string, RegExp][] = [
    ['opes-explore', /opes: OPES_METAD_EXPLORE .* BARRIER=40 /],
    ['opes --sigma 0.1 --sigma-min 0.03', /OPES_METAD .* SIGMA=0\.1,0\.1 SIGMA_MIN=0\.03,0\.03 /],
    ['opes-explore --adaptive-sigma --sigma-min 0.03,0.02', /BARRIER=40 SIGMA_MIN=0\.03,0\.02 /],
    ['opes-expanded --temperatures 300..500', /ECV_MULTITHERMAL ARG=ene TEMP_MIN=300 TEMP_MAX=500/],
    [
      'pbmetad --barrier 40 --temperature 400',
      /PBMETAD .* BIASFACTOR=12 TEMP=400 .*FILE=HILLS\.node-0,HILLS\.node-1 /,
    ],
    ['metad', /METAD ARG=\S+ PACE=500 HEIGHT=1\.2 SIGMA=0\.04,0\.015 BIASFACTOR=10 /],
    ['restraint --at -0.5 --kappa 100,200', /RESTRAINT ARG=\S+ AT=-0\.5,-0\.5 KAPPA=100,200\n/],
    [
      'steered --components node-0 --at -1 --to 1 --steps 1000 --kappa 50',
      /MOVINGRESTRAINT ARG=cv\.node-0 STEP0=0 AT0=-1 KAPPA0=50 STEP1=1000 AT1=1\n/,
    ],
  ];
  for (const [words, line] of cases) {
    const { code, stdout, stderr } = runCli([...common, '--bias', ...words.split(' ')]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, line);
  }
  const refused: [string, RegExp][] = [
    ['restraint', /expected --at with --bias restraint but found none/],
    [
      'metad --temperatures 300..400',
      /expected --bias opes-expanded with --temperatures but received --bias metad/,
    ],
    ['opes --height 1', /expected --bias metad or pbmetad with --height but received --bias opes/],
    ['opes --sigma 0.1 --sigma-min 0.2', /expected at most SIGMA, 0\.1, for --sigma-min but received 0\.2/],
    [
      'metad --sigma-min 0.1',
      /expected --bias opes or opes-explore or kolmogorov\+opes with --sigma-min but/,
    ],
    ['opes --sigma 0.1 --adaptive-sigma', /expected --sigma or --adaptive-sigma but received both/],
    [
      'opes-expanded --temperatures 500',
      /expected a range of temperatures in K such as 300\.\.600 for --temperatures/,
    ],
  ];
  for (const [words, message] of refused) {
    const { code, stderr } = runCli([...common, '--bias', ...words.split(' ')]);
    assert.equal(code, 2, words);
    assert.match(stderr, message);
  }
});

test('walls stand above the bias; defaults are told with the flags that change them', () => {
  const walls = ['--wall', 'cv.node-0 < 1.1', '--wall', 'phi > -2 kappa=5'];
  const { code, stdout, stderr } = runCli([...common, ...walls]);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /uwall: UPPER_WALLS ARG=cv\.node-0 AT=1\.1 KAPPA=\d+\nlwall: LOWER_WALLS ARG=phi AT=-2 KAPPA=5\nopes: .* EXTRA_BIAS=uwall\.bias,lwall\.bias /,
  );
  assert.match(stderr, /note: BARRIER: 40 kJ\/mol, .*; --barrier says/);
  const { code: refused, stderr: told } = runCli([...common, '--wall', 'node-0 = 1']);
  assert.equal(refused, 2);
  assert.match(told, /expected a wall such as 'node-0 < 0\.9' or 'd1 > 0\.3 kappa=500' for --wall/);
});

test('a model that knows its atoms needs no input; one asked to take labels does', () => {
  const alone = ['plumed', '--model', model, '--plugin', '/opt/plugin.so', '--barrier', '40'];
  const { code, stdout } = runCli(alone);
  assert.equal(code, 0);
  assert.deepEqual(
    stdout.split('\n').flatMap((line) => /^(?:\w+: )?([A-Z_]+) /.exec(line)?.[1] ?? []),
    ['LOAD', 'ONNX_MODEL', 'OPES_METAD', 'PRINT'],
  );
  const { code: refused, stderr } = runCli([...alone, '--mode', 'arg']);
  assert.equal(refused, 1);
  assert.match(stderr, /expected the labels? /);
});

test('--json tells labels, columns and files', () => {
  const { stdout } = runCli([...common, '--bias', 'none', '--also', 'phi', '--json']);
  const result = JSON.parse(stdout) as { mode: string; columns: string[]; colvar: string };
  assert.deepEqual([result.mode, result.colvar], ['atoms', 'COLVAR']);
  assert.deepEqual(result.columns, ['phi', 'cv.node-0', 'cv.node-1']);
});

test('what the model needs and the input lacks is refused with its name', () => {
  const { code, stderr } = runCli([...common, '--barrier', '40', '--mode', 'arg']);
  assert.equal(code, 1);
  assert.match(stderr, /^error: .*d_5_7.*plumed\.dat/);
});

test('--kt is for natural units', () => {
  const natural = join(folder, 'natural.dat');
  writeFileSync(natural, ['UNITS NATURAL', ...lines].join('\n'));
  const options = ['--model', model, '--plugin', '/opt/plugin.so', '--barrier', '2', '--kt', '0.1'];
  const { code, stdout, stderr } = runCli(['plumed', natural, ...options]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, / BARRIER=2 TEMP=0\.1 /);
  const { code: refused, stderr: told } = runCli(['plumed', input, ...options]);
  assert.equal(refused, 1);
  assert.match(told, /expected UNITS NATURAL [^]*hint: add UNITS NATURAL/);
});

test('a missing input is named', () => {
  const { code, stderr } = runCli([
    'plumed',
    'nowhere.dat',
    '--model',
    model,
    '--bias',
    'none',
    '--plugin',
    'p.so',
  ]);
  assert.equal(code, 2);
  assert.match(stderr, /nowhere\.dat/);
});

test('every byte of the input is kept, whatever its encoding and line ends, in the file and on a pipe', () => {
  const latin1 = join(folder, 'latin1.dat');
  // é and ° in Latin-1, Windows's line ends, and a name with such a byte
  const own = ['# énergie libre, °C', 'phi: TORSION ATOMS=5,7,9,15', 'PRINT ARG=phi FILE=COLVAR_é', ''].join(
    '\r\n',
  );
  writeFileSync(latin1, Buffer.from(own, 'latin1'));
  const output = join(folder, 'latin1-biased.dat');
  const given = ['plumed', latin1, '--model', model, '--plugin', '/opt/plugin.so', '--bias', 'none'];
  assert.equal(runCli([...given, '-o', output]).code, 0);
  const written = readFileSync(output, 'latin1').split('\r\n');
  const added = (line: string): boolean => /^(LOAD|cv:|PRINT ARG=cv|# latentcv)/.test(line);
  assert.equal(written.filter((line) => !added(line)).join('\r\n'), own);
  assert.equal(written.filter(added).length, 4);
  const piped = spawnSync(process.execPath, [main, ...given]);
  assert.deepEqual(piped.stdout, readFileSync(output));
  // UTF-8 stays UTF-8
  const utf8 = join(folder, 'utf8.dat');
  writeFileSync(utf8, own);
  assert.ok(runCli(['plumed', utf8, ...given.slice(2)]).stdout.includes('PRINT ARG=phi FILE=COLVAR_é'));
});

test('included files and their names may have such bytes', () => {
  const name = Buffer.concat([Buffer.from(join(folder, 'caf')), Buffer.of(0xe9), Buffer.from('.dat')]);
  writeFileSync(name, Buffer.from('# é\nphi: TORSION ATOMS=5,7,9,15\n', 'latin1'));
  const including = join(folder, 'including.dat');
  writeFileSync(including, Buffer.from('INCLUDE FILE=café.dat\n', 'latin1'));
  const { code, stderr } = runCli([
    'plumed',
    including,
    ...common.slice(2),
    '--bias',
    'none',
    '--also',
    'phi',
  ]);
  assert.equal(code, 0, stderr);
});

test('archives and other binaries are no inputs', () => {
  const content = lines.join('\n');
  const refused: [name: string, bytes: Uint8Array, words: RegExp][] = [
    ['input.dat.gz', gzipSync(content), /it is packed by gzip\nhint: gunzip -k/],
    ['input.zip', Buffer.from('PK\x03\x04 and more'), /it is a ZIP archive\nhint: unzip/],
    [
      'input.tar',
      Buffer.concat([Buffer.from('plumed.dat'), Buffer.alloc(502), Buffer.from(content)]),
      /byte 10 is 0/,
    ],
    ['utf16.dat', Buffer.from(`\uFEFF${content}`, 'utf16le'), /it is UTF-16\nhint: /],
    ['marked.dat', Buffer.from(`\uFEFF${content}`), /begins with a byte order mark\nhint: PLUMED/],
  ];
  for (const [name, bytes, words] of refused) {
    writeFileSync(join(folder, name), bytes);
    const { code, stderr } = runCli(['plumed', join(folder, name), ...common.slice(2), '--bias', 'none']);
    assert.match(stderr, words, name);
    assert.match(stderr, new RegExp(`expected a PLUMED input in \\S+${name} but `));
    assert.equal(code, 1);
  }
});

test('an input that is written elsewhere tells which files PLUMED will not find there', () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'phi.dat'), 'phi: TORSION ATOMS=5,7,9,15\n');
  writeFileSync(join(elsewhere, 'ref.pdb'), 'END\n');
  const text = 'r: RMSD REFERENCE=ref.pdb TYPE=OPTIMAL\nINCLUDE FILE=phi.dat\nPRINT ARG=phi FILE=PHI\n';
  const restart = 'METAD ARG=phi SIGMA=1 HEIGHT=1 PACE=1 RESTART=YES\n';
  writeFileSync(join(elsewhere, 'HILLS'), '0 1 1 1 1\n');
  writeFileSync(join(elsewhere, 'plumed.dat'), text + restart);
  writeFileSync(join(elsewhere, 'PHI'), '');
  const patched = (output: string): string =>
    runCli(['plumed', 'elsewhere/plumed.dat', ...common.slice(2), '--bias', 'none', '-o', output], {
      cwd: folder,
    }).stderr;
  assert.match(
    patched('here.dat'),
    /note: PLUMED looks for ref\.pdb, phi\.dat, HILLS in the folder in which it runs: run it in \S+elsewhere,/,
  );
  const beside = patched('elsewhere/biased.dat');
  assert.doesNotMatch(beside, /PLUMED looks for/);
  assert.match(beside, /note: PHI is there: .* renames this one bck\.0\.PHI/);
});

test('--relative names model and plugin from the folder of the output and copies what lies elsewhere', () => {
  const system = join(folder, 'system');
  mkdirSync(join(system, 'models'), { recursive: true });
  const plugin = join(folder, 'libLatentcvPlumed.so');
  writeFileSync(plugin, 'no library');
  const patched = (its: string, ...more: string[]) =>
    runCli(['plumed', input, '--model', its, '--plugin', plugin, '--bias', 'none', '--relative', ...more], {
      cwd: folder,
    });
  const { code, stderr } = patched('model.onnx', '-o', 'system/biased.dat');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /copied model\.onnx and libLatentcvPlumed\.so there: it can be moved as a whole/);
  const text = readFileSync(join(system, 'biased.dat'), 'utf8');
  assert.match(text, /^LOAD FILE=\.\/libLatentcvPlumed\.so$/m);
  assert.match(text, /^cv: ONNX_MODEL FILE=model\.onnx ATOMS=/m);
  assert.deepEqual(readFileSync(join(system, 'model.onnx')), readFileSync(model));
  assert.ok((statSync(join(system, 'libLatentcvPlumed.so')).mode & 0o777) === (0o666 & ~process.umask()));
  // what is there is not copied again; what lies below stays there
  assert.deepEqual(
    (JSON.parse(patched('model.onnx', '-o', 'system/again.dat', '--json').stdout) as { copied: string[] })
      .copied,
    [],
  );
  writeFileSync(join(system, 'models', 'other.onnx'), readFileSync(model));
  assert.equal(patched('system/models/other.onnx', '-o', 'system/below.dat').code, 0);
  assert.match(readFileSync(join(system, 'below.dat'), 'utf8'), /FILE=models\/other\.onnx /);
  // a model in the place of another one, an output in the place of either, and no output
  writeFileSync(join(system, 'model.onnx'), 'another');
  const refused = patched('model.onnx', '-o', 'system/third.dat');
  assert.match(refused.stderr, /^error: expected no other model\.onnx in \S+system but there is one/);
  assert.match(
    patched('models/../model.onnx', '-o', 'system/model.onnx').stderr,
    /^error: expected another file to write/,
  );
  assert.match(patched('model.onnx').stderr, /^error: expected --output with --relative/);
  assert.equal(readFileSync(join(system, 'model.onnx'), 'utf8'), 'another');
});

test('a model that is there by a relative name is known as the same', () => {
  const own = join(folder, 'twice');
  mkdirSync(own);
  writeFileSync(join(own, 'model.onnx'), readFileSync(model));
  const words = [
    '--model',
    join(own, 'model.onnx'),
    '--plugin',
    join(own, 'p.so'),
    '--bias',
    'none',
    '--relative',
  ];
  writeFileSync(join(own, 'p.so'), '');
  assert.equal(runCli(['plumed', input, ...words, '-o', join(own, 'a.dat')]).code, 0);
  const { stderr } = runCli(['plumed', join(own, 'a.dat'), ...words.slice(0, -1), '-o', join(own, 'b.dat')]);
  assert.match(stderr, /model\.onnx is already there, as cv/);
});
