import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../src/plumed/run-process.js';
import type { Microseconds } from './time-steps.js';

/** The evaluator alone in one precision, and the least that this processor could do it in, in µs. */
export interface NativeRow {
  network: string;
  precision: 'double' | 'float';
  evaluateMicroseconds: Microseconds;
  reverseMicroseconds: Microseconds;
  atomsMicroseconds: Microseconds;
  /** Multiply-adds of values and Jacobian; of values and one reverse pass. */
  arithmeticLimit: number;
  arithmeticLimitReverse: number;
  /** Reading the weights forwards and backwards. */
  streamingLimit: number;
}

/** Runs bench/native's program for one network. */
export async function measureNative(
  program: string,
  network: string,
  rounds: number,
  folder: string,
): Promise<NativeRow[]> {
  const logPath = join(folder, 'native.json');
  const args = ['--rounds', String(rounds), '--network', network];
  await runProcess({ command: program, args, cwd: folder, logPath });
  return JSON.parse(await readFile(logPath, 'utf8')) as NativeRow[];
}

/** The limit that binds a step which waits for its forces: one reverse pass for all outputs. */
export const limitOf = ({ arithmeticLimitReverse, streamingLimit }: NativeRow): number =>
  Math.max(arithmeticLimitReverse, streamingLimit);
