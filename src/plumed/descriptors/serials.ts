/** More atoms than any group that a person means. */
const mostAtoms = 100_000;

/** `first-last` or `first-last:stride`, which PLUMED counts down where the stride is negative. */
const range = /^(\d+)(?:-(\d+)(?::(-?\d+))?)?$/;

/** `5,7`, `5-6` or `5-9:2` as serials; undefined for anything but numbers (groups, virtual atoms, `@` names). */
export function serials(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => range.exec(part.trim()));
  if (!parts.every((match) => match !== null)) return undefined;
  const ranges = parts.map(([, first, last, stride]) => ({
    first: Number(first),
    stride: Number(stride ?? 1),
    count: Math.floor((Number(last ?? first) - Number(first)) / Number(stride ?? 1)) + 1,
  }));
  if (ranges.some(({ count }) => !(count > 0))) return undefined;
  const total = ranges.reduce((sum, { count }) => sum + count, 0);
  if (total > mostAtoms) return undefined;
  return ranges.flatMap(({ first, stride, count }) =>
    Array.from({ length: count }, (_, i) => first + i * stride),
  );
}

/** Fewer in line are written one by one. */
const shortestRange = 8;

/** Serials as PLUMED reads them, those in even steps as ranges: `1,4,7-5000:3`, the oxygens of water. */
export function serialWords(atoms: readonly number[]): string {
  const words: string[] = [];
  for (let at = 0; at < atoms.length;) {
    const step = atoms[at + 1] - atoms[at];
    let end = at + 1;
    while (end < atoms.length && atoms[end] - atoms[end - 1] === step) end++;
    const long = end - at >= shortestRange && step !== 0;
    if (long) words.push(`${atoms[at]}-${atoms[end - 1]}${step === 1 ? '' : `:${step}`}`);
    else words.push(String(atoms[at]));
    at = long ? end : at + 1;
  }
  return words.join(',');
}
