import { closestName, digits, invalidArgument, LatentcvError } from '../../support/index.js';
import { argumentList } from '../words.js';
import { listText, positive, springText, type BiasCommon, type BiasContext, type BiasLines } from './bias.js';
import { someKT } from './defaults.js';
import { rangeWalls, type Wall } from './range-walls.js';

/** A wall that an argument is not to pass. */
export interface WallRequest {
  /** An output of the model (`node-0`, `cv.node-0`), `uncertainty` of an ensemble, `outside`, a label of the input or a column of the confinement. */
  argument: string;
  /** On which side of `at` it may be. */
  side: '<' | '>';
  /** In the unit of the argument. */
  at: number;
  /** κ of κ (s − at)², kJ/mol per unit of the argument squared. */
  kappa?: number;
}

/** What is said where a wall's spring is not: an energy at a distance behind it. */
const steepness = { kT: 10, part: 0.05 };

/**
 * Reads `cv.node-0 < 0.9` or `d1 > 0.3 kappa=500`.
 * @returns undefined where it is no wall
 */
export function parseWall(text: string): WallRequest | undefined {
  const match = /^\s*([^\s<>=]+)\s*([<>])\s*([-+.\deE]+)(?:\s+kappa\s*=\s*([-+.\deE]+))?\s*$/i.exec(text);
  if (!match) return undefined;
  const [, argument, side, at, kappa] = match;
  const numbers = [at, kappa ?? '1'].map(Number);
  if (!numbers.every(Number.isFinite)) return undefined;
  return {
    argument,
    side: side as WallRequest['side'],
    at: numbers[0],
    ...(kappa !== undefined && { kappa: numbers[1] }),
  };
}

/** The statements of walls, and whether the model has to tell how far outside of its training it is. */
export interface WallLines extends Omit<BiasLines, 'label' | 'files'> {
  /** Labels of the walls. */
  labels: string[];
  /** ONNX_MODEL needs OUTSIDE. */
  outside: boolean;
}

/**
 * UPPER_WALLS and LOWER_WALLS, one of each for all walls on that side.
 * @throws LatentcvError `bad-argument` for an argument that is not there, or whose spring must be told; `plumed-input`
 */
export function wallLines(
  requests: readonly WallRequest[],
  common: BiasCommon,
  mode: 'atoms' | 'arg',
  context: BiasContext,
): WallLines {
  const made = requests.map((request) => wallsOf(request, common, mode, context));
  const walls = made.flatMap((each) => each.walls);
  const notes = made.flatMap((each) => each.notes);
  const { labels, lines, printed } = statementsOf(walls, context);
  return {
    ...{ labels, printed },
    lines: [...made.flatMap((each) => each.lines), ...lines],
    notes: [...new Set(notes)],
    outside: made.some((each) => each.outside),
  };
}

/**
 * The same without a model, on labels alone.
 * @throws LatentcvError `bad-argument` for a label that is not there, or a wall without its spring
 */
export function labelWallLines(
  requests: readonly WallRequest[],
  context: WallContext,
): Pick<WallLines, 'labels' | 'lines' | 'printed'> {
  const walls = requests.map((request) => {
    const { argument } = request;
    if (context.names.definition(argument)) return labelWall(request, context);
    const closest = closestName(argument, context.names.allLabels);
    throw new LatentcvError(
      'bad-argument',
      `expected a wall on a label of the input or a column of the confinement but received ${argument}`,
      closest === undefined ? undefined : `did you mean ${closest}?`,
    );
  });
  return statementsOf(walls, context);
}

type WallContext = Pick<BiasContext, 'names' | 'units'>;

function statementsOf(
  walls: readonly Wall[],
  context: WallContext,
): Pick<WallLines, 'labels' | 'lines' | 'printed'> {
  const sides = (['<', '>'] as const).flatMap((side) => {
    const own = walls.filter((wall) => wall.side === side);
    return own.length === 0 ? [] : [statementOf(side, own, context)];
  });
  const labels = sides.map(({ label }) => label);
  return {
    labels,
    lines: sides.map(({ line }) => line),
    printed: [
      ...walls.flatMap(({ printed }) => (printed ? [printed] : [])),
      ...labels.map((label) => `${label}.bias`),
    ],
  };
}

function statementOf(
  side: '<' | '>',
  walls: readonly Wall[],
  context: WallContext,
): { label: string; line: string } {
  const [action, name] = side === '<' ? ['UPPER_WALLS', 'uwall'] : ['LOWER_WALLS', 'lwall'];
  const label = context.names.label(undefined, name);
  const springs = springText(
    'kappa',
    walls.map(({ kappa }) => kappa),
    context,
  );
  const args = argumentList(walls.map(({ argument }) => argument));
  return {
    label,
    line: `${label}: ${action} ARG=${args} AT=${listText(walls.map(({ at }) => at))} KAPPA=${springs}`,
  };
}

interface MadeWalls {
  walls: Wall[];
  lines: string[];
  notes: string[];
  outside: boolean;
}

const plainWalls = (walls: Wall[], notes: string[] = []): MadeWalls => ({
  walls,
  lines: [],
  notes,
  outside: false,
});

function wallsOf(
  request: WallRequest,
  common: BiasCommon,
  mode: 'atoms' | 'arg',
  context: BiasContext,
): MadeWalls {
  const { model, modelLabel, names } = context;
  const { argument, side, at, kappa } = checked(request);
  const own = argument.startsWith(`${modelLabel}.`) ? argument.slice(modelLabel.length + 1) : argument;
  const output = model.outputs.indexOf(own);
  if (output >= 0) return outputWall(request, output, common, context);
  if (own === 'uncertainty' && model.uncertainty) {
    const spring = kappa === undefined ? defaultSpring(1, common, context) : { kappa, notes: [] };
    return plainWalls([{ argument: `${modelLabel}.${own}`, side, at, kappa: spring.kappa }], spring.notes);
  }
  if (own === 'outside') return outsideWalls(request, common, mode, context);
  if (own !== argument || !names.definition(argument)) throw unknownArgument(request, context);
  return plainWalls([labelWall(request, context)]);
}

/** On a label, of whose range nothing is known. */
function labelWall(request: WallRequest, { units }: WallContext): Wall {
  const { argument, side, at, kappa } = checked(request);
  if (kappa !== undefined) return { argument, side, at, kappa, printed: argument };
  throw invalidArgument(
    `a wall with kappa=… (${units.natural ? 'energy' : 'kJ/mol'} per unit of ${argument} squared)`,
    'walls',
    wallText(request),
  );
}

function checked(request: WallRequest): WallRequest {
  const { at, kappa } = request;
  if (!Number.isFinite(at)) throw invalidArgument('a finite number', 'walls.at', at);
  if (kappa !== undefined) positive('walls.kappa', kappa);
  return request;
}

const wallText = ({ argument, side, at }: WallRequest): string => `${argument} ${side} ${at}`;

function outputWall(
  { argument, side, at, kappa }: WallRequest,
  output: number,
  common: BiasCommon,
  context: BiasContext,
): MadeWalls {
  const { model, modelLabel } = context;
  if (model.outputPeriods?.[output])
    throw invalidArgument('a CV without a period, which has no end to put a wall at', 'walls', argument);
  const range = (model.outputMax?.[output] ?? NaN) - (model.outputMin?.[output] ?? NaN);
  if (kappa === undefined && !(range > 0))
    throw invalidArgument(
      'kappa=… of a wall where the model does not tell its training range',
      'walls',
      argument,
    );
  const spring = kappa === undefined ? defaultSpring(range, common, context) : { kappa, notes: [] };
  const name = `${modelLabel}.${model.outputs[output]}`;
  return plainWalls([{ argument: name, side, at, kappa: spring.kappa }], spring.notes);
}

/** κ by which a twentieth of the training range behind the wall costs 10 kT. */
function defaultSpring(
  range: number,
  common: BiasCommon,
  context: BiasContext,
): { kappa: number; notes: string[] } {
  const { kT, at } = someKT(common, context, 'kappa');
  const kappa = Number(digits((steepness.kT * kT) / (steepness.part * range) ** 2, 3));
  return {
    kappa,
    notes: [
      `walls: KAPPA so that ${100 * steepness.part} % of the training range behind a wall costs ${steepness.kT} kT at ${at}, and twice as far four times that`,
    ],
  };
}

/**
 * `outside` has no derivatives, as it is the largest over the inputs and jumps from one to another: what keeps it below a bound are walls
 * on the inputs themselves.
 */
function outsideWalls(
  request: WallRequest,
  common: BiasCommon,
  mode: 'atoms' | 'arg',
  context: BiasContext,
): MadeWalls {
  if (request.side === '>')
    throw invalidArgument(
      'outside with <: nothing is nearer than its training range',
      'walls',
      wallText(request),
    );
  const spring =
    request.kappa === undefined ? defaultSpring(1, common, context) : { kappa: request.kappa, notes: [] };
  const { walls, lines, notes } = rangeWalls(request.at, spring.kappa, mode, context);
  return { walls, lines, notes: [...spring.notes, ...notes], outside: true };
}

function unknownArgument(
  { argument }: WallRequest,
  { model, modelLabel, names }: BiasContext,
): LatentcvError {
  const own = [...model.outputs, ...(model.uncertainty ? ['uncertainty'] : []), 'outside'];
  const closest = closestName(argument, [
    ...own,
    ...own.map((name) => `${modelLabel}.${name}`),
    ...names.allLabels,
  ]);
  const ensemble = /(^|\.)uncertainty$/.test(argument)
    ? 'only a model that was trained as an ensemble tells its uncertainty'
    : undefined;
  return new LatentcvError(
    'bad-argument',
    `expected a wall on an output of the model (${own.join(', ')}) or a label of the input but received ${argument}`,
    ensemble ?? (closest === undefined ? undefined : `did you mean ${closest}?`),
  );
}
