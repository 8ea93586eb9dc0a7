import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossingRate, tellApart } from '../../../src/campaign/pilots/index.js';
import { parsePlan, type CandidateRecord, type RoundRecord } from '../../../src/campaign/rounds/index.js';
import { chosenCv, combinedOf, criteriaOf, whyWorse } from '../../../src/campaign/rounds/stop-rule.js';

const plan = parsePlan(
  'gromacs: {mdp: a, structure: b, topology: c}\ntemperature: 300\nproduction: {length: 10ns}',
  'campaign.yaml',
);

const candidate = (name: string, crossings: number, round = 1, inefficiency = 1): CandidateRecord => ({
  ...{ name, model: `${name}.onnx`, round, behind: 0, outside: null },
  ...crossingRate(crossings, 1, inefficiency),
});

interface Wanted {
  value: number | null;
  error: number | null;
  replicas?: readonly (readonly [number, number | null])[];
  transitions?: number;
  drift?: number | null;
  keptFrom?: number;
}

function round(number: number, wanted: Wanted): RoundRecord {
  const { value, error, replicas = [[value ?? 0, error]], transitions = 50 } = wanted;
  const { drift = 0.1, keptFrom = 1 } = wanted;
  return {
    ...{ round: number, learnedFrom: [], judges: [], otherFrames: [], criteria: [], drift, givenUp: null },
    candidates: [candidate('r1-s1', 20), candidate('r2-s1', 20, 2)],
    kept: { name: `r${keptFrom}-s1`, model: '', round: keptFrom, reason: '' },
    production: { folder: '', plumed: '', cv: 'cv.node-0', nanoseconds: 20 },
    deltaFs: [
      {
        ...{ question: 0, from: 'A', to: 'B', value, error, transitions, warnings: [] },
        replicas: replicas.map(([own, ownError], i) => ({
          ...{ source: `replica-${i}`, value: own, error: ownError, transitions: 25 },
        })),
      },
    ],
  };
}

const two = (value: number, error = 0.2): Partial<Wanted> => ({
  replicas: [
    [value, error],
    [value, error],
  ],
});
const unmet = (rounds: RoundRecord[]): string[] =>
  criteriaOf(plan, rounds).flatMap(({ name, met }) => (met ? [] : [name]));

test('a campaign ends when all of it holds, and at none of it alone', () => {
  const good = round(1, { value: 10, error: 0.2, ...two(10) });
  const same = (more: Partial<Wanted>): RoundRecord =>
    round(2, { value: 10.3, error: 0.2, ...two(10.3), ...more });
  assert.deepEqual(unmet([good, same({})]), []);
  assert.deepEqual(unmet([good]), ['rounds', 'no better CV']);
  assert.deepEqual(unmet([good, same({ value: 11 })]), ['rounds']);
  assert.deepEqual(unmet([good, same({ error: null })]), ['rounds']);
  assert.deepEqual(unmet([good, same({ transitions: 19 })]), ['transitions']);
  assert.deepEqual(unmet([good, same({ drift: 0.51 })]), ['quasi-static']);
  assert.deepEqual(unmet([good, same({ drift: null })]), ['quasi-static']);
  assert.deepEqual(unmet([good, same({ keptFrom: 2 })]), ['no better CV']);
});

test('replicas agree up to 2 σ of their difference', () => {
  const before = round(1, { value: 10, error: 0.2, ...two(10) });
  const apart = (by: number): RoundRecord =>
    round(2, {
      ...{ value: 10, error: 0.2 },
      replicas: [
        [10, 0.3],
        [10 + by, 0.4],
      ],
    });
  assert.deepEqual(unmet([before, apart(0.99)]), []);
  assert.deepEqual(unmet([before, apart(1.01)]), ['replicas']);
});

test('a replica that does not determine ΔF agrees with nothing', () => {
  const replicas = [
    [10, 0.3],
    [10, null],
  ] as const;
  const before = round(1, { value: 10, error: 0.2, ...two(10) });
  assert.deepEqual(unmet([before, round(2, { value: 10, error: 0.2, replicas })]), ['replicas']);
});

test('ΔF of two rounds that agree is weighted by their errors; of others it is the last one, which is told', () => {
  const [agreed] = combinedOf(plan, [
    round(1, { value: 10, error: 0.3 }),
    round(2, { value: 10.5, error: 0.4 }),
  ]);
  assert.ok(Math.abs(agreed.value! - (10 / 0.09 + 10.5 / 0.16) / (1 / 0.09 + 1 / 0.16)) < 1e-12);
  assert.ok(Math.abs(agreed.error! - 0.24) < 1e-12);
  assert.deepEqual(agreed.rounds, [1, 2]);
  const [apart] = combinedOf(plan, [
    round(1, { value: 10, error: 0.1 }),
    round(2, { value: 12, error: 0.1 }),
  ]);
  assert.deepEqual([apart.value, apart.error, apart.rounds], [12, 0.1, [2]]);
  assert.match(apart.reason!, /differ by 14.1 σ/);
  const three = [
    round(1, { value: 10, error: 0.3 }),
    round(2, { value: 10.5, error: 0.3 }),
    round(3, { value: 10.4, error: 0.3 }),
  ];
  const [all] = combinedOf(plan, three);
  assert.deepEqual([all.rounds, all.reason], [[1, 2, 3], null]);
  assert.ok(Math.abs(all.value! - 10.3) < 1e-12);
  // the first was wrong by four of its errors
  const [lastTwo] = combinedOf(plan, [round(1, { value: 12, error: 0.3 }), ...three.slice(1)]);
  assert.deepEqual([lastTwo.rounds, lastTwo.reason], [[2, 3], 'earlier rounds differ from the last two']);
  const [none] = combinedOf(plan, [round(1, { value: 10, error: null })]);
  assert.deepEqual([none.value, none.error], [null, null]);
});

test('the CV of the round before stays unless a new one crosses more often by 2 σ', () => {
  const chosen = (crossings: Record<string, number>, before?: string) => {
    const candidates = Object.entries(crossings).map(([name, count]) => candidate(name, count));
    candidates.sort((a, b) => b.crossings - a.crossings);
    return chosenCv(candidates, before, false, tellApart);
  };
  assert.equal(chosen({ a: 9, b: 4 })?.kept.name, 'a');
  assert.equal(chosen({ old: 10, new: 18 }, 'old')?.kept.name, 'old'); // 1.5 σ
  assert.equal(chosen({ old: 10, new: 24 }, 'old')?.kept.name, 'new'); // 2.4 σ
  assert.match(chosen({ old: 30, new: 4, other: 3 }, 'old')!.reason, /still crosses most often/);
  assert.equal(chosen({ a: 0, b: 0 }), undefined);
});

test('crossings that come in bursts are few: they do not put a CV ahead', () => {
  const old = candidate('old', 30);
  const bursts = candidate('new', 100, 2, 4);
  assert.equal(chosenCv([old, bursts], 'old', false, tellApart)?.kept.name, 'old');
  const better = chosenCv([candidate('new', 100, 2, 1.5), old], 'old', false, tellApart)!;
  assert.match(
    better.reason,
    /in place of old: 100 crossings \(67 independent\) in 1 ns against 30 crossings, 3.7 σ ahead/,
  );
});

test('a CV whose runs tell less than those before is given up, and its runs count no more', () => {
  const good = round(1, { value: 10, error: 0.3, ...two(10) });
  const noisy = round(2, { value: 9, error: 0.5, keptFrom: 2, ...two(9) });
  assert.match(
    whyWorse(good, noisy)!,
    /r2-s1 crosses more often, .*± 0\.50 along it, ± 0\.30 along r1-s1: r1-s1 is taken again/,
  );
  assert.match(whyWorse(good, round(2, { value: 9, error: null, keptFrom: 2 }))!, /not determined along it/);
  assert.equal(whyWorse(good, round(2, { value: 9, error: 0.44, keptFrom: 2 })), undefined);
  // what was not known before can only become better
  assert.equal(whyWorse(round(1, { value: 10, error: null }), noisy), undefined);

  const givenUp = { ...noisy, givenUp: whyWorse(good, noisy)! };
  assert.ok(unmet([good, givenUp]).includes('no better CV'));
  const again = { ...round(3, { value: 10.2, error: 0.3, ...two(10.2) }), candidates: [] };
  assert.deepEqual(unmet([good, givenUp, again]), []);
  const [combined] = combinedOf(plan, [good, givenUp, again]);
  assert.deepEqual(combined.rounds, [1, 3]);
  assert.ok(Math.abs(combined.value! - 10.1) < 1e-12);
});
