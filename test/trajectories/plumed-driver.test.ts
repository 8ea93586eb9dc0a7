import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import {
  expandDefinition,
  parseDefinition,
  readStructure,
  readTrajectory,
} from '../../src/trajectories/index.js';
import { alanine, makeTrajectories } from './fixtures.js';
import { findPlumed, runDriver } from '../../src/programs/index.js';

const { folder, remove } = makeTrajectories();
after(remove);

test('what training sees is what PLUMED prints: its own actions in plumed driver, and the addon', async () => {
  const structure = await readStructure(alanine);
  const definition = parseDefinition([
    'distances heavy; torsions heavy; angles heavy; coordination heavy r0=0.3; inverse-distances CA (name O)',
    'contacts (resname ACE) (resname NME) r0=0.5',
  ]);
  const { set } = await expandDefinition(definition, structure);
  const trajectory = join(folder, 'all.xtc');
  const frames = await readTrajectory([trajectory], { set, atoms: structure.size });
  const labels = frames.columns.map(({ label }) => label);
  const print = `PRINT ARG=${labels.join(',')} FILE=COLVAR FMT=%22.15e`;
  const plumedFile = join(folder, 'plumed.dat');
  writeFileSync(plumedFile, [...descriptorStatements(set), print, ''].join('\n'));
  await runDriver({ plumed: await findPlumed(), cwd: folder, plumedFile, trajectory, timestep: 2 });
  const driver = await readTables(join(folder, 'COLVAR'));
  assert.equal(driver.frames, frames.frames);
  assert.deepEqual(
    driver.columns.map(({ label }) => label),
    labels,
  );
  frames.data.forEach((value, i) => {
    const expected = driver.data[i];
    // 1e-14 nm of round-off in distances; the others change by up to a hundred for each nm of one
    const isDistance = labels[i % labels.length].startsWith('d_');
    const tolerance = (isDistance ? 1e-14 : 1e-12) * Math.max(1, Math.abs(expected));
    assert.ok(Math.abs(value - expected) <= tolerance, `${labels[i % labels.length]}: ${value} ${expected}`);
  });
});
