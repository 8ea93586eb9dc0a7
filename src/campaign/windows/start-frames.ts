import type { Dataset } from '../../frames/index.js';

/** The frame that a window is to start from. */
export interface StartFrame {
  /** In the dataset. */
  frame: number;
  /** The first file of its run, and ps. */
  source: string;
  time: number;
  /** The CV there, and how far that is from the centre. */
  cv: number;
  away: number;
}

/** Of each centre the frame whose CV is nearest to it, on the shorter way round where the CV is periodic. */
export function startFrames(
  cv: ArrayLike<number>,
  { time, segments }: Pick<Dataset, 'time' | 'segments'>,
  centres: readonly number[],
  period?: readonly [number, number],
): StartFrame[] {
  const length = period ? period[1] - period[0] : undefined;
  const distance = (a: number, b: number): number => {
    const away = a - b;
    return length === undefined ? away : away - length * Math.round(away / length);
  };
  return centres.map((centre) => {
    let nearest = 0;
    for (let frame = 1; frame < cv.length; frame++)
      if (Math.abs(distance(cv[frame], centre)) < Math.abs(distance(cv[nearest], centre))) nearest = frame;
    const { source } = segments.find(({ start, end }) => start <= nearest && nearest < end)!;
    const away = distance(cv[nearest], centre);
    return { frame: nearest, source, time: time[nearest], cv: cv[nearest], away };
  });
}
