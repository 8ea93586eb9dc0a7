import { tableLabels } from '../../frames/index.js';
import {
  biasColumns,
  sameBiasColumns,
  type FileConditions,
  type LabelledTable,
} from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import type { TrainOptions } from '../../training/index.js';
import type { TrainingOptions } from '../options/training/index.js';
import type { Terminal } from '../terminal.js';
import type { MadeFrames } from './made-frames.js';

/** Tables with what their headers say. */
export function labelledTables(
  files: readonly Pick<FileConditions, 'path' | 'choice'>[],
  reading: Parameters<typeof tableLabels>[1],
): Promise<LabelledTable[]> {
  return Promise.all(
    files.map(async ({ path, choice }) => ({ path, choice, labels: await tableLabels(path, reading) })),
  );
}

/** The columns of the bias that frames are weighed by, and the tables in which nothing weighs though others are weighed. */
export interface Weighing {
  weigh: string[];
  without: string[];
}

/** The columns of the bias that frames of tables are weighed by, the same in all of them where anything weighs. */
export function weighingColumns(
  tables: readonly LabelledTable[],
  options: Pick<TrainingOptions, 'bias'> & { weights?: string; weightsFrom?: readonly string[] },
  { common, files, choose }: MadeFrames,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Weighing {
  const { bias, weights, weightsFrom } = options;
  const nothing = { weigh: [], without: [] };
  if (tables.length === 0 || (weights !== undefined && bias === undefined)) return nothing;
  const found = bias ? sameBiasColumns(tables, choose) : unasked(tables, common.choice, terminal);
  const unknown = files.find(({ biased, temperature }) => biased && temperature === undefined);
  if (found.weigh.length > 0 && unknown) {
    if (bias || weightsFrom) throw noTemperature(unknown.path, found.weigh);
    terminal.warn(
      `frames weigh alike, though ${found.weigh.join(' + ')} biased them: --temperature weighs them by it, --bias none says that this is meant`,
    );
    return nothing;
  }
  if (bias || found.weigh.length > 0 || common.choice.actions)
    for (const note of found.notes) terminal.note(note);
  if (found.bound.length > 0) {
    const [bound, them] = found.bound.length === 1 ? ['bounds', 'it'] : ['bound', 'them'];
    terminal.note(
      `${found.bound.join(', ')} ${bound} the ensemble, which is taken as it is (--bias all takes ${them} off)`,
    );
  }
  return found;
}

/** Where no bias was asked for, one that cannot be told weighs nothing; that is told. */
function unasked(
  tables: readonly LabelledTable[],
  choice: MadeFrames['common']['choice'],
  terminal: Pick<Terminal, 'warn'>,
): ReturnType<typeof sameBiasColumns> {
  try {
    return sameBiasColumns(tables, (labels, own) =>
      biasColumns(labels, { ...(own?.actions ? own : choice), optional: true }),
    );
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code === 'bad-data') throw error;
    terminal.warn(`frames weigh alike: ${error.message} (--bias none says that this is meant)`);
    return { weigh: [], bound: [], notes: [], without: [] };
  }
}

function noTemperature(path: string, weigh: readonly string[]): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected the temperature of ${path}, whose frames weigh by ${weigh.join(' + ')}, but found none`,
    'say --temperature (K), or --kt for natural units; --bias none says that frames weigh alike',
  );
}

/** One for all where they agree; files without a bias need none. */
export function temperaturesOf(
  files: readonly FileConditions[],
): Pick<TrainOptions, 'temperature' | 'temperatures'> {
  const known = files.flatMap(({ path, temperature }) =>
    temperature === undefined ? [] : [{ path, temperature }],
  );
  if (known.length === 0) return {};
  const [{ temperature }] = known;
  const others = known.filter((file) => file.temperature !== temperature);
  if (others.length === 0) return { temperature };
  return {
    temperature,
    temperatures: Object.fromEntries(others.map((file) => [file.path, file.temperature])),
  };
}
