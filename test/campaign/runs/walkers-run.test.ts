import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun, type BiasedRunOptions } from '../../../src/campaign/index.js';
import { findGromacs, findPlumed, gromacsEngine, type RunProgress } from '../../../src/programs/index.js';
import { prepareAlanine } from '../../../src/quickstart/systems/alanine-dipeptide.js';
import { temporaryFolder } from '../../temporary-folder.js';

const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';
const pace = 105;
const input =
  `phi: TORSION ATOMS=5,7,9,15\nm: METAD ARG=phi SIGMA=0.3 HEIGHT=0.5 PACE=${pace} BIASFACTOR=6 TEMP=300\n` +
  'PRINT ARG=phi,m.bias STRIDE=50 FILE=COLVAR FMT=%.12g\n';

const times = (path: string): number[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^ *\d/.test(line))
    .map((line) => Number.parseFloat(line));

/** Each row once, none missing. */
function expectRegular(found: number[], first: number, step: number, words: string): void {
  found.forEach((time, i) =>
    assert.ok(Math.abs(time - first - i * step) < 1e-3, `${words}: ${time} at row ${i}`),
  );
}

test(
  'walkers that stop at different times go on with hills each once, also one by one',
  { skip },
  async () => {
    assert.ok(gromacs);
    const folder = temporaryFolder('walkers-run');
    const plumed = await findPlumed();
    const tprs: string[] = [];
    for (const i of [0, 1]) {
      const alanine = { folder: join(folder, `system-${i}`), temperature: 300, nanoseconds: 1, seed: 7 + i };
      tprs.push((await prepareAlanine({ gromacs: gromacs.executable, ...alanine })).tpr);
    }
    const notes: string[] = [];
    const run = (picoseconds: number, more: Partial<BiasedRunOptions> = {}): Promise<unknown> =>
      biasedRun({
        ...{ engine: gromacsEngine({ gromacs, tprs, picoseconds }), plumed, input },
        ...{ folder: join(folder, 'run'), walkers: { count: 2 }, checkpointMinutes: 0.01 },
        onNote: (line) => notes.push(line),
        ...more,
      });
    const stop = new AbortController();
    const onProgress = ({ step }: RunProgress): void => {
      if (step > 8000) stop.abort();
    };
    await assert.rejects(run(1000, { signal: stop.signal, onProgress }), { code: 'interrupted' });
    const check = (length: number): void => {
      for (const i of [0, 1]) {
        const colvar = times(join(folder, 'run', `replica-${i}`, 'COLVAR'));
        expectRegular(colvar, 0, 0.1, `COLVAR of walker ${i}`);
        assert.equal(colvar.length, Math.round(length / 0.1) + 1);
        const hills = times(join(folder, 'run', 'walkers', `HILLS.${i}`));
        expectRegular(hills, 0.21, 0.21, `HILLS.${i}`);
        assert.equal(hills.length, Math.floor(length / 0.21));
      }
    };
    const length = 10 * Math.ceil((times(join(folder, 'run', 'replica-0', 'COLVAR')).at(-1)! + 5) / 10);
    await run(length);
    check(length);
    // as jobs of their own, one after the other
    for (const only of [1, 0]) await run(length + 10, { walkers: { count: 2, only } });
    check(length + 10);
    // the hills of a walker are taken out where it starts over
    await run(length, { walkers: { count: 2, only: 1 }, fromZero: true });
    expectRegular(times(join(folder, 'run', 'walkers', 'HILLS.1')), 0.21, 0.21, 'HILLS.1 anew');
    assert.match(notes.at(-1)!, /the run starts over, as asked/);
    assert.ok(existsSync(join(folder, 'run', 'replica-1', 'aside-0', 'COLVAR')));
  },
);
