import { hardlyOverlapping, type MbarSolution } from '../../sampling/index.js';
import { fixed, significant } from '../../support/index.js';
import type { WindowPart } from './window-part.js';

/** A window that brings fewer independent frames than this says little. */
const fewestIndependent = 10;

/** What speaks against windows: those that hardly overlap, and those with few independent frames. */
export function windowsWarnings(
  solution: MbarSolution,
  windows: readonly WindowPart[],
  places: readonly number[],
  cv: string | undefined,
): string[] {
  const few = windows.filter(({ effectiveFrames }) => effectiveFrames < fewestIndependent);
  return [
    ...hardlyOverlapping(
      solution,
      cv === undefined ? {} : { places: places.map((place) => `${cv} ${significant(place, 3)}`) },
    ),
    ...few.map(
      ({ name, effectiveFrames, analysedFrames }) =>
        `window ${name} has ${fixed(effectiveFrames, 1)} independent frames (of ${analysedFrames}): it is too short for what it is slow in`,
    ),
  ];
}
