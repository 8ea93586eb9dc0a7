import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../src/programs/run-program.js';
import type { Microseconds } from './timing.js';

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
  await runProgram({ command: program, args, cwd: folder, logPath });
  return JSON.parse(await readFile(logPath, 'utf8')) as NativeRow[];
}

/** The least time for one precision, in µs: `bound` is the larger of the two. */
export interface Limit {
  arithmetic: number;
  streaming: number;
  bound: number;
}

/**
 * The limit of a step that waits for its forces: values and one reverse pass for all outputs. A model file's weights are
 * float32 numbers, so streaming means four bytes each in double precision too.
 */
export function limitOf(rows: readonly NativeRow[], precision: NativeRow['precision']): Limit {
  const of = (wanted: NativeRow['precision']) => rows.find((row) => row.precision === wanted)!;
  const arithmetic = of(precision).arithmeticLimitReverse;
  const streaming = of('float').streamingLimit;
  return { arithmetic, streaming, bound: Math.max(arithmetic, streaming) };
}
