import { LatentcvError } from './errors.js';

/**
 * @throws LatentcvError `interrupted` once a signal has asked to stop: looked at between two pieces of what takes
 *   long
 */
export function expectNoStop(signal: { readonly aborted: boolean } | undefined, what: string): void {
  if (signal?.aborted) throw new LatentcvError('interrupted', `${what} was stopped on request`);
}
