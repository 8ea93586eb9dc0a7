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
  const task = {
    name: 'round-1.train-a',
    words: [
      'train',
      'COLVAR',
      '--columns',
      'a,b',
      '--lag',
      '5ps',
      '--layers',
      '32',
      '--output',
      'a.onnx',
    ].concat(...['--epochs', '150', '--patience', '150']),
  };
  const files = new TaskFiles(folder);
  const options = { program: [process.execPath, main], onNote: () => undefined };
  const log = (): string => readFileSync(join(folder, 'steps', 'round-1.train-a.log'), 'utf8');
  const checkpoint = join(folder, 'a.onnx.checkpoint');
  const stop = new AbortController();
  const looks = setInterval(() => {
    if (existsSync(checkpoint)) stop.abort();
  }, 20);
  try {
    await assert.rejects(files.run(task, { ...options, signal: stop.signal }), { code: 'interrupted' });
  } finally {
    clearInterval(looks);
  }
  assert.ok(existsSync(checkpoint));
  assert.equal(await files.result(task), undefined);
  await files.run(task, options);
  // as it says where it begins anew
  assert.doesNotMatch(log(), /is replaced/);
  assert.ok((await files.result<{ output: string }>(task))?.told.output.endsWith('a.onnx'));
});
