import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { expandDefinition, parseDefinition, readStructure } from '../../../src/trajectories/index.js';
import { roundTrip } from '../../../src/trajectories/definitions/ring-rules.js';
import { temporaryFolder } from '../../temporary-folder.js';

const bondsOf = (pairs: [number, number][]): Map<number, number[]> => {
  const bonded = new Map<number, number[]>();
  for (const [i, j] of pairs)
    for (const [a, b] of [
      [i, j],
      [j, i],
    ])
      bonded.set(a, [...(bonded.get(a) ?? []), b]);
  return bonded;
};

test('a ring is walked from its lowest atom, fused ones around both', () => {
  const square = bondsOf([
    [4, 7],
    [7, 2],
    [2, 9],
    [9, 4],
  ]);
  assert.deepEqual(roundTrip([9, 7, 4, 2], square), [2, 7, 4, 9]);
  // two triangles with an edge in common
  const fused = bondsOf([
    [0, 1],
    [1, 2],
    [2, 0],
    [1, 3],
    [3, 2],
  ]);
  assert.deepEqual(roundTrip([0, 1, 2, 3], fused), [0, 1, 3, 2]);
  assert.equal(
    roundTrip(
      [0, 1, 2, 3],
      bondsOf([
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    ),
    undefined,
  );
  assert.equal(roundTrip([0, 1], bondsOf([[0, 1]])), undefined);
});

/** Two rings of six carbons of benzene's size, 0.35 nm apart; in the second, these of its atoms stand one after the other. */
function rings(): string {
  const round = [0, 3, 1, 4, 2, 5];
  const lines = [0, 1].flatMap((ring) =>
    round.map((_, j) => {
      const turn = ((ring === 0 ? j : round.indexOf(j)) * Math.PI) / 3;
      const xyz = [10 + 1.4 * Math.cos(turn), 10 + 1.4 * Math.sin(turn), 10 + 3.5 * ring];
      const serial = String(6 * ring + j + 1).padStart(5);
      const at = xyz.map((x) => x.toFixed(3).padStart(8)).join('');
      return `ATOM  ${serial}  C${j + 1}  BEN A   ${ring + 1}    ${at}  1.00  0.00           C`;
    }),
  );
  return [...lines, 'END', ''].join('\n');
}

test('rings and stacks are told from the bonds of two groups', async () => {
  const path = join(temporaryFolder('rings'), 'rings.pdb');
  await writeFile(path, rings());
  const structure = await readStructure(path);
  const expand = (text: string): ReturnType<typeof expandDefinition> =>
    expandDefinition(parseDefinition([text]), structure);
  const { set } = await expand('rings (resid 1) (resid 2)');
  assert.deepEqual(
    set.items.map(({ kind }) => kind),
    ['ring-distance', 'ring-cosine', 'ring-height', 'ring-offset'],
  );
  const [first] = set.items as { atoms: number[]; partners: number[] }[];
  assert.deepEqual(
    first.atoms.map((i) => set.atoms[i]),
    [1, 2, 3, 4, 5, 6],
  );
  // neighbours in the second are those next to each other in space
  assert.deepEqual(
    first.partners.map((i) => set.atoms[i]),
    [7, 10, 8, 11, 9, 12],
  );
  assert.deepEqual(
    (await expand('stacking (resid 1) (resid 2)')).set.items.map(({ kind }) => kind),
    ['ring-distance', 'ring-cosine-squared', 'ring-offset'],
  );
  await assert.rejects(expand('rings (resid 1 and name C1 C2 C3) (resid 2)'), {
    code: 'bad-argument',
    message: /expected the atoms of a ring, bonded all the way round/,
  });
  await assert.rejects(expand('rings (resid 1)'), { code: 'bad-argument', message: /expected 2 groups/ });
});
