import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { fittingState, StateKeeper, timeOfState } from '../../../src/campaign/runs/kept-states.js';
import { parsePlumedInput, type StateWriter } from '../../../src/plumed/index.js';
import { keptFolder } from '../../../src/programs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const [statement] = parsePlumedInput('OPES_METAD ARG=a PACE=10').all;
const states: StateWriter[] = [{ statement, file: 'STATE', pace: 10 }];
const state = (time: number): string =>
  `#! FIELDS time a sigma_a height\n#! SET counter 3\n ${time} 0.1 0.2 1\n`;
const stepOf = (time: number): number => time;

test('the state of the last kernel before a checkpoint fits, an older or a younger one does not', () => {
  const folder = temporaryFolder('states');
  writeFileSync(join(folder, 'STATE'), state(50));
  writeFileSync(join(folder, 'bck.last.STATE'), state(40));
  const at = (step: number): string | undefined => fittingState(folder, states, 0, { step, stepOf });
  assert.equal(at(50), join(folder, 'STATE'));
  assert.equal(at(59), join(folder, 'STATE'));
  assert.equal(at(60), undefined);
  assert.equal(at(49), join(folder, 'bck.last.STATE'));
  assert.equal(at(39), undefined);
  mkdirSync(join(folder, keptFolder, '4'), { recursive: true });
  writeFileSync(join(folder, keptFolder, '4', '0'), state(30));
  assert.equal(at(39), join(folder, keptFolder, '4', '0'));
});

test('a state that is not whole is none', () => {
  const path = join(temporaryFolder('states'), 'STATE');
  for (const [text, time] of [
    [state(50), 50],
    [state(50).slice(0, -1), undefined],
    [state(50).slice(0, -5) + '\n', undefined],
    ['#! FIELDS time a\n', undefined],
    ['', undefined],
    ['#! FIELDS ene DeltaF\n#! SET time 7.5\n 1 2\n', 7.5],
  ] as const) {
    writeFileSync(path, text);
    assert.equal(timeOfState(path), time, text);
  }
});

test('with each checkpoint the states of that moment are kept, those of the last three', async () => {
  const folder = temporaryFolder('states');
  const keeper = new StateKeeper(folder, { states, checkpointFiles: /^md\.cpt$/, keepsCheckpoints: true });
  try {
    for (let i = 1; i <= 5; i++) {
      writeFileSync(join(folder, 'STATE'), state(10 * i));
      writeFileSync(join(folder, 'new'), `checkpoint ${i}`);
      renameSync(join(folder, 'new'), join(folder, 'md.cpt'));
      for (let waited = 0; waited < 5000 && !keptTimes(folder).includes(10 * i); waited += 20)
        await pause(20);
      // PLUMED writes a state under its name anew
      renameSync(join(folder, 'STATE'), join(folder, 'bck.last.STATE'));
    }
  } finally {
    keeper.close();
  }
  assert.ok(readdirSync(join(folder, keptFolder)).length <= 3);
  assert.ok(
    [30, 40, 50].every((time) => keptTimes(folder).includes(time)),
    keptTimes(folder).join(),
  );
});

function keptTimes(folder: string): (number | undefined)[] {
  const place = join(folder, keptFolder);
  try {
    return readdirSync(place).map((set) => timeOfState(join(place, set, '0')));
  } catch {
    return [];
  }
}

test('another run keeps its states beside those that are there', () => {
  const folder = temporaryFolder('states');
  mkdirSync(join(folder, keptFolder, '7'), { recursive: true });
  writeFileSync(join(folder, keptFolder, '7', '0'), state(30));
  new StateKeeper(folder, { states: [], checkpointFiles: /^md\.cpt$/ }).close();
  assert.equal(readFileSync(join(folder, keptFolder, '7', '0'), 'utf8'), state(30));
});

test('a checkpoint that a full disk cut off puts none of those before it away', async () => {
  const folder = temporaryFolder('states');
  const keeper = new StateKeeper(folder, {
    states: [],
    checkpointFiles: /^md\.cpt$/,
    keepsCheckpoints: true,
  });
  const contents = (): string[] => {
    const place = join(folder, keptFolder);
    if (!existsSync(place)) return [];
    return readdirSync(place).map((set) => readFileSync(join(place, set, 'md.cpt'), 'utf8'));
  };
  try {
    for (const content of ['checkpoint 1', '', 'check', '', '', 'checkpoint 2']) {
      writeFileSync(join(folder, 'new'), content);
      renameSync(join(folder, 'new'), join(folder, 'md.cpt'));
      await pause(100);
    }
    for (let waited = 0; waited < 5000 && !contents().includes('checkpoint 2'); waited += 20) await pause(20);
  } finally {
    keeper.close();
  }
  assert.deepEqual([...new Set(contents())].sort(), ['checkpoint 1', 'checkpoint 2']);
});
