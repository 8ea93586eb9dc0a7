import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePlumedInput } from '../../src/plumed/index.js';
import { commandEngine, type CommandEngineOptions } from '../../src/programs/engines/index.js';
import { findPlumed } from '../../src/programs/index.js';
import { LatentcvError } from '../../src/support/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const plumed = await findPlumed();
const input = `UNITS NATURAL
p: DISTANCE ATOMS=1,2 COMPONENTS
v: CUSTOM ARG=p.x FUNC=2*x^2 PERIODIC=NO
BIASVALUE ARG=v
PRINT ARG=p.x STRIDE=10 FILE=COLVAR
`;
// pesmd stands for a program of which latentcv knows nothing
const pesmd =
  'nstep 2000\ntstep 0.01\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nidum 1\nipos 0.5\nplumed plumed.dat\n';
const environment = Object.entries(plumed.env).map(([name, value]) => `${name}='${value}'`);
const command = (text: string): string =>
  `printf '${text.replaceAll('\n', '\\n')}' > in && ${environment.join(' ')} '${plumed.executable}' --no-mpi pesmd < in`;

async function started(
  options: CommandEngineOptions,
  folder = temporaryFolder('command'),
  stopAfter?: number,
) {
  const engine = commandEngine(options);
  const plumedFile = join(folder, 'plumed.dat');
  writeFileSync(plumedFile, input);
  engine.expectInput(parsePlumedInput(input, plumedFile));
  const [run] = await engine.runs();
  const [from] = await run.checkpoints(folder);
  const control = new AbortController();
  if (stopAfter !== undefined) setTimeout(() => control.abort(), stopAfter);
  const told: number[] = [];
  const end = await run.start({
    ...{ plumed, cwd: folder, plumedFile, from, checkpointMinutes: 15, signal: control.signal },
    onProgress: ({ step }) => told.push(step),
  });
  return { run, folder, from, end, told };
}

test('a command runs in the folder; what PLUMED prints tells how far it is', async () => {
  const { run, folder, end, told } = await started({
    command: command(pesmd),
    timestep: 0.01,
    picoseconds: 20,
  });
  assert.deepEqual([run.steps, run.timestep, run.notes.natural], [2000, 0.01, true]);
  assert.deepEqual(end, { step: 2000 });
  assert.equal(told.at(-1), 2000);
  assert.match(readFileSync(join(folder, 'command.log'), 'utf8'), /PLUMED/);
  assert.deepEqual(await started({ command: 'true' }).then((done) => done.end), { step: undefined });
});

test('a run that was there goes on by the other command, from the time that is said', async () => {
  const folder = temporaryFolder('command');
  const told = 'echo $PWD; printf "#! FIELDS time p.x\\n 0 1\\n 5 2\\n" > COLVAR; exit 3';
  const options = { command: told, restartCommand: 'printf " 7 2\\n" >> COLVAR', timestep: 0.5 };
  await assert.rejects(started(options, folder), /sh ended with exit code 3: /);
  assert.ok(readFileSync(join(folder, 'command.log'), 'utf8').startsWith(folder));
  await assert.rejects(started(options, folder), (error: LatentcvError) => {
    assert.match(error.message, /expected the time of the checkpoint that "printf/);
    assert.match(error.hint ?? '', /--restart-time and --timestep; --from-zero/);
    return error.code === 'bad-argument';
  });
  const { from, end } = await started({ ...options, restartTime: 5 }, folder);
  assert.deepEqual([from?.step, end.step], [10, 14]);
  // where it cannot be gone on with there is nothing to go on from
  const [run] = await commandEngine({ command: told }).runs();
  assert.deepEqual(await run.checkpoints(folder), []);
});

test('a command is ended with all that it started', async () => {
  const began = performance.now();
  await assert.rejects(
    started({ command: 'sleep 100 & sleep 100; wait' }, undefined, 300),
    (error: LatentcvError) => error.code === 'interrupted',
  );
  assert.ok(performance.now() - began < 20_000);
});

test('replicas have a number in their command; what is not said is asked for', async () => {
  const runs = await commandEngine({ command: 'run {replica}', replicas: 2 }).runs();
  assert.deepEqual(
    runs.map(({ inputs }) => inputs[1]),
    ['run 0', 'run 1'],
  );
  const refused: [CommandEngineOptions, RegExp][] = [
    [{ command: 'run', replicas: 2 }, /expected \{replica\} in the command/],
    [{ command: ' ' }, /expected a command/],
    [{ command: 'run', picoseconds: 5 }, /expected timestep with picoseconds/],
    [{ command: 'run', timestep: 0 }, /expected a positive number for timestep/],
  ];
  for (const [options, message] of refused)
    await assert.rejects(async () => commandEngine(options).runs(), message);
  assert.throws(() => commandEngine({ command: 'run' }).expectInput(undefined), /a PLUMED input/);
});
