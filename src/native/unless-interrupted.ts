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
