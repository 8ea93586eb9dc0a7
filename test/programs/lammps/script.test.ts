import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { lammpsCommand } from '../../../src/programs/engines/index.js';
import {
  cutDump,
  expectEnergyAlone,
  planScript,
  restartFilesIn,
  writeRun,
} from '../../../src/programs/lammps/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const script = `# seven atoms
variable kt index 0.1
variable seed string 7
variable steps index 1000
units lj
region box block -5 5 -5 5 &
  -5 5
create_box 1 box
create_atoms 1 single 0 0 0
group hot region box
group all dynamic all every 10
mass 1 1
velocity all create \${kt} \${seed}
fix warm all langevin \${kt} \${kt} 1 \${seed}
run 100 # not $(the first)
restart 50 mine.*
fix bias all plumed plumedfile "mine.dat" outfile mine.log
dump d all custom 20 traj.lammpstrj id x y z
dump_modify d first yes sort id
dump v all dcd 20 traj.dcd
fix told all print 10 "# step $(step)" file told.txt
fix means all vector/of/mine 10 file means.txt
run \${steps} post no
print """
write_data is not run here
"""
write_data end.data
`;

const plan = (text: string, given = {}, biased = true) =>
  planScript({ text, path: '/nowhere/in.lammps' }, given, biased);
const wish = { checkpointMinutes: 15, path: '/nowhere/in.lammps', plumedFile: 'plumed.dat' };

test('a script is read by the rules of LAMMPS', async () => {
  const found = await plan(script, { kt: '0.2' });
  assert.equal(found.lastStep, 1100);
  assert.equal(found.timestep, 0.005);
  assert.equal(found.temperature, 0.2);
  assert.equal(found.seed, 7);
  assert.deepEqual(
    found.dumps.map(({ id, file }) => [id, file]),
    [
      ['d', 'traj.lammpstrj'],
      ['v', 'traj.dcd'],
    ],
  );
  assert.equal((await plan(script, { steps: '$(x)' })).lastStep, undefined);
  assert.equal((await plan(script.replace('\nrun 100', '\nminimize 0 0 1 1\nrun 100'))).lastStep, undefined);
  assert.equal((await plan(script.replace('run ${steps}', 'run 500 upto'))).lastStep, 500);
});

test('units of time are those of LAMMPS', async () => {
  const real = await plan(script.replace('units lj', 'units real\ntimestep 2'));
  assert.equal(real.timestep! * real.timeUnit, 0.002);
  assert.equal((await plan(script.replace('units lj', 'units metal'))).timeUnit, 1);
  await assert.rejects(plan(script.replace('units lj', 'units nano')), /in\.lammps: expected units lj, real/);
});

test('what cannot go on after it was killed is refused before the start', async () => {
  const refused: [string, RegExp][] = [
    [script.replace('restart 50', 'jump SELF top\nrestart 50'), /in\.lammps:16: .* jumps in the script/],
    [script.replace('restart 50', 'if "$(step) > 1" then "run 10"\nrestart 50'), /:16: expected no run/],
    [`${script}run 10\n`, /:28: expected one run behind fix plumed but found run too/],
    [script.replace('post no', 'every 10 "print x"'), /without every/],
    [script.replace(/^fix bias.*$/m, ''), /expected fix plumed in .* but found none/],
    [`${script}fix other all plumed plumedfile x\n`, /expected one fix plumed/],
    [script.replace(/^create_box.*$/m, ''), /expected read_data, read_restart or create_box/],
    [script.replace(/^run \$.*$/m, ''), /expected run behind fix plumed/],
  ];
  for (const [text, message] of refused) await assert.rejects(plan(text), message);
  await assert.rejects(plan(script, {}, false), /without fix plumed for a plain run/);
});

test('a start keeps all of the script but its restart files', async () => {
  const { text, notes, aside } = writeRun(await plan(script), wish);
  assert.match(text, /^create_box 1 box$/m);
  assert.match(text, /^ {2}-5 5$/m);
  assert.match(text, /^velocity all create \$\{kt\} \$\{seed\}$/m);
  assert.match(text, /^# restart files are written by the clock: restart 50 mine\.\*$/m);
  assert.match(text, /^fix bias all plumed plumedfile plumed\.dat outfile mine\.log$/m);
  assert.match(text, /^variable latentcv_last equal \$\{latentcv_first\}\+\$\{steps\}$/m);
  assert.match(
    text,
    /^run \$\{latentcv_end\} upto start \$\{latentcv_first\} stop \$\{latentcv_end\} post no$/m,
  );
  assert.match(text, /\n"""\nwrite_data end\.data\n/);
  assert.deepEqual([notes, aside], [[], []]);
});

test('a run that goes on takes atoms from the restart file and all settings from the script', async () => {
  const from = { step: 600, file: 'latentcv.600.restart', first: 100, end: 1100 };
  const { text, aside, overwritten } = writeRun(await plan(script), { ...wish, from });
  for (const line of ['create_box', 'create_atoms', 'group hot', 'velocity', 'run 100'])
    assert.match(text, new RegExp(`^# in the restart file: ${line}`, 'm'));
  assert.match(text, /\nread_restart latentcv\.600\.restart\n/);
  assert.ok(text.indexOf('read_restart') < text.indexOf('\nmass 1 1'));
  assert.match(text, /^group all dynamic/m);
  assert.match(text, /^dump_modify d append yes\ndump_modify d first no sort id$/m);
  assert.match(text, /^fix told all print 10 "# step \$\(step\)" append told\.txt$/m);
  assert.match(text, /^variable latentcv_first string 100$/m);
  assert.match(text, /^variable latentcv_last equal 1100$/m);
  // the same random numbers again would be those from the start on
  assert.match(text, /^fix warm all langevin \$\{kt\} \$\{kt\} 1 608$/m);
  assert.deepEqual([aside.map(({ id }) => id), overwritten], [['v'], ['means.txt']]);
});

test('files that the script reads are found from the folder of the run; includes are taken in', async () => {
  const folder = temporaryFolder('lammps-files');
  writeFileSync(join(folder, 'start.data'), 'data');
  writeFileSync(join(folder, 'settings.in'), 'timestep 0.002\n');
  const text = script
    .replace('create_box 1 box', 'read_data start.data')
    .replace('mass 1 1', 'include settings.in');
  const path = join(folder, 'in.lammps');
  const found = await planScript({ text, path }, {}, true);
  assert.equal(found.timestep, 0.002);
  assert.deepEqual(found.files, [join(folder, 'start.data')]);
  const written = writeRun(found, { ...wish, path }).text;
  assert.ok(written.includes(`read_data ${join(folder, 'start.data')}\n`));
  assert.ok(written.includes('\ntimestep 0.002\n'));
  writeFileSync(join(folder, 'settings.in'), 'include settings.in\n');
  await assert.rejects(planScript({ text, path }, {}, true), /is included by itself/);
});

test('ENERGY is the energy without the bias: LAMMPS adds that of the step before', async () => {
  const { text, notes } = writeRun(await plan(script), { ...wish, asksEnergy: true });
  assert.ok(text.indexOf('\nfix_modify bias energy no\n') > text.indexOf('fix bias all plumed'));
  assert.match(notes.join(), /^ENERGY: fix_modify energy no is added/);
  const said = script.replace(/^dump d/m, 'fix_modify bias energy no\ndump d');
  assert.deepEqual(writeRun(await plan(said), { ...wish, asksEnergy: true }).notes, []);
  // PLUMED would scale the forces of the thermostat, too
  const behind = await plan(script);
  assert.throws(() => expectEnergyAlone(behind), /:14: expected fix plumed before fix langevin/);
  expectEnergyAlone(await plan(script.replace(/^run 100/m, 'unfix warm\nrun 100')));
});

const frame = (step: number, atoms = 2): string =>
  `ITEM: TIMESTEP\n${step}\nITEM: NUMBER OF ATOMS\n${atoms}\nITEM: BOX BOUNDS pp pp pp\n0 1\n0 1\n0 1\nITEM: ATOMS id x\n` +
  Array.from({ length: atoms }, (_, i) => `${i + 1} 0.5\n`).join('');
const xyzFrame = (step: number): string => `2\n Atoms. Timestep: ${step}\nC 0 0 0\nC 1 1 1\n`;

async function cut(text: string, step: number, style = 'custom', regular = true): Promise<string> {
  const folder = temporaryFolder('lammps-dump');
  writeFileSync(join(folder, 'dump'), text);
  await cutDump(folder, { id: 'd', style, file: 'dump', regular }, step);
  return readFileSync(join(folder, 'dump'), 'utf8');
}

test('a dump is cut back to the frames before the step at which it goes on', async () => {
  const whole = [0, 20, 40].map((step) => frame(step)).join('');
  assert.equal(await cut(whole, 20), frame(0));
  assert.equal(await cut(whole, 30), frame(0) + frame(20));
  assert.equal(await cut(whole, 20, 'custom', false), frame(0) + frame(20));
  assert.equal(await cut(whole, 0), '');
  assert.equal(await cut('', 20), '');
  assert.equal(await cut('frame 0\n1 2 3\n', 20), 'frame 0\n1 2 3\n');
  assert.equal(await cut(whole, 100), whole);
  const timed = (step: number): string => `ITEM: TIME\n${step / 100}\n${frame(step)}`;
  assert.equal(await cut(timed(0) + timed(20) + timed(40), 20), timed(0));
  assert.equal(await cut(xyzFrame(0) + xyzFrame(20), 20, 'xyz'), xyzFrame(0));
  // a frame that is cut off at any byte is not one
  for (let length = 0; length < frame(60).length; length++)
    assert.equal(await cut(whole + frame(60).slice(0, length), 50), whole);
  for (let length = 0; length < xyzFrame(60).length; length++)
    assert.equal(await cut(xyzFrame(0) + xyzFrame(60).slice(0, length), 50, 'xyz'), xyzFrame(0));
  // larger than what is read at a time
  const large = [0, 20, 40, 60].map((step) => frame(step, 150_000)).join('');
  assert.equal((await cut(large, 20)).length, frame(0, 150_000).length);
  assert.equal((await cut(large, 50)).length, 3 * frame(20, 150_000).length - 1);
});

test('restart files that were not written to their end are told apart', async () => {
  const folder = temporaryFolder('lammps-restart');
  const mark = 'LammpS RestartT\0';
  for (const step of [20, 100, 2000, 300])
    writeFileSync(join(folder, `latentcv.${step}.restart`), mark + '.'.repeat(500) + mark);
  truncateSync(join(folder, 'latentcv.2000.restart'), 300);
  truncateSync(join(folder, 'latentcv.300.restart'), 0);
  mkdirSync(join(folder, 'latentcv.restarts'));
  const { whole, damaged } = await restartFilesIn(folder);
  assert.deepEqual(
    [whole, damaged].map((files) => files.map(({ step }) => step)),
    [
      [100, 20],
      [2000, 300],
    ],
  );
  assert.equal(dirname(whole[0].path), folder);
});

test('a launcher stands before LAMMPS', () => {
  const lammps = { executable: '/bin/lmp', version: '22 Jul 2025', plumed: true };
  const { command, args } = lammpsCommand({ lammps, launcher: ['srun', '-n', '4'] }, { kt: '1' }, false);
  assert.equal(command, 'srun');
  assert.deepEqual(args, [
    '-n',
    '4',
    '/bin/lmp',
    '-in',
    'run.lammps',
    '-log',
    'log.lammps',
    '-var',
    'kt',
    '1',
  ]);
  assert.equal(lammpsCommand({ lammps }, {}, true).command, '/bin/lmp');
});
