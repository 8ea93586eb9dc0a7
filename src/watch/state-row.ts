import type { RunLook } from './watched-runs.js';

/**
 * A run in so many characters from its first to its last frame, each the place (1, 2, …) or the one letter of the state that
 * most frames of its stretch are in; `·` where they are in none.
 * @param source the run's table
 */
export function stateRow({ run, states }: RunLook, source: string, width: number): string {
  if (!run || !states) return '';
  const segments = run.dataset.segments.filter((segment) => segment.source === source);
  const total = segments.reduce((sum, { start, end }) => sum + end - start, 0);
  const length = Math.min(width, total);
  const letters = ['·', ...lettersOf(states.names)];
  const counts = Array.from({ length }, () => new Uint32Array(letters.length));
  let at = 0;
  for (const { start, end } of segments)
    for (let frame = start; frame < end; frame++, at++)
      counts[Math.floor((at * length) / total)][states.states[frame]]++;
  return counts.map((count) => letters[count.indexOf(Math.max(...count))]).join('');
}

/** The first letters of names where they tell them apart, else their places. */
function lettersOf(names: readonly string[]): string[] {
  const letters = names.map((name) => Array.from(name)[0]);
  return new Set(letters).size === names.length ? letters : names.map((_, i) => String(i + 1));
}
