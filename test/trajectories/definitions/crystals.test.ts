import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorLabels, formatDescriptors } from '../../../src/descriptors/index.js';
import {
  expandDefinition,
  parseDefinition,
  readStructure,
  type ExpandedDefinition,
} from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const path = join(temporaryFolder('crystals'), 'argon.xyz');
await writeFile(path, `8\n\n${Array.from({ length: 8 }, (_, i) => `Ar ${3 * i} 0 0\n`).join('')}`);
const structure = await readStructure(path);

const expand = async (text: string, pbc?: boolean): Promise<ExpandedDefinition> =>
  expandDefinition(parseDefinition([text]), structure, pbc === undefined ? {} : { pbc });
const linesOf = async (text: string): Promise<string[]> => formatDescriptors((await expand(text)).set.items);

test('bragg is a peak for each plane, or for all planes of one kind', async () => {
  assert.deepEqual(await linesOf('bragg all hkl=444,-4-40,10:0:-2,{100}'), [
    'bragg 0-7 hkl 4 4 4',
    'bragg 0-7 hkl -4 -4 0',
    'bragg 0-7 hkl 10 0 -2',
    'bragg 0-7 hkl 1 0 0 0 1 0 0 0 1',
  ]);
  const { notes } = await expand('bragg all hkl=333');
  assert.match(
    notes.join('\n'),
    /hkl counts in the simulation box: of 3 × 3 × 3 cubic cells, the crystal’s 111 is 333/,
  );
  for (const bad of ['hkl=44', 'hkl=000', 'hkl=1:1', 'hkl={11', 'hkl=99:0:0', 'hkl='])
    await assert.rejects(expand(`bragg all ${bad}`), {
      code: 'bad-argument',
      message: /expected planes such as 444, -444, 10:0:0 or \{111\} after hkl=/,
    });
  await assert.rejects(expand('bragg all'), {
    message: /expected hkl=…/,
    hint: /count in the simulation box/,
  });
});

test('steinhardt is a mean of each degree, then moments and bins', async () => {
  assert.deepEqual(await linesOf('steinhardt all l=4,6 averaged cutoff=0.5'), [
    'averaged-steinhardt 0-7 cubic 0.4 0.5 l 4 mean',
    'averaged-steinhardt 0-7 cubic 0.4 0.5 l 6 mean',
  ]);
  assert.deepEqual(await linesOf('steinhardt (index 0-3) l=6 cutoff 0.5 d0=0.45 moments=2,3'), [
    'steinhardt 0-3 cubic 0.45 0.5 l 6 mean',
    'steinhardt 0-3 cubic 0.45 0.5 l 6 moment 2',
    'steinhardt 0-3 cubic 0.45 0.5 l 6 moment 3',
  ]);
  assert.deepEqual(
    await linesOf('steinhardt all l=6 r0=0.4 dmax=0.55 histogram 0.3..0.6 bins=3 sigma=0.02'),
    [
      'steinhardt 0-7 rational 0.4 0 6 12 0.55 l 6 mean',
      'steinhardt 0-7 rational 0.4 0 6 12 0.55 l 6 bin 0.3 0.4 0.02',
      'steinhardt 0-7 rational 0.4 0 6 12 0.55 l 6 bin 0.4 0.5 0.02',
      'steinhardt 0-7 rational 0.4 0 6 12 0.55 l 6 bin 0.5 0.6 0.02',
    ],
  );
  const { notes } = await expand('steinhardt all l=6 cutoff=0.5');
  assert.match(notes.join('\n'), /neighbours weigh 1 up to 0\.4 nm, and less and less up to 0\.5 nm/);
  const refused: [string, RegExp][] = [
    ['steinhardt all cutoff=0.5', /expected l=…/],
    ['steinhardt all l=6', /expected cutoff=…, in nm,/],
    ['steinhardt all l=0 cutoff=0.5', /expected l from 1 to 12/],
    ['steinhardt all l=6 cutoff=0.5 d0=0.5', /expected d0 below the cutoff/],
    ['steinhardt all l=6 cutoff=0.5 moments=1', /expected a moment from 2 to 8/],
    ['steinhardt all l=6 cutoff=0.5 histogram 0.6', /expected a range such as 0\.3\.\.0\.6 after histogram/],
    ['steinhardt all l=6 cutoff=0.5 bins=3', /expected histogram LOWER\.\.UPPER with bins or sigma/],
    ['steinhardt all l=6 cutoff=0.5 histogram 0..1 bins=0.5', /expected from 1 to 1000 bins/],
    ['steinhardt all l=six cutoff=0.5', /expected a number from 0 after l/],
  ];
  for (const [text, message] of refused)
    await assert.rejects(expand(text), { code: 'bad-argument', message });
});

test('volume and cell are of the box; none of these can be without one', async () => {
  const { set } = await expand('volume; volume all; cell; cell a');
  assert.deepEqual(descriptorLabels(set), [
    'volume',
    'volume_1to8',
    ...['a', 'b', 'c', 'alpha', 'beta', 'gamma'].map((part) => `cell.${part}`),
  ]);
  await assert.rejects(expand('cell d; volume all'), {
    message: /expected a, b, c, alpha, beta, gamma but received "d"/,
  });
  for (const text of ['volume all', 'cell a', 'bragg all hkl=333'])
    await assert.rejects(expand(text, false), {
      code: 'bad-argument',
      message: /expected periodic boundary conditions, as .* is of the box, but they are left out/,
    });
  assert.equal((await expand('steinhardt all l=6 cutoff=0.5', false)).set.pbc, false);
});

test('what has no atom has none to be evaluated from', async () => {
  await assert.rejects(expand('volume; cell a'), {
    code: 'bad-argument',
    message: /expected a descriptor of atoms beside those of the box/,
  });
});
