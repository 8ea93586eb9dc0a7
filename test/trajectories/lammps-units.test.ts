import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { readStructure, readTrajectory, type TrajectoryReading } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runLammps, skipLammps as skip } from './run-lammps.js';

const folder = temporaryFolder('lammps-units');

/** Two atoms at rest, 3 units of length apart, for 2 steps of 1 unit of time: as LAMMPS writes them. */
async function write(style: string): Promise<{ dump: string; data: string }> {
  const [dump, data] = [`${style}.lammpstrj`, `${style}.data`];
  const input = [
    `units ${style}`,
    'region box block 0 20 0 20 0 20',
    'create_box 1 box',
    'create_atoms 1 single 1 1 1',
    'create_atoms 1 single 4 1 1',
    'mass 1 1',
    'timestep 1',
    `dump frames all custom 1 ${dump} id type x y z`,
    'dump_modify frames units yes time yes',
    'pair_style zero 5.0',
    'pair_coeff * *',
    'fix nve all nve',
    'run 2',
    `write_data ${data}`,
  ];
  await runLammps(folder, style, input);
  return { dump: join(folder, dump), data: join(folder, data) };
}

const system = { set: descriptorSet([{ kind: 'distance', atoms: [1, 2] }]), atoms: 2 };

// Of LAMMPS's manual, https://docs.lammps.org/units.html: what a unit of length is in nm, one of time in ps.
const styles: [style: string, nanometres: number, picoseconds: number][] = [
  ['real', 0.1, 1e-3],
  ['metal', 0.1, 1],
  ['nano', 1, 1e3],
  ['electron', 0.0529177210903, 1e-3],
  ['lj', 1, 1],
];

for (const [style, nanometres, picoseconds] of styles)
  test(`a dump and a data file that tell units ${style} are read in nm and ps`, { skip }, async () => {
    const { dump, data } = await write(style);
    const warnings: string[] = [];
    const reading: TrajectoryReading = { onWarning: (warning) => warnings.push(warning) };
    const read = await readTrajectory([dump], system, reading);
    assert.equal(read.frames, 3);
    for (const distance of read.data) assert.ok(Math.abs(distance / (3 * nanometres) - 1) < 1e-12);
    read.time.forEach((time, i) => assert.ok(Math.abs(time - i * picoseconds) < 1e-9, `${time}`));
    assert.deepEqual(warnings, []);
    const { positions } = (await readStructure(data)).places();
    assert.ok(Math.abs((positions[3] - positions[0]) / (3 * nanometres) - 1) < 1e-12);
    const [asNamed] = (await readTrajectory([dump], system, { perNanometre: 5 })).data;
    assert.ok(Math.abs(asNamed - 0.6) < 1e-12, 'what is named goes first');
  });
