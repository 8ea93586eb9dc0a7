import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { checkMolinfo, parsePlumedInput } from '../../src/plumed/index.js';
import { drive, runFolder } from './driver.js';
import { saveIdentity } from './identity-model.js';

// The same inputs before ONNX_MODEL in PLUMED and before `latentcv plumed`: both take and refuse the same molecules.

const set = {
  ...descriptorSet([
    { kind: 'distance', atoms: [2, 3] },
    { kind: 'distance', atoms: [5, 6] },
  ]),
  names: ['ACE 1 HH31', 'ACE 1 C', 'HIS 2 N', 'HIS 2 CA'],
};
const folder = await runFolder();
await saveIdentity(join(folder, 'model.onnx'), set);

type Atom = [serial: number, name: string, residue: string, number: number, chain?: string];
const molecule: Atom[] = [
  [1, ' CH3', 'ACE', 1],
  [2, 'HH31', 'ACE', 1],
  [3, ' C', 'ACE', 1],
  [4, ' O', 'ACE', 1],
  [5, ' N', 'HIS', 2],
  [6, ' CA', 'HIS', 2],
];
const change = (with_: (atom: Atom) => Atom): Atom[] => molecule.map((atom) => with_([...atom]));

function writePdb(atoms: readonly Atom[], name = 'molecule.pdb'): void {
  const columns = atoms.map(
    ([serial, name, residue, number, chain = 'A']) =>
      `ATOM  ${String(serial).padStart(5)} ${name.padEnd(4)} ${residue.padEnd(4)}${chain}${String(number).padStart(4)}` +
      '       0.000   0.000   0.000  1.00  1.00',
  );
  writeFileSync(join(folder, name), `${columns.join('\n')}\nEND\n`);
}

const molinfo = 'MOLINFO STRUCTURE=molecule.pdb\n';
const action = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6';

/** PLUMED's log, or the message that stopped it. */
const inPlumed = (text: string): Promise<string> =>
  drive(folder, text).catch((error: unknown) => (error as Error).message);
const before = (text: string): Promise<string> =>
  checkMolinfo(parsePlumedInput(text, join(folder, 'plumed.dat')), set, folder).catch(
    (error: unknown) => (error as Error).message,
  );

describe('the molecule of MOLINFO is the same', () => {
  const cases: [string, Atom[], RegExp][] = [
    ['as in the model', molecule, /^$/],
    [
      'with other residue numbers',
      change(([serial, name, residue, number]) => [serial, name, residue, number + 40]),
      /residue numbers are 40 higher in chain A/,
    ],
    [
      'with a number of its own in each chain',
      change(([serial, name, residue]) => [serial, name, residue, 1, residue === 'ACE' ? 'A' : 'B']),
      /residue numbers are 1 lower in chain B/,
    ],
    [
      'with a hydrogen and a histidine of another program',
      change(([serial, name, residue, number]) => [
        serial,
        name === 'HH31' ? '1HH3' : name,
        residue === 'HIS' ? 'HSE' : residue,
        number,
      ]),
      /atom 2 is ACE 1 1HH3 for ACE 1 HH31, atom 5 is HSE 2 N for HIS 2 N/,
    ],
  ];
  for (const [what, atoms, note] of cases)
    it(what, async () => {
      writePdb(atoms);
      const log = await inPlumed(molinfo + action);
      const [, told] =
        /the atoms are the model's, (?:by their names in MOLINFO|written otherwise in MOLINFO: (.*))/.exec(
          log,
        ) ?? [];
      assert.match(log, /the atoms are the model's/);
      assert.match(told ?? '', note);
      assert.equal(await before(molinfo), told ?? '');
    });
});

describe('another molecule is refused', () => {
  const cases: [string, Atom[], RegExp][] = [
    [
      'of other residues',
      change(([serial, name, residue, number]) => [serial, name, residue.replace('HIS', 'TRP'), number]),
      /2 of 4 atoms are others: atom 5 is TRP 2 N, expected HIS 2 N, atom 6 is TRP 2 CA, expected HIS 2 CA/,
    ],
    [
      'with another order of atoms',
      change(([serial, name, residue, number]) => [
        serial === 5 ? 6 : serial === 6 ? 5 : serial,
        name,
        residue,
        number,
      ]),
      /2 of 4 atoms are others: atom 5 is HIS 2 CA, expected HIS 2 N/,
    ],
    [
      'with the residue elsewhere in the chain',
      change(([serial, name, residue, number]) => [serial, name, residue, residue === 'HIS' ? 7 : number]),
      /2 of 4 atoms are others: atom 5 is HIS 7 N, expected HIS 2 N/,
    ],
    [
      'that ends before',
      molecule.slice(0, 5),
      /1 of 4 atoms are others: atom 6 is not there, expected HIS 2 CA/,
    ],
  ];
  for (const [what, atoms, message] of cases)
    it(what, async () => {
      writePdb(atoms);
      for (const received of [await inPlumed(molinfo + action), await before(molinfo)])
        assert.match(received.replaceAll(/\s+/g, ' '), message);
    });
});

describe('NAMES', () => {
  const other = change(([serial, name, , number]) => [serial, name, 'GLY', number]);

  it('=warn goes on, with a warning', async () => {
    writePdb(other);
    const log = await inPlumed(`${molinfo}${action} NAMES=warn`);
    assert.match(
      log,
      /WARNING .*: expected the model's atoms in the structure of MOLINFO but 4 of 4 atoms are others/,
    );
    assert.match(log, /Finished setup/);
  });

  it('=ignore says nothing', async () => {
    writePdb(other);
    const log = await inPlumed(`${molinfo}${action} NAMES=ignore`);
    assert.doesNotMatch(log, /others|the model's/);
    assert.match(log, /Finished setup/);
  });

  it('of another word is refused', async () => {
    assert.match(
      await inPlumed(`${action} NAMES=no`),
      /expected check, warn or ignore for NAMES but received no/,
    );
  });

  it('looks at the last MOLINFO before, and at none after', async () => {
    writePdb(other);
    assert.match(
      await inPlumed(`${action}\n${molinfo}`),
      /not compared, as no MOLINFO with a STRUCTURE stands before/,
    );
    writePdb(molecule, 'first.pdb');
    assert.match(
      await inPlumed(`MOLINFO STRUCTURE=first.pdb\n${molinfo}${action}`),
      /4 of 4 atoms are others/,
    );
  });
});
