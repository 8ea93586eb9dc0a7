import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { design, parseWants, wantInWords } from '../../src/design/index.js';
import { meets, shortfall } from '../../src/design/wants.js';
import { bowlModel, rowsOver } from './landscapes.js';

describe('what is wanted', () => {
  it('reads bounds, values and ends', () => {
    const wants = parseWants(`ehull<20, gap ~ 1.5; min "a, b" , max x.y > 3`.replace(', max x.y > 3', ''), [
      'ehull',
      'gap',
      'a, b',
    ]);
    assert.deepEqual(wants, [
      { property: 'ehull', kind: 'below', value: 20 },
      { property: 'gap', kind: 'near', value: 1.5 },
      { property: 'a, b', kind: 'min' },
    ]);
    assert.deepEqual(parseWants('maximise gap, ehull >= -2e-1', ['gap', 'ehull']).map(wantInWords), [
      'max gap',
      'ehull > -0.2',
    ]);
  });

  it('refuses other words, and properties that the model has not', () => {
    const unread = { code: 'bad-argument', message: /expected what is wanted, such as 'a < 20'/ };
    for (const text of ['', 'gap', 'gap = 2', 'gap < two'])
      assert.throws(() => parseWants(text, ['gap']), unread);
    assert.throws(() => parseWants('gaps < 2', ['gap', 'ehull']), {
      code: 'bad-argument',
      message: 'expected a property of the model (gap, ehull) but received gaps',
      hint: 'did you mean gap?',
    });
  });

  it('has slopes that differences give', () => {
    for (const want of parseWants('a < 1, a > 1, a ~ 1, min a, max a', ['a']))
      for (const value of [0.3, 0.9, 1.4]) {
        const loss = (at: number): number => shortfall(want, at, 0.7).loss;
        const slope = (loss(value + 1e-6) - loss(value - 1e-6)) / 2e-6;
        assert.ok(Math.abs(shortfall(want, value, 0.7).slope - slope) < 1e-6, wantInWords(want));
        if (want.kind === 'below') assert.equal(meets(want, value, 0.7), loss(value) === 0);
      }
  });
});

describe('design on a landscape that is known', () => {
  it('finds the minimum, and tells that the way back is exact', async () => {
    const { candidates, limit, rows, front } = await design(bowlModel(), { dataset: rowsOver() }, 'min a');
    assert.equal(rows, 600);
    assert.equal(front, false);
    const { data } = rowsOver();
    const points = Array.from({ length: 600 }, (_, row) => [data[4 * row], data[4 * row + 1]]);
    const within = points.filter(([u, v], i) =>
      points.some(([x, y], j) => j !== i && Math.hypot(u - x, v - y) <= limit + 1e-12),
    );
    assert.equal(within.length, 570);
    const [best] = candidates;
    assert.ok(Math.hypot(best.cv[0] - 0.4, best.cv[1] + 0.3) < 2e-3, String(best.cv));
    assert.ok(Math.abs(best.told[0]) < 1e-5 && Math.abs(best.told[1] - (0.9 ** 2 + 0.5 ** 2)) < 1e-2);
    assert.deepEqual(
      best.inputs!.map((value) => Math.round(100 * value)),
      [40, -30, 10],
    );
    assert.ok(best.cycle! < 1e-12);
    assert.ok(best.distance <= 1);
    assert.equal(best.meets, true);
    best.nearest.forEach(({ distance }, i, all) => assert.ok(i === 0 || distance >= all[i - 1].distance));
    assert.ok(best.nearest[0].properties[0] < 0.01);
    assert.ok(Number.isNaN(best.nearest[0].properties[1]), 'the table has no b');
  });

  it('finds where two values cross: a circle and a circle', async () => {
    const want = 'a ~ 0.5, b ~ 0.3';
    const { candidates } = await design(bowlModel(), { dataset: rowsOver() }, want, { count: 4 });
    const good = candidates.filter((each) => each.meets);
    for (const {
      cv: [u, v],
    } of good) {
      assert.ok(Math.abs((u - 0.4) ** 2 + (v + 0.3) ** 2 - 0.5) < 0.06);
      assert.ok(Math.abs((u + 0.5) ** 2 + (v - 0.2) ** 2 - 0.3) < 0.06);
    }
    const [first, second] = good;
    assert.ok(first.lacks < 1e-5);
    assert.ok(Math.hypot(first.cv[0] - second.cv[0], first.cv[1] - second.cv[1]) > 0, 'they lie apart');
  });

  it('stays where training rows are: the minimum lies in a hole', async () => {
    const hole = (u: number, v: number): boolean => Math.hypot(u - 0.4, v + 0.3) > 0.4;
    const { candidates, limit } = await design(bowlModel(), { dataset: rowsOver(hole) }, 'min a', {
      count: 20,
    });
    const [best] = candidates;
    const off = Math.hypot(best.cv[0] - 0.4, best.cv[1] + 0.3);
    assert.ok(off > 0.4 - limit - 1e-9 && off < 0.4, `${off}, limit ${limit}`);
    for (const { distance } of candidates) assert.ok(distance <= 1 + 1e-9);
  });

  it('gives the front of two properties: the line between their minima, from one end to the other', async () => {
    const { candidates, front } = await design(bowlModel(), { dataset: rowsOver() }, 'min a, min b', {
      count: 9,
    });
    assert.equal(front, true);
    assert.equal(candidates.length, 9);
    const length = Math.hypot(0.9, 0.5);
    for (const {
      cv: [u, v],
      told,
    } of candidates) {
      const part = ((u - 0.4) * -0.9 + (v + 0.3) * 0.5) / length ** 2;
      const across = Math.abs((u - 0.4) * 0.5 + (v + 0.3) * 0.9) / length;
      assert.ok(part > -0.02 && part < 1.02 && across < 0.02, `${part}, ${across}`);
      // on the line √a + √b is its length
      assert.ok(Math.abs(Math.sqrt(told[0]) + Math.sqrt(told[1]) - length) < 2e-3);
    }
    const a = candidates.map(({ told }) => told[0]);
    a.forEach((value, i) => assert.ok(i === 0 || value > a[i - 1]));
    assert.ok(a[0] < 1e-3 && Math.abs(a.at(-1)! - length ** 2) < 0.02);
  });

  it('counts by the worse of what the CVs tell and what is said of the decoded inputs', async () => {
    const { candidates } = await design(bowlModel(0.2), { dataset: rowsOver() }, 'a < 0.02');
    for (const { told, again, cycle, lacks, meets: good } of candidates) {
      assert.ok(Math.abs(cycle! - 0.2) < 1e-9);
      assert.equal(good, told[0] < 0.02 && again!.properties[0] < 0.02);
      assert.equal(good, lacks === 0);
    }
  });

  it('tells the nearest rows of another table, by their names', async () => {
    const near = {
      dataset: rowsOver((u) => u < 0),
      names: Array.from({ length: 600 }, (_, i) => `row ${i}`),
    };
    const { candidates } = await design(bowlModel(), { dataset: rowsOver() }, 'min a', {
      near,
      neighbours: 2,
      count: 1,
    });
    const [{ nearest, cv }] = candidates;
    assert.equal(nearest.length, 2);
    assert.equal(nearest[0].name, `row ${nearest[0].row}`);
    const at = 4 * nearest[0].row;
    const [u, v] = near.dataset.data.subarray(at, at + 2);
    assert.ok(Math.abs(nearest[0].distance - Math.hypot(u - cv[0], v - cv[1])) < 1e-9 && u < 0);
  });
});

test('what cannot be designed is refused', async () => {
  const dataset = rowsOver();
  const model = bowlModel();
  const oneWay = { ...model };
  delete oneWay.decoder;
  await assert.rejects(design(oneWay, { dataset }, 'min a'), {
    code: 'bad-model',
    message: /that predicts properties but received one of the method made/,
  });
  await assert.rejects(design(model, { dataset, names: ['one'] }, 'min a'), {
    code: 'bad-argument',
    message: /a name for each of 600 rows/,
  });
  await assert.rejects(design(model, { dataset }, 'min a', { count: 0 }), {
    code: 'bad-argument',
    message: /options.count/,
  });
  const same = { ...dataset, data: dataset.data.map((_, i) => [1, 2, 3, 4][i % 4]) };
  await assert.rejects(design(model, { dataset: same }, 'min a'), {
    code: 'bad-data',
    message: /rows that differ in their CVs/,
  });
});
