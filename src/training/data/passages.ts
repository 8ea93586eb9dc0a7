import { pathName } from '../../models/index.js';
import { corePassages } from '../../sampling/index.js';
import { LatentcvError, counted } from '../../support/index.js';
import type { LabelledStates, Roles } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/**
 * Where two states are labelled, a third class beside them: the frames on their way from one to the other, in time order. Where there
 * are more the labels stay, as path frames are among them.
 * @returns the classes, in words what was found, and what speaks against it
 * @throws LatentcvError `bad-data` where nothing goes from one state to the other
 */
export function withPassages(
  { table, labels }: Pick<Roles, 'table' | 'labels'>,
  { rows }: Pick<TrainSettings, 'rows'>,
  sampled: boolean,
): { labels: LabelledStates | undefined; found?: string; warnings: string[] } {
  if (labels?.names.length !== 2) return { labels, warnings: [] };
  const { names, state } = labels;
  if (rows || sampled) throw notInTime(sampled ? 'stay on disk' : 'are rows without times');
  const cores = Uint8Array.from(state, (place) => place + 1);
  const passages = corePassages(cores, [1, 2], table.segments);
  if (passages.length === 0) throw noPassage(names);
  const classes = Int32Array.from(state);
  for (const { start, end } of passages) classes.fill(2, start, end);
  const frames = passages.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    labels: { names: [...names, pathName], state: classes },
    found: `${counted(frames, 'path frame')} on ${counted(passages.length, 'passage')}`,
    warnings: frames < fewest ? [fewFrames(frames)] : [],
  };
}

/** The standard deviation of so many frames is known to 7 %, by 1/√(2n); of a path fewer hardly show the way. */
const fewest = 100;

const fewFrames = (frames: number): string =>
  `the class of the path is ${counted(frames, 'frame')}, too few to know what it is like: frames that are printed more often, runs that ` +
  'cross more often, or smaller states give more';

function notInTime(what: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected path frames as a third labelled class, since frames that ${what} are not looked through for them, but received two`,
    'label them, such as by a rule "path: …" or a column of 0, 1 and 2; or take every so many frames with ‘stride’',
  );
}

function noPassage([a, b]: readonly string[]): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected trajectories that go from ${a} to ${b} or back, with frames between, but found none`,
    'take frames of a biased run that crosses, or label path frames as a third class',
  );
}
