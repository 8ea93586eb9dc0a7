import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  biasColumns,
  framesBeyondWalls,
  sameBiasColumns,
  wallsInWords,
  type BiasChoice,
  type LabelledTable,
} from '../../src/sampling/index.js';

const actions = (all: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(all));
const given = (all: Record<string, string>, more: BiasChoice = {}): BiasChoice => ({
  actions: actions(all),
  known: 'plumed.dat',
  ...more,
});

interface Case {
  what: string;
  labels: string[];
  choice?: BiasChoice;
  weigh: string[];
  bound?: string[];
  notes: RegExp[];
}

const cases: Case[] = [
  {
    what: 'OPES by name',
    labels: ['phi', 'opes.bias', 'opes.rct'],
    weigh: ['opes.bias'],
    notes: [/^bias: opes\.bias, by name$/],
  },
  {
    what: 'OPES by its action, whatever its label',
    labels: ['b1.bias'],
    choice: given({ b1: 'OPES_METAD' }),
    weigh: ['b1.bias'],
    notes: [/^bias: b1\.bias \(OPES_METAD\), as plumed\.dat says$/],
  },
  {
    what: "METAD's rbias in place of its bias, beside other biases",
    labels: ['metad.bias', 'metad.rbias', 'res.bias'],
    choice: given({ metad: 'METAD', res: 'RESTRAINT' }),
    weigh: ['metad.rbias', 'res.bias'],
    notes: [/^bias: metad\.rbias \(METAD\) \+ res\.bias \(RESTRAINT\), as plumed\.dat says$/],
  },
  {
    what: 'METAD without c(t), which is noisier',
    labels: ['metad.bias'],
    weigh: ['metad.bias'],
    notes: [/^bias: metad\.bias, by name$/, /metad\.bias still has c\(t\) in it.*noisier.*CALC_RCT/],
  },
  {
    what: 'PBMETAD, EXTERNAL, BIASVALUE and RESTRAINT, summed',
    labels: ['pb.bias', 'ext.bias', 'extra.bias', 'res.bias'],
    choice: given({ pb: 'PBMETAD', ext: 'EXTERNAL', extra: 'BIASVALUE', res: 'RESTRAINT' }),
    weigh: ['pb.bias', 'ext.bias', 'extra.bias', 'res.bias'],
    notes: [/pb\.bias \(PBMETAD\) \+ ext\.bias \(EXTERNAL\) \+ extra\.bias \(BIASVALUE\) \+ res\.bias/],
  },
  {
    what: 'walls and a funnel by their actions',
    labels: ['opes.bias', 'up.bias', 'low.bias', 'f.bias'],
    choice: given({ opes: 'OPES_METAD', up: 'UPPER_WALLS', low: 'LOWER_WALLS', f: 'FUNNEL' }),
    weigh: ['opes.bias'],
    bound: ['up.bias', 'low.bias', 'f.bias'],
    notes: [/^bias: opes\.bias \(OPES_METAD\)/],
  },
  {
    what: 'walls and a funnel by their names',
    labels: ['funnelwall.bias', 'upper_wall.bias', 'lwall.bias', 'uwall.bias', 'opes.bias'],
    weigh: ['opes.bias'],
    bound: ['funnelwall.bias', 'upper_wall.bias', 'lwall.bias', 'uwall.bias'],
    notes: [/^bias: opes\.bias, by name$/],
  },
  {
    what: 'the sum of all, walls too',
    labels: ['metad.bias', 'metad.rbias', 'uwall.bias', 'pot.bias'],
    choice: { asked: ['all'] },
    weigh: ['metad.rbias', 'uwall.bias'],
    notes: [
      /^bias: metad\.rbias \+ uwall\.bias, all that there are, walls too$/,
      /pot\.bias is taken for the potential/,
    ],
  },
  {
    what: 'columns that were named, walls among them or not',
    labels: ['opes.bias', 'res.bias', 'uwall.bias', 'lwall.bias'],
    choice: { asked: ['opes.bias', 'uwall.bias'] },
    weigh: ['opes.bias', 'uwall.bias'],
    bound: ['lwall.bias'],
    notes: [/^bias: opes\.bias \+ uwall\.bias, as named$/],
  },
  {
    what: 'a pattern',
    labels: ['d1', 'a.bias', 'b.bias'],
    choice: { asked: ['*.bias'] },
    weigh: ['a.bias', 'b.bias'],
    notes: [/as named/],
  },
  {
    what: 'a moving restraint that was named, with a word',
    labels: ['mr.bias'],
    choice: given({ mr: 'MOVINGRESTRAINT' }, { asked: ['mr.bias'] }),
    weigh: ['mr.bias'],
    notes: [/as named/, /mr\.bias moves with time/],
  },
  {
    what: 'no bias',
    labels: ['opes.bias'],
    choice: { asked: ['none'] },
    weigh: [],
    notes: [/^no bias: all frames weigh alike$/],
  },
  {
    what: 'an input without a bias',
    labels: ['phi'],
    choice: given({}),
    weigh: [],
    notes: [/^no bias weighs the frames, as plumed\.dat says$/],
  },
  {
    what: 'the only bias there is, whatever its name',
    labels: ['b1.bias'],
    weigh: ['b1.bias'],
    notes: [/^bias: b1\.bias, the only bias there is$/],
  },
  {
    what: 'not the potential that a particle moves on, by its name',
    labels: ['pot.bias', 'opes.bias'],
    weigh: ['opes.bias'],
    notes: [/opes\.bias/, /^pot\.bias is taken for the potential itself and does not weigh/],
  },
  {
    what: "not pesmd's surface, by its action",
    labels: ['v.bias', 'opes.bias'],
    choice: given({ v: 'BIASVALUE', opes: 'OPES_METAD' }, { onSurface: true }),
    weigh: ['opes.bias'],
    notes: [/opes\.bias/, /^v\.bias is taken for the potential/],
  },
  {
    what: 'nothing, where a table without a bias will do',
    labels: ['phi', 'pot.bias'],
    choice: { optional: true },
    weigh: [],
    notes: [/^no bias weighs the frames$/, /pot\.bias is taken for the potential/],
  },
];
for (const { what, labels, choice, weigh, bound = [], notes } of cases) {
  test(`weighs by ${what}`, () => {
    const found = biasColumns(labels, choice);
    assert.deepEqual([found.weigh, found.bound], [weigh, bound]);
    assert.equal(found.notes.length, notes.length, found.notes.join('\n'));
    notes.forEach((pattern, i) => assert.match(found.notes[i], pattern));
  });
}

const refusals: [what: string, labels: string[], choice: BiasChoice, message: RegExp, hint: RegExp][] = [
  ['no bias at all', ['phi'], {}, /expected a column of the bias .* but found none/, /‘bias: none’/],
  [
    'a potential alone',
    ['pot.bias'],
    {},
    /only pot\.bias, which looks like the potential itself/,
    /‘bias: none’/,
  ],
  [
    'two that no name tells apart',
    ['a.bias', 'b.bias'],
    {},
    /a\.bias, b\.bias could be a bias or a potential/,
    /‘plumed’.*‘bias: a\.bias,b\.bias’/,
  ],
  [
    'a moving restraint',
    ['mr.bias'],
    given({ mr: 'MOVINGRESTRAINT' }),
    /mr\.bias moves with time.* no equilibrium/,
    /‘bias: none’/,
  ],
  ['steering by name', ['smd.bias', 'opes.bias'], {}, /smd\.bias moves with time/, /‘bias’/],
  [
    'a moving restraint among all',
    ['mr.bias'],
    given({ mr: 'MOVINGRESTRAINT' }, { asked: ['all'] }),
    /moves with time/,
    /‘bias’/,
  ],
  [
    'a bias whose weights are not known',
    ['eds.bias'],
    given({ eds: 'EDS' }),
    /eds\.bias could be/,
    /‘bias: eds\.bias’/,
  ],
  [
    'a bias that was not printed',
    ['phi', 'uwall.bias'],
    given({ opes: 'OPES_METAD', uwall: 'UPPER_WALLS' }),
    /expected a column opes\.bias, since OPES_METAD acted in plumed\.dat, but found uwall\.bias/,
    /print opes\.bias/,
  ],
  [
    'an asked column that is not there, with the biases that are',
    ['pot.bias', 'res.bias'],
    { asked: ['opes.bias'] },
    /expected a column opes\.bias for the bias but found res\.bias$/,
    /‘unbiased’/,
  ],
  [
    'a bias and its rbias together',
    ['m.bias', 'm.rbias'],
    { asked: ['m.bias', 'm.rbias'] },
    /one of m\.bias and m\.rbias/,
    /^$/,
  ],
];
for (const [what, labels, choice, message, hint] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(
      () => biasColumns(labels, choice),
      (error: Error & { hint?: string }) => {
        assert.match(error.message, message);
        assert.match(error.hint ?? '', hint);
        assert.ok(!/pot\.bias/.test(error.hint ?? ''), 'a potential is no near name');
        return true;
      },
    );
  });
}

test('frames in which walls push are counted by the sum of the walls', () => {
  const [upper, lower] = [Float64Array.of(0, 2, 0, 1.5, 3), Float64Array.of(0, 0, 2.4, 1.5, 0)];
  assert.equal(framesBeyondWalls([upper, lower], 2.494), 2);
  assert.equal(framesBeyondWalls([], 1), 0);
  assert.throws(() => framesBeyondWalls([Float64Array.of(0, NaN)], 1), { message: /frame 1 has NaN/ });
  assert.equal(
    wallsInWords(['a.bias', 'b.bias'], 2, 5),
    'a.bias, b.bias bound the ensemble, which is taken as they made it: 2 of 5 frames have V_wall > kT (‘bias: all’ takes them off)',
  );
});

const runOf = (path: string, actions: Record<string, string>, onSurface = false): LabelledTable => ({
  path,
  labels: ['x', ...Object.keys(actions).map((label) => `${label}.bias`)],
  choice: { actions: new Map(Object.entries(actions)), known: `${path}.dat`, onSurface },
});
const chosenOf = (...tables: LabelledTable[]): ReturnType<typeof sameBiasColumns> =>
  sameBiasColumns(tables, (labels, choice) => biasColumns(labels, choice));

test('runs in which nothing weighs, as they noted, stand beside one that was biased, in any order', () => {
  const walled = runOf('walled', { top: 'UPPER_WALLS' });
  const surface = runOf('surface', { v: 'BIASVALUE' }, true);
  const biased = runOf('biased', { top: 'UPPER_WALLS', opes: 'OPES_METAD' });
  for (const order of [
    [walled, surface, biased],
    [biased, walled, surface],
    [surface, biased, walled],
  ]) {
    const { weigh, without } = chosenOf(...order);
    assert.deepEqual(weigh, ['opes.bias']);
    assert.deepEqual([...without].sort(), ['surface', 'walled']);
  }
  // among themselves they are all there is
  assert.deepEqual(chosenOf(walled, surface), { ...biasColumns(walled.labels, walled.choice), without: [] });
});

test('a bias that another run does not have is refused, and so is none where its run noted nothing', () => {
  const opes = runOf('opes', { opes: 'OPES_METAD' });
  const both = runOf('both', { opes: 'OPES_METAD', metad: 'METAD' });
  assert.throws(() => chosenOf(opes, both), /opes has opes\.bias and both opes\.bias \+ metad\.bias/);
  const unknown = { path: 'unknown', labels: ['x'] };
  const choose = (labels: readonly string[]) => biasColumns(labels, { optional: true });
  assert.throws(() => sameBiasColumns([unknown, opes], choose), /unknown has no bias and opes opes\.bias/);
});
