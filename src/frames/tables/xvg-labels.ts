/** Grace's changes of font and height, as in `\xf\f{}` or `m\S-3\N`. */
const markup = /\\(f\{[^}]*\}|[a-zA-Z0-9])/g;

const quoted = (line: string): string | undefined => /"(.*)"/.exec(line)?.[1].replaceAll(markup, '').trim();

/** Whether a line is one of those by which Grace, and so GROMACS, tells of a plot. */
export const isGraceLine = (line: string): boolean => line.startsWith('@');

/**
 * The columns of a plot of GROMACS (`.xvg`), by the lines above its numbers: what the x axis is called (`Time (ps)`), then the
 * legend of each set, `s0`, `s1`, … where it has none. Undefined where no such line is there.
 */
export function xvgLabels(above: readonly string[], width: number): string[] | undefined {
  const lines = above.map((line) => line.trim()).filter(isGraceLine);
  if (lines.length === 0) return undefined;
  const quotedAfter = (pattern: RegExp): string | undefined => {
    const line = lines.find((each) => pattern.test(each));
    return line === undefined ? undefined : quoted(line) || undefined;
  };
  const sets = Array.from(
    { length: width - 1 },
    (_, i) => quotedAfter(new RegExp(`^@\\s*s${i}\\s+legend\\s`)) ?? `s${i}`,
  );
  return [quotedAfter(/^@\s*xaxis\s+label\s/) ?? 'x', ...sets];
}
