import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  gromacsTemperature,
  gromacsTemperatureProblem,
} from '../../../src/programs/engines/gromacs-temperature.js';
import { energyAverage } from '../../../src/programs/gromacs/index.js';
import { findGromacs, findPlumed, runMdrun } from '../../../src/programs/index.js';
import { packageRoot } from '../../../src/support/folders.js';
import { temporaryFolder } from '../../temporary-folder.js';

const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs ? false : 'no GROMACS on this machine';

test(
  'a run of GROMACS at another temperature than was asked for is told, one at its own is not',
  { skip },
  async () => {
    assert.ok(gromacs);
    const cwd = temporaryFolder('gromacs-temperature');
    const [example, tpr] = [join(packageRoot(), 'examples', 'campaign-alanine'), join(cwd, 'run.tpr')];
    const mdp = readFileSync(join(example, 'run.mdp'), 'utf8');
    writeFileSync(join(cwd, 'run.mdp'), mdp.replace(/^(nstcalcenergy|nstenergy) .*$/gm, '$1 = 100'));
    const [gro, top] = ['alanine.gro', 'alanine.top'].map((name) => join(example, name));
    const words = ['-quiet', 'grompp', '-f', 'run.mdp', '-c', gro, '-p', top, '-o', tpr, '-maxwarn', '2'];
    execFileSync(gromacs.executable, words, { cwd, stdio: 'pipe' });
    await runMdrun({ gromacs, plumed: await findPlumed(), cwd, tpr, steps: 50_000 });
    const found = await energyAverage(gromacs, join(cwd, 'md.edr'), { term: 'Temperature', from: 20 });
    assert.ok(found && found.error > 0, 'an average of Temperature with its error');
    assert.ok(Math.abs(found.mean - 300) < 5 * found.error, `${found.mean} ± ${found.error}`);
    assert.deepEqual(await gromacsTemperature(gromacs, cwd, 100), found);
    assert.equal(await gromacsTemperature(gromacs, join(cwd, 'elsewhere'), 100), undefined);
    const problem = (temperature: number) =>
      gromacsTemperatureProblem(found, { temperature, timestep: 0.002 });
    assert.equal(problem(found.mean), undefined);
    assert.match(problem(150)!, /^GROMACS ran at \d+\.\d ± \d+\.\d K .* where 150 K was asked for/);
  },
);
