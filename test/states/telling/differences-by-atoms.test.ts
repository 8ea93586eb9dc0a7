import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Random } from '../../../src/support/random.js';
import { differencesByAtoms, statesOfRun, StateTrajectories } from '../../../src/states/index.js';
import { readStructure, type Structure } from '../../../src/trajectories/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runOf } from '../run-of.js';

const folder = temporaryFolder('differences-by-atoms');
const frames = 400;

interface Atom {
  residue: string;
  name: string;
  at: readonly [number, number, number];
}

/** A frame each ps as a GRO file, in a box of 2 nm that cuts it anywhere. */
async function trajectory(name: string, atomsOf: (frame: number) => readonly Atom[]) {
  const random = new Random(2);
  const path = join(folder, `${name}.gro`);
  const frame = (i: number): string => {
    const shift = [0, 1, 2].map(() => random.uniform(0, 2));
    const lines = atomsOf(i).map(({ residue, name: atom, at }, k) => {
      const [number, word] = residue.split(' ');
      const place = at.map((value, axis) => (((value + shift[axis]) % 2) + 2) % 2);
      return (
        number.padStart(5) +
        word.padEnd(5) +
        atom.padStart(5) +
        String(k + 1).padStart(5) +
        place.map((value) => value.toFixed(4).padStart(9)).join('')
      );
    });
    return [`t= ${i}.0`, String(lines.length), ...lines, ' 2.0 2.0 2.0', ''].join('\n');
  };
  writeFileSync(path, Array.from({ length: frames }, (_, i) => frame(i)).join(''));
  const structure = await readStructure(path);
  const trajectories = await StateTrajectories.open([{ source: 'run0', files: [path] }], structure.size);
  return { structure, trajectories, atoms: structure.indices(() => true) };
}

/** Two modes of x, by turns of twenty frames; the second is bound but for every tenth frame. */
const second = Uint8Array.from({ length: frames }, (_, i) => (Math.floor(i / 20) % 2 === 1 ? 1 : 0));
const noise = new Random(3);
const x = Float64Array.from(second, (state) => state + 0.1 * noise.normal());
const run = runOf({ x });

async function found(request: { structure: Structure; trajectories: StateTrajectories; atoms: Uint32Array }) {
  const states = statesOfRun(run, { cv: ['x'], usable: request.trajectories.usable(run) });
  assert.equal(states.states.length, 2);
  return differencesByAtoms(states, run, request);
}

test('two molecules: hydrogen bonds and contacts in atoms’ names, as parts of the frames', async () => {
  // ammonia, and formaldehyde whose O or whose C is towards one of its hydrogens
  const ammonia: Atom[] = [
    { residue: '1 AMM', name: 'N', at: [0, 0, 0] },
    { residue: '1 AMM', name: 'H1', at: [0.101, 0, 0] },
    { residue: '1 AMM', name: 'H2', at: [-0.034, 0.095, 0] },
    { residue: '1 AMM', name: 'H3', at: [-0.034, -0.048, 0.082] },
  ];
  const aldehyde = (bound: boolean): Atom[] => {
    const [o, c, h] = bound ? [0.3, 0.421, 0.48] : [0.521, 0.4, 0.341];
    return [
      { residue: '2 ALD', name: 'C', at: [c, 0, 0] },
      { residue: '2 ALD', name: 'O', at: [o, 0, 0] },
      { residue: '2 ALD', name: 'H1', at: [h, 0.094, 0] },
      { residue: '2 ALD', name: 'H2', at: [h, -0.094, 0] },
    ];
  };
  const isBound = (i: number): boolean => second[i] === 1 && i % 10 !== 0;
  const { states, labels } = await found(
    await trajectory('two', (i) => [...ammonia, ...aldehyde(isBound(i))]),
  );
  for (const [i, { differences }] of states.entries()) {
    const bond = differences.find(({ column }) => column === 'hydrogen bond AMM 1 N – ALD 2 O')!;
    const own = Array.from({ length: frames }, (_, frame) => frame).filter(
      (frame) => labels.states[frame] === i + 1,
    );
    const part = own.filter(isBound).length / own.length;
    assert.ok(Math.abs(bond.mean - part) < 1e-6, `${bond.mean} ${part}`);
    assert.ok(bond.separation > 0.85, String(bond.separation));
    // C – N is in contact in both, O – N in one
    assert.deepEqual(
      differences.filter(({ column }) => column.startsWith('contact')).map(({ column }) => column),
      ['contact AMM 1 N – ALD 2 O'],
    );
    assert.ok(!differences.some(({ column }) => column.startsWith('torsion')));
  }
});

test('one molecule alone: torsions about bonds that turn', async () => {
  // butane's carbons with a chain that ends in a carboxylate, whose oxygens are alike
  const chain = (angle: number): Atom[] => [
    { residue: '1 BUT', name: 'C1', at: [0.05, 0.145, 0] },
    { residue: '1 BUT', name: 'C2', at: [0, 0, 0] },
    { residue: '1 BUT', name: 'C3', at: [0, 0, 0.153] },
    { residue: '1 BUT', name: 'C4', at: [0.145 * Math.sin(angle), 0.145 * Math.cos(angle), 0.203] },
    {
      residue: '1 BUT',
      name: 'O1',
      at: [0.145 * Math.sin(angle) + 0.1, 0.145 * Math.cos(angle) + 0.03, 0.27],
    },
    {
      residue: '1 BUT',
      name: 'O2',
      at: [0.145 * Math.sin(angle) - 0.1, 0.145 * Math.cos(angle) + 0.03, 0.27],
    },
  ];
  const { states } = await found(await trajectory('one', (i) => chain(second[i] === 1 ? 1 : 3)));
  for (const { differences } of states) {
    const own = differences.filter(({ column }) => column.startsWith('torsion'));
    assert.deepEqual(
      own.map(({ column }) => column),
      ['torsion BUT 1 C1 – BUT 1 C2 – BUT 1 C3 – BUT 1 C4'],
    );
    assert.ok(own[0].separation > 0.95);
    const turned = Math.abs(own[0].mean - own[0].othersMean);
    assert.ok(Math.abs(turned - 2) < 0.1, String(turned));
  }
});
