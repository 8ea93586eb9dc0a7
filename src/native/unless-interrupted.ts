import { LatentcvError } from '../support/index.js';

const names = ['SIGINT', 'SIGTERM'] as const;

/**
 * Work that Ctrl-C and a polite kill end as well, where this process listens to them; where it does not, they end the
 * process, as ever.
 */
export async function unlessInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const heard = names.filter((name) => process.listenerCount(name) > 0);
  const abort = (): void => controller.abort();
  for (const name of heard) process.on(name, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of heard) process.off(name, abort);
  }
}

/**
 * What a thread of the addon comes to, or `interrupted` as soon as that is asked for: the thread cannot be stopped, goes on
 * to its end, and nobody looks at what it finds.
 */
export function leftWhenInterrupted<T>(path: string, job: () => Promise<T>): Promise<T> {
  return unlessInterrupted(
    (signal) =>
      new Promise<T>((resolve, reject) => {
        const stop = (): void =>
          reject(new LatentcvError('interrupted', `reading ${path} was stopped on request`));
        signal.addEventListener('abort', stop, { once: true });
        job().then(resolve, reject);
      }),
  );
}
