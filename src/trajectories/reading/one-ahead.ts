/** What the jobs come to, in order; the next one is under way while one is looked at. */
export async function* oneAhead<T>(jobs: Iterable<() => Promise<T>>): AsyncGenerator<T> {
  let pending: Promise<T> | undefined;
  for (const job of jobs) {
    const done = await pending;
    pending = job();
    // a fault is told of when its turn comes, or never, where nobody looks any more
    pending.catch(() => undefined);
    if (done !== undefined) yield done;
  }
  if (pending) yield await pending;
}
