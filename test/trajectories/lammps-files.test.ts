import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { readTrajectory } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runLammps, skipLammps as skip } from './run-lammps.js';

// Files that LAMMPS itself writes of two atoms at rest, 18 Å apart along each axis of a box of 20 Å.
const folder = temporaryFolder('lammps-files');
const system = { set: descriptorSet([{ kind: 'distance', atoms: [1, 2] }]), atoms: 2 };
const [far, near] = [1.8 * Math.sqrt(3), 0.2 * Math.sqrt(3)];

/** Runs 20 steps of 2 fs that write a dump every ten; returns the distances, nm, the times, ps, and what is told. */
async function read(style: string, file: string, boundary: string, units = '') {
  const input = [
    'units real',
    `boundary ${boundary}`,
    'region box block 0 20 0 20 0 20',
    'create_box 1 box',
    'create_atoms 1 single 1 1 1',
    'create_atoms 1 single 19 19 19',
    'mass 1 1',
    'timestep 2',
    `dump frames all ${style} 10 ${file} ${style.startsWith('custom') ? 'id type x y z' : ''}`,
    units && `dump_modify frames ${units}`,
    'pair_style zero 5.0',
    'pair_coeff * *',
    'fix nve all nve',
    'run 20',
  ];
  await runLammps(folder, file, input);
  const warnings: string[] = [];
  const onWarning = (warning: string): unknown => warnings.push(warning);
  const { data, time } = await readTrajectory([join(folder, file)], system, { onWarning });
  return { distances: [...data], times: [...time], warnings };
}

function assertNear(received: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.equal(received.length, expected.length);
  received.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < tolerance, `${received.join()}`));
}

describe('files of LAMMPS', { skip }, () => {
  it('have no images across boundaries that shrink around the atoms', async () => {
    const { distances } = await read('custom', 'shrunk.lammpstrj', 's s s', 'units yes time yes');
    assertNear(distances, [far, far, far], 1e-12);
  });

  it('have images across periodic ones', async () => {
    const { distances } = await read('custom', 'periodic.lammpstrj', 'p p p', 'units yes time yes');
    assertNear(distances, [near, near, near], 1e-12);
  });

  it('tell fs, packed too', async () => {
    const { distances, times, warnings } = await read(
      'custom/gz',
      'packed.lammpstrj.gz',
      'p p p',
      'units yes time yes',
    );
    assertNear(times, [0, 0.02, 0.04], 1e-12);
    assertNear(distances, [near, near, near], 1e-12);
    assert.deepEqual(warnings, []);
  });

  it('tell fs in DCD files', async () => {
    const { distances, times } = await read('dcd', 'frames.dcd', 'p p p');
    assertNear(
      times.map((time) => time - times[0]),
      [0, 0.02, 0.04],
      1e-9,
    );
    assertNear(distances, [near, near, near], 1e-7);
  });
});
