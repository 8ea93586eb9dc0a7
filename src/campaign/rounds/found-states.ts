import type { Question } from './plan.js';
import type { Bounds, PilotTold } from './told.js';

/** States that pilots showed along a CV. */
export interface FoundStates {
  /** Of the model: `node-0`. */
  output: string;
  model: string;
  /** @param column of the model in the tables to come */
  question: (column: string) => Question;
  /** How many, heaviest first. */
  count: number;
}

/** So many basins, the heaviest, become states. */
const mostStates = 4;

/** The basins of the kept CV, else those of the first CV that shows some. */
export function foundStates({ judges, pilots }: PilotTold, kept: string): FoundStates | undefined {
  const modelOf = (column: string): string | undefined =>
    pilots.find(({ label }) => column.startsWith(`${label}.`))?.model;
  const judge = judges.find(({ column }) => modelOf(column) === kept) ?? judges.at(0);
  const model = judge && modelOf(judge.column);
  if (!judge || model === undefined) return undefined;
  const heaviest = judge.basins.toSorted((a, b) => b.fraction - a.fraction).slice(0, mostStates);
  const states = judge.basins.filter((basin) => heaviest.includes(basin));
  return {
    ...{ model, output: judge.column.slice(judge.column.indexOf('.') + 1), count: states.length },
    question: (column) => ({
      basin: states.map(({ interval }, i) => `${letter(i)}: ${rule(column, interval)}`).join('; '),
      cores: `${column}=${states.map(({ core }) => core.map((end) => end ?? 0).join('..')).join(',')}`,
    }),
  };
}

const letter = (i: number): string => String.fromCharCode(65 + i);

/** On a periodic CV an interval may pass through the end of the domain. */
function rule(column: string, [lower, upper]: Bounds): string {
  const name = `"${column}"`;
  const [above, below] = [`${name} >= ${lower}`, `${name} < ${upper}`];
  if (lower === null) return upper === null ? `${name} = ${name}` : below;
  if (upper === null) return above;
  return lower > upper ? `(${above} or ${below})` : `${above} and ${below}`;
}
