/** What went wrong, out of what a tool printed. */

/** PLUMED frames its errors with lines of `#`; places in its source are of no use to the reader. */
function plumedError(lines: readonly string[]): string | undefined {
  const own = lines.map((line) => line.replace(/^PLUMED: ?/, ''));
  const frame = own.findLastIndex((line) => /^#{10,}$/.test(line));
  const start = own.slice(0, Math.max(frame, 0)).findLastIndex((line) => /^#{10,}$/.test(line));
  const text = start >= 0 ? own.slice(start + 1, frame) : afterWhat(lines);
  const told = text.filter(
    (line) => line.trim() !== '' && !/^\(\S+:\d+\)/.test(line) && !line.startsWith('+++'),
  );
  return told.length > 0 ? told.join(' ').trim() : undefined;
}

/** What an exception that nobody caught leaves on the screen. */
function afterWhat(lines: readonly string[]): string[] {
  const what = lines.findLastIndex((line) => /^\s*what\(\):/.test(line));
  return what < 0 ? [] : lines.slice(what).map((line) => line.replace(/^\s*what\(\):\s*/, ''));
}

/** GROMACS frames its errors with dashes and ends them with advice. */
function gromacsError(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) =>
    /^(Fatal error|Internal error \(bug\)|Error in user input|Inconsistency in user input|File input\/output error|Feature not implemented):/.test(
      line,
    ),
  );
  if (start < 0) return undefined;
  const length = lines.slice(start).findIndex((line) => line.startsWith('For more information'));
  const told = lines.slice(start + 1, length < 0 ? undefined : start + length);
  return told
    .filter((line) => line.trim() !== '' && !/^\(\S+:\d+\)/.test(line))
    .join(' ')
    .trim();
}

/** Messages that name a consequence; what to do about the cause. */
const causes: [RegExp, string][] = [
  [/BIASFACTOR=inf with adaptive SIGMA/, 'PLUMED was not told the temperature: give the bias one (TEMP=)'],
  [/Looking for a value outside the grid/, 'the CV left the grid of the bias: widen GRID_MIN and GRID_MAX'],
];

/** The error in a tool's output: PLUMED's or GROMACS's own words, else the last lines. */
export function toolError(output: string): string {
  const lines = output.split(/\r?\n|\r/);
  const found = plumedError(lines) ?? gromacsError(lines);
  const cause = causes.find(([pattern]) => found !== undefined && pattern.test(found));
  if (found !== undefined) return cause ? `${found} (${cause[1]})` : found;
  const told = lines.filter((line) => line.trim() !== '');
  return told.slice(-8).join('\n');
}
