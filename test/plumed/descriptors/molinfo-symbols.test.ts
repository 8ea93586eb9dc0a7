import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symbolSerials } from '../../../src/plumed/descriptors/molinfo-symbols.js';

/** Two chains of three residues: serials count on. */
const names = ['N', 'CA', 'CB', 'OG', 'C'];
const atoms = ['A', 'B'].flatMap((chain, c) =>
  [1, 2, 3].flatMap((residueNumber, r) =>
    names.map((name, i) => ({
      serial: 15 * c + 5 * r + i + 1,
      name: ` ${name} `,
      residue: 'SER ',
      chain,
      residueNumber,
      position: [0, 0, 0] as [number, number, number],
      weight: 1,
      deviationWeight: 1,
    })),
  ),
);
const of = (symbol: string): number[] | undefined => symbolSerials(symbol, atoms);

test('backbone torsions reach into the residues before and behind', () => {
  assert.deepEqual(of('phi-2'), [5, 6, 7, 10]);
  assert.deepEqual(of('psi-2'), [6, 7, 10, 11]);
  assert.deepEqual(of('omega-2'), [2, 5, 6, 7]);
  // the first residue has none before it
  assert.equal(of('phi-1'), undefined);
});

test('side chains by their residue, single atoms by name, chains in both spellings', () => {
  assert.deepEqual(of('chi1-2'), [6, 7, 8, 9]);
  assert.equal(of('chi2-2'), undefined);
  assert.deepEqual([of('CA-3'), of('CA-B3'), of('CA-B_3')], [[12], [27], [27]]);
});

test('what means no atom, or many, is none', () => {
  for (const symbol of ['back-2', 'CA-9', 'CA-C2', 'CA', 'CX-2', 'toString-2'])
    assert.equal(of(symbol), undefined);
});
