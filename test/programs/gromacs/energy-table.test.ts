import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { energyXvg, findGromacs, findPlumed, runMdrun } from '../../../src/programs/index.js';
import { prepareAlanine } from '../../../src/quickstart/systems/alanine-dipeptide.js';
import { temporaryFolder } from '../../temporary-folder.js';

const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test("the potential energy of an .edr, which is without PLUMED's bias", { skip }, async () => {
  assert.ok(gromacs);
  const folder = temporaryFolder('energy-table');
  const system = { gromacs: gromacs.executable, folder: join(folder, 'system'), temperature: 300 };
  const { tpr } = await prepareAlanine({ ...system, nanoseconds: 1, seed: 3 });
  const plumed = await findPlumed();
  const xvg = async (name: string, bias: string): Promise<number[][]> => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    const plumedFile = join(cwd, 'plumed.dat');
    writeFileSync(plumedFile, `d: DISTANCE ATOMS=1,2\n${bias}PRINT ARG=d FILE=COLVAR\n`);
    await runMdrun({ gromacs, plumed, cwd, tpr, plumedFile, steps: 10 });
    const text = await energyXvg(gromacs, join(cwd, 'md.edr'), ['Potential', 'NoSuchTerm']);
    assert.deepEqual(
      [...text.matchAll(/^@ s\d+ legend "(.*)"$/gm)].map(([, legend]) => legend),
      ['Potential'],
    );
    return text
      .split('\n')
      .filter((line) => /^\s*\d/.test(line))
      .map((line) => line.trim().split(/\s+/).map(Number));
  };
  const plain = await xvg('plain', '');
  const biased = await xvg('biased', 'c: CUSTOM ARG=d FUNC=1000+0*x PERIODIC=NO\nb: BIASVALUE ARG=c\n');
  assert.ok(plain.length >= 2 && plain[0][0] === 0, String(plain));
  assert.ok(Math.abs(biased[0][1] - plain[0][1]) < 1, `${biased[0][1]} beside ${plain[0][1]}`);
  await assert.rejects(energyXvg(gromacs, tpr, ['Potential']), {
    code: 'other-kind',
    message: /expected an energy file of GROMACS at .*\.tpr but gmx energy cannot read it/,
  });
});
