import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pesmdEngine, findPlumed } from '../../../src/programs/index.js';
import {
  kineticTemperature,
  kineticTemperatureIn,
  temperatureProblem,
} from '../../../src/programs/engines/pesmd-temperature.js';
import { temporaryFolder } from '../../temporary-folder.js';

/** Lines of stats.out whose temperature scatters about one that a tenth of the lines begin away from. */
const statsOf = (temperature: number): string =>
  Array.from(
    { length: 2000 },
    (_, i) => `${i + 1} ${0.005 * (i + 1)} ${i < 200 ? 9 : temperature * (1 + 0.5 * Math.sin(i))} 1\n`,
  ).join('');

test('the temperature is that of the kinetic energy, but for the beginning', () => {
  const found = kineticTemperature(statsOf(1.3), 20)!;
  assert.ok(Math.abs(found.kT - 1.3) < 0.01, String(found.kT));
  assert.ok(found.error > 0 && found.error < 0.02, String(found.error));
  assert.equal(kineticTemperature('1 0.005 1 1\n', 20), undefined);
});

test('a run that is too short for its thermostat says nothing of the temperature', () => {
  // 10 time units: 100 relaxation times and their first fifth take 12.5 at a friction of 10
  assert.equal(kineticTemperature(statsOf(1.3), 10), undefined);
  assert.ok(kineticTemperature(statsOf(1.3), 13));
});

test('a run at another temperature than was asked for is told, one at its own is not', async () => {
  const folder = temporaryFolder('pesmd-temperature');
  assert.equal(await kineticTemperatureIn(folder, 20), undefined);
  assert.equal(temperatureProblem(undefined, { temperature: 1, timestep: 0.005 }), undefined);
  writeFileSync(join(folder, 'stats.out'), statsOf(1.3));
  const found = await kineticTemperatureIn(folder, 20);
  assert.match(
    temperatureProblem(found, { temperature: 1, timestep: 0.005 })!,
    /kT = 1\.30 ± .* where 1 was asked for, .* tstep 0\.005 is/,
  );
  assert.equal(temperatureProblem(found, { temperature: 1.3, timestep: 0.005 }), undefined);
});

test('pesmd itself: a rough surface heats a particle that steps over its hills, and not one that goes along them', async () => {
  // hills 0.3 apart, which a particle of v = 1 crosses in six steps of 0.05
  const notes = async (tstep: number): Promise<string[]> => {
    const cwd = temporaryFolder('pesmd-stiff');
    const plumedFile = join(cwd, 'plumed.dat');
    writeFileSync(
      plumedFile,
      'UNITS NATURAL\np: DISTANCE ATOMS=1,2 COMPONENTS\nv: CUSTOM ARG=p.x,p.y FUNC=3*sin(20*x)*sin(20*y)+x^2+y^2 PERIODIC=NO\nBIASVALUE ARG=v\n',
    );
    const input = `temperature 1\ntstep ${tstep}\nfriction 2\ndimension 2\nnstep 40000\nipos 0,0\nperiodic false\nplumed plumed.dat\n`;
    const [run] = await pesmdEngine({ input, seeds: [1] }).runs();
    const told: string[] = [];
    const plumed = await findPlumed();
    await run.start({
      plumed,
      cwd,
      plumedFile,
      checkpointMinutes: 15,
      onProgress: () => undefined,
      onNote: (line) => told.push(line),
      signal: new AbortController().signal,
    });
    return told;
  };
  const [long, short] = [await notes(0.05), await notes(0.002)];
  assert.match(long.join(), /tstep 0\.05 is too long for the forces/);
  assert.deepEqual(short, []);
});
