import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { percentileColumn, predict, predictedRows, trainFromTables } from '../../../src/campaign/index.js';
import { columnValues, readTables } from '../../../src/frames/index.js';
import { loadModel, type ModelFile } from '../../../src/onnx/index.js';
import type { PropertiesRecord } from '../../../src/properties/index.js';
import { composePropertiesReport, renderReport } from '../../../src/report/index.js';
import { Random } from '../../../src/support/random.js';
import { runCli } from '../../cli/run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

/** Rows of four numbers and what is linear in the first two, with noise of deviation 0.3. */
function rowsOf(count: number, seed: number): string {
  const random = new Random(seed);
  const lines = Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = Array.from({ length: 4 }, () => random.normal());
    const gap = 3 + 2 * a - b + 0.3 * random.normal();
    return [`r${i}`, `g${i % 20}`, a, b, c, d, i % 10 === 3 ? '' : gap].join(',');
  });
  return `name,site,a,b,c,d,gap\n${lines.join('\n')}\n`;
}

const training = { properties: ['gap'], hidden: [16], epochs: 60, batch: 32, learningRate: 1e-2 };
const recordIn = ({ metadata }: ModelFile): PropertiesRecord =>
  (metadata!.training as { properties: PropertiesRecord }).properties;

describe('a model of rows, with folds', () => {
  const folder = temporaryFolder('held-out');
  const [path, fresh, output] = ['rows.csv', 'fresh.csv', 'model.onnx'].map((name) => join(folder, name));
  let file: ModelFile;

  before(async () => {
    await writeFile(path, rowsOf(400, 1));
    await writeFile(fresh, rowsOf(300, 2).replaceAll(/^r7,.*$/gm, 'r7,g7,40,-30,5,8,'));
    await trainFromTables({ files: [path], output, training, folds: 3, ensemble: 1 });
    file = await loadModel(output);
  });

  it('keeps how well each row is predicted by trainings without it, beside baselines', () => {
    const { of, folds, each } = recordIn(file);
    assert.deepEqual([of, folds, each.length, each[0].metrics.rows], ['folds', 3, 1, 360]);
    const [{ metrics, baselines }] = each;
    // the variance is 5.09, of which noise is 0.09: R² 0.982 at best
    assert.ok(metrics.r2 > 0.95 && metrics.r2 < 0.99, `R² ${metrics.r2}`);
    assert.ok(baselines.ridge!.r2 > 0.975 && baselines['PCA and ridge']!.r2 < baselines.ridge!.r2);
    assert.ok(Math.abs(baselines.mean!.r2) < 0.02);
  });

  it('gives intervals that hold as many further rows as they say, and tells rows that are far', async () => {
    const reading = { rows: true, text: ['name', 'site'], gaps: ['gap'] };
    const table = await readTables(fresh, reading);
    const answers = await predict(file, table, { before: ['name'] });
    const { predicted, comparisons, far, level } = predictedRows(answers, file.metadata!, {
      table,
      measured: ['gap'],
    });
    const labels = predicted.columns.map(({ label }) => label);
    assert.deepEqual(labels, ['name', 'node-0', 'node-1', 'gap', 'gap.lower', 'gap.upper', percentileColumn]);
    assert.equal(level, 0.9);
    // three standard errors of 270 rows
    assert.ok(Math.abs(comparisons[0].coverage! - 0.9) < 0.055, `${comparisons[0].coverage}`);
    assert.ok(comparisons[0].metrics.r2 > 0.95);
    assert.deepEqual([comparisons[0].of, comparisons[0].learned], ['new', 0]);
    assert.equal(columnValues(predicted, percentileColumn)[7], 100);
    assert.ok(far >= 1 && far < 20, `${far} rows are far`);
    assert.throws(() => predictedRows(answers, file.metadata!, { table, measured: [], level: 0.77 }), {
      code: 'bad-argument',
      message: /a level of the model's intervals but received 0.77/,
    });
  });

  it('tells rows that were learned from, which say nothing of others, from those that were not', async () => {
    const compared = async (file: ModelFile, ...files: string[]) => {
      const table = await readTables(files, { rows: true, text: ['name', 'site'], gaps: ['gap'] });
      const told = predictedRows(await predict(file, table), file.metadata!, { table, measured: ['gap'] });
      return told.comparisons[0];
    };
    const own = await compared(file, path);
    assert.deepEqual([own.of, own.learned, own.metrics.rows], ['learned', 360, 360]);
    const [new_, both] = [await compared(file, fresh), await compared(file, path, fresh)];
    assert.deepEqual(both, { ...new_, learned: 360 });
    const { metadata, ...rest } = file;
    const training = metadata!.training as { properties: PropertiesRecord };
    const { rows, ...before } = training.properties;
    assert.ok(rows!.length > 4 * 400);
    const older = { ...rest, metadata: { ...metadata!, training: { ...training, properties: before } } };
    assert.deepEqual(
      [(await compared(older, path)).of, (await compared(older, path)).learned],
      ['unknown', null],
    );
    const { stdout } = runCli(['predict', output, path, '-o', join(folder, 'own.csv')]);
    assert.match(
      stdout,
      /beside 360 measured values of rows that were learned from, which says nothing of others/,
    );
  });

  it('is shown as a page with a figure of each property', () => {
    const page = renderReport(composePropertiesReport('Rows', { path: output, metadata: file.metadata! }));
    assert.match(page, /PCA and ridge/);
    assert.match(page, /id="figure-parity-1"/);
    assert.doesNotMatch(page, /Energies in|Collective variable|Lag time/);
  });

  it('is told by commands, for people and for scripts', () => {
    const inspected = runCli(['inspect', output, fresh]);
    assert.equal(inspected.code, 0, inspected.stderr);
    assert.match(inspected.stdout, /properties, each row by one of 3 trainings without it/);
    assert.match(
      inspected.stdout,
      /gap, beside 2\d\d measured values of rows that were not learned from: R² 0\.9/,
    );
    assert.doesNotMatch(inspected.stdout, /PLUMED|biased|lag|frames/);
    const out = join(folder, 'out.csv');
    const predicted = runCli(['predict', output, fresh, '-o', out, '--json', '--coverage', '0.5']);
    const told = JSON.parse(predicted.stdout) as { level: number; comparisons: { name: string }[] };
    assert.deepEqual([told.level, told.comparisons[0].name], [0.5, 'gap']);
    const page = join(folder, 'page.html');
    const reported = runCli(['report', '--model', output, '-o', page, '--json']);
    assert.equal(reported.code, 0, reported.stderr);
    assert.match(reported.stdout, /"maeOverGuess"/);
  });
});

describe('an ensemble of rows, with folds', () => {
  const folder = temporaryFolder('held-out');
  const [path, fresh, output] = ['rows.csv', 'fresh.csv', 'ensemble.onnx'].map((name) => join(folder, name));

  it('has intervals that go by how far its members disagree, where that makes them narrower', async () => {
    // what is beyond a = 1 is steep, and seen in few rows: the members disagree there
    const steep = (text: string): string =>
      text.replace(/^(r\d+,g\d+,)(.*)$/gm, (_, head: string, rest: string) => {
        const [a, b, c, d, gap] = rest.split(',').map(Number);
        return rest.endsWith(',')
          ? head + rest
          : head + [a, b, c, d, gap + 5 * Math.max(0, a - 1) ** 2].join(',');
      });
    await writeFile(path, steep(rowsOf(400, 1)));
    await writeFile(fresh, steep(rowsOf(600, 2)));
    const trained = await trainFromTables({ files: [path], output, training, folds: 3, ensemble: 3 });
    const [{ spread, intervals }] = trained.properties!.each;
    assert.ok(spread! > 0);
    const { halfWidth, coverage } = intervals.find(({ level }) => level === 0.9)!;
    assert.ok(Math.abs(coverage! - 0.9) < 0.05, `${coverage}`);
    const file = await loadModel(output);
    const table = await readTables(fresh, { rows: true, text: ['name', 'site'], gaps: ['gap'] });
    const told = predictedRows(await predict(file, table), file.metadata!, { table, measured: ['gap'] });
    const of = (label: string) => columnValues(told.predicted, label);
    const [gap, own, lower, upper] = [of('gap'), of('gap.uncertainty'), of('gap.lower'), of('gap.upper')];
    gap.forEach((value, row) => {
      const width = (halfWidth! * (1 + own[row] / spread!)) / 2;
      assert.ok(Math.abs(upper[row] - value - width) < 1e-9 && Math.abs(value - lower[row] - width) < 1e-9);
    });
    assert.ok(Math.abs(told.comparisons[0].coverage! - 0.9) < 0.05, `${told.comparisons[0].coverage}`);
  });

  it('is told by latentcv train, where nobody says how many members it has five', async () => {
    await writeFile(path, rowsOf(240, 1));
    const quick = ['--properties', 'gap', '--layers', '4', '--epochs', '2', '--batch', '32'];
    const { code, stderr, stdout } = runCli(['train', path, ...quick, '-o', output, '--folds', '2']);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /trains an ensemble of 5, and 10 models of the folds \(--ensemble 1: one model/);
    assert.match(stdout, /of the first of an ensemble of 5: the CV is their mean/);
    const one = runCli(['train', path, ...quick, '-o', output, '--ensemble', '1', '--json']);
    assert.equal((JSON.parse(one.stdout) as { ensemble?: number }).ensemble, undefined);
  });
});

it('without folds, what validated tells; of an ensemble, by the members that did not learn a row', async () => {
  const folder = temporaryFolder('held-out');
  const [path, output] = [join(folder, 'rows.csv'), join(folder, 'ensemble.onnx')];
  await writeFile(path, rowsOf(300, 4));
  await trainFromTables({ files: [path], output, training: { ...training, group: 'site' }, ensemble: 2 });
  const { of, group, each, latent } = recordIn(await loadModel(output));
  assert.deepEqual([of, group, latent.points.length], ['validation', 'site', 300]);
  assert.ok(each[0].metrics.r2 > 0.9 && each[0].metrics.rows > 70 && each[0].metrics.rows < 140);
  // beside what everybody would try, on the same rows
  assert.equal(each[0].baselines.ridge!.rows, each[0].metrics.rows);
});
