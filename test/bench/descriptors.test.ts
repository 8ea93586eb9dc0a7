import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectEqualValues } from '../../bench/descriptors/agreement.js';
import { descriptorCases, descriptorSetOf, namedCase } from '../../bench/descriptors/descriptor-case.js';
import { readerTable, rowsOf } from '../../bench/descriptors/report.js';
import type { CaseResult, Timing } from '../../bench/descriptors/time-reading.js';
import { descriptorLabels } from '../../src/descriptors/index.js';

const readings = (frames: number, ...seconds: [wall: number, cpu: number][]) =>
  seconds.map(([wall, cpu]) => ({ frames, wall, cpu }));
const timings: Timing[] = [
  {
    ...{ reader: 'latentcv', cores: 1, empty: readings(100, [9, 0.8], [3, 1.6]) },
    readings: readings(100, [9, 2], [3, 1], [4, 4]),
  },
  { reader: 'mdtraj', cores: 1, readings: readings(100, [9, 3], [8, 4]), empty: [] },
  { reader: 'plumed-driver', cores: 1, readings: readings(10, [9, 5]), empty: [] },
  { reader: 'latentcv', cores: 2, readings: readings(100, [0.5, 1.1], [0.625, 1]), empty: [] },
];
const result: CaseResult = { one: namedCase('1000-distances'), timings, worst: 1e-6 };

describe('bench:descriptors', () => {
  it('has as many descriptors of different atoms as its cases say', () => {
    for (const one of descriptorCases) {
      assert.equal(one.atoms.length, parseInt(one.name));
      for (const atoms of one.atoms) assert.equal(new Set(atoms).size, one.kind === 'distance' ? 2 : 4);
      const set = descriptorSetOf(one);
      assert.ok(set.pbc && set.atoms.every((serial) => serial >= 1 && serial <= 500));
      const meant = set.items.map((item) =>
        (item as { atoms: number[] }).atoms.map((at) => set.atoms[at] - 1),
      );
      assert.deepEqual(meant, one.atoms);
      assert.equal(descriptorLabels(set).length, one.atoms.length);
      assert.deepEqual(descriptorSetOf(one, true), { ...set, items: [] });
    }
    assert.throws(() => namedCase('7-angles'), /45-distances, 1000-distances, 100-torsions.*7-angles/);
  });

  it('stops where a reader has other values', () => {
    const of = (...values: number[][]) => ({ reader: 'mdtraj', values });
    const ours = { reader: 'latentcv', values: [[1, Math.PI - 1e-6]] };
    const distances = { name: '45-distances', kind: 'distance' } as const;
    const torsions = { name: '100-torsions', kind: 'torsion' } as const;
    assert.ok(expectEqualValues(distances, [ours, of([1 + 1e-6, Math.PI])]) < 1.1e-6);
    assert.ok(expectEqualValues(torsions, [ours, of([1, -Math.PI])]) < 1.1e-6);
    assert.throws(
      () => expectEqualValues(distances, [ours, of([1, -Math.PI])]),
      /expected mdtraj to have the values of latentcv for 45-distances but they differ by 6.3e\+0/,
    );
    assert.throws(() => expectEqualValues(distances, [ours, of([1, NaN])]), /Infinity/);
    assert.throws(() => expectEqualValues(distances, [ours, of([1])]), /Infinity/);
    assert.throws(() => expectEqualValues(distances, [ours, of()]), /Infinity/);
  });

  it('compares the best rounds, by CPU time on one core and on the wall on more', () => {
    const [ours, mdtraj, plumed, two] = rowsOf(result);
    assert.deepEqual(
      [ours.framesPerSecond, ours.framesPerSecondMedian, ours.framesPerSecondWall, ours.clock],
      [100, 50, 100 / 3, 'cpu'],
    );
    assert.deepEqual([ours.ratio, ours.decodingShare, ours.scaling], [1, 0.8, undefined]);
    assert.deepEqual([mdtraj.ratio, mdtraj.decodingShare], [3, undefined]);
    assert.deepEqual([plumed.framesPerSecond, plumed.ratio, plumed.frames], [2, 50, 10]);
    assert.deepEqual([two.clock, two.framesPerSecond, two.ratio, two.scaling], ['wall', 200, 1, 2]);
    const table = readerTable([result]);
    assert.match(table, /\| mdtraj \| 1 \| 100 \| 33 \(29\) \| 13 \(12\) \| 3.0 \(≥ 2\) \|/);
    assert.match(table, /80 % \(≥ 80 %\)/);
  });
});
