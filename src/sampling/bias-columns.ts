import { LatentcvError } from '../support/errors.js';

/** Columns of a table by what they say of the bias. */
export interface BiasColumns {
  /** Summed, they are the bias that frames are weighed by. */
  weigh: string[];
  /** Walls and funnels: they bound the ensemble, which is left as they made it. */
  bound: string[];
  /** What was taken and how it is known, one sentence each. */
  notes: string[];
}

export interface BiasChoice {
  /** Columns asked for; `['none']` for a run without a bias, `['all']` for the sum of every bias. */
  asked?: readonly string[];
  /** Action of each label, from the PLUMED input that printed the table. */
  actions?: ReadonlyMap<string, string>;
}

/** PLUMED's actions whose bias is quasi-static or static, so that exp(V/kT) gives the unbiased ensemble. */
const weighing = new Set([
  'OPES_METAD',
  'OPES_METAD_EXPLORE',
  'OPES_EXPANDED',
  'METAD',
  'PBMETAD',
  'EXTERNAL',
  'BIASVALUE',
  'RESTRAINT',
]);

/** Actions that bound the ensemble. */
const bounding = new Set(['UPPER_WALLS', 'LOWER_WALLS', 'FUNNEL']);

/** Actions whose work, not whose bias, gives free energies. */
const driving = new Set(['MOVINGRESTRAINT', 'ABMD', 'EXTENDED_LAGRANGIAN']);

/** What labels are usually called, where no PLUMED input says more. */
const weighingName = /opes|metad|mtd|restr|umbrella|external|biasvalue/i;
const boundingName = /wall|funnel/i;
const drivingName = /moving|steer|smd|abmd/i;

type Kind = 'weigh' | 'bound' | 'drive' | 'unknown';

/**
 * Which of a table's columns weigh its frames: by the actions of its PLUMED input where they are given, else by names.
 * An action's `rbias` stands in place of its `bias`.
 * @throws LatentcvError `bad-argument` where that cannot be told, or an asked column is not there
 */
export function biasColumns(labels: readonly string[], { asked, actions }: BiasChoice = {}): BiasColumns {
  const outputs = labels.filter((label) => /\.r?bias$/.test(label));
  if (asked?.includes('none')) return { weigh: [], bound: [], notes: ['no bias: all frames weigh alike'] };
  if (asked?.includes('all')) return everything(outputs);
  if (asked) return { weigh: expectColumns(labels, asked), bound: [], notes: [`bias: ${asked.join(' + ')}`] };
  const all = withoutReplaced(outputs);
  const kinds = all.map((column) => kindOf(labelOf(column), actions));
  const of = (kind: Kind): string[] => all.filter((_, i) => kinds[i] === kind);
  refuseDriven(of('drive'));
  const [weigh, bound, unknown] = [of('weigh'), of('bound'), of('unknown')];
  const source = actions ? 'as its PLUMED input says' : 'by its name';
  if (unknown.length === 1 && weigh.length === 0)
    return told([...unknown], bound, actions ? source : 'the only bias there is', actions);
  if (unknown.length > 0) throw unclear([...weigh, ...unknown], unknown, bound);
  return told(weigh, bound, source, actions);
}

function told(
  weigh: string[],
  bound: string[],
  source: string,
  actions?: ReadonlyMap<string, string>,
): BiasColumns {
  const notes =
    weigh.length === 0 ? ['no bias weighs the frames'] : [`bias: ${weigh.join(' + ')}, ${source}`];
  const plain = weigh.find((column) => isMetad(column, actions) && column.endsWith('.bias'));
  if (plain !== undefined)
    notes.push(
      `${plain} has not had c(t) taken off: right, but noisier than rbias (METAD with CALC_RCT prints it)`,
    );
  return { weigh, bound, notes };
}

function isMetad(column: string, actions?: ReadonlyMap<string, string>): boolean {
  const action = actions?.get(labelOf(column));
  return action === undefined ? /(?<!opes.*)(metad|mtd)/i.test(labelOf(column)) : action === 'METAD';
}

function everything(outputs: readonly string[]): BiasColumns {
  const weigh = withoutReplaced(outputs);
  if (weigh.length === 0) throw noBias();
  return { weigh, bound: [], notes: [`bias: ${weigh.join(' + ')}, all that there are, walls too`] };
}

/** Every column but a `bias` whose action has an `rbias`. */
function withoutReplaced(outputs: readonly string[]): string[] {
  return outputs.filter(
    (column) => column.endsWith('.rbias') || !outputs.includes(`${labelOf(column)}.rbias`),
  );
}

const labelOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));

function kindOf(label: string, actions?: ReadonlyMap<string, string>): Kind {
  const action = actions?.get(label);
  if (action !== undefined) {
    if (bounding.has(action)) return 'bound';
    if (driving.has(action)) return 'drive';
    return weighing.has(action) ? 'weigh' : 'unknown';
  }
  if (boundingName.test(label)) return 'bound';
  if (drivingName.test(label)) return 'drive';
  return weighingName.test(label) ? 'weigh' : 'unknown';
}

function expectColumns(labels: readonly string[], asked: readonly string[]): string[] {
  const missing = asked.find((column) => !labels.includes(column));
  if (missing === undefined) return [...new Set(asked)];
  const there = labels.filter((label) => /\.r?bias$/.test(label));
  throw new LatentcvError(
    'bad-data',
    `expected a column ${missing} for the bias but found ${there.length > 0 ? there.join(', ') : 'no *.bias'}`,
    'a file that was run without a bias is named with --unbiased',
  );
}

function refuseDriven(driven: readonly string[]): void {
  if (driven.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `${driven.join(', ')} moves with time, so its frames are of no equilibrium and exp(bias/kT) does not weigh them`,
    'name the columns that weigh with --bias, or say --bias none',
  );
}

function unclear(
  all: readonly string[],
  unknown: readonly string[],
  bound: readonly string[],
): LatentcvError {
  const found = [...all, ...bound].join(', ');
  return new LatentcvError(
    'bad-argument',
    `expected to know which of ${found} weigh the frames, but ${unknown.join(', ')} could be a bias or a potential`,
    `give the PLUMED input with --plumed, or name them, such as --bias ${all.join(',')}, or --bias all`,
  );
}

/** Of a table without a bias, where one was expected. */
export function noBias(where = 'the table'): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected a column of the bias (*.bias or *.rbias) in ${where} but found none`,
    'name it with --bias, or say --bias none for a run without one',
  );
}
