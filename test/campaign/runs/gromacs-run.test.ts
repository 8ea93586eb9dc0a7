import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun, type BiasedRunOptions } from '../../../src/campaign/index.js';
import { readTables } from '../../../src/frames/index.js';
import { prepareAlanine } from '../../../src/quickstart/systems/alanine-dipeptide.js';
import { temporaryFolder } from '../../temporary-folder.js';
import {
  checkpointStep,
  findGromacs,
  gromacsEngine,
  findPlumed,
  readRunInput,
  type RunProgress,
} from '../../../src/programs/index.js';

const plumed = await findPlumed();
const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test(
  'a GROMACS run stops with a checkpoint, goes on to its length, and can be made longer',
  { skip },
  async () => {
    assert.ok(gromacs);
    const folder = temporaryFolder('gromacs');
    const alanine = { folder: join(folder, 'system'), temperature: 300, nanoseconds: 1, seed: 7 };
    const { tpr } = await prepareAlanine({ gromacs: gromacs.executable, ...alanine });
    assert.deepEqual(await readRunInput(gromacs, tpr), {
      steps: 500000,
      timestep: 0.002,
      temperature: 300,
      seed: 7,
    });
    const input =
      'phi: TORSION ATOMS=5,7,9,15\nopes: OPES_METAD ARG=phi PACE=500 BARRIER=40 FILE=KERNELS\n' +
      'PRINT ARG=phi,opes.bias STRIDE=500 FILE=COLVAR\n';
    const run = (picoseconds: number, more: Partial<BiasedRunOptions> = {}): BiasedRunOptions => ({
      engine: gromacsEngine({ gromacs, tprs: [tpr], picoseconds }),
      plumed,
      folder: join(folder, 'run'),
      input,
      ...more,
    });

    // Stopped behind the first kernels, so that PLUMED has something to go on from.
    const abort = new AbortController();
    const onProgress = ({ step }: RunProgress): void => {
      if (step > 10000) abort.abort();
    };
    await assert.rejects(biasedRun(run(900, { signal: abort.signal, onProgress })), { code: 'interrupted' });
    const stopped = await checkpointStep(gromacs, join(folder, 'run', 'md.cpt'));
    assert.ok(stopped > 10000 && stopped < 450000, String(stopped));

    const [first, second] = [Math.ceil(stopped / 500) + 10, Math.ceil(stopped / 500) + 15];
    for (const frames of [first, first, second]) {
      await biasedRun(run(frames));
      const set = await readTables(join(folder, 'run', 'COLVAR'));
      // One frame per ps from 0 on, each once.
      assert.equal(set.frames, frames + 1);
      assert.equal(set.segments.length, 1);
      assert.equal(Math.round(set.time[frames]), frames);
    }
    const files = await readdir(join(folder, 'run'));
    assert.ok(files.includes('mdrun.log') && files.includes('PLUMED.OUT') && !files.includes('bck.0.COLVAR'));

    if (gromacs.version.startsWith('2025')) {
      const input = 'ene: ENERGY\nPRINT ARG=ene STRIDE=100 FILE=COLVAR\n';
      const asked = run(1, { folder: join(folder, 'energy'), input });
      await assert.rejects(biasedRun(asked), {
        code: 'plumed-input',
        message: /leaves ENERGY 0 at every step/,
      });
      const trusted = {
        ...asked,
        engine: gromacsEngine({ gromacs, tprs: [tpr], picoseconds: 1, trustEnergy: true }),
      };
      // why it is refused: PLUMED 2.9 sees that no energy came and stops, later ones take 0
      if (plumed.version[1] < 10) await assert.rejects(biasedRun(trusted), { message: /energyHasBeenSet/ });
      else {
        await biasedRun(trusted);
        const { data, frames } = await readTables(join(folder, 'energy', 'COLVAR'));
        assert.ok(frames > 5 && data.every((energy) => energy === 0));
      }
    }

    const bad = { folder: join(folder, 'bad'), input: 'phi: TORSION ATOMS=5,7,9\n' };
    await assert.rejects(biasedRun(run(1, bad)), {
      code: 'tool-failed',
      message: /^gmx mdrun ended with exit code 1: .*ERROR in input to action TORSION.* with label phi/,
      hint: `all it printed is in ${join(folder, 'bad', 'mdrun.log')}`,
    });
  },
);
