/** So many atoms in equal steps are written as a range. */
const fewest = 3;

/** From `at` on, how many atoms follow each other in equal steps upwards, and which step. */
function rangeAt(atoms: readonly number[], at: number): { count: number; step: number } {
  const step = atoms[at + 1] - atoms[at];
  let end = at + 1;
  while (end < atoms.length && step > 0 && atoms[end] - atoms[end - 1] === step) end++;
  return { count: end - at, step };
}

/** Atoms as a line of the model file has very many of them: `0-255`, `0-254:2`, and one by one what is in no range. */
export function rangeWords(atoms: readonly number[]): string {
  const words: (string | number)[] = [];
  for (let at = 0; at < atoms.length;) {
    const { count, step } = rangeAt(atoms, at);
    const taken = count < fewest ? 1 : count;
    const last = atoms[at + taken - 1];
    words.push(taken === 1 ? atoms[at] : `${atoms[at]}-${last}${step === 1 ? '' : `:${step}`}`);
    at += taken;
  }
  return words.join(' ');
}

/**
 * Reads atoms, one by one or in ranges, of so many; NaN stands for what is none of them, and for what goes on when
 * all have been named, as a line may name each once.
 */
export function readGroup(words: string, atomCount: number): number[] {
  const atoms: number[] = [];
  for (const word of words === '' ? [] : words.split(/\s+/)) {
    const [, from, to = from, by = '1'] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(word) ?? [];
    const [first, last, step] = [from, to, by].map(Number);
    const good = first <= last && last < atomCount && step > 0;
    if (!good || atoms.length > 2 * atomCount) return [...atoms, NaN];
    for (let atom = first; atom <= last; atom += step) atoms.push(atom);
  }
  return atoms;
}
