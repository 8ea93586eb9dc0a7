import { biasKind, isBiasAction, type Numbers } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { expectInput, type PlumedInput } from '../parse-input.js';
import { placeOf, type Statement } from '../statement.js';
import { inputUnits } from '../units.js';
import {
  differenceFrom,
  NotPrinted,
  numbersOf,
  Quantities,
  type PrintedColumn,
  type Quantity,
  type Values,
} from './quantities.js';

/** What a statement of an input does to the frames. */
interface OfStatement {
  /** PLUMED's number for it where it has none: `@12`. */
  label: string;
  action: string;
  /** The column that PRINT has of it. */
  column: string;
  statement: Statement;
  /** Whether its frames are to be weighed by it, or it bounds the ensemble, or is the surface that the system moves on. */
  kind: 'weigh' | 'bound' | 'surface';
}

/** A bias that depends on printed columns and on nothing else. */
export interface StaticBias extends OfStatement {
  /** Equal for biases that are the same function of the same columns. */
  key: string;
  /** Columns that it is a function of. */
  columns: readonly string[];
  /** `[frames]` in kJ/mol, of columns in the unit of the input (natural: in its own unit of energy). */
  energy: (values: Values) => Float64Array;
}

/** A bias whose energy columns do not tell. */
export interface OtherBias extends OfStatement {
  /** It is built as the run goes, it moves with time, or it is a function of what is not printed or not known here. */
  why: 'adaptive' | 'moving' | 'unknown';
  /** In words. */
  reason: string;
  /** Columns that would have to be printed. */
  missing: readonly string[];
  /** Equal for statements of the same words. */
  key: string;
}

/** The biases of an input. */
export interface InputBiases {
  known: StaticBias[];
  others: OtherBias[];
}

const moving = new Set(['MOVINGRESTRAINT', 'ABMD', 'EXTENDED_LAGRANGIAN', 'DRR']);
const unchanging = new Set(['RESTRAINT', 'UPPER_WALLS', 'LOWER_WALLS', 'BIASVALUE', 'EXTERNAL', 'FUNNEL']);

/**
 * What an input's own statements give as a static bias of printed columns: RESTRAINT, UPPER_WALLS, LOWER_WALLS, and BIASVALUE of columns or of
 * CUSTOM, MATHEVAL and COMBINE of them; and what else biases, with why that is no function of the columns.
 * @param onSurface whether a BIASVALUE or EXTERNAL is the potential itself, as in pesmd
 * @throws LatentcvError `plumed-input` for a statement that PLUMED would not take either
 */
export function inputBiases(input: PlumedInput, printed: PrintedColumn, onSurface = false): InputBiases {
  expectInput(input);
  const quantities = new Quantities(input, printed);
  const { energy, natural } = inputUnits(input);
  const unit = natural ? 1 : energy;
  const found: InputBiases = { known: [], others: [] };
  input.all.forEach((statement, place) => {
    if (!isBiasAction(statement.action)) return;
    const own = ofStatement(statement, place, onSurface);
    const result = biasOf(own, quantities, unit);
    if ('energy' in result) found.known.push(result);
    else found.others.push(result);
  });
  return found;
}

function ofStatement(statement: Statement, place: number, onSurface: boolean): OfStatement {
  const { action } = statement;
  const label = statement.label ?? `@${place}`;
  const kind = biasKind(label, action, onSurface);
  return {
    ...{ label, action, statement, column: `${label}.bias` },
    kind: kind === 'bound' || kind === 'surface' ? kind : 'weigh',
  };
}

function biasOf(own: OfStatement, quantities: Quantities, unit: number): StaticBias | OtherBias {
  const { statement, action } = own;
  const other = (why: OtherBias['why'], reason: string, missing: readonly string[] = []): OtherBias => ({
    ...{ ...own, why, reason, missing, key: wordsOf(statement) },
  });
  if (moving.has(action)) return other('moving', `${action} moves with time`);
  if (!unchanging.has(action)) return other('adaptive', `${action} is built as the run goes`);
  const make = makers[action];
  if (!make) return other('unknown', `${placeOf(statement)}: ${action} is read by PLUMED alone`);
  try {
    const given = quantities.argumentsOf(statement);
    const { key, energyOf } = make(statement, given);
    return {
      ...own,
      key: `${key} of ${given.map((each) => each.key).join(',')} in ${unit}`,
      columns: [...new Set(given.flatMap(({ columns }) => columns))],
      energy: (values) =>
        energyOf(
          given.map((each) => each.of(values)),
          unit,
        ),
    };
  } catch (error) {
    if (error instanceof NotPrinted) return other('unknown', error.message, error.columns);
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${placeOf(statement)}: ${error.message}`, error.hint);
  }
}

const wordsOf = ({ action, keywords, flags }: Statement): string =>
  [action, ...[...keywords].map(([key, value]) => `${key}=${value}`).sort(), ...[...flags].sort()].join(' ');

interface Energy {
  key: string;
  energyOf: (columns: readonly Numbers[], unit: number) => Float64Array;
}
type Maker = (statement: Statement, given: readonly Quantity[]) => Energy;

const makers: Readonly<Record<string, Maker | undefined>> = {
  RESTRAINT: restraint,
  UPPER_WALLS: (statement, given) => walls(statement, given, 1),
  LOWER_WALLS: (statement, given) => walls(statement, given, -1),
  BIASVALUE: () => ({
    key: 'value',
    energyOf: (columns, unit) => summed(columns, () => (value) => unit * value),
  }),
};

/** Σ ½ κ (s − a)² + m (s − a). */
function restraint(statement: Statement, given: readonly Quantity[]): Energy {
  const at = numbersOf(statement, 'AT', given.length);
  const kappa = numbersOf(statement, 'KAPPA', given.length, 0);
  const slope = numbersOf(statement, 'SLOPE', given.length, 0);
  return {
    key: `harmonic ${[at, kappa, slope].join('|')}`,
    energyOf: (columns, unit) =>
      summed(columns, (i) => {
        const difference = differenceFrom(at[i], given[i].period);
        const [k, m] = [0.5 * unit * kappa[i], unit * slope[i]];
        return (value) => {
          const away = difference(value);
          return k * away * away + m * away;
        };
      }),
  };
}

/** Σ κ (± (s − a ± offset)/ε)^n behind the wall; no half, as PLUMED has it. */
function walls(statement: Statement, given: readonly Quantity[], side: 1 | -1): Energy {
  const at = numbersOf(statement, 'AT', given.length);
  const kappa = numbersOf(statement, 'KAPPA', given.length);
  const [offset, exponent, epsilon] = (
    [
      ['OFFSET', 0],
      ['EXP', 2],
      ['EPS', 1],
    ] as const
  ).map(([keyword, otherwise]) => numbersOf(statement, keyword, given.length, otherwise));
  return {
    key: `${side > 0 ? 'upper' : 'lower'} ${[at, kappa, offset, exponent, epsilon].join('|')}`,
    energyOf: (columns, unit) =>
      summed(columns, (i) => {
        const difference = differenceFrom(at[i], given[i].period);
        return (value) => {
          const behind = (side * difference(value) + offset[i]) / epsilon[i];
          return behind > 0 ? unit * kappa[i] * behind ** exponent[i] : 0;
        };
      }),
  };
}

function summed(columns: readonly Numbers[], of: (i: number) => (value: number) => number): Float64Array {
  const total = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, i) => {
    const energy = of(i);
    for (let frame = 0; frame < total.length; frame++) total[frame] += energy(column[frame]);
  });
  return total;
}
