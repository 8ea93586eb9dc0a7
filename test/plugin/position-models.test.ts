import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { concat, input, mul, reduceSum, reshape, slice, sqrt, square, sub } from '../../src/graph/index.js';
import { writeOnnx } from '../../src/onnx/writing/write.js';
import { runCli } from '../cli/run-cli.js';
import { drive, readNumbers, runFolder } from './driver.js';

// A network of another program that takes positions: its distances are PLUMED's, in value, force and virial, so that what
// the plugin hands over is what the network means.

/** Distances 1–2 and 2–3 of three atoms, in the network's unit; the second times the first edge of the box. */
function distances(takesBox: boolean): Uint8Array {
  const positions = input('pos', ['n', 3, 3]);
  const cell = input('cell', ['n', 3, 3]);
  const atom = (i: number) => reshape(slice(positions, 1, i, i + 1), ['n', 3]);
  const distance = (i: number, j: number) => sqrt(reduceSum(square(sub(atom(i), atom(j))), [1], true));
  const edge = reshape(slice(slice(cell, 1, 0, 1), 2, 0, 1), ['n', 1]);
  const second = takesBox ? mul(distance(1, 2), edge) : distance(1, 2);
  return writeOnnx({
    inputs: takesBox ? [positions, cell] : [positions],
    outputs: { cv: concat([distance(0, 1), second], 1) },
    precision: 'double',
  });
}

/** What PLUMED computes of the same atoms, in nm. */
const reference = (takesBox: boolean): string[] => [
  'd1: DISTANCE ATOMS=5,2',
  'd2: DISTANCE ATOMS=2,6',
  'box: CELL',
  `e: CUSTOM ARG=d2,box.ax FUNC=${takesBox ? 'x*y' : 'x'} PERIODIC=NO`,
];

const bias = (labels: string): string[] => [
  `r: RESTRAINT ARG=${labels} AT=0,0 KAPPA=3,7`,
  `PRINT ARG=${labels} FILE=COLVAR FMT=%.12f`,
];

async function run(folder: string, lines: string[], extra: string[] = []) {
  await drive(folder, lines.join('\n'), {
    extra: ['--dump-forces', 'forces', '--dump-forces-fmt', '%.12f', '--dump-full-virial', ...extra],
  });
  return {
    values: await readNumbers(join(folder, 'COLVAR')),
    forces: await readNumbers(join(folder, 'forces')),
  };
}

function assertSame(ours: number[][], theirs: number[][]): void {
  assert.equal(ours.length, theirs.length);
  theirs.forEach((row, line) =>
    row.forEach((value, i) => {
      const off = Math.abs(ours[line][i] - value) / Math.max(1, Math.abs(value));
      assert.ok(off < 1e-5, `line ${line + 1}: ${ours[line][i]} is not ${value}`);
    }),
  );
}

async function written(folder: string, takesBox: boolean, unit: string): Promise<string> {
  await writeFile(join(folder, 'network.onnx'), distances(takesBox));
  const { code, stdout, stderr } = runCli(
    ['differentiate', 'network.onnx', '--positions', unit, '--atoms', '5,2,6', '-o', 'model.onnx'],
    { cwd: folder },
  );
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('a network of positions from ATOMS', () => {
  for (const takesBox of [false, true]) {
    const what = takesBox ? 'positions and the box' : 'positions';
    it(`${what}, in nm`, async () => {
      const folder = await runFolder();
      const said = await written(folder, takesBox, 'nm');
      assert.match(said, /positions of 3 atoms, made whole in the order of ATOMS/);
      assert.match(said, /ONNX_MODEL FILE=model.onnx ATOMS=5,2,6/);
      const ours = await run(folder, [
        'cv: ONNX_MODEL FILE=model.onnx ATOMS=5,2,6',
        ...bias('cv.node-0,cv.node-1'),
      ]);
      const theirs = await run(await runFolder(), [...reference(takesBox), ...bias('d1,e')]);
      assert.ok(theirs.forces.flat().some((force) => Math.abs(force) > 0.1));
      assertSame(ours.values, theirs.values);
      assertSame(ours.forces, theirs.forces);
    });
  }

  it('in ångström, whatever the unit of PLUMED', async () => {
    const folder = await runFolder();
    await written(folder, false, 'A');
    const scaled = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=5,2,6';
    const ours = await run(folder, [scaled, ...bias('cv.node-0,cv.node-1')]);
    const inAngstrom = await run(folder, ['UNITS LENGTH=A', scaled, ...bias('cv.node-0,cv.node-1')]);
    const theirs = await run(await runFolder(), ['UNITS LENGTH=A', ...reference(false), ...bias('d1,e')]);
    assertSame(ours.values, theirs.values);
    assertSame(inAngstrom.values, theirs.values);
    // energies are the same numbers: the CVs are, and so are KAPPA and the unit of energy
    assertSame(ours.forces, theirs.forces);
    assertSame(inAngstrom.forces, theirs.forces);
  });

  it('what does not fit is refused with what to write', async () => {
    const folder = await runFolder();
    await writeFile(join(folder, 'network.onnx'), distances(true));
    const refused = (args: string[], message: RegExp): void => {
      const { code, stderr } = runCli(['differentiate', 'network.onnx', ...args], { cwd: folder });
      assert.notEqual(code, 0);
      assert.match(stderr, message);
    };
    refused([], /expected one input of shape \[n, d\].*pos, cell[^]*--positions nm or --positions A/);
    refused(['--positions', 'nm', '--atoms', '1-4'], /expected 3 atoms.*--atoms names 4/);
    refused(['--positions', 'nm', '--atoms', 'resname LIG'], /serials such as 1-12,15[^]*--structure/);
    refused(['--positions', 'nm', '--columns', 'a,b'], /expected no --columns beside --positions/);
    refused(['--atoms', '1-3'], /expected --positions beside --atoms/);
    refused(['--positions', 'pm'], /expected nm or A for --positions/);
  });
});
