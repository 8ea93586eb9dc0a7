import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectRestartable } from '../../../src/plumed/restarts/expect-restartable.js';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('restart');
const metad = 'METAD ARG=d SIGMA=1 HEIGHT=1 PACE=1';
const restartable = (text: string): Promise<void> =>
  expectRestartable(parsePlumedInput(text, 'plumed.dat'), folder);

test('RESTART with nothing to go on from is refused before the start', async () => {
  await assert.rejects(restartable(`RESTART\n${metad}\n`), {
    code: 'plumed-input',
    message: `plumed.dat:2: METAD is to go on from HILLS by RESTART (plumed.dat:1), which is not in ${folder} or is empty`,
    hint: /remove RESTART, or write RESTART=NO into this METAD/,
  });
  await assert.rejects(restartable(`${metad} RESTART=YES\n`), { code: 'plumed-input' });
  await assert.rejects(restartable('RESTART\nOPES_METAD ARG=d PACE=1 FILE=K\n'), { message: /from K by/ });
  for (const text of [
    metad,
    `RESTART NO\n${metad}`,
    `RESTART\n${metad} RESTART=NO`,
    'RESTART\nPRINT ARG=d FILE=C',
  ])
    await restartable(`${text}\n`);
});

test('a file by its whole path is where it says', async () => {
  const hills = join(folder, 'elsewhere');
  await assert.rejects(restartable(`RESTART\n${metad} FILE=${hills}\n`), { code: 'plumed-input' });
  await writeFile(hills, '#! FIELDS time d\n0.5 0.1 1 1 1\n');
  await restartable(`RESTART\n${metad} FILE=${hills}\n`);
});

test('each of several walkers goes on from its own file, in the folder of all', async () => {
  const walkers = temporaryFolder('walkers');
  const input = `RESTART\n${metad} WALKERS_N=2 WALKERS_ID=1 WALKERS_DIR=${walkers}\n`;
  await writeFile(join(walkers, 'HILLS.0'), '0.5 0.1 1 1 1\n');
  await assert.rejects(restartable(input), { code: 'plumed-input' });
  await writeFile(join(walkers, 'HILLS.1'), '0.5 0.1 1 1 1\n');
  await restartable(input);
});

test('a file to go on from that lies beside the input alone is told, with how to carry it', async () => {
  const [run, beside] = [temporaryFolder('run'), temporaryFolder('beside')];
  await writeFile(join(beside, 'STATE'), '#! FIELDS time d\n0.5 0.1\n');
  const input = parsePlumedInput('RESTART\nOPES_METAD ARG=d PACE=1 STATE_RFILE=STATE\n', 'plumed.dat');
  await assert.rejects(expectRestartable(input, run, beside), {
    message: /^plumed.dat:2: OPES_METAD is to go on from STATE by RESTART \(plumed.dat:1\)/,
    hint: `it lies in ${beside}: mkdir -p ${run} && cp ${join(beside, 'STATE')} ${join(run, 'STATE')}`,
  });
});
