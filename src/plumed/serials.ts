/** More atoms than any group that a person means. */
const mostAtoms = 100_000;

/** `5,7` or `5-6` as serials; undefined for anything but numbers (groups, virtual atoms, `@` names). */
export function serials(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  if (!parts.every((match) => match !== null)) return undefined;
  const ranges = parts.map(([, first, last]) => [Number(first), Number(last ?? first)]);
  const total = ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0);
  if (total > mostAtoms) return undefined;
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i),
  );
}
