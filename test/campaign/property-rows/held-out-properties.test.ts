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
    await trainFromTables({ files: [path], output, training, folds: 3 });
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
    assert.equal(columnValues(predicted, percentileColumn)[7], 100);
    assert.ok(far >= 1 && far < 20, `${far} rows are far`);
    assert.throws(() => predictedRows(answers, file.metadata!, { table, measured: [], level: 0.77 }), {
      code: 'bad-argument',
      message: /a level of the model's intervals but received 0.77/,
    });
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
    assert.match(inspected.stdout, /gap, beside 2\d\d measured values: R² 0\.9/);
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

it('without folds, what validated tells; of an ensemble, by the members that did not learn a row', async () => {
  const folder = temporaryFolder('held-out');
  const [path, output] = [join(folder, 'rows.csv'), join(folder, 'ensemble.onnx')];
  await writeFile(path, rowsOf(300, 4));
  await trainFromTables({ files: [path], output, training: { ...training, group: 'site' }, ensemble: 2 });
  const { of, group, each, latent } = recordIn(await loadModel(output));
  assert.deepEqual([of, group, latent.points.length], ['validation', 'site', 300]);
  assert.ok(each[0].metrics.r2 > 0.9 && each[0].metrics.rows > 70 && each[0].metrics.rows < 140);
});
