import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NameTable,
  notRestored,
  parsePlumedInput,
  prepareInput,
  restartEdits,
  restartFiles,
  withRunLines,
  withWords,
  writtenTables,
} from '../../../src/plumed/index.js';

const prepared = (text: string) => {
  const input = parsePlumedInput(text, 'plumed.dat');
  const preparation = prepareInput(input, new NameTable(input), () => true);
  return { ...preparation, input, text: withWords(text, preparation.edits) };
};

test('OPES writes its state at every PACE, under a name that is free, as the input says where it does', () => {
  const { text, states, notes } = prepared(
    'a: OPES_METAD ARG=x PACE=500*2 BARRIER=4 # mine\nb: OPES_METAD_EXPLORE ARG=y ...\n  PACE=7\n...\nPRINT ARG=* FILE=STATE\n',
  );
  assert.equal(
    text,
    'a: OPES_METAD ARG=x PACE=500*2 BARRIER=4 STATE_WFILE=STATE_a STATE_WSTRIDE=1000 # mine\n' +
      'b: OPES_METAD_EXPLORE ARG=y STATE_WFILE=STATE_b STATE_WSTRIDE=7 ...\n  PACE=7\n...\nPRINT ARG=* FILE=STATE\n',
  );
  assert.deepEqual(
    states.map(({ file, pace }) => [file, pace]),
    [
      ['STATE_a', 1000],
      ['STATE_b', 7],
    ],
  );
  assert.match(
    notes[0],
    /^plumed\.dat:1: in the run OPES_METAD writes its state to STATE_a every 1000 steps/,
  );
  const given = 'a: OPES_METAD ARG=x PACE=5 STATE_WFILE=S STATE_WSTRIDE=500\n';
  assert.equal(prepared(given).text, given.replace('=500', '=5'));
  const same = 'a: OPES_METAD ARG=x PACE=5 STATE_WFILE=S STATE_WSTRIDE=5\n';
  assert.deepEqual([prepared(same).text, prepared(same).notes], [same, []]);
  const stored = 'a: OPES_METAD ARG=x PACE=5 STATE_WFILE=S STATE_WSTRIDE=500 STORE_STATES\n';
  assert.equal(prepared(stored).text, stored);
});

test('rows are flushed once they are written, by no more actions than that takes', () => {
  const text =
    'METAD ARG=x PACE=500\nPRINT ARG=x STRIDE=100 FILE=A\nPRINT ARG=x STRIDE=130 FILE=B\nPRINT ARG=x FILE=C UPDATE_FROM=5\n';
  assert.deepEqual(prepared(text).lines, ['FLUSH STRIDE=100', 'FLUSH STRIDE=130']);
  assert.deepEqual(prepared(`${text}FLUSH STRIDE=10\n`).lines, []);
});

test('a restart says so above, goes on from states, and lets a bias begin that had laid nothing', () => {
  const text =
    'UNITS NATURAL\na: OPES_METAD ARG=x PACE=5 STATE_RFILE=old\nb: METAD ARG=x PACE=5\nENDPLUMED\nnot read\n';
  const input = parsePlumedInput(text);
  const [, a, b] = input.all;
  const edits = restartEdits({ states: [{ statement: a, path: 'restart.STATE' }], anew: [b] });
  assert.equal(
    withRunLines(input, withWords(text, edits), ['FLUSH STRIDE=5'], true),
    'RESTART\nUNITS NATURAL\na: OPES_METAD ARG=x PACE=5 STATE_RFILE=restart.STATE\nb: METAD ARG=x PACE=5 RESTART=NO\n' +
      '# latentcv run: rows are on disk once they are written\nFLUSH STRIDE=5\nENDPLUMED\nnot read\n',
  );
});

test('the tables that an input writes, hills of each kind among them', () => {
  const files = (text: string) =>
    writtenTables(parsePlumedInput(text)).map(({ file, stride, ofBias }) => [file, stride, ofBias]);
  assert.deepEqual(
    files(
      'PRINT ARG=x STRIDE=5 FILE=a/C\nPRINT ARG=x\nDUMPATOMS ATOMS=1 FILE=x.xyz\nEXTERNAL FILE=grid ARG=x\n',
    ),
    [['a/C', 5, false]],
  );
  assert.deepEqual(files('PBMETAD ARG=x,y PACE=5\n'), [
    ['HILLS.x', 5, true],
    ['HILLS.y', 5, true],
  ]);
  assert.deepEqual(files('OPES_EXPANDED ARG=e.* PACE=5\nMETAD ARG=x PACE=5 FILE=/abs/H\n'), [
    ['DELTAFS', 5, true],
    ['/abs/H', 5, true],
  ]);
  assert.deepEqual(files('OPES_METAD ARG=x PACE=5 EXCLUDED_REGION=r\n'), [['KERNELS', undefined, true]]);
  const [pb] = parsePlumedInput(
    'PBMETAD ARG=x,y PF0=x PF1=y PACE=5 WALKERS_N=2 WALKERS_ID=1 WALKERS_DIR=w\n',
  ).all;
  assert.deepEqual(restartFiles(pb), ['w/HILLS.PF0.1', 'w/HILLS.PF1.1']);
});

test('what PLUMED does not go on with is told, a line each', () => {
  const lines = notRestored(
    parsePlumedInput(
      'EXTENDED_LAGRANGIAN ARG=x\nMETAD ARG=x PACE=5\nMOVINGRESTRAINT ARG=x\nDUMPATOMS ATOMS=1 FILE=x.xyz\n',
    ),
  );
  assert.equal(lines.length, 3);
  assert.match(lines[0], /^line 1: PLUMED does not restore EXTENDED_LAGRANGIAN: its particle starts anew/);
  assert.match(lines[2], /^x\.xyz may hold frames twice/);
});

test('a state whose name has blanks is named as PLUMED reads it', () => {
  const text = 'OPES_METAD ARG=x PACE=5 STATE_WFILE={my state}\n';
  const input = parsePlumedInput(text);
  const [statement] = input.all;
  const edits = restartEdits({ states: [{ statement, path: 'restart.my state' }], anew: [] });
  assert.equal(withWords(text, edits), text.replace('\n', ' STATE_RFILE={restart.my state}\n'));
});
