import { LatentcvError } from '../support/errors.js';
import type { PlumedInput } from './parse-input.js';
import { placeOf, type Statement } from './statement.js';

/** The units an input works in, as factors to PLUMED's own. */
export interface InputUnits {
  /** nm per length unit, kJ/mol per energy unit, ps per time unit. */
  length: number;
  energy: number;
  time: number;
  /** Reduced units: Boltzmann's constant is 1. */
  natural: boolean;
  /** The `UNITS` statement, undefined where the input has none. */
  statement: Statement | undefined;
}

// PLUMED's own factors (tools/Units.cpp).
const lengths: Record<string, number> = { nm: 1, A: 0.1, um: 1000, Bohr: 0.052917721067 };
const energies: Record<string, number> = {
  'kj/mol': 1,
  'kcal/mol': 4.184,
  'j/mol': 0.001,
  eV: 96.4853074992579,
  Ha: 2625.499638,
};
const times: Record<string, number> = { ps: 1, ns: 1000, fs: 0.001, atomic: 2.418884326509e-5 };

function factor(statement: Statement, key: string, names: Record<string, number>): number {
  const text = statement.keywords.get(key);
  if (text === undefined) return 1;
  const value = Object.hasOwn(names, text) ? names[text] : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: expected ${Object.keys(names).join(', ')} or a positive number for ${key} but received ${text}`,
  );
}

/** The units that the input's `UNITS` statement sets, PLUMED's own where it has none. Throws `plumed-input`. */
export function inputUnits(input: PlumedInput): InputUnits {
  const statement = input.all.findLast(({ action }) => action === 'UNITS');
  if (!statement) return { length: 1, energy: 1, time: 1, natural: false, statement };
  return {
    length: factor(statement, 'LENGTH', lengths),
    energy: factor(statement, 'ENERGY', energies),
    time: factor(statement, 'TIME', times),
    natural: statement.flags.has('NATURAL'),
    statement,
  };
}
