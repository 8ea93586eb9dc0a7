import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { canMount, runMounted } from '../mounts.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli, type CliResult } from './run-cli.js';

const folder = temporaryFolder('outputs');
const at = (...names: string[]): string => join(folder, ...names);
const inFolder = (...args: string[]): CliResult => runCli(args, { cwd: folder });

/** Frames of two columns, of a particle that hops between two wells. */
function table(frames: number): string {
  let [seed, x] = [1, 1];
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const rows = Array.from({ length: frames }, (_, t) => {
    if (random() < 0.03) x = -x;
    return `${t} ${(x + 0.2 * random()).toFixed(4)} ${(0.5 * x + 0.3 * random()).toFixed(4)}`;
  });
  return ['#! FIELDS time d1 d2', ...rows, ''].join('\n');
}

const trained = [
  '--columns',
  'd1,d2',
  '--latent',
  '1',
  '--layers',
  '8',
  '--epochs',
  '2',
  '--bias',
  'none',
  '--lag',
  '5ps',
];
const sampled = ['--temperature', '300', '--bias', 'none'];
const gro = `a water
    3
    1SOL     OW    1   0.100   0.100   0.100
    1SOL    HW1    2   0.195   0.100   0.100
    1SOL    HW2    3   0.068   0.189   0.100
   1.00000   1.00000   1.00000
`;

before(() => {
  writeFileSync(at('COLVAR'), table(600));
  writeFileSync(at('COLVAR-1'), table(60));
  writeFileSync(at('included.dat'), 'd1: DISTANCE ATOMS=1,2\n');
  writeFileSync(
    at('plumed.dat'),
    'INCLUDE FILE=included.dat\nd2: DISTANCE ATOMS=1,3\nPRINT ARG=d1,d2 FILE=COLVAR\n',
  );
  writeFileSync(at('water.gro'), gro);
  writeFileSync(at('groups.yaml'), 'descriptors:\n  - distances (serial 1) (serial 2 3)\n');
  mkdirSync(at('folder'));
  const { code, stderr } = inFolder('train', 'COLVAR', ...trained, '-o', 'model.onnx');
  assert.equal(code, 0, stderr);
});

/** Each command that writes, with an output to come and the files that it reads. */
const commands: { args: string[]; reads: string[] }[] = [
  {
    args: ['train', 'COLVAR', '--plumed', 'plumed.dat', ...trained],
    reads: ['included.dat'],
  },
  { args: ['predict', 'model.onnx', 'COLVAR'], reads: ['model.onnx'] },
  {
    args: ['descriptors', 'water.gro', '--structure', 'water.gro', '--descriptors', 'groups.yaml'],
    reads: ['groups.yaml'],
  },
  { args: ['differentiate', 'model.onnx', '--frames', 'COLVAR'], reads: ['COLVAR'] },
  {
    args: [
      'plumed',
      'plumed.dat',
      '--model',
      'model.onnx',
      '--bias',
      'none',
      '--mode',
      'arg',
      '--plugin',
      'water.gro',
    ],
    reads: ['included.dat', 'model.onnx'],
  },
  { args: ['fes', 'COLVAR', '--cv', 'd1', ...sampled], reads: ['COLVAR'] },
  {
    args: ['report', 'COLVAR', '--cv', 'd1', ...sampled, '--model', 'model.onnx', '--training', 'COLVAR-1'],
    reads: ['COLVAR-1'],
  },
];

describe('every command that writes', () => {
  for (const { args, reads } of commands)
    test(`${args[0]} never writes over what it reads, nor begins what it cannot write`, () => {
      const refused: [output: string, problem: RegExp][] = [
        ...reads.map((file): [string, RegExp] => [
          file,
          /expected another file to write than \S+, which is read/,
        ]),
        ['nowhere/out', /expected a folder for out but there is no nowhere/],
      ];
      for (const [output, problem] of refused) {
        const kept = reads.map((file) => readFileSync(at(file)));
        const { code, stderr } = inFolder(...args, '-o', output);
        assert.match(stderr, problem, `${args[0]} -o ${output}`);
        assert.equal(code, 2);
        assert.doesNotMatch(stderr, /100%|wrote|fault of latentcv/);
        assert.deepEqual(
          reads.map((file) => readFileSync(at(file))),
          kept,
        );
      }
    });

  test('tables of several runs do not take the place of an input either', () => {
    const { code, stderr } = inFolder('predict', 'model.onnx', 'COLVAR', 'COLVAR-1', '-o', 'COLVAR');
    assert.match(stderr, /expected another file to write than COLVAR, which is read/);
    writeFileSync(at('run-1.csv'), table(60).replace('#! FIELDS ', '').replaceAll(' ', ','));
    const several = inFolder('predict', 'model.onnx', 'run-1.csv', 'COLVAR', '-o', 'run.csv');
    assert.match(several.stderr, /expected another file to write than run-1.csv, which is read/);
    assert.deepEqual([code, several.code], [2, 2]);
  });

  test("a run's folder is looked at first, and holds no other input", () => {
    for (const [run, problem] of [
      ['water.gro', /expected a folder at water.gro but \S+water.gro is a file/],
      ['water.gro/run', /expected a folder at water.gro\/run but \S+water.gro is a file/],
    ] as const) {
      const { code, stderr } = inFolder('run', '--tpr', 'none.tpr', '--folder', run);
      assert.match(stderr, problem);
      assert.equal(code, 2);
      assert.match(inFolder('quickstart', '--folder', run).stderr, problem);
    }
  });
});

describe('on a full disk', { skip: !canMount && 'no mounts without privileges' }, () => {
  const full = at('full');
  const cases: [string, string[], number][] = [
    ['train', ['train', 'COLVAR', ...trained, '-o', `${full}/model.onnx`], 8],
    ['fes', ['fes', 'COLVAR', '--cv', 'd1', ...sampled, '-o', `${full}/fes.dat`], 4],
    ['predict', ['predict', 'model.onnx', 'COLVAR', '-o', `${full}/CV`], 4],
    ['predict to HDF5', ['predict', 'model.onnx', 'COLVAR', '-o', `${full}/CV.h5`], 4],
  ];
  before(() => mkdirSync(full));
  for (const [name, args, kilobytes] of cases)
    test(`${name} names file and remedy, keeps what was there and leaves nothing`, () => {
      const output = args.at(-1)!;
      const { code, stderr, left } = runMounted(args, {
        full: { folder: full, kilobytes },
        before: `printf 'as it was' > '${output}'`,
        cwd: folder,
      });
      const path = output.replaceAll('/', '\\/');
      assert.match(
        stderr,
        new RegExp(
          `error: cannot write ${path}: the disk is full(, before the training .it may take [0-9]+ kB.)?\\nhint: make room \\(df -h `,
        ),
      );
      assert.equal(code, 1);
      const kept = output.slice(full.length + 1);
      assert.equal(left[kept], 'as it was'.length);
      assert.deepEqual(
        Object.keys(left).filter((file) => file.endsWith('.part')),
        [],
      );
    });

  test('where nothing can be written, no work begins', () => {
    const readOnly = at('read-only');
    mkdirSync(readOnly, { recursive: true });
    for (const args of [
      ['train', 'COLVAR', ...trained, '-o', `${readOnly}/model.onnx`],
      ['fes', 'COLVAR', '--cv', 'd1', ...sampled, '-o', `${readOnly}/fes.dat`],
    ]) {
      const { code, stderr } = runMounted(args, { readOnly, cwd: folder });
      assert.match(stderr, /^error: expected a folder for \S+ but \S+read-only cannot be written to\nhint: /);
      assert.equal(code, 2);
    }
    const run = runMounted(['run', '--tpr', 'none.tpr', '--folder', `${readOnly}/run`], {
      readOnly,
      cwd: folder,
    });
    assert.match(run.stderr, /expected a folder at \S+run but \S+read-only cannot be written to/);
  });
});
