import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LatentcvError } from '../../src/support/errors.js';
import { randomBelow, TextMutator } from './mutator.js';

/** Longer than any input of a few kilobytes should take, also on a busy machine. */
const mostSeconds = 20;

/** Ends the process where the number it shares stands still: a call into C++ cannot be stopped otherwise. */
const watch = `
const { workerData } = require('node:worker_threads');
const count = new Int32Array(workerData);
let last = -1;
setInterval(() => {
  const now = Atomics.load(count, 0);
  if (now === last) process.kill(process.pid, 'SIGKILL');
  last = now;
}, ${mostSeconds * 1000});
`;

/**
 * Tries changed texts of a corpus until the time is over, as native/fuzz does: a program's arguments are CORPUS SECONDS
 * SEED FINDINGS. `tryText` may throw LatentcvErrors; anything else, a crash or a hang leaves the text as `crash-…`.
 */
export async function fuzzTexts(tryText: (text: string) => Promise<void>): Promise<void> {
  const [corpusFolder, seconds, seed, findings] = process.argv.slice(2);
  const corpus = readdirSync(corpusFolder)
    .sort()
    .map((name) => readFileSync(join(corpusFolder, name), 'latin1'));
  const mutator = new TextMutator(corpus, randomBelow(Number(seed)));
  const count = new Int32Array(new SharedArrayBuffer(4));
  const watchdog = new Worker(watch, { eval: true, workerData: count.buffer });
  const current = join(findings, 'crash-last');
  const end = Date.now() + 1000 * Number(seconds);
  let accepted = 0;
  for (let run = 0; run < corpus.length || Date.now() < end; run++) {
    const text = run < corpus.length ? corpus[run] : mutator.next();
    Atomics.add(count, 0, 1);
    writeFileSync(current, text, 'latin1');
    try {
      await tryText(text);
      accepted++;
    } catch (error) {
      if (!(error instanceof LatentcvError)) throw error;
    }
  }
  rmSync(current);
  await watchdog.terminate();
  process.stdout.write(`${Atomics.load(count, 0)} runs, ${accepted} accepted\n`);
}
