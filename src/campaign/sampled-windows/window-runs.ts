import { dirname } from 'node:path';
import { tableLabels } from '../../frames/index.js';
import {
  inputBiases,
  parsePlumedInput,
  readPlumedText,
  type InputBiases,
  type PlumedInput,
} from '../../plumed/index.js';
import type { FileConditions } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';

/** A run whose biases do not change as it goes. */
export interface WindowRun extends FileConditions {
  /** In messages, as short as tells it from the others: `w07`. */
  name: string;
  /** Columns of its table. */
  labels: readonly string[];
  /** The input that it was run with; undefined of a run without a bias. */
  plumed: PlumedInput | undefined;
  /** Whether BIASVALUE or EXTERNAL is the surface that it moves on. */
  onSurface: boolean;
}

/** Runs that are weighed together. */
export interface RunGroups {
  /** Under static biases, or none. */
  windows: WindowRun[];
  /** Runs whose bias was built as they went, or whose input is not known, by what biased them: estimates of their own. */
  others: FileConditions[][];
}

/**
 * Tells runs apart that one bias does not weigh; undefined where one does, so that they are one run or its replicas.
 * @throws LatentcvError `bad-argument` for a bias that moves with time
 */
export async function groupRuns(files: readonly FileConditions[]): Promise<RunGroups | undefined> {
  const names = shortNames(files.map(({ path }) => path));
  const windows: WindowRun[] = [];
  const others = new Map<string, FileConditions[]>();
  const moving: LatentcvError[] = [];
  for (const [i, file] of files.entries()) {
    const run = await windowRun(file, names[i]);
    const biases = run && biasesOf(run);
    const driven = biases?.others.find(({ why }) => why === 'moving');
    if (driven) moving.push(refuseMoving(file, driven.action));
    if (run && !biases?.others.some(({ why }) => why === 'adaptive')) windows.push(run);
    else {
      const actions = (file.biases ?? []).map(({ label, action }) => `${label}:${action}`).join(' ');
      const key = `${file.temperature} ${actions}`;
      others.set(key, [...(others.get(key) ?? []), file]);
    }
  }
  const states = new Set(windows.map((run) => `${run.temperature} ${biasKeys(run).join('; ')}`));
  if (windows.length === 0 || (states.size < 2 && others.size === 0)) return undefined;
  if (moving.length > 0) throw moving[0];
  return { windows, others: [...others.values()] };
}

/** Undefined where a biased run's input is not known. */
async function windowRun(file: FileConditions, name: string): Promise<WindowRun | undefined> {
  const { input, biased, notes } = file;
  if (biased && input === undefined) return undefined;
  return {
    ...file,
    name,
    labels: await tableLabels(file.path),
    plumed: biased
      ? parsePlumedInput(readPlumedText(input!), input, { workingFolder: dirname(input!) })
      : undefined,
    onSurface: notes?.engine?.name === 'pesmd',
  };
}

/** The biases of a run, by what is known of its columns. */
export function biasesOf(
  { plumed, labels, onSurface }: WindowRun,
  printed: (label: string) => { period?: readonly [number, number] } | undefined = (label) =>
    labels.includes(label) ? {} : undefined,
): InputBiases {
  return plumed ? inputBiases(plumed, printed, onSurface) : { known: [], others: [] };
}

function biasKeys(run: WindowRun): string[] {
  const { known, others } = biasesOf(run);
  return [...known, ...others].map(({ key }) => key).sort();
}

/**
 * Whether frames of these runs are to be weighed by all biases together: those of static biases that differ, and those of one and of none
 * at one temperature, where each run printed what the bias depends on. What bounds a run makes no difference here.
 */
export function needOneAnother({ windows }: RunGroups): boolean {
  const all = windows.map((run) => {
    const { known, others } = biasesOf(run);
    return { known: known.filter(isWeighing), others: others.filter(isWeighing) };
  });
  const keys = all.map(({ known, others }) =>
    [...known, ...others]
      .map(({ key }) => key)
      .sort()
      .join('; '),
  );
  const different = new Set(keys.filter((key) => key !== ''));
  if (different.size !== 1 || !keys.includes('')) return different.size > 1;
  const columns = all.flatMap(({ known }) => known.flatMap((bias) => bias.columns));
  return (
    new Set(windows.map(({ temperature }) => temperature)).size === 1 &&
    all.every(({ others }) => others.length === 0) &&
    windows.every(({ labels }) => columns.every((column) => labels.includes(column)))
  );
}

const isWeighing = ({ kind }: { kind: string }): boolean => kind === 'weigh';

function refuseMoving({ path }: FileConditions, action: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected runs in equilibrium but ${action} moved with time in that of ${path}, so that no weights make its frames those of the unbiased ensemble`,
    'leave it out; its trajectory has the frames that windows start from: latentcv plumed --bias umbrella --frames',
  );
}

/** Folders or files without what all have in common. */
function shortNames(paths: readonly string[]): string[] {
  const words = paths.map((path) => path.split('/'));
  let front = 0;
  while (words.every((each) => each.length > front + 1 && each[front] === words[0][front])) front++;
  let back = 0;
  while (
    words.every((each) => each.length > front + back + 1 && each.at(-1 - back) === words[0].at(-1 - back))
  )
    back++;
  return words.map((each) => each.slice(front, each.length - back).join('/'));
}
