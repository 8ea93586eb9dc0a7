import type { Numbers } from '../../sampling/index.js';
import type { PlumedInput } from '../parse-input.js';
import { placeOf, type Statement } from '../statement.js';
import { parseExpression, parseNumber } from './expression.js';

/** Ends of a domain. */
export type Domain = readonly [number, number];

/** The values of a column `[frames]`, in the unit of its table. */
export type Values = (column: string) => Numbers;

/** What a bias is a function of: a printed column, or a function of some. */
export interface Quantity {
  /** Equal for quantities that are the same function of the same columns. */
  key: string;
  period?: Domain;
  /** Columns that it is a function of. */
  columns: readonly string[];
  /** `[frames]` */
  of: (values: Values) => Numbers;
}

/** What a table has of a column; undefined where it has none of that name. */
export type PrintedColumn = (label: string) => { period?: Domain } | undefined;

/** Why a quantity is not to be had of printed columns. */
export class NotPrinted extends Error {
  /** @param columns that would have to be printed */
  constructor(
    message: string,
    readonly columns: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Quantities of an input by the names that ARG gives them. */
export class Quantities {
  private readonly found = new Map<string, Quantity>();

  constructor(
    private readonly input: PlumedInput,
    private readonly printed: PrintedColumn,
  ) {}

  /**
   * Those that a statement takes as its ARG.
   * @throws NotPrinted
   */
  argumentsOf(statement: Statement): Quantity[] {
    const text = statement.keywords.get('ARG');
    if (text === undefined) throw new NotPrinted(`${placeOf(statement)} has no ARG`);
    const names = text.split(',').map((name) => name.trim());
    const pattern = names.find((name) => /[*()]/.test(name));
    if (pattern !== undefined)
      throw new NotPrinted(`${placeOf(statement)}: which columns ${pattern} fits only PLUMED knows`);
    return names.map((name) => this.quantity(name));
  }

  private quantity(name: string): Quantity {
    const known = this.found.get(name);
    if (known) return known;
    const made = this.column(name) ?? this.functionCalled(name);
    this.found.set(name, made);
    return made;
  }

  private column(name: string): Quantity | undefined {
    const column = this.printed(name);
    if (!column) return undefined;
    const period = column.period ?? this.ownPeriod(name);
    return { key: name, columns: [name], of: (values) => values(name), ...(period && { period }) };
  }

  private statement(label: string): Statement | undefined {
    return this.input.all.find((statement) => statement.label === label);
  }

  /** Of a column whose table tells none. */
  private ownPeriod(name: string): Domain | undefined {
    const statement = this.statement(name);
    if (statement?.action === 'TORSION' && !statement.flags.has('COSINE')) return [-Math.PI, Math.PI];
    return statement && isFunction(statement) ? periodOf(statement) : undefined;
  }

  private functionCalled(name: string): Quantity {
    const statement = this.statement(name);
    if (!statement || !isFunction(statement)) throw new NotPrinted(`${name} is not printed`, [name]);
    const given = this.argumentsOf(statement);
    const made = statement.action === 'COMBINE' ? combined(statement, given) : custom(statement, given);
    const period = periodOf(statement);
    const columns = [...new Set(given.flatMap((each) => each.columns))];
    const domain = period ? `[${period.join(' ')}]` : '';
    const key = `${made.key}(${given.map((each) => each.key).join(',')})${domain}`;
    const within = period
      ? (value: number) =>
          value -
          (period[1] - period[0]) *
            Math.round((value - (period[0] + period[1]) / 2) / (period[1] - period[0]))
      : undefined;
    return {
      key,
      columns,
      ...(period && { period }),
      of: (values) =>
        evaluated(
          made.evaluate,
          given.map((each) => each.of(values)),
          within,
        ),
    };
  }
}

const isFunction = ({ action }: Statement): boolean =>
  action === 'CUSTOM' || action === 'MATHEVAL' || action === 'COMBINE';

interface Formula {
  key: string;
  evaluate: (values: readonly number[]) => number;
}

function custom(statement: Statement, given: readonly Quantity[]): Formula {
  const { keywords } = statement;
  const text = keywords.get('FUNC');
  if (text === undefined) throw new NotPrinted(`${placeOf(statement)} has no FUNC`);
  const names =
    keywords
      .get('VAR')
      ?.split(',')
      .map((name) => name.trim()) ?? ['x', 'y', 'z'].slice(0, given.length);
  if (names.length !== given.length)
    throw new NotPrinted(`${placeOf(statement)} has ${names.length} variables and ${given.length} arguments`);
  return { key: `{${text}|${names.join(',')}}`, evaluate: parseExpression(text, names).evaluate };
}

/** Σ c (a − p)^n. */
function combined(statement: Statement, given: readonly Quantity[]): Formula {
  const [coefficients, parameters, powers] = (
    [
      ['COEFFICIENTS', 1],
      ['PARAMETERS', 0],
      ['POWERS', 1],
    ] as const
  ).map(([keyword, otherwise]) => numbersOf(statement, keyword, given.length, otherwise));
  const total = statement.flags.has('NORMALIZE') ? coefficients.reduce((a, b) => a + b, 0) : 1;
  const differences = given.map(({ period }, i) => differenceFrom(parameters[i], period));
  return {
    key: `combine{${[coefficients, parameters, powers].join('|')}/${total}}`,
    evaluate: (values) => {
      let sum = 0;
      for (let i = 0; i < values.length; i++)
        sum += (coefficients[i] / total) * differences[i](values[i]) ** powers[i];
      return sum;
    },
  };
}

/** How far a value is from another, on the shorter way round where there is a period. */
export function differenceFrom(from: number, period?: Domain): (value: number) => number {
  if (!period) return (value) => value - from;
  const length = period[1] - period[0];
  return (value) => {
    const away = value - from;
    return away - length * Math.round(away / length);
  };
}

/**
 * The numbers of a keyword, one for each argument; PLUMED repeats one where that is the default alone.
 * @throws NotPrinted where there are others
 */
export function numbersOf(
  statement: Statement,
  keyword: string,
  count: number,
  otherwise?: number,
): number[] {
  const text = statement.keywords.get(keyword);
  if (text === undefined && otherwise === undefined)
    throw new NotPrinted(`${placeOf(statement)} has no ${keyword}`);
  if (text === undefined) return Array.from({ length: count }, () => otherwise!);
  const numbers = text.split(',').map((word) => parseNumber(word));
  if (numbers.length === count) return numbers;
  throw new NotPrinted(`${placeOf(statement)} has ${numbers.length} ${keyword} for ${count} arguments`);
}

function periodOf(statement: Statement): Domain | undefined {
  const text = statement.keywords.get('PERIODIC');
  if (text === undefined || text.toUpperCase() === 'NO') return undefined;
  const [lower, upper] = text.split(',').map((word) => parseNumber(word));
  return [lower, upper];
}

function evaluated(
  evaluate: Formula['evaluate'],
  columns: readonly Numbers[],
  within: ((value: number) => number) | undefined,
): Float64Array {
  const frames = columns[0]?.length ?? 0;
  const result = new Float64Array(frames);
  const values = columns.map(() => 0);
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < columns.length; i++) values[i] = columns[i][frame];
    const value = evaluate(values);
    result[frame] = within ? within(value) : value;
  }
  return result;
}
