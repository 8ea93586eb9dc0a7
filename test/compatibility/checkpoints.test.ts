import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import {
  loadModel,
  packageVersion,
  trainFromTables,
  type EpochReport,
  type ModelMetadata,
  type TrainOptions,
  type TrainingRecord,
} from '../../src/index.js';
import { copyOf, newest, readJson, versions, type WrittenBefore } from './written-before.js';

/** Goes on from the checkpoint of a training in a copy of its folder; where its epochs began, by restart. */
async function resumed(version: WrittenBefore, name: string, change?: (file: string) => void) {
  const folder = copyOf(version, 'training', name);
  copyFileSync(join(version.folder, 'COLVAR'), join(folder, 'COLVAR'));
  // a checkpoint knows the files by the names that they were given by
  process.chdir(folder);
  const file = join(folder, 'model.onnx.checkpoint');
  change?.(file);
  const bytes = readFileSync(file);
  const began: [restart: number, epoch: number][] = [];
  const onEpoch = ({ restart, epoch }: EpochReport): void => {
    if (!began.some(([known]) => known === restart)) began.push([restart, epoch]);
  };
  const training = trainFromTables({
    files: ['COLVAR'],
    reading: { columns: ['phi', 'psi', 'd'] },
    output: 'model.onnx',
    training: readJson('settings.json') as TrainOptions,
    checkpoint: { resume: true },
    hooks: { onEpoch },
  });
  const { message, hint, code } = await training.then(
    () => ({ message: 'done', hint: undefined, code: undefined }),
    (error: { message: string; hint?: string; code?: string }) => error,
  );
  if (message !== 'done') assert.deepEqual(readFileSync(file), bytes);
  return { folder, began, code, message: message.replace('model.onnx.checkpoint', 'X'), hint };
}

async function metadataOf(path: string): Promise<ModelMetadata> {
  const { metadata } = await loadModel(path);
  assert.ok(metadata);
  return metadata;
}

function assertClose(found: readonly number[], expected: readonly number[], what: string): void {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i] - value) < 1e-6, `${what} ${i}: ${found[i]}, ${value}`),
  );
}

const sameVersion = versions.filter(({ old, latentcv }) => !old && latentcv === packageVersion());
const otherVersions = versions.filter(({ old, latentcv }) => !old && latentcv !== packageVersion());

for (const version of sameVersion)
  for (const [name, firstEpochs] of [
    ['two-restarts', [[1, 5]]],
    ['spib', [[0, 5]]],
    ['ended', [[0, 5]]],
  ] as const)
    test(`the training ${name} of ${version.commit} goes on to the model of the one that was not stopped`, async () => {
      const { folder, began, message, hint } = await resumed(version, name);
      assert.equal(message, 'done', hint);
      assert.deepEqual(began, firstEpochs);
      const [found, expected] = await Promise.all(
        ['model.onnx', 'expected.onnx'].map((file) => metadataOf(join(folder, file))),
      );
      assertClose(found.check.inputs.flat(), expected.check.inputs.flat(), 'check inputs');
      assertClose(found.check.cv.flat(), expected.check.cv.flat(), 'CVs');
      assertClose(found.check.jacobian.flat(), expected.check.jacobian.flat(), 'derivatives');
      const [now, before] = [found, expected].map(({ training }) => (training as TrainingRecord).curves);
      assertClose(now.train, before.train, 'losses');
      assertClose(now.validation, before.validation, 'validation losses');
    });

for (const version of otherVersions)
  test(`a checkpoint of latentcv ${version.latentcv} is refused`, async () => {
    const { code, message, hint } = await resumed(version, 'two-restarts');
    assert.equal(code, 'bad-argument');
    assert.equal(
      message,
      `the checkpoint X is of latentcv ${version.latentcv}, and this is ${packageVersion()}`,
    );
    assert.match(hint!, /version of latentcv, or train without ‘resume’/);
  });

for (const version of versions.filter(({ old }) => old))
  test(`a checkpoint of ${version.commit}, which does not tell what it is of, is refused`, async () => {
    const { code, message, hint } = await resumed(version, 'two-restarts');
    assert.deepEqual(
      [code, message],
      ['bad-argument', 'the checkpoint X is of an earlier version of latentcv'],
    );
    assert.match(hint!, /version of latentcv, or train without ‘resume’/);
  });

/** Writes a checkpoint's body anew, with its digest. */
function rewrite(file: string, change: (body: Buffer) => Buffer): void {
  const body = change(readFileSync(file).subarray(0, -32));
  writeFileSync(file, Buffer.concat([body, createHash('sha256').update(body).digest()]));
}

test('a checkpoint of a later format is refused, with its version', async () => {
  const { code, message, hint } = await resumed(newest, 'two-restarts', (file) =>
    rewrite(file, (body) => {
      const found = deserialize(body) as { identity: object };
      return serialize({ ...found, format: 2, identity: { ...found.identity, version: '9.0.0' } });
    }),
  );
  assert.equal(code, 'bad-argument');
  assert.equal(
    message,
    `the checkpoint X is of latentcv 9.0.0 in format 2, and this is ${packageVersion()} with format 1`,
  );
  assert.match(hint!, /version of latentcv, or train without ‘resume’/);
});

test('a checkpoint that this Node cannot read is refused', async () => {
  const { code, message, hint } = await resumed(newest, 'two-restarts', (file) =>
    rewrite(file, (body) => {
      // 0xff, then the version of the format of v8
      assert.equal(body[0], 0xff);
      return Buffer.concat([Buffer.of(0xff, 0x7f), body.subarray(2)]);
    }),
  );
  assert.equal(code, 'bad-data');
  assert.match(message, /expected a checkpoint that Node [\d.]+ reads but X was written by a newer one/);
  assert.equal(hint, 'remove it and train from the start');
});
