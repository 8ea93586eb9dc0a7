import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDescriptors } from '../../../../src/descriptors/index.js';
import {
  expandDefinition,
  parseDefinition,
  readStructure,
  type ExpandedDefinition,
} from '../../../../src/trajectories/index.js';
import { temporaryFolder } from '../../../temporary-folder.js';

/** Two sodium and three chlorine atoms in a box of 1 nm, as a file. */
function writeSalt(): string {
  const path = join(temporaryFolder('environments'), 'salt.gro');
  writeFileSync(
    path,
    [
      'salt',
      '5',
      ...['NA', 'NA', 'CL', 'CL', 'CL'].map(
        (name, i) =>
          `${String(i + 1).padStart(5)}${name.padEnd(5)}${name.padStart(5)}${String(i + 1).padStart(5)}` +
          [0.1 * i, 0.2 * i, 0.05 * i].map((x) => x.toFixed(3).padStart(8)).join(''),
      ),
      '   1.00000   1.00000   1.00000',
      '',
    ].join('\n'),
  );
  return path;
}

const structure = await readStructure(writeSalt());

export const expand = async (text: string): Promise<ExpandedDefinition> =>
  expandDefinition(parseDefinition([text]), structure);

/** The lines of the model file that a statement about it means. */
export const linesOf = async (text: string): Promise<string[]> =>
  formatDescriptors((await expand(text)).set.items);

export const rejected = async (text: string, message: RegExp): Promise<void> =>
  assert.rejects(expand(text), { code: 'bad-argument', message }, text);
