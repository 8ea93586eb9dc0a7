import { unitInWords } from '../sampling/index.js';
import type { PlumedInput } from './parse-input.js';
import { inputUnits } from './units.js';

/** Actions whose values are lengths, and angles. */
const lengths = new Set(['DISTANCE', 'RMSD', 'GYRATION', 'DRMSD', 'POSITION']);
const angles = new Set(['TORSION', 'ANGLE']);
/** Words that make another quantity of one: squares, parts of the box, tensors. */
const otherwise = new Set(['SQUARED', 'SCALED_COMPONENTS']);

/**
 * The unit of a column that an input prints, as the table has it: `nm`, `rad`; undefined where it has none, or its action is
 * not known here.
 */
export function columnUnit(input: PlumedInput, column: string): string | undefined {
  const [label, component] = column.split('.', 2);
  const made = input.all.find((statement) => statement.label === label);
  if (!made || [...made.flags].some((word) => otherwise.has(word))) return undefined;
  if (angles.has(made.action)) return 'rad';
  const { length, energy, natural } = inputUnits(input);
  if (natural) return undefined;
  if (component === 'bias' || component === 'rbias') return unitInWords('energy', energy);
  if (!lengths.has(made.action) || (component !== undefined && !/^[xyz]$/.test(component))) return undefined;
  const type = made.keywords.get('TYPE');
  const isRadius = made.action !== 'GYRATION' || type === undefined || type === 'RADIUS';
  return isRadius ? unitInWords('length', length) : undefined;
}
