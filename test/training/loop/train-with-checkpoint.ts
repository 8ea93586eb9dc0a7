import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { saveModel } from '../../../src/onnx/index.js';
import { newModel } from '../../../src/training/index.js';
import { trainEncoder } from '../../../src/training/train.js';
import { hiddenJumps } from '../data.js';

/** A training in a process of its own, to be killed: one line on stdout for each epoch. Resumes where it can. */
const [folder, size] = process.argv.slice(2);
const { dataset } = hiddenJumps(1500);
const large = size === 'large';
const file = join(folder, large ? 'checkpoint' : 'model.onnx.checkpoint');
const checkpoint = { file, resume: !large, everySeconds: 0 };
const network = large ? { hidden: [256], epochs: 2 } : { hidden: [8], epochs: 150, patience: 150 };
const options = { ...network, lag: 5, batch: 256, restarts: 2, seed: 3 };
const encoder = await trainEncoder(dataset, options, {
  checkpoint,
  onEpoch: ({ epoch }) => {
    process.stdout.write(`${epoch}\n`);
    if (!large) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3);
  },
  onWarning: (line) => void process.stderr.write(`${line}\n`),
});
if (!large) {
  await saveModel(join(folder, 'model.onnx'), newModel(encoder));
  if (existsSync(file)) await rm(file);
}
