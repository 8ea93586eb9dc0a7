import { existsSync, readFileSync } from 'node:fs';

/** Whether a process has ended; one that nobody has taken note of yet is still listed. */
export function hasEnded(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  try {
    return !existsSync(status) || /^State:\tZ/m.test(readFileSync(status, 'utf8'));
  } catch {
    return true; // between the two looks
  }
}
