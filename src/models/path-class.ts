import { LatentcvError } from '../support/index.js';

/** The name by which a class of path frames is known. */
export const pathName = 'path';

/** Two states, and the frames on their way from one to the other: places among the labelled classes. */
export interface PathClasses {
  path: number;
  ends: [number, number];
}

const classes = 3;

/**
 * Which of three labelled classes is the path: the one that is given, the one of that name, or the middle one; the two states are
 * the others, in the order of their labels.
 * @param method what asks, for messages
 * @param hint what to do where there are not three
 * @throws LatentcvError `bad-argument` where there are not three classes, or no such place among them
 */
export function pathClasses(
  { path: given, states, names }: { path?: number | undefined; states: number; names?: readonly string[] },
  { method, hint }: { method: string; hint: string },
): PathClasses {
  if (states !== classes)
    throw new LatentcvError(
      'bad-argument',
      `expected two labelled states and their path frames for ${method} but received ${states} classes`,
      hint,
    );
  const named = given ?? names?.indexOf(pathName) ?? -1;
  const path = given === undefined && named < 0 ? 1 : named;
  if (path >= classes)
    throw new LatentcvError(
      'bad-argument',
      `expected a place of the path frames from 0 to 2 but received ${path}`,
      'classes count from 0 in the order of their labels',
    );
  const [a, b] = [0, 1, 2].filter((place) => place !== path);
  return { path, ends: [a, b] };
}

/** `path frames are those of path, between A and B` */
export const pathInWords = (names: readonly string[], { path, ends: [a, b] }: PathClasses): string =>
  `path frames are those of ${names[path]}, between ${names[a]} and ${names[b]}`;

/** The option of a method that says which class is the path. */
export const pathOption =
  'place, from 0, of the class of path frames among three labelled ones; default: that of the name path, else 1, the middle one';
