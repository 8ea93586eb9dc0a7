import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectWholeTables } from '../../../src/campaign/runs/whole-tables.js';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

test('a run whose table ends early has not come to its end', async () => {
  const folder = temporaryFolder('whole');
  const input = parsePlumedInput('PRINT ARG=a STRIDE=10 FILE=COLVAR\n');
  const check = (rows: string): Promise<void> => {
    writeFileSync(join(folder, 'COLVAR'), `#! FIELDS time a\n${rows}`);
    return expectWholeTables(input, folder, { steps: 100, timestep: 0.1 });
  };
  await check(' 9 1\n 10 1\n');
  await check(' 9 1\n');
  await assert.rejects(check(' 3.3 1\n 9 '), {
    code: 'file-access',
    message: /COLVAR to reach 10 but it ends at 3\.3: its last rows were not written \(a full disk\?\)/,
  });
  await expectWholeTables(parsePlumedInput('PRINT ARG=a STRIDE=10 FILE=N UPDATE_FROM=5\n'), folder, {
    ...{ steps: 100, timestep: 0.1 },
  });
});
