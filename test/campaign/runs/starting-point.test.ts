import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  startingPoint,
  type StartingFrom,
  type StartingPoint,
} from '../../../src/campaign/runs/starting-point.js';
import { NameTable, parsePlumedInput, prepareInput } from '../../../src/plumed/index.js';
import type { EngineRun } from '../../../src/programs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const metad = 'm: METAD ARG=a SIGMA=1 HEIGHT=1 PACE=10\nPRINT ARG=a STRIDE=5 FILE=COLVAR\n';
const rows = (from: number, to: number, by: number): string =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => ` ${from + i * by} 1\n`).join('');
const times = (path: string): number[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^ *\d/.test(line))
    .map((line) => Number.parseFloat(line));

/** A folder of a run with checkpoints at these steps; a step takes 1 ps. */
function found(input: string, steps: number[], more: Partial<StartingFrom> = {}) {
  const folder = temporaryFolder('start');
  const parsed = parsePlumedInput(input, 'plumed.dat');
  const notes: string[] = [];
  const run: EngineRun = {
    ...{ steps: 1000, timestep: 1, inputs: [], canExtend: true },
    notes: { engine: { name: 'gromacs' } },
    ownFiles: /^md\./,
    checkpointFiles: /^md\.cpt$/,
    checkpoints: (place) =>
      Promise.resolve(steps.map((step) => ({ step, path: join(place, `md.${step}.cpt`) }))),
    start: () => Promise.reject(new Error('not started here')),
  };
  const options: StartingFrom = {
    ...{ run, folder, input: parsed, known: true, fromZero: false, inherited: {} },
    states: prepareInput(parsed, new NameTable(parsed), () => true).states,
    isRead: () => false,
    onNote: (line) => notes.push(line),
    ...more,
  };
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, name), `#! FIELDS time a\n${text}`);
  return { folder, notes, write, point: (): Promise<StartingPoint> => startingPoint(options) };
}

test('printed rows before the checkpoint stay, and hills up to it', async () => {
  const { folder, notes, write, point } = found(metad, [50]);
  write('COLVAR', rows(0, 80, 5));
  write('HILLS', rows(10, 80, 10));
  const { from, restart } = await point();
  assert.equal(from?.step, 50);
  assert.deepEqual(restart, { states: [], anew: [] });
  assert.deepEqual(times(join(folder, 'COLVAR')), [0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
  assert.deepEqual(times(join(folder, 'HILLS')), [10, 20, 30, 40, 50]);
  assert.deepEqual(notes.map((note) => note.replace(`${folder}: `, '')).sort(), [
    'COLVAR was cut back to the checkpoint at 50: 7 rows less',
    'HILLS was cut back to the checkpoint at 50: 3 rows less',
  ]);
});

test('times in units of their own', async () => {
  const { folder, write, point } = found(`UNITS TIME=ns\n${metad}`, [50]);
  write('COLVAR', ' 0.044 1\n 0.045 1\n 0.05 1\n');
  write('HILLS', ' 0.04 1\n 0.05 1\n 0.06 1\n');
  await point();
  assert.deepEqual(times(join(folder, 'COLVAR')), [0.044, 0.045]);
  assert.deepEqual(times(join(folder, 'HILLS')), [0.04, 0.05]);
});

test('a bias that had laid nothing starts anew at the checkpoint', async () => {
  const { folder, write, point } = found(metad, [8]);
  write('COLVAR', rows(0, 10, 5));
  write('HILLS', '');
  const { from, restart } = await point();
  assert.equal(from?.step, 8);
  assert.equal(restart.anew.length, 1);
  assert.ok(!existsSync(join(folder, 'HILLS')));
});

test('hills that are lost are refused, or the checkpoint before is taken where they reach it', async () => {
  const lost = found(metad, [50]);
  lost.write('COLVAR', rows(0, 80, 5));
  await assert.rejects(lost.point(), {
    code: 'bad-data',
    message: /md\.50\.cpt \(time 50\) but HILLS is missing, 5 rows before/,
    hint: /fromZero/,
  });
  assert.equal(times(join(lost.folder, 'COLVAR')).length, 17);
  const short = found(metad, [500, 50]);
  short.write('COLVAR', rows(0, 500, 5));
  short.write('HILLS', rows(10, 90, 10));
  assert.equal((await short.point()).from?.step, 50);
  assert.match(short.notes[0], /goes on from md\.50\.cpt, since HILLS ends at 90/);
});

test('rows that died with the process are told, and do not stop the run', async () => {
  const { notes, write, point } = found(metad, [50]);
  write('COLVAR', rows(0, 20, 5));
  write('HILLS', rows(10, 50, 10));
  assert.equal((await point()).from?.step, 50);
  assert.match(notes[0], /COLVAR ends at 20, 5 rows before the checkpoint at 50/);
});

test('without a checkpoint the run starts over, with a word and with nothing of the dead one mixed in', async () => {
  const { folder, notes, write, point } = found(metad, []);
  write('COLVAR', rows(0, 20, 5));
  write('HILLS', rows(10, 20, 10));
  write('bck.0.HILLS', '');
  write('md.log', '');
  write('mine.txt', '');
  assert.equal((await point()).from, undefined);
  assert.match(
    notes[0],
    /starts over, gromacs left no checkpoint to go on from; what it had written is in .*aside-0$/,
  );
  for (const name of ['COLVAR', 'HILLS', 'bck.0.HILLS', 'md.log'])
    assert.ok(existsSync(join(folder, 'aside-0', name)) && !existsSync(join(folder, name)), name);
  assert.ok(existsSync(join(folder, 'mine.txt')));
});

test('beside a checkpoint it starts over only where it is told to, and what the input went on from stays', async () => {
  const { folder, notes, write, point } = found(metad, [50], { fromZero: true });
  write('COLVAR', rows(0, 20, 5));
  await point();
  assert.match(notes[0], /starts over, as asked/);
  const inherited = found(metad, [50], { fromZero: true });
  inherited.write('HILLS', ' 7 1\n');
  const path = join(inherited.folder, 'HILLS');
  const size = readFileSync(path).length;
  writeFileSync(path, `${readFileSync(path, 'utf8')} 10 1\n`);
  const { run, ...others } = { run: undefined, folder: inherited.folder };
  assert.equal(run, undefined);
  const again = found(metad, [50], { ...others, fromZero: true, inherited: { [path]: size } });
  await again.point();
  assert.deepEqual(times(path), [7]);
  assert.ok(folder !== inherited.folder);
});

test('the hills of a walker that another one has read stay, its own table is cut', async () => {
  const { folder, notes, write, point } = found(metad, [50], { isRead: () => true });
  write('COLVAR', rows(0, 80, 5));
  write('HILLS', rows(10, 80, 10));
  await point();
  assert.equal(times(join(folder, 'HILLS')).length, 8);
  assert.equal(times(join(folder, 'COLVAR')).length, 10);
  assert.match(notes.join('\n'), /3 hills behind 50 stay in HILLS: a walker that lives has read them/);
});

const opes = 'o: OPES_METAD ARG=a PACE=10 BARRIER=4\n';
const state = (time: number): string => ` ${time} 1\n`;

test('OPES goes on from the state that fits, else from its kernels, which is told', async () => {
  const fits = found(opes, [55]);
  fits.write('KERNELS', rows(10, 80, 10));
  fits.write('STATE', state(80));
  fits.write('bck.last.STATE', state(50));
  const { restart } = await fits.point();
  assert.deepEqual(
    restart.states.map(({ path }) => path),
    ['restart.STATE'],
  );
  assert.deepEqual(times(join(fits.folder, 'restart.STATE')), [50]);
  assert.deepEqual(times(join(fits.folder, 'KERNELS')), [10, 20, 30, 40, 50]);
  for (const [line, adapts] of [
    [opes, true],
    [opes.replace('BARRIER', 'SIGMA=0.1 BARRIER'), false],
  ] as const) {
    const none = found(line, [55]);
    none.write('KERNELS', rows(10, 80, 10));
    assert.deepEqual((await none.point()).restart, { states: [], anew: [] });
    const said = none.notes.join('\n');
    assert.match(said, /no state of OPES_METAD fits the checkpoint, so it goes on from KERNELS/);
    assert.equal(/SIGMA's adaptation starts anew/.test(said), adapts);
  }
});

test('a run that had done its last step is left as it is', async () => {
  const { folder, write, point } = found(metad, [1000]);
  write('COLVAR', rows(0, 1000, 5));
  write('HILLS', rows(10, 1000, 10));
  assert.equal((await point()).done, true);
  assert.equal(times(join(folder, 'COLVAR')).length, 201);
});
