import { resolve, sep } from 'node:path';
import {
  biasColumns,
  commonConditions,
  conversions,
  fileConditions,
  type BiasColumns,
  type CommonConditions,
  type FileConditions,
  type SampledFile,
  type StatedConditions,
} from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { expandNames } from './expand-files.js';
import { sampledFiles } from './sampled-files.js';
import type { WeighingOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';

/** Files of frames and how they were made, as options and notes say. */
export interface MadeFrames {
  paths: string[];
  files: FileConditions[];
  common: CommonConditions;
  /** Which columns weigh, of those of a table. */
  choose: (labels: readonly string[], choice?: FileConditions['choice']) => BiasColumns;
}

/**
 * Resolves files, patterns and folders of runs, and how their frames were made; conversions are told.
 * @param columns that are wanted of the files
 * @param several whether files may be of several temperatures, with and without a bias
 */
export async function madeFrames(
  names: readonly string[],
  columns: readonly string[],
  options: WeighingOptions,
  { several = false, terminal }: { several?: boolean; terminal: Pick<Terminal, 'note'> },
): Promise<MadeFrames> {
  const files = await filesWithConditions(names, columns, options);
  return asMade(files, options, { several, terminal });
}

/**
 * Resolves files, patterns and folders of runs, and how the frames of each were made.
 * @param ofEnsemble whether the options' temperature may be another than those of the runs
 */
export async function filesWithConditions(
  names: readonly string[],
  columns: readonly string[],
  options: WeighingOptions,
  ofEnsemble = false,
): Promise<FileConditions[]> {
  const sampled = await sampledFiles(names, columns, options.plumed);
  return fileConditions(sampled, { ...(await statedConditions(sampled, options)), ofEnsemble });
}

/** Files that are analysed together, by one bias unless they may be `differing`; conversions are told. */
export function asMade(
  files: readonly FileConditions[],
  options: Pick<WeighingOptions, 'bias'>,
  {
    several = false,
    differing = false,
    terminal,
  }: { several?: boolean; differing?: boolean; terminal: Pick<Terminal, 'note'> },
): MadeFrames {
  const common = commonConditions(files, { temperatures: several, biases: differing });
  for (const line of conversions({ ...common.units, length: 1 })) terminal.note(line);
  const asked = files.every(({ biased }) => !biased) ? ['none'] : options.bias;
  return {
    paths: files.map(({ path }) => path),
    files: [...files],
    common,
    choose: (labels, choice) => biasColumns(labels, { asked, ...(choice?.actions ? choice : common.choice) }),
  };
}

/** What the options say of these files. */
export async function statedConditions(
  files: readonly SampledFile[],
  { temperature = [], kT, energyUnit, timeUnit, lengthUnit, unbiased = [] }: WeighingOptions,
): Promise<StatedConditions> {
  const temperatures = temperature.map(async ({ kelvin, files: pattern }) => ({
    kelvin,
    files: pattern === undefined ? undefined : await fitting(pattern, files, '--temperature'),
  }));
  const plain = unbiased.map((pattern) => fitting(pattern, files, '--unbiased'));
  return {
    temperatures: await Promise.all(temperatures),
    unbiased: (await Promise.all(plain)).flat(),
    kT,
    energyUnit,
    timeUnit,
    lengthUnit,
  };
}

/**
 * Those of the files that a pattern fits, or that lie in a folder it names.
 * @throws LatentcvError `bad-argument` for none
 */
async function fitting(pattern: string, files: readonly SampledFile[], option: string): Promise<string[]> {
  const named = (await expandNames([pattern])).map((name) => resolve(name));
  const found = files
    .map(({ path }) => path)
    .filter((path) => named.some((name) => resolve(path) === name || resolve(path).startsWith(name + sep)));
  if (found.length > 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected one of the files for ${option} but ${pattern} fits none: ${files.map(({ path }) => path).join(', ')}`,
  );
}
