import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import type { Hdf5Reading } from '../../src/native/hdf5/hdf5-frames.js';
import { openHdf5Frames } from '../../src/native/hdf5/open-hdf5.js';
import { hdf5Trajectory, listenToSources } from '../../src/native/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { readStructure, readTrajectory, type TrajectoryReading } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { assertClose, runFixture } from './fixtures.js';

const written = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const folder = temporaryFolder('hdf5-trajectories');
runFixture('hdf5_trajectories.py', folder);

/** What numpy finds in a file: distances `[frames, pairs]` in nm, times in ps. */
interface Known {
  distances: number[][];
  times: number[];
  unwrapped?: number[][];
}
const known = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Known>;

const pairs = [[1, 5], [2, 12], [4, 7]]; // prettier-ignore
const distances = (pbc = true) =>
  descriptorSet(
    pairs.map(([i, j]) => ({ kind: 'distance', atoms: [i, j] })),
    { pbc },
  );

async function read(path: string, reading: TrajectoryReading = {}, set = distances()) {
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  listenToSources({ onNote: () => undefined, onWarning });
  const frames = await readTrajectory([path], { set, atoms: 12 }, { threads: 1, onWarning, ...reading });
  return { ...frames, told: warnings.join('\n') };
}

async function expectKnown(
  name: string,
  reading: TrajectoryReading = {},
  tolerance = 1e-14,
): Promise<string> {
  const { data, time, told } = await read(join(folder, name), reading);
  assert.deepEqual([...time], known[name].times);
  assertClose(data, known[name].distances.flat(), tolerance, name);
  return told;
}

const expected = (name: string, message: RegExp, hint: RegExp) => (error: Error & { hint?: string }) => {
  assert.match(error.message, message);
  assert.match(error.message, new RegExp(name));
  assert.match(error.hint ?? '', hint);
  return true;
};

describe('H5MD', () => {
  for (const name of ['plain.h5md', 'chunks.h5md', 'whole.h5'])
    it(`in nm and ps is the same frames of a TRR file in every bit (${name})`, async () => {
      const { data, time, told } = await read(join(folder, name), {}, distances(false));
      const same = await read(join(written, 'mdtraj.trr'), {}, distances(false));
      assert.deepEqual(data, same.data);
      assert.deepEqual(time, same.time);
      assert.equal(told, '');
      await expectKnown(name);
    });

  it('that MDAnalysis wrote, in Å and fs, is the same frames in single precision', async () => {
    const { data, time, told } = await read(join(written, 'mdanalysis.h5md'));
    const same = await read(join(written, 'mdtraj.trr'));
    assert.deepEqual(time, same.time);
    assertClose(data, [...same.data], 2e-7, 'distance');
    assert.equal(told, '');
  });

  it('has increments in place of steps and times, one box for all frames, units of its own for each', async () => {
    assert.equal(await expectKnown('fixed.h5md'), '');
  });

  it('without times has those of its steps', async () => {
    assert.match(
      await expectKnown('steps.h5md', { timestep: 0.002 }),
      /^[^\n]*steps\.h5md has no box[^\n]*$/,
    );
    assert.match((await read(join(folder, 'steps.h5md'))).told, /steps\.h5md has no times/);
  });

  it('without units is read in those that are named, unwrapped by its images, as far as it is periodic', async () => {
    const reading = { perNanometre: 10, timestep: 0.002 };
    assert.match(await expectKnown('lammps.h5md', reading), /lammps\.h5md: its run was not periodic along c/);
    const { data } = await read(join(folder, 'lammps.h5md'), reading, distances(false));
    assertClose(data, known['lammps.h5md'].unwrapped!.flat(), 1e-14, 'unwrapped');
  });

  it('of GROMACS is in its units where it tells none', async () => {
    assert.equal(await expectKnown('gromacs.h5md'), '');
  });

  it('has its particles in the order of their ids, and boxes by steps', async () => {
    assert.match(
      await expectKnown('ids.h5md'),
      /some\/id\/value: particles are put in the order of their ids/,
    );
  });

  it('may be of one frame, without a box', async () => {
    const { data } = await read(join(folder, 'one.h5md'), { timestep: 1 });
    assertClose(data, known['one.h5md'].distances.flat(), 1e-14, 'one.h5md');
    const structure = await readStructure(join(folder, 'one.h5md'));
    assert.deepEqual([structure.size, structure.box], [12, undefined]);
  });

  it('that a run was stopped in is read as far as all of its arrays go', async () => {
    assert.match(await expectKnown('longer.h5md'), /4 of value, 3 of step, 3 of time: 3 are read/);
  });

  it('that is damaged in a frame is refused, and its good frames are taken where that is wanted', async () => {
    const path = join(folder, 'damaged.h5md');
    await assert.rejects(read(path), {
      code: 'bad-data',
      message: new RegExp(`^${path}, frame 2: the HDF5 library says`),
    });
    const { data } = await read(path, { salvage: true });
    const { distances: all } = known['damaged.h5md'];
    assertClose(data, [all[0], all[1], all[3]].flat(), 1e-14, 'damaged.h5md');
    await assert.rejects(read(join(folder, 'box-missing.h5md')), {
      message: /frame 3: expected a box of step 3000 but there is none/,
    });
  });

  it('packed is read as it is', async () => {
    execFileSync('gzip', ['-k', join(folder, 'plain.h5md')]);
    const { data } = await read(join(folder, 'plain.h5md.gz'));
    assertClose(data, known['plain.h5md'].distances.flat(), 1e-14, 'packed');
  });

  const refused: [name: string, message: RegExp, hint: RegExp, reading?: Partial<Hdf5Reading>][] = [
    [
      'two.h5md',
      /one group of particles with positions but there are 2: \/particles\/protein, \/particles\/water/,
      /./,
    ],
    ['velocities.h5md', /expected positions in a group of \/particles but system has none/, /nstxout/],
    ['cut.h5md', /cannot read .*cut\.h5md as HDF5: .*truncated/, /copied whole/],
    ['text.h5md', /cannot read .*text\.h5md as HDF5: /, /./],
    [
      'lammps.h5md',
      /unit of length for \/particles\/all\/position\/value .* no attribute unit/,
      /‘perNanometre’/,
    ],
    ['lammps.h5md', /unit of time for \/particles\/all\/position\/time/, /‘timestep’/, { perNanometre: 10 }],
    ['furlong.h5md', /unit of length .* its unit is "furlong"/, /‘perNanometre’/],
    ['plane.h5md', /frames of atoms in space in .* received \(4, 12, 2\)/, /^$/],
    ['lzf.h5md', /compressed by lzf/, /h5repack/],
    ['elsewhere.h5md', /a link that leads nowhere, or into another file/, /h5copy/],
    ['compound.h5', /a trajectory in H5MD or of MDTraj in an HDF5 file but it has frames/, /table/],
  ];
  for (const [name, message, hint, reading] of refused)
    it(`is refused with what to do: ${name}, ${message.source.slice(0, 40)}`, async () => {
      const opened = openHdf5Frames(join(folder, name), { perNanometre: 0, timestepTold: false, ...reading });
      await assert.rejects(opened, expected(name, message, hint));
    });

  it('is refused in the same words by the process that reads it', async () => {
    const [name, message, hint] = refused[0];
    await assert.rejects(read(join(folder, name)), expected(name, message, hint));
  });

  it('of other atoms than the structure is refused', async () => {
    await assert.rejects(readTrajectory([join(folder, 'plain.h5md')], { set: distances(), atoms: 13 }), {
      message: /plain\.h5md, frame 0: expected 13 atoms but received 12/,
    });
  });
});

describe('HDF5 of MDTraj', () => {
  const path = join(written, 'mdtraj.h5');

  it('is the same frames of a TRR file, in single precision of its lengths and angles', async () => {
    const { data, time } = await read(path);
    const same = await read(join(written, 'mdtraj.trr'));
    assert.deepEqual(time, same.time);
    assertClose(data, [...same.data], 2e-7, 'distance');
  });

  it('is a structure with the names and bonds of its topology', async () => {
    const structure = await readStructure(path);
    const same = await readStructure(join(written, 'mdtraj.gro'));
    assert.deepEqual([...structure.names], [...same.names]);
    assert.deepEqual([...structure.residueNames], [...same.residueNames]);
    assert.deepEqual([...structure.residueIds], [...same.residueIds]);
  });
});

it('trajectories in HDF5 are known by their content', async () => {
  assert.equal(await hdf5Trajectory(join(folder, 'whole.h5')), 'H5MD');
  assert.equal(await hdf5Trajectory(join(written, 'mdtraj.h5')), 'MDTraj');
  assert.equal(await hdf5Trajectory(join(folder, 'compound.h5')), undefined);
});
