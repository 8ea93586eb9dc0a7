import type { Dataset } from '../../frames/index.js';

/** What a column is that says nothing of the structure of its frame. */
export type OtherKind = 'bias' | 'weight' | 'energy' | 'counter' | 'engine' | 'earlier CV';

export interface OtherColumn {
  label: string;
  kind: OtherKind;
}

/** What PLUMED's bias actions give beside `bias`; the second is of restraints whose centre moves. */
const biasOutput =
  /\.(r?bias|rct|zed|neff|nker|nlker|nlsteps|force2|work|acc|maxbias|transbias)$|\..*_(bias|cntr|kappa|work|v?fict)$/;
const modelOutput = /(^|\.)(node-\d+|uncertainty|committor|kolmogorov)$/;

/** PLUMED's actions whose value is no function of a few atoms' places, or one of ours. */
const actionKinds: readonly [RegExp, OtherKind][] = [
  [/^(ENERGY|ECV_.*)$/, 'energy'],
  [/^TIME$/, 'counter'],
  [/^REWEIGHT_/, 'weight'],
  [/^(ONNX_MODEL|PYTORCH_MODEL|ANN)$/, 'earlier CV'],
];

/** Names as people, engines and libraries write them, without capitals, blanks, underscores and units. */
const names: Partial<Record<OtherKind, readonly string[]>> = {
  bias: ['bias', 'rbias', 'vbias'],
  weight: ['weight', 'weights', 'logweight', 'logweights'],
  energy: (
    'en ene ener energy energies potential potentialenergy pot poteng epot pe kineticenergy ekin ke ' +
    'totalenergy toteng totene etot conservedenergy enthalpy'
  ).split(' '),
  counter: (
    't step steps timestep mdstep nstep nsteps frame frames frameindex frameid framenumber iframe index idx row id ' +
    'snapshot iter iteration walker walkerid replica traj trajectory trajid trajindex'
  ).split(' '),
  engine: ['temperature', 'temp', 'speed', 'progress', 'elapsedtime', 'timeremaining'],
};
const kindOfName = new Map(
  Object.entries(names).flatMap(([kind, list]) => list.map((name) => [name, kind as OtherKind] as const)),
);

function plainName(label: string): string {
  return label
    .replace(/^.*\./, '')
    .replace(/\s*[([/].*$/, '')
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
}

/** By the action that made the column where it is known, else by its name. */
function kindOf(label: string, actions: ReadonlyMap<string, string> | undefined): OtherKind | undefined {
  if (biasOutput.test(label)) return 'bias';
  const [of, ...component] = label.split('.');
  const action = actions?.get(of);
  const found = actionKinds.find(([actionName]) => action !== undefined && actionName.test(action));
  if (found) return found[1];
  if (modelOutput.test(label)) return 'earlier CV';
  if (/^unnamed: ?\d|^time(?![a-z])/i.test(label)) return 'counter';
  return action !== undefined && component.length === 0 ? undefined : kindOfName.get(plainName(label));
}

/** Frames below which a straight line may be chance. */
const fewestOfLine = 10;

/** Whether a column goes up or down by the same from frame to frame, or in the same time, all the way. */
function counts({ data, columns, time, segments }: Dataset, column: number): boolean {
  const value = (frame: number): number => data[frame * columns.length + column];
  const tolerance = (frame: number): number =>
    2 ** -21 * Math.max(Math.abs(value(frame)), Math.abs(value(frame - 1)));
  return [() => 1, (frame: number) => time[frame] - time[frame - 1]].some((unit) => {
    let [step, seen] = [NaN, 0];
    for (const { start, end } of segments)
      for (let frame = start + 1; frame < end; frame++) {
        const own = (value(frame) - value(frame - 1)) / unit(frame);
        if (seen++ === 0) step = own;
        if (own === 0 || !(Math.abs(own - step) * unit(frame) <= tolerance(frame))) return false;
      }
    return seen >= fewestOfLine;
  });
}

/** What rows are numbered by: their energies and temperatures may be what describes them. */
function rowNumbers(dataset: Dataset): OtherColumn[] {
  return dataset.columns.flatMap(({ label, words }, i): OtherColumn[] => {
    if (words) return [];
    const named = /^unnamed: ?\d/i.test(label) || ['index', 'idx', 'row', 'id'].includes(plainName(label));
    return named || counts(dataset, i) ? [{ label, kind: 'counter' }] : [];
  });
}

/**
 * Columns that are no descriptors of a frame: outputs of biases, weights, energies, counters (by their name, or since they
 * count), what an engine reports of itself, CVs that were learned before.
 * @param actions PLUMED's action of each label, where its input is known
 */
export function otherColumns(dataset: Dataset, actions?: ReadonlyMap<string, string>): OtherColumn[] {
  const labels = dataset.columns.map(({ label }) => label);
  if (dataset.rows) return rowNumbers(dataset);
  const biases = new Set(labels.flatMap((label) => (/\.r?bias$/.test(label) ? [label.split('.')[0]] : [])));
  return labels.flatMap((label, i): OtherColumn[] => {
    const ofBias = label.includes('.') && biases.has(label.split('.')[0]);
    const kind = ofBias ? 'bias' : kindOf(label, actions);
    if (kind) return [{ label, kind }];
    return counts(dataset, i) ? [{ label, kind: 'counter' }] : [];
  });
}
