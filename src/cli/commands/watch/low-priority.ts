import { constants, setPriority } from 'node:os';

/** What only looks goes behind what computes. */
export function withLowPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // a system that does not let it: it looks rarely all the same
  }
}
