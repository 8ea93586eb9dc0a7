import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerOf, readSampledRun } from '../../src/free-energy/index.js';
import { biasColumns, plumedUnits, temperatureOf } from '../../src/sampling/index.js';
import { Lock, Random } from '../../src/support/index.js';
import { WatchedRuns, type RunLook, type WatchedRunsOptions } from '../../src/watch/watched-runs.js';
import { temporaryFolder } from '../temporary-folder.js';
import { addToRecord, startPesmd, timestep, until } from './pesmd-folder.js';

const natural = { length: 1, energy: 1, time: 1, natural: true };
const question = { basins: [{ column: 'p.x', interval: [0, Infinity] as const }] };
const choose = (labels: readonly string[]) => biasColumns(labels, { asked: ['opes.bias'] });

function watched(
  sources: WatchedRunsOptions['sources'],
  more: Partial<WatchedRunsOptions> = {},
): WatchedRuns {
  const bias = choose(['p.x', 'opes.bias']);
  return new WatchedRuns({
    ...{ sources, cv: 'p.x', question },
    weighing: { temperature: temperatureOf(1), bias, units: natural },
    ...more,
  });
}

/** What `fes` says of the same files. */
async function read(files: readonly string[]) {
  const run = await readSampledRun(files, {
    ...{ columns: ['p.x'], question, temperature: temperatureOf(1), biasColumns: choose },
  });
  return { run, answer: answerOf(run, question, 'p.x')! };
}

function same(look: RunLook, { run, answer }: Awaited<ReturnType<typeof read>>): void {
  assert.deepEqual(look.run?.sample.effectiveSize, run.sample.effectiveSize);
  assert.deepEqual(look.answer?.deltaFs, answer.deltaFs);
  assert.deepEqual(look.answer?.halves, answer.halves);
  assert.deepEqual(look.answer?.drift, answer.drift);
  assert.deepEqual(look.answer?.transitions, answer.transitions);
  assert.deepEqual(look.answer?.course(10), answer.course(10));
}

test('a run of pesmd is told as it runs, and says what fes says of the same frames', async () => {
  const steps = 40_000;
  const { folder, colvar, child, ended } = startPesmd(steps);
  const lock = await Lock.take(join(folder, 'run.lock'), 'the run');
  try {
    await until(() => statSync(colvar, { throwIfNoEntry: false })?.size || undefined, 'the first frames');
    const runs = watched([{ name: 'run', folder, table: colvar }]);
    const first = await until(async () => {
      const look = await runs.look();
      return look.runs[0].frames > 300 && look.answer ? look : undefined;
    }, '300 frames');
    child.kill('SIGSTOP');
    const files = readdirSync(folder).sort();
    const [status] = (await runs.look()).runs;
    assert.equal(status.state, 'running');
    assert.equal(status.holder?.pid, process.pid);
    assert.equal(status.steps, steps);
    assert.equal(status.step, Math.round(status.time! / timestep));
    assert.equal(status.fraction, status.step / steps);
    assert.ok(status.fraction > 0 && status.fraction < 1);
    assert.ok(status.ends! > Date.now() - 1000 && status.ends! < Date.now() + 600_000);
    assert.equal(status.nanosecondsPerDay, null);
    assert.ok(status.frames >= first.runs[0].frames);
    same(await runs.look(), await read([colvar]));
    assert.deepEqual(readdirSync(folder).sort(), files);
    child.kill('SIGCONT');
    await ended;
    addToRecord(folder, {
      finished: true,
      ended: { at: new Date(Date.now() + 1).toISOString(), why: 'finished', step: steps },
    });
    await lock.release();
    const last = await runs.look();
    const all = await read([colvar]);
    assert.equal(all.run.dataset.frames, steps / 20 + 1);
    assert.deepEqual(
      [last.runs[0].state, last.runs[0].frames, last.runs[0].fraction, last.runs[0].ends],
      ['finished', steps / 20 + 1, 1, null],
    );
    assert.deepEqual(last.runs[0].transitions, [{ from: 'A', to: 'B', count: all.answer.transitions.all }]);
    assert.ok(all.answer.transitions.all >= 2);
    same(last, all);
  } finally {
    child.kill('SIGKILL');
    await lock.release();
  }
});

const random = new Random(5);
/** Hops between two wells under a bias that fills them. */
function rows(from: number, to: number, every = 50): string {
  return Array.from({ length: to - from }, (_, i) => {
    const x = (Math.floor((from + i) / every) % 2 === 0 ? -1 : 1) + 0.1 * random.normal();
    return ` ${from + i}.0 ${x.toFixed(6)} ${(x * x).toFixed(6)}\n`;
  }).join('');
}
const head = '#! FIELDS time p.x opes.bias\n';

test('replicas are told one by one, those that have written nothing too', async () => {
  const folder = temporaryFolder('watch');
  const files = ['a', 'b'].map((name) => join(folder, name));
  writeFileSync(files[0], head + rows(0, 2000));
  writeFileSync(files[1], head + rows(0, 1000, 100));
  const runs = watched([...files.map((table) => ({ name: table, table })), { name: 'c' }]);
  const look = await runs.look();
  assert.deepEqual(
    look.runs.map(({ frames, state, transitions }) => [frames, state, transitions?.[0].count]),
    [
      [2000, null, 39],
      [1000, null, 9],
      [0, null, undefined],
    ],
  );
  same(look, await read(files));
  appendFileSync(files[1], rows(1000, 2000, 100));
  const next = await runs.look();
  assert.deepEqual([next.runs[1].frames, next.runs[1].transitions?.[0].count], [2000, 19]);
  same(next, await read(files));
  // nothing new: nothing is computed again
  assert.equal((await runs.look()).answer, next.answer);
});

test('without basins those that the CV shows are found, and told', async () => {
  const table = join(temporaryFolder('watch'), 'COLVAR');
  writeFileSync(table, head + rows(0, 2000));
  const look = await watched([{ name: 'run', table }], { question: {} }).look();
  assert.match(
    look.found ?? '',
    /^states, the basins that p\.x shows so far .*: A \.\.-?0\.\d+, B -?0\.\d+\.\.$/,
  );
  assert.deepEqual(look.states?.names, ['A', 'B']);
  assert.equal(look.runs[0].transitions?.[0].count, 39);
  assert.ok(Math.abs(look.answer!.deltaFs[0].value!) < 0.5);
});

test('one basin, no temperature, frames left out: said, and no number in their place', async () => {
  const table = join(temporaryFolder('watch'), 'COLVAR');
  writeFileSync(table, head + rows(0, 49) + ' 49.0 nan 1\n');
  const early = await watched([{ name: 'run', table }], { question: {} }).look();
  assert.deepEqual([early.states, early.answer, early.runs[0].transitions], [undefined, undefined, null]);
  assert.match(early.found ?? '', /^fewer than 2000 frames do not show basins yet/);
  assert.deepEqual(early.notes, ['1 line without a row of finite numbers left out']);
  writeFileSync(table, head + rows(0, 3000, 5000));
  const one = await watched([{ name: 'run', table }], { question: {} }).look();
  assert.deepEqual([one.states, one.answer, one.runs[0].transitions], [undefined, undefined, null]);
  assert.match(one.found ?? '', /fewer than two basins so far/);
  writeFileSync(table, head + rows(0, 2000));
  const bias = choose(['p.x', 'opes.bias']);
  const cold = await watched([{ name: 'run', table }], { weighing: { bias, units: plumedUnits } }).look();
  assert.deepEqual([cold.answer, cold.runs[0].transitions?.[0].count, cold.weighed], [undefined, 39, false]);
  assert.match(cold.notes.join(), /no temperature is known/);
});

test('a table that is put aside for a moment is waited for', async () => {
  const table = join(temporaryFolder('watch'), 'COLVAR');
  writeFileSync(table, head + rows(0, 200));
  const runs = watched([{ name: 'run', table }]);
  await runs.look();
  renameSync(table, `${table}.bck`);
  const look = await runs.look();
  assert.equal(look.runs[0].frames, 200);
  assert.match(look.notes.join(), /there is no such file/);
  writeFileSync(table, head + rows(0, 60));
  assert.equal((await runs.look()).runs[0].frames, 60);
});
