import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  lammpsTemperature,
  lammpsTemperatureProblem,
} from '../../../src/programs/engines/lammps-temperature.js';
import { findLammps, findPlumed, lammpsEngine } from '../../../src/programs/index.js';
import { planScript } from '../../../src/programs/lammps/index.js';
import { temperatureOf } from '../../../src/sampling/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const script = (more = '', thermo = 'thermo 20'): string => `
units lj
lattice fcc 0.6
region box block 0 3 0 3 0 3
create_box 1 box
create_atoms 1 box
mass 1 1
pair_style lj/cut 2.5
pair_coeff 1 1 1 1
velocity all create 1 4711
fix integrate all nve
fix heat all langevin 1 1 0.5 123
${more}
${thermo}
run 20000
`;
const planOf = (text: string) => planScript({ text, path: '/nowhere/in.lammps' }, {}, false);
const length = { first: 0, end: 20_000 };

/** log.lammps of a run of 108 atoms whose temperature scatters about `mean` behind a hot beginning. */
function logOf(mean: number, { heads = 'Step Temp PotEng', rows = 1000, atoms = 108 } = {}): string {
  const before = ['run 100', heads, ...Array.from({ length: 1000 }, (_, i) => `${20 * i} 9 0`), ''];
  const lines = Array.from({ length: rows + 1 }, (_, i) => {
    const step = (20_000 / rows) * i;
    return `  ${step} ${step < 4000 ? 5 : mean * (1 + 0.05 * Math.sin(i))} -4`;
  });
  return [
    ...before,
    'run ${latentcv_end} upto start ${latentcv_first} stop ${latentcv_end}',
    'run 20000 upto start 0 stop 20000',
    `   ${heads} `,
    ...lines,
    `Loop time of 1.5 on 1 procs for 20000 steps with ${atoms} atoms`,
    '',
  ].join('\n');
}

test('the temperature is that of thermo from a fifth of the run on; at another than was asked for it is told', async () => {
  const folder = temporaryFolder('lammps-temperature');
  const plan = await planOf(script());
  assert.equal(await lammpsTemperature(folder, plan, length), undefined);
  const found = async (text: string, more = plan) => {
    writeFileSync(join(folder, 'log.lammps'), text);
    return lammpsTemperature(folder, more, length);
  };
  const hot = (await found(logOf(1.3)))!;
  assert.ok(Math.abs(hot.mean - 1.3) < 0.01 && hot.error > 0 && hot.error < 0.01, JSON.stringify(hot));
  assert.match(
    lammpsTemperatureProblem(hot, plan)!,
    /^LAMMPS ran at 1\.3 ± 0\.\d+ by thermo's Temp where 1 was asked for, .* timestep 0\.005 is too long/,
  );
  assert.equal(lammpsTemperatureProblem(await found(logOf(1.03)), plan), undefined);
  // one that went on did its last steps again: they count once
  const [start] = logOf(1).split('   15000 ');
  const again = await found(start + logOf(1.3));
  assert.ok(Math.abs(again!.mean - 1.3) < 0.01);
  // a tenth of ten atoms is their centre of mass
  assert.equal(await found(logOf(1.11, { atoms: 10 })), undefined);
  assert.ok(await found(logOf(1.3, { atoms: 10 })));
});

test('where it cannot be known nothing is said', async () => {
  const folder = temporaryFolder('lammps-no-temperature');
  const given = async (log: string, text: string) => {
    writeFileSync(join(folder, 'log.lammps'), log);
    return lammpsTemperature(folder, await planOf(text), length);
  };
  assert.ok(await given(logOf(1.3), script()));
  for (const [log, text] of [
    [logOf(1.3, { rows: 80 }), script()],
    [logOf(1.3, { heads: 'Step Press PotEng' }), script()],
    ['', script()],
    [logOf(1.3), script('fix still all setforce 0 0 0')],
    [logOf(1.3), script('group some id 1:50\nfix more some nve')],
    [logOf(1.3), script('compute own all temp\nthermo_modify temp own')],
    [logOf(1.3), script('compute_modify thermo_temp extra/dof 0')],
    [logOf(1.3), script('unfix heat\nfix ramp all langevin 1 2 0.5 123')],
    [logOf(1.3), script('unfix heat\nfix ramp all langevin v_T v_T 0.5 123')],
  ] as const)
    assert.equal(await given(log, text), undefined, text);
});

const lammps = await findLammps().catch(() => undefined);

test(
  'LAMMPS itself: a run at its temperature, and one whose heat something takes away',
  { skip: lammps ? false : 'no LAMMPS on this machine' },
  async () => {
    const ran = async (text: string) => {
      const cwd = temporaryFolder('lammps-heat');
      const scripts = [{ text, path: join(cwd, 'in.lammps') }];
      const [run] = await lammpsEngine({ lammps: lammps!, scripts, biased: false }).runs();
      const told: string[] = [];
      const end = await run.start({
        ...{ plumed: await findPlumed(), cwd, checkpointMinutes: 15, onProgress: () => undefined },
        ...{ onNote: (line: string) => told.push(line), signal: new AbortController().signal },
      });
      return { mean: end.kineticTemperature!.mean / temperatureOf(1), told };
    };
    const own = await ran(script());
    assert.ok(Math.abs(own.mean - 1) < 0.05, String(own.mean));
    assert.deepEqual(own.told, []);
    // friction without noise beside as much with it: half of the temperature
    const cold = await ran(script('fix drag all viscous 2'));
    assert.ok(Math.abs(cold.mean - 0.5) < 0.05, String(cold.mean));
    assert.match(cold.told.join(), /^LAMMPS ran at 0\.\d+ ± .* where 1 was asked for/);
  },
);
