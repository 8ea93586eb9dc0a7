import { LatentcvError } from '../../support/index.js';

/**
 * Runs tasks side by side, at most `most` at a time, and returns their results in order. The first failure asks all
 * others to stop, waits for them, and is thrown; so does `signal`.
 */
export async function inParallel<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  most: number,
  signal?: AbortSignal,
): Promise<T[]> {
  const stop = new AbortController();
  const all = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const results: T[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length && failures.length === 0 && !signal?.aborted) {
      const index = next++;
      try {
        results[index] = await tasks[index](all);
      } catch (error) {
        failures.push(error);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, tasks.length) }, worker));
  if (failures.length > 0) throw failures[0];
  if (next < tasks.length)
    throw new LatentcvError('interrupted', 'stopped on request before all runs were started');
  return results;
}
