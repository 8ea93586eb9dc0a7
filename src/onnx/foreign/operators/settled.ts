import { constantValue } from '../../../graph/index.js';
import { lengths, type Value } from '../read-values.js';

/** Whole numbers that no input enters become the numbers themselves, for those who ask for them. */
export function settle(value: Value): Value {
  if (value.op === 'lengths' || value.op === 'sequence' || value.op === 'whole') return value;
  if (value.kind !== 'index') return value;
  const known = constantValue(value);
  return known ? lengths([...known.data], known.shape) : value;
}
