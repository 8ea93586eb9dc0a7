import type { ModelMetadata } from '../onnx/index.js';
import { count } from './format.js';

/** Atoms that are named one by one. */
const mostNamed = 12;

/** `45 distances between 10 atoms (ACE 1 CH3, …)`, or the number of inputs and their units where no atoms are told. */
export function inputsInWords({
  inputs,
  descriptors,
}: Pick<ModelMetadata, 'inputs' | 'descriptors'>): string {
  if (!descriptors) {
    const units = [...new Set(inputs.flatMap(({ unit }) => (unit === '' || unit == null ? [] : [unit])))];
    return `${count(inputs.length, 'input')}${units.length > 0 ? ` (${units.join(', ')})` : ''}`;
  }
  const kinds = new Map<string, number>();
  for (const { kind } of descriptors.items) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const parts = [...kinds].map(([kind, number]) => count(number, kind.replaceAll('-', ' ')));
  const named = descriptors.names?.filter((name) => name !== '-') ?? [];
  const names = named.length > 0 && named.length <= mostNamed ? `: ${named.join(', ')}` : '';
  return `${parts.join(', ')} of ${count(descriptors.atoms.length, 'atom')}${names}`;
}
