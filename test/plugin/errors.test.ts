import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder, writeTrajectory } from './driver.js';

const folder = await runFolder();
const python = join(cacheFolder(), 'python', 'bin', 'python');
execFileSync(python, [join(packageRoot(), 'test', 'fixtures', 'bad_models.py'), folder]);
writeFileSync(join(folder, 'empty.onnx'), '');
writeFileSync(join(folder, 'text.onnx'), 'TITLE conf\n');
writeFileSync(join(folder, 'cut.onnx'), (await readFile(join(folder, 'labelled.onnx'))).subarray(0, 90));

const distances = 'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=1,3\nphi: TORSION ATOMS=1,2,3,4\n';

/** Runs and returns the message that stopped it. */
async function complaint(input: string): Promise<string> {
  try {
    await drive(folder, distances + input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

describe('before the first step, ONNX_MODEL refuses', () => {
  const cases: [string, string, RegExp][] = [
    ['a missing file', 'FILE=none.onnx ARG=d1,d2', /none\.onnx: cannot open the model file: No such file/],
    ['an empty file', 'FILE=empty.onnx ARG=d1,d2', /empty\.onnx: expected an ONNX file but it is empty/],
    ['a file that is not ONNX', 'FILE=text.onnx ARG=d1,d2', /text\.onnx: expected an ONNX file/],
    ['a damaged file', 'FILE=cut.onnx ARG=d1,d2', /cut\.onnx: expected an ONNX file but it does not parse/],
    [
      'external data',
      'FILE=external.onnx ARG=d1,d2',
      /'w'.*external data is not supported|external data is not supported/,
    ],
    [
      'weights that are not finite',
      'FILE=nan.onnx ARG=d1,d2',
      /tensor 'w': expected finite values but element 0 is not/,
    ],
    [
      'a name that nothing computes',
      'FILE=undefined.onnx ARG=d1,d2',
      /reads 'nowhere', which nothing before it computes/,
    ],
    ['two inputs', 'FILE=two-inputs.onnx ARG=d1,d2', /expected one input but the graph has 'x' and 'y'/],
    [
      'an unknown operator without a jacobian',
      'FILE=floor.onnx ARG=d1,d2',
      /no native evaluation of Floor \(node 'step'\), and the file has no output named jacobian.*latentcv differentiate model\.onnx/s,
    ],
    [
      'ONNX Runtime without a jacobian',
      'FILE=plain.onnx ARG=d1,d2 EVALUATOR=onnxruntime',
      /expected an output named jacobian/,
    ],
    [
      'a jacobian of another shape',
      'FILE=wrong-shape.onnx ARG=d1,d2',
      /wrong-shape\.onnx: ONNX Runtime 1\.\d+\.\d+: .*Got: 3 Expected: 2/,
    ],
    [
      'a wrong evaluator',
      'FILE=plain.onnx ARG=d1,d2 EVALUATOR=gpu',
      /expected auto, native or onnxruntime for the evaluator but received "gpu"/,
    ],
    [
      'a wrong precision',
      'FILE=plain.onnx ARG=d1,d2 PRECISION=half',
      /expected double or float for the precision but received "half"/,
    ],
    [
      'a wrong LABELS',
      'FILE=plain.onnx ARG=d1,d2 LABELS=no',
      /expected check or ignore for LABELS but received no/,
    ],
    [
      'a wrong device',
      'FILE=plain.onnx ARG=d1,d2 DEVICE=gpu',
      /expected auto, cpu or cuda for the device but received "gpu"/,
    ],
    [
      'CUDA for the native evaluator',
      'FILE=plain.onnx ARG=d1,d2 DEVICE=cuda EVALUATOR=native',
      /expected the evaluator onnxruntime or auto for the device cuda but received native/,
    ],
    [
      'CUDA without a jacobian',
      'FILE=plain.onnx ARG=d1,d2 DEVICE=cuda',
      /expected an output named jacobian, which ONNX Runtime needs/,
    ],
    [
      'no threads',
      'FILE=plain.onnx ARG=d1,d2 NUM_THREADS=0',
      /expected NUM_THREADS of at least 1 but received 0/,
    ],
    [
      'UNCERTAINTY of a single encoder',
      'FILE=plain.onnx ARG=d1,d2 UNCERTAINTY',
      /expected an ensemble with an output named uncertainty for UNCERTAINTY but plain\.onnx has none/,
    ],
    [
      'COMMITTOR of a model that is none',
      'FILE=plain.onnx ARG=d1,d2 COMMITTOR',
      /expected a committor with an output named committor for COMMITTOR but plain\.onnx has none/,
    ],
    [
      'KOLMOGOROV of a model that is no committor',
      'FILE=plain.onnx ARG=d1,d2 KOLMOGOROV TEMP=300',
      /expected a committor that was trained with a temperature, with an output named kolmogorov for KOLMOGOROV but plain\.onnx has none/,
    ],
    [
      'too few arguments',
      'FILE=labelled.onnx ARG=d1',
      /expected 2 arguments but received 1; the file names the arguments ARG=d1,d2/,
    ],
    [
      'too many arguments',
      'FILE=plain.onnx ARG=d1,d2,phi',
      /expected 2 arguments but received 3; the model takes 2 arguments/,
    ],
    [
      'arguments in another order',
      'FILE=labelled.onnx ARG=d2,d1',
      /argument 1 is d2 but the model was trained on d1 there; .* \(LABELS=ignore if the labels alone differ\)/,
    ],
    [
      'a periodic argument for one that is not',
      'FILE=labelled.onnx ARG=d1,phi LABELS=ignore',
      /argument phi is periodic but the model was trained on one that is not/,
    ],
    [
      'an argument that is not periodic for one that is',
      'FILE=periodic.onnx ARG=d1,d2 LABELS=ignore',
      /argument d2 is not periodic but the model/,
    ],
    [
      'another domain',
      'FILE=degrees.onnx ARG=d1,phi',
      /argument phi has the domain -3\.14159 to 3\.14159 but the model was trained on -180 to 180/,
    ],
    [
      'check vectors that do not reproduce',
      'FILE=check-cv.onnx ARG=d1,d2',
      /check vector 1: expected output '?1'? to be -0\.06, as the file says, but the model gives -0\.05/,
    ],
    [
      'derivatives that do not',
      'FILE=check-jacobian.onnx ARG=d1,d2',
      /the derivative of output '?1'? with respect to input 'd2' to be 0\.5/,
    ],
    [
      'neither ARG nor ATOMS',
      'FILE=atoms.onnx',
      /expected either ARG or ATOMS but received neither: the file names the atoms ATOMS=1,2,3/,
    ],
    ['both', 'FILE=atoms.onnx ATOMS=1,2,3 ARG=d1,d2', /expected either ARG or ATOMS but received both/],
    [
      'the wrong number of atoms',
      'FILE=atoms.onnx ATOMS=1,2',
      /expected 3 atoms but received 2; the file names the atoms ATOMS=1,2,3/,
    ],
    [
      'ATOMS without descriptors',
      'FILE=labelled.onnx ATOMS=1,2,3',
      /expected a model with descriptors for ATOMS but the file has none; the file names the arguments ARG=d1,d2/,
    ],
    [
      'unknown descriptors',
      'FILE=angle.onnx ATOMS=1,2,3',
      /line 1 of latentcv\.descriptors: expected one of the descriptors this version knows \(distance, .*\) but received "dihedral 0 1 2"/,
    ],
    [
      'another unit of length',
      'FILE=unit.onnx ATOMS=1,2,3',
      /expected descriptors in nm but the file says latentcv\.units\.length is bohr/,
    ],
    [
      'OUTSIDE without the ranges of the training',
      'FILE=plain.onnx ARG=d1,d2 OUTSIDE',
      /expected latentcv\.inputs\.min and latentcv\.inputs\.max in the file for OUTSIDE but they are not there/,
    ],
    [
      'OUTSIDE beside an output of that name',
      'FILE=outside.onnx ARG=d1,d2 OUTSIDE',
      /expected no output of the model to be named outside where OUTSIDE is given/,
    ],
    [
      'half a range',
      'FILE=half-a-range.onnx ARG=d1,d2',
      /expected latentcv\.inputs\.min and latentcv\.inputs\.max together but only one is in the file/,
    ],
    [
      'a misspelled keyword',
      'FILE=plain.onnx ARG=d1,d2 LABEL5=ignore',
      /cannot understand the following words from the input line : LABEL5/,
    ],
  ];
  for (const [what, words, message] of cases) {
    it(what, async () => {
      const received = await complaint(`cv: ONNX_MODEL ${words}`);
      assert.match(received, message);
      assert.match(received, /ONNX_MODEL/, 'the message names the action');
    });
  }
});

describe('at run time, ONNX_MODEL stops', () => {
  it('on an argument that is not a number, naming it and the step', async () => {
    // from the second frame on, d1 is above its first value
    const { d1 } = await firstDistances();
    const input = `bad: CUSTOM ARG=d1 FUNC=sqrt(${d1 + 1e-6}-x) PERIODIC=NO\ncv: ONNX_MODEL FILE=plain.onnx ARG=bad,d2\nPRINT ARG=cv.* FILE=X`;
    assert.match(
      await complaint(input),
      /ONNX_MODEL cv at step 1: argument bad is -?nan, expected a finite number/,
    );
  });

  it('on a coordinate that is not, naming the atom and the step', async () => {
    const trajectory = await writeTrajectory(folder, (lines) => lines.splice(8 + 4, 1, 'X nan 0 0'));
    const run = drive(folder, 'cv: ONNX_MODEL FILE=atoms.onnx ATOMS=1,2,3\nPRINT ARG=cv.* FILE=X', {
      trajectory,
    });
    await assert.rejects(
      run,
      /ONNX_MODEL cv at step 1: a coordinate of atom 3 is nan, expected a finite number/,
    );
  });

  it('on an output that overflows', async () => {
    const input = 'cv: ONNX_MODEL FILE=steep.onnx ARG=d1,d2\nPRINT ARG=cv.* FILE=X';
    assert.match(
      await complaint(input),
      /ONNX_MODEL cv at step 0: component cv\.node-0 is inf, expected a finite number/,
    );
  });
});

async function firstDistances(): Promise<{ d1: number }> {
  await drive(folder, `${distances}s: CUSTOM ARG=d1 FUNC=x PERIODIC=NO\nPRINT ARG=s FILE=D FMT=%.9f`);
  const rows = await readNumbers(join(folder, 'D'));
  return { d1: rows[0][1] };
}

it('CUDA that is asked for and not there stops the run, which says what is missing', async () => {
  // npm's ONNX Runtime comes without the provider, on any machine
  const run = await runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-onnxruntime'));
  await assert.rejects(
    drive(run, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 DEVICE=cuda'),
    /expected ONNX Runtime's CUDA provider for the device cuda, but .*libonnxruntime_providers_\w+\.so.*LATENTCV_ONNXRUNTIME/s,
  );
});

describe('what ONNX_MODEL accepts', () => {
  it('several threads for ONNX Runtime', async () => {
    const run = await runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-onnxruntime'));
    const input = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 EVALUATOR=onnxruntime NUM_THREADS=2';
    assert.match(await drive(run, input), /evaluated by onnxruntime: asked for; .*, 2 threads\n/);
  });

  it('DEVICE=auto, and says why where it stays on the CPU', async () => {
    const log = await drive(folder, `${distances}cv: ONNX_MODEL FILE=plain.onnx ARG=d1,d2 DEVICE=auto\n`);
    assert.match(
      log,
      /evaluated by native: .*; on the CPU, as CUDA needs a file with an output named jacobian\n/,
    );
  });

  it('other labels with LABELS=ignore', async () => {
    const log = await drive(folder, `${distances}cv: ONNX_MODEL FILE=labelled.onnx ARG=d2,d1 LABELS=ignore`);
    assert.match(log, /from 2 arguments d2 d1\n/);
  });

  it('and says what it loaded, what evaluates it and why', async () => {
    const log = await drive(folder, `${distances}cv: ONNX_MODEL FILE=labelled.onnx ARG=d1,d2`);
    assert.match(log, /model of 2 inputs and 2 collective variables/);
    assert.match(log, /evaluated by native: every operator has native evaluation; in double, /);
    assert.match(log, /1 check vectors reproduced/);
  });

  it('names and domains of the outputs from the file', async () => {
    await drive(
      folder,
      `${distances}cv: ONNX_MODEL FILE=periodic-output.onnx ARG=d1,d2\nPRINT ARG=cv.* FILE=named`,
    );
    const header = await readFile(join(folder, 'named'), 'utf8');
    assert.match(
      header,
      /#! FIELDS time cv\.angle cv\.rest\n#! SET min_cv\.angle -pi\n#! SET max_cv\.angle pi\n/,
    );
  });
});
