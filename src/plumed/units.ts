import { plumedUnits, unitFactor, unitNames, type UnitSystem } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import { expectInput, type PlumedInput } from './parse-input.js';
import { placeOf, type Statement } from './statement.js';

/** The units an input works in. */
export interface InputUnits extends UnitSystem {
  /** The `UNITS` statement, undefined where the input has none. */
  statement: Statement | undefined;
}

function factor(statement: Statement, key: string, kind: keyof typeof unitNames): number {
  const text = statement.keywords.get(key);
  const value = text === undefined ? 1 : unitFactor(kind, text);
  if (value !== undefined) return value;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: expected ${Object.keys(unitNames[kind]).join(', ')} or a positive number for ${key} but received ${text}`,
  );
}

/**
 * The units that the input's `UNITS` statement sets, PLUMED's own where it has none.
 * @throws LatentcvError `plumed-input`
 */
export function inputUnits(input: PlumedInput): InputUnits {
  expectInput(input);
  const statement = input.all.findLast(({ action }) => action === 'UNITS');
  if (!statement) return { ...plumedUnits, statement };
  return {
    length: factor(statement, 'LENGTH', 'length'),
    energy: factor(statement, 'ENERGY', 'energy'),
    time: factor(statement, 'TIME', 'time'),
    natural: statement.flags.has('NATURAL'),
    statement,
  };
}
