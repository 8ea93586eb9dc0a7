/** Reads every model of a folder as the command line does; one JSON line for each. usage: read-each.js FOLDER */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel, readModelBytes, withExternalData } from '../../src/onnx/index.js';
import { differentiateModel, readForeignModel } from '../../src/onnx/foreign/index.js';
import { LatentcvError } from '../../src/support/errors.js';

export interface ReadOutcome {
  name: string;
  /** `read`, or the sentence that refuses it. */
  inspect: string;
  differentiate: string;
  /** Kilobytes, most so far. */
  memory: number;
}

async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'read';
  } catch (error) {
    if (error instanceof LatentcvError) return error.message;
    throw error;
  }
}

async function inspect(path: string): Promise<void> {
  const { problem } = await loadModel(path, { externalData: path.includes('external-') });
  if (problem) throw problem;
}

async function differentiate(path: string): Promise<void> {
  const bytes = await readModelBytes(path);
  const foreign = readForeignModel(path.includes('external-') ? await withExternalData(path, bytes) : bytes);
  const [d, k] = [foreign.x.shape[1] as number, foreign.cv.shape[1] as number];
  const row = (seed: number): number[] => Array.from({ length: d }, (_, i) => Math.sin(seed + i));
  differentiateModel(foreign, {
    inputs: row(0).map((_, i) => ({ label: `x${i}`, unit: '', min: 0, max: 0 })),
    outputs: Array.from({ length: k }, (_, i) => ({ name: `node-${i}`, min: 0, max: 0 })),
    check: [row(1), row(2)],
    record: {},
  });
}

const [folder] = process.argv.slice(2);
if (folder !== undefined)
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.onnx'))) {
    const path = join(folder, name);
    const found = {
      inspect: await outcome(() => inspect(path)),
      differentiate: await outcome(() => differentiate(path)),
    };
    const memory = process.resourceUsage().maxRSS;
    process.stdout.write(`${JSON.stringify({ name: name.replace(/\.onnx$/, ''), ...found, memory })}\n`);
  }
