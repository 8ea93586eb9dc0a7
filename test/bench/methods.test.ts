import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnValues, methodNames, readTables } from '../../src/index.js';
import { findPlumed, runPesmd } from '../../src/programs/index.js';
import { muellerBrownPesmd, muellerBrownPlumed } from '../../src/quickstart/systems/index.js';
import { caseNames, caseWords } from '../../bench/methods/cases.js';
import type { Answer, Cell } from '../../bench/methods/measure.js';
import { rankCorrelation } from '../../bench/methods/rank-correlation.js';
import { methodTables } from '../../bench/methods/report.js';
import { rowsOf, sigmaOf } from '../../bench/methods/rows.js';
import type { ReadySystem } from '../../bench/methods/system.js';
import { systems } from '../../bench/methods/systems/index.js';
import { doubleProcessStates } from '../../bench/methods/systems/double-process.js';
import { muellerBrownKnown } from '../../bench/methods/systems/mueller-brown.js';
import { farOff, grouped, pilotPicks, predictors } from '../../bench/methods/verdicts.js';
import { temporaryFolder } from '../temporary-folder.js';

const answer: Answer = {
  ...{ pilotTransitions: 20, transitions: 40, deep: 30, deltaF: 5.2, error: 0.3, reason: null, doubts: [] },
  ...{ reference: 6, referenceError: 0.4 },
};
const cell: Cell = { case: 'default', seed: 1, trained: 10, independent: 12, answers: [answer] };
const withTransitions = (cell: Cell, transitions: number): Cell => ({
  ...cell,
  answers: [{ ...answer, transitions }],
});

describe('bench:methods', () => {
  it('tries every method but those that need a measured property, the default once', () => {
    assert.deepEqual(
      methodNames.filter((name) => !caseNames.includes(name)),
      ['vamp-autoencoder', 'regression', 'multitask-autoencoder'],
    );
    assert.equal(new Set(caseNames).size, caseNames.length);
  });

  it('gives labels to methods that need them, and as many CVs as states or the method allow', () => {
    const two = { latent: 2, labels: { two: 'known', all: 'known' } } as ReadySystem;
    const four = { latent: 2, labels: { two: 'sx', all: 'corner' } } as ReadySystem;
    const words = (name: (typeof caseNames)[number], system: ReadySystem) =>
      caseWords(name, system).join(' ');
    assert.equal(words('default', two), '--latent 2');
    assert.equal(words('ensemble', two), '--ensemble 5 --latent 2');
    assert.equal(words('tica', two), '--method tica --latent 2');
    assert.equal(words('lda', two), '--method lda --latent 1 --labels known');
    assert.equal(words('lda', four), '--method lda --latent 2 --labels corner');
    assert.equal(words('committor', four), '--method committor --latent 1 --labels sx');
    assert.equal(words('deep-tda', four), '--method deep-tda --latent 1 --labels sx');
    assert.equal(words('tpi-deep-tda', four), '--method tpi-deep-tda --latent 1 --labels sx');
    assert.equal(words('deep-lne', four), '--method deep-lne --latent 1 --labels sx');
  });

  it('has every system by a name of its own, with words of what it is', () => {
    assert.equal(new Set(systems.map(({ name }) => name)).size, systems.length);
    for (const system of systems) assert.notEqual(system.told(true), system.told(false), system.name);
  });

  it('is off by so many errors, its own and the reference’s together', () => {
    assert.ok(Math.abs(sigmaOf(answer)! + 1.6) < 1e-12);
    assert.equal(sigmaOf({ ...answer, error: null }), null);
  });

  it('has a row for every question, or one that says why there is no run', () => {
    const two = {
      ...cell,
      answers: [
        { ...answer, question: 'x' },
        { ...answer, question: 'y', error: null, reason: 'few' },
      ],
    };
    const [x, y] = rowsOf('double-process', two);
    assert.deepEqual([x.question, x.transitions, x.depth, x.trained_s], ['x', 40, 30, 10]);
    assert.deepEqual([y.sigma, y.problem], [null, 'few']);
    const [none] = rowsOf('mueller-brown', { ...cell, problem: 'forces too large' });
    assert.deepEqual([none.transitions, none.problem], [null, 'forces too large']);
  });

  it('correlates ranks as statistics has them, with ties', () => {
    // scipy.stats.spearmanr([1, 2, 2, 4, 5], [3, 1, 4, 4, 9]): 0.7631578947368421
    const pairs = [
      [1, 3],
      [2, 1],
      [2, 4],
      [4, 4],
      [5, 9],
    ] as const;
    assert.ok(Math.abs(rankCorrelation(pairs)! - 0.7631578947368421) < 1e-12);
    assert.equal(
      rankCorrelation([
        [1, 1],
        [1, 2],
        [1, 3],
      ]),
      undefined,
    );
    assert.equal(rankCorrelation(pairs.slice(0, 2)), undefined);
  });

  it('counts what is far off, and names it', () => {
    const far = (deltaF: number, seed: number): Cell => ({ ...cell, seed, answers: [{ ...answer, deltaF }] });
    const warned = { ...far(0, 5), answers: [{ ...answer, deltaF: 0, doubts: ['few blocks'] }] };
    const cells = [cell, far(7.6, 2), far(9, 3), far(6, 4), warned];
    const found = farOff(cells, { doubted: false });
    assert.deepEqual([found.determined, found.beyondThree.length], [4, 2]);
    assert.deepEqual(found.beyondFive, ['default, seed 3: 6.0']);
    assert.deepEqual(farOff(cells, { doubted: true }).beyondFive, ['default, seed 5: -12.0']);
  });

  it('counts picks of pilots within half of the best, where anything crosses', () => {
    const good = { ...withTransitions(cell, 50), independent: 3 };
    const bad = { ...withTransitions(cell, 24), seed: 2, independent: 9 };
    const fair = { ...withTransitions(cell, 26), seed: 2, independent: 9 };
    assert.deepEqual(
      pilotPicks([[good, bad], [good, fair], [good], [withTransitions(cell, 0), withTransitions(cell, 0)]]),
      {
        right: 1,
        of: 2,
      },
    );
    assert.equal(grouped([good, bad, fair], ({ seed }) => seed).length, 2);
  });

  it('compares losses of one method alone', () => {
    const figures = {
      autocorrelation: 0.5,
      slowness: 1,
      balancedAccuracy: 1,
      betweenStates: 1,
      roughness: 0,
    };
    const cells = (['tica', 'pca'] as const).flatMap((name, k) =>
      [1, 2, 3].map((seed): Cell => ({
        ...withTransitions(cell, 10 * seed),
        case: name,
        seed,
        figures: { ...figures, validationLoss: 100 * k - seed },
      })),
    );
    const found = new Map(predictors(cells).map(({ what, correlation }) => [what, correlation]));
    assert.equal(found.get('autocorrelation'), undefined);
    assert.ok(Math.abs(found.get('validation loss, lower, among seeds of a method')! - 1) < 1e-12);
  });

  it('has a table of each system, and one of all', () => {
    const refused: Cell = {
      case: 'deep-lda',
      seed: 1,
      trained: 3,
      answers: [],
      problem: 'forces too large\nmore',
    };
    const [system] = systems;
    const text = methodTables([{ system, cells: [cell, { ...cell, seed: 2 }, refused] }], true);
    assert.match(
      text,
      /^\| default \| 10\.0 \|.*\| 20, 20 \| 40, 40 \| 30, 30 \| 5\.20 ± 0\.30, 5\.20 ± 0\.30 \|$/m,
    );
    assert.match(text, /^\| deep-lda \|.*\| forces too large \|$/m);
    assert.match(text, /^\| default \| 40\.0 \(1\.00\) \|$/m);
    assert.match(
      text,
      /nothing is said, of 2 0 are off by more than 3 σ, 0 by more than 5 σ; of which `fes` warns, of 0 0 are/,
    );
  });

  it('labels the states of its surfaces as PLUMED computes them', async () => {
    const folder = temporaryFolder('bench-methods');
    const surface = muellerBrownPlumed().replace(/^PRINT.*\n/m, '');
    const print = 'PRINT ARG=p.x,p.y,progress,known,sx,sy,corner STRIDE=5 FILE=COLVAR\n';
    writeFileSync(
      join(folder, 'plumed.dat'),
      `${surface}${muellerBrownKnown}\n${doubleProcessStates}\n${print}`,
    );
    // hot, so that the particle goes everywhere
    writeFileSync(join(folder, 'pesmd.in'), muellerBrownPesmd({ temperature: 20, steps: 5000, seed: 1 }));
    await runPesmd({ plumed: await findPlumed(), cwd: folder, input: join(folder, 'pesmd.in') });
    const frames = await readTables(join(folder, 'COLVAR'));
    const of = (label: string): number[] => [...columnValues(frames, label)];
    const [x, y, progress, corner] = ['p.x', 'p.y', 'progress', 'corner'].map(of);
    const side = (at: number): number => (at > 0.7 ? 1 : at < -0.7 ? 0 : -1);
    assert.deepEqual(
      of('known'),
      progress.map((at) => (at < 0 ? 1 : at > 1.7 ? 0 : -1)),
    );
    assert.deepEqual(of('sx'), x.map(side));
    assert.deepEqual(of('sy'), y.map(side));
    assert.deepEqual(
      corner,
      x.map((at, i) => (side(at) < 0 || side(y[i]) < 0 ? -1 : side(at) + 2 * side(y[i]))),
    );
    assert.ok(new Set(corner).size > 2 && new Set(of('known')).size === 3, 'it went to several of them');
  });
});
