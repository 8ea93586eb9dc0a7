import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TaskFiles } from '../../../src/campaign/index.js';
import { main } from '../../faults/command.js';
import { temporaryFolder } from '../../temporary-folder.js';

test('a training that was stopped goes on from its checkpoint, under the words that it had', async () => {
  const folder = temporaryFolder('task');
  let [a, b] = [1, 0];
  const rows = Array.from({ length: 4000 }, (_, i) => {
    a += 0.1 * (a - a ** 3) + 0.3 * Math.sin(7919 * i ** 1.5);
    b = 0.5 * b + Math.sin(104_729 * i ** 1.5);
    return ` ${i} ${a.toFixed(6)} ${b.toFixed(6)}`;
  });
  writeFileSync(join(folder, 'COLVAR'), ['#! FIELDS time a b', ...rows, ''].join('\n'));
  const words = 'train COLVAR --columns a,b --lag 5ps --layers 32 --output a.onnx --patience 100000'.split(
    ' ',
  );
  const files = new TaskFiles(folder);
  const path = join(folder, 'steps', 'round-1.train-a.log');
  const log = (): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

  /** Starts it, and stops it a moment after it has begun to train; what it said. */
  async function stopped(epochs: number): Promise<string> {
    const task = { name: 'round-1.train-a', words: [...words, '--epochs', String(epochs)] };
    const before = log();
    const stop = new AbortController();
    const options = { program: [process.execPath, main], onNote: () => undefined, signal: stop.signal };
    const looks = setInterval(() => {
      if (/^training: \d+%/m.test(log().slice(before.length))) stop.abort();
    }, 20);
    try {
      await assert.rejects(files.run(task, options), { code: 'interrupted' });
    } finally {
      clearInterval(looks);
    }
    assert.equal(await files.result(task), undefined);
    assert.ok(existsSync(join(folder, 'a.onnx.checkpoint')));
    return log().slice(before.length);
  }

  await stopped(100_000);
  assert.doesNotMatch(await stopped(100_000), /is replaced/);
  // other words are another training
  assert.match(await stopped(90_000), /a\.onnx\.checkpoint of a training that did not finish is replaced/);
});
