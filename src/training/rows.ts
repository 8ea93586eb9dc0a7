import { methods, type MethodName } from '../models/index.js';
import { LatentcvError } from '../support/index.js';

/** What of the settings tells rows from frames. */
interface RowSettings {
  rows?: boolean | undefined;
  group?: string | undefined;
  method: MethodName | 'auto';
  split: string;
  bias: readonly string[];
  reweightedTime: boolean;
  koopmanWeights?: string | undefined;
  pairsFrom?: readonly string[] | undefined;
}

/** Deviation of the noise on scaled inputs, where a latent only predicts. */
const usualNoise = 0.1;

/** What presets go by. */
interface AskedOfRows {
  rows?: boolean | undefined;
  group?: string | undefined;
  method?: MethodName | 'auto' | undefined;
  properties?: readonly string[] | undefined;
}

/** Settings that have another default of rows. */
interface RowPresets {
  scaling?: 'each';
  split?: 'random' | 'groups';
  spread?: number;
  hidden?: number[];
  learningRate?: number;
  schedule?: 'cosine';
  methodOptions?: { noise: number };
}

/**
 * The defaults of rows that are independent of one another, where they are others than those of frames. They were chosen by
 * five random folds of two tables (docs/properties.md), some of them of other small ones too.
 */
export function rowPresets({ rows, group, method = 'auto', properties = [] }: AskedOfRows): RowPresets {
  if (!rows) return {};
  const predicts = properties.length > 0 && (method === 'auto' || method === 'regression');
  return {
    scaling: 'each',
    split: group === undefined ? 'random' : 'groups',
    spread: 0,
    hidden: [256, 128],
    learningRate: 1e-3,
    schedule: 'cosine',
    ...(predicts && { methodOptions: { noise: usualNoise } }),
  };
}

/** Members of an ensemble of rows with properties, where no number is asked for (docs/properties.md has what they gain). */
const usualMembers = 5;

/** How many encoders a training makes where that is not said: several of rows whose properties are predicted, which tell how sure they are. */
export function presetMembers({ rows, method = 'auto', properties = [] }: AskedOfRows): number {
  const predicts = properties.length > 0 && (method === 'auto' || methods[method].needs.properties === true);
  return rows && predicts ? usualMembers : 1;
}

/** What only frames that follow one another in time can be asked for. */
const ofTime = ['reweightedTime', 'koopmanWeights', 'pairsFrom'] as const;

/**
 * Rows have no times, and only they have groups.
 * @throws LatentcvError `bad-argument`
 */
export function checkRowSettings(settings: RowSettings): void {
  const { rows, group, method, split, bias } = settings;
  if (!rows) return checkFrameSettings(settings);
  const asked = ofTime.find((name) => settings[name]);
  if (asked !== undefined) throw ofFrames(`‘${asked}’`);
  if (bias.length > 0) throw ofFrames(`the bias ${bias.join(' + ')}`);
  if (split === 'blocks') throw ofFrames('a split by blocks of time');
  if (method !== 'auto' && methods[method].needs.pairs) throw ofFrames(`${method}, which has a lag`);
  if ((split === 'groups') === (group !== undefined)) return;
  throw new LatentcvError(
    'bad-argument',
    group === undefined
      ? 'expected the column of the groups for a split by groups but received none'
      : `expected a split by groups with the group ${group} but received ${split}`,
    'name the column with ‘group’, which splits by groups',
  );
}

function checkFrameSettings({ group, split }: RowSettings): void {
  if (group === undefined && split !== 'groups') return;
  throw new LatentcvError(
    'bad-argument',
    `expected rows that are independent of one another for ${group === undefined ? 'a split by groups' : `the group ${group}`}`,
    'frames of trajectories are split by blocks or trajectories; ‘rows’ says that they are none',
  );
}

const ofFrames = (what: string): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    `expected rows that are independent of one another but received ${what} with them`,
    'that is of frames that follow one another in time: leave it out, or ‘rows’',
  );
