import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { checkModelInputs, predict } from '../../../src/campaign/index.js';
import { readTables, writeTable, type Dataset } from '../../../src/frames/index.js';
import { readModelFile, saveModel, writeModelFile, type ModelInput } from '../../../src/onnx/index.js';
import { newModel } from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { Random } from '../../../src/support/random.js';
import { runCli } from '../../cli/run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

const inputs: ModelInput[] = [
  { label: 'd1', unit: 'nm', min: 0.3, max: 0.8 },
  { label: 'd2', unit: 'nm', min: 0.2, max: 0.25 },
  { label: 'phi', unit: 'rad', min: -3.1, max: 3.1, period: [-Math.PI, Math.PI] },
];

/** Frames spread over a part of the training ranges, each times a factor. */
function columnsOf(factor: number, part: [number, number] = [0, 1], frames = 500, of = inputs) {
  const random = new Random(1);
  return of.map(({ label, min = NaN, max = NaN, period }) => {
    const [low, high] = part.map((at) => min + at * (max - min));
    const scale = period ? 1 : factor;
    const values = Float64Array.from({ length: frames }, () => scale * random.uniform(low, high));
    return { column: { label, ...(period && { period }) }, values };
  });
}
const check = (columns: ReturnType<typeof columnsOf>, of = inputs, training: unknown = {}): string[] => {
  const warnings: string[] = [];
  checkModelInputs(columns, { inputs: of, training }, (line) => warnings.push(line));
  return warnings;
};

suite('the inputs of a model', () => {
  test('frames like those of the training, or of one part of them, pass without a word', () => {
    for (const part of [
      [0, 1],
      [0, 0.2],
      [0.8, 1],
      [-0.2, 1.2],
    ] as [number, number][])
      assert.deepEqual(check(columnsOf(1, part)), []);
  });

  const units: [number, RegExp][] = [
    [
      10,
      /^100 % of the frames lie outside .* of 2 of 2 inputs, by a factor of about 10: are they lengths in Å where/,
    ],
    [0.1, /factor of about 0\.1: are they lengths in nm where the model takes Å/],
    [180 / Math.PI, /factor of about 57\.3: are they angles in degrees/],
    [Math.PI / 180, /factor of about 0\.0175: are they angles in radians/],
  ];
  for (const [factor, message] of units)
    test(`frames ${factor.toPrecision(3)} times as large are of another unit, wherever they lie`, () => {
      for (const part of [
        [0, 1],
        [0, 0.1],
        [0.9, 1],
      ] as [number, number][])
        assert.throws(() => check(columnsOf(factor, part)), { code: 'bad-data', message });
    });

  test('a molecule that unfolds is told, with numbers, and not taken for another unit', () => {
    const unfolded = columnsOf(1);
    unfolded[0].values.forEach((value, i) => (unfolded[0].values[i] = i < 100 ? 8 * value : value));
    assert.match(
      check(unfolded).join(),
      /^20 % of the frames lie far outside .* in 1 of 2 inputs, most in d1: 0\.3\d+ to 6\.\d+ where the training had 0\.3 to 0\.8$/,
    );
    const farther = columnsOf(3);
    assert.match(check(farther).join(), /^100 % of the frames .* 2 of 2 inputs/);
  });

  test('ranges that came of random inputs say nothing', () => {
    assert.deepEqual(check(columnsOf(10), inputs, { ranges: 'random inputs' }), []);
  });

  test('domains are compared, not only whether there is one', () => {
    const [d1, d2, phi] = columnsOf(1);
    const other = { ...phi, column: { label: 'phi', period: [-180, 180] as const } };
    assert.throws(() => checkModelInputs([d1, d2, other], { inputs, training: {} }), {
      code: 'bad-data',
      message:
        'column phi has the domain from -180 to 180 but the model was trained on the domain from -3.14159 to 3.14159',
    });
    const none = { ...phi, column: { label: 'phi' } };
    assert.throws(() => checkModelInputs([d1, d2, none], { inputs, training: {} }), {
      message: /^column phi has no period but the model was trained on the domain/,
    });
  });
});

suite('latentcv predict and inspect', () => {
  const folder = temporaryFolder('units');
  const model = join(folder, 'model.onnx');
  const random = new Random(3);
  const [frames, width] = [400, 3];
  const data = Float64Array.from(
    { length: frames * width },
    (_, i) => 0.3 + 0.2 * (i % width) + 0.05 * random.normal(),
  );
  const dataset: Dataset = {
    columns: ['d1', 'd2', 'd3'].map((label) => ({ label })),
    ...{ frames, data },
    time: Float64Array.from({ length: frames }, (_, i) => i),
    segments: [{ start: 0, end: frames, source: 'memory' }],
  };

  test('refuse a table in Å for a model in nm, and take its own', async () => {
    const encoder = await trainEncoder(dataset, { method: 'pca', latent: 1, lag: 1 });
    await saveModel(model, newModel(encoder));
    const file = readModelFile(writeModelFile(newModel(encoder)));
    assert.equal((await predict(file, dataset)).frames, frames);
    const [own, ångström] = [join(folder, 'nm'), join(folder, 'Å')];
    await writeTable(own, dataset);
    await writeTable(ångström, { ...dataset, data: data.map((value) => 10 * value) });
    assert.equal((await readTables(own)).frames, frames);
    for (const command of [
      ['inspect', model, ångström],
      ['predict', model, ångström, '-o', join(folder, 'out')],
    ]) {
      const { code, stdout, stderr } = runCli(command);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /100 % of the frames .* 3 of 3 inputs, by a factor of about 10: are they lengths in Å/,
      );
    }
    const { code, stderr } = runCli(['predict', model, own, '-o', join(folder, 'out')]);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /warning/);
  });
});
